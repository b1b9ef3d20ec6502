// What is left of a template.
#include "rules/catalogue.hpp"
#include "rules/context.hpp"

namespace atz::rules {
namespace {

void check_filled_in(Context& context) {
  for (const auto& span : context.file().to_fill_in) {
    context.report(span, "This is still to be filled in")
        .found(std::string(casefile::kFillInMark))
        .help("The comment in the new file says what belongs here.");
  }
}

constexpr Rule kFilledIn{.id = "CF017",
                         .slug = "filled-in",
                         .severity = diag::Severity::error,
                         .title = "Every place that a new file marks has been filled in",
                         .why =
                             "`atz new` marks what only a person can know. A mark that is left would travel to the "
                             "payer as if it were the value.",
                         .source = "modelled",
                         .passes = {"home: {name: Maple Street}", Base::first},
                         .fails = {"home: {name: CHANGE-ME}", Base::first},
                         .check = check_filled_in};

constexpr const Rule* kRules[] = {&kFilledIn};

}  // namespace

RuleList cf_template_rules() {
  return kRules;
}

}  // namespace atz::rules
