// The written order behind a Medical Add-On.
#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/documents.hpp"

namespace atz::rules {
namespace {

constexpr int kOrderMonths = 3;

// Members whose order can be looked at. Without any order at all, MA003 speaks alone.
template <class Say>
void each_order(Context& context, Say say) {
  for (const auto* member : context.add_ons()) {
    if (member->order.present) say(*member, member->order);
  }
}

void check_attached(Context& context) {
  for (const auto* member : context.add_ons()) {
    if (has_document(context.home(), *member, model::kOrderDocument)) continue;
    context
        .report(*member, place(member->order.span, member->span),
                fmt::format("The written order for the add-on of {} is not attached", name_of(*member)))
        .expected("documents: [{file: documents/order.pdf, type: physician-order}]")
        .help("Scan the order as a PDF, and list it among the member's documents.");
  }
}

constexpr Rule kAttached{
    .id = "MA003",
    .slug = "order-attached",
    .severity = diag::Severity::error,
    .title = "A written order is attached to each Medical Add-On",
    .why = "The add-on is approved on the strength of a physician's order. Without it there is nothing to review.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n"
                      "  - {label: C, documents: [{file: documents/order-0001.pdf, type: physician-order}]}\n",
                      Base::add_on),
    .fails = Example("members:\n  - {label: C, documents: }\n", Base::add_on),
    .check = check_attached};

// "md", "M.D." and "MD" are the same credential.
std::string plain(std::string_view credential) {
  std::string letters = to_upper(trim(credential));
  letters.erase(std::remove_if(letters.begin(), letters.end(), [](char c) { return c == '.' || c == ' '; }),
                letters.end());
  return letters;
}

void check_signer(Context& context) {
  const auto& accepted = context.settings().order_credentials;
  each_order(context, [&](const model::Member& member, const model::Order& order) {
    const auto& credential = order.credential;
    if (!missing(credential)) {
      const bool fits = std::any_of(accepted.begin(), accepted.end(),
                                    [&](const auto& one) { return plain(one) == plain(*credential); });
      if (fits) return;
    }
    context
        .report(member, place(credential.present ? credential.span : diag::Span{}, order.span),
                missing(credential) ? "Nothing says whether a physician signed the order"
                                    : "The order is not signed by a physician or physician assistant")
        .found(missing(credential) ? std::string() : quoted(*credential))
        .expected(list_words(accepted, "or"))
        .help("An order of a nurse or therapist does not count: ask a physician to sign it.");
  });
}

constexpr Rule kSigner{.id = "MA004",
                       .slug = "order-signer",
                       .severity = diag::Severity::error,
                       .title = "The order is signed by a physician or a physician assistant",
                       .why = "MD, DO, PA and PA-C are accepted; the list is the setting order-credentials.",
                       .source = "Maine page on T2016 authorizations, Medical Add-On",
                       .passes = Example("members:\n  - {label: C, order: {credential: DO}}\n", Base::add_on),
                       .fails = Example("members:\n  - {label: C, order: {credential: NP}}\n", Base::add_on),
                       .check = check_signer,
                       .setting = "order-credentials"};

void check_age(Context& context) {
  each_order(context, [&](const model::Member& member, const model::Order& order) {
    const auto today = context.today();
    if (missing(order.signed_on)) {
      context
          .report(member, place(order.signed_on.present ? order.signed_on.span : diag::Span{}, order.span),
                  "Nothing says when the order was signed")
          .expected("signed_on: the day beside the signature")
          .help("An order counts for less than three months.");
    } else if (order.signed_on && *order.signed_on > today) {
      context.report(member, order.signed_on.span, "The order can't have been signed after the day of sending")
          .found(day(*order.signed_on))
          .expected(fmt::format("{} or earlier", day(today)));
    } else if (order.signed_on && today > model::last_day_of_order(*order.signed_on)) {
      context.report(member, order.signed_on.span, "The order is three months old or older")
          .found(fmt::format("signed on {}, sent on {}", day(*order.signed_on), day(today)))
          .expected(fmt::format("sent on {} or earlier", day(model::last_day_of_order(*order.signed_on))))
          .help("Ask for a new order, or for the same one signed and dated again.");
    }
  });
}

constexpr Rule kAge{
    .id = "MA005",
    .slug = "order-age",
    .severity = diag::Severity::error,
    .title = "The order is less than three months old on the day of sending",
    .why = "On the day three months later it is too old: an order of 2026-10-12 is good through 2027-01-11.",
    .source = "Maine page on T2016 authorizations, Medical Add-On",
    .passes = Example("members:\n"
                      "  - label: C\n"
                      "    order: {signed_on: 2026-10-12}    # sent on 2027-01-11, its last day\n"
                      "    questionnaires: {medical-add-on: {8: 2026-10-12}}\n",
                      Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    order: {signed_on: 2026-10-11}\n"
                     "    questionnaires: {medical-add-on: {8: 2026-10-11}}\n",
                     Base::add_on),
    .check = check_age};

void check_soon_too_old(Context& context) {
  constexpr int kDays = 7;
  each_order(context, [&](const model::Member& member, const model::Order& order) {
    if (!order.signed_on || *order.signed_on > context.today()) return;
    const auto too_old = model::add_months(*order.signed_on, kOrderMonths);
    const auto left = (too_old - context.today()).count();
    if (left < 1 || left > kDays) return;
    context
        .report(member, order.signed_on.span,
                fmt::format("The order will be three months old on {}, {} after sending", day(too_old), days(left)))
        .found(day(*order.signed_on))
        .help("The review may come after that day. Ask whether a fresh order can be had.");
  });
}

constexpr Rule kSoonTooOld{
    .id = "MA006",
    .slug = "order-soon-too-old",
    .severity = diag::Severity::warning,
    .title = "The order does not turn three months old within a week of sending",
    .why = "The review takes days, and the reviewer may look at the order's age on the day of the review.",
    .source = "modelled",
    .passes = Example("members:\n  - {label: C, order: {signed_on: 2026-12-15}}\n", Base::add_on),
    .fails = Example("members:\n"
                     "  - label: C\n"
                     "    order: {signed_on: 2026-10-12}\n"
                     "    questionnaires: {medical-add-on: {8: 2026-10-12}}\n",
                     Base::add_on),
    .check = check_soon_too_old};

void check_elements(Context& context) {
  for (const auto* member : context.add_ons()) {
    const auto& order = member->order;
    if (!order.present) {
      if (!has_document(context.home(), *member, model::kOrderDocument)) continue;  // MA003
      context.report(*member, place(order.span, member->span), "Nothing says what the order states")
          .expected(
              "order: {signed_on: ..., by: ..., credential: MD, condition: ..., procedures: ..., span: ..., "
              "frequency: {times: 6, per: day}}")
          .help("Copy it from the order: it is compared with the request, and sent with it.");
      continue;
    }
    std::vector<std::string> open;
    const auto blank = [](const model::Field<std::string>& field) { return missing(field) || trim(*field).empty(); };
    if (blank(order.condition)) open.emplace_back("condition");
    if (blank(order.procedures)) open.emplace_back("procedures");
    const auto& frequency = order.frequency;
    const bool counted = frequency.times && *frequency.times >= 1;
    if (!frequency.present || (missing(frequency.times) || (frequency.times && !counted)) || frequency.per.text.empty())
      open.emplace_back("frequency");
    if (open.empty()) continue;
    context
        .report(*member, order.span,
                fmt::format("The order of {} states no {}", name_of(*member), list_words(open, "and no")))
        .expected("condition, procedures, span, and frequency: {times: 6, per: day}")
        .help("If the written order itself lacks it, it has to be written again.");
  }
}

constexpr Rule kElements{
    .id = "MA007",
    .slug = "order-elements",
    .severity = diag::Severity::error,
    .title = "The order states the condition, the procedures, the time span and the frequency",
    .why =
        "These are the criteria of the rule for the add-on, part A. Examples of conditions that it names: ventilator, "
        "nebulizer, insulin-dependent diabetes, suctioning, uncontrolled seizures, short-term needs after surgery.",
    .source = "MaineCare Benefits Manual, Section 21, appendix on medical add-ons, part A",
    .passes = Example("members:\n  - {label: C, order: {frequency: {times: 6, per: day}}}\n", Base::add_on),
    .fails = Example("members:\n  - {label: C, order: {frequency: }}\n", Base::add_on),
    .check = check_elements};

void check_span(Context& context) {
  each_order(context, [&](const model::Member& member, const model::Order& order) {
    const auto& span = order.span_text;
    if (!missing(span) && model::is_order_span(*span)) return;
    auto report = context.report(member, place(span.present ? span.span : diag::Span{}, order.span),
                                 missing(span) ? "The order does not say how long the need will last"
                                               : "How long the need will last can't be told from this");
    if (!missing(span)) report.found(quoted(*span));
    report.expected("indefinite, a last day, or a number of days, weeks, months or years from the day of signing")
        .help("If no end is foreseeable, the order has to say so in words: span: indefinite.");
  });
}

constexpr Rule kSpan{
    .id = "MA008",
    .slug = "order-span",
    .severity = diag::Severity::error,
    .title = "The order says how long the need will last, or that no end is foreseeable",
    .why = "Silence about the end is not the same as a lasting need: the order has to say so expressly.",
    .source = "MaineCare Benefits Manual, Section 21, appendix on medical add-ons",
    .passes = Example("members:\n  - {label: C, order: {span: indefinite}}\n", Base::add_on),
    .fails = Example("members:\n  - {label: C, order: {span: }}\n", Base::add_on),
    .check = check_span};

constexpr Rule kConditions{
    .id = "MA017",
    .slug = "conditions-named",
    .severity = diag::Severity::info,
    .title = "The rule names conditions as examples; others are allowed",
    .why =
        "Ventilator, nebulizer, insulin-dependent diabetes, suctioning, uncontrolled seizures, chronic eating "
        "disorder, "
        "conditions that need near total physical help each day, short-term needs after surgery, procedure or injury.",
    .source = "public: MaineCare Benefits Manual, Section 21",
    .passes = "",
    .fails = "",
    .acts_in = "explain"};

constexpr Rule kCitation{
    .id = "MA021",
    .slug = "citation",
    .severity = diag::Severity::info,
    .title = "The rule that is cited for add-ons has been numbered in more than one way",
    .why =
        "The page cites Chapter II, 21.15, Appendix II; published versions number the appendices differently. Quote it "
        "as your letter does.",
    .source = "Maine page on T2016 authorizations; public",
    .passes = "",
    .fails = "",
    .acts_in = "explain"};

constexpr const Rule* kRules[] = {&kAttached, &kSigner, &kAge,        &kSoonTooOld,
                                  &kElements, &kSpan,   &kConditions, &kCitation};

}  // namespace

RuleList ma_order_rules() {
  return kRules;
}

}  // namespace atz::rules
