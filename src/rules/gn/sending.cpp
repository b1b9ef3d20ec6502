// Rules that act when a request is sent and afterwards.
#include "rules/catalogue.hpp"

namespace atz::rules {
namespace {

constexpr Rule kNoPromise{
    .id = "GN011",
    .slug = "no-promise-of-payment",
    .severity = diag::Severity::info,
    .title = "An approval is not a promise of payment",
    .why =
        "A claim is still checked for the member's eligibility on the day of service, the provider's enrollment and "
        "more. This sentence stands beside every approval.",
    .source = "Kepro training, Submitting the Request",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "status"};

constexpr Rule kNeverTwice{
    .id = "GN013",
    .slug = "never-twice",
    .severity = diag::Severity::error,
    .title = "A request that has a case ID is never sent again as a new one",
    .why =
        "A second case for the same request is a duplicate: it is voided, or worse, decided apart from the first. "
        "After a lost answer atz asks the payer first, and sends again only what is not there.",
    .source = "modelled; public help pages on duplicates",
    .passes = "atz recover, after a network error",
    .fails = "the whole home sent a second time after a network error",
    .check = nullptr,
    .acts_in = "submit"};

constexpr Rule kExpectedBy{
    .id = "GN015",
    .slug = "expected-by",
    .severity = diag::Severity::info,
    .title = "An answer to a standard request is expected within seven calendar days",
    .why =
        "From 2026 a federal rule gives Medicaid programs 7 calendar days for a standard request and 72 hours for an "
        "expedited one. Some states have arrangements of their own, so the day shown is a forecast.",
    .source = "42 CFR 440.230(e)",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "submit"};

constexpr Rule kCopy{
    .id = "GN020",
    .slug = "copy-kept",
    .severity = diag::Severity::info,
    .title = "A copy of what was sent is kept",
    .why =
        "The portal offers to print the request. atz keeps the exact bytes, sealed, with the time and a digest, so "
        "that it can be shown later what was sent.",
    .source = "Kepro training, Submitting the Request",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "submit"};

constexpr const Rule* kRules[] = {&kNoPromise, &kNeverTwice, &kExpectedBy, &kCopy};

}  // namespace

RuleList gn_sending_rules() {
  return kRules;
}

}  // namespace atz::rules
