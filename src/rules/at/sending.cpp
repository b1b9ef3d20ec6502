// Rules about documents that other rules or other commands keep.
#include "rules/catalogue.hpp"

namespace atz::rules {
namespace {

// HS013 does the work for Home Support; other requests bring their own.
constexpr Rule kKinds{
    .id = "AT009",
    .slug = "required-documents",
    .severity = diag::Severity::error,
    .title = "The kinds of documents that the request needs are there",
    .why =
        "Home Support needs a staffing pattern. Whether there is one for the home or one for each member is what HS013 "
        "checks, and where none is listed, atz draws it.",
    .source = "Maine page on T2016 authorizations",
    .passes = "a document of type staffing-pattern, or staffing in the file",
    .fails = "neither of the two",
    .check = nullptr,
    .acts_in = "check"};

constexpr Rule kListed{
    .id = "AT010",
    .slug = "attachments-listed",
    .severity = diag::Severity::info,
    .title = "Documents travel inside the request",
    .why =
        "In the portal one has to wait until each file appears in the list before submitting. Here nothing is left to "
        "wait for: a request arrives with its documents or not at all.",
    .source = "Kepro training, Attached Document Page",
    .passes = "",
    .fails = "",
    .check = nullptr,
    .acts_in = "submit"};

constexpr Rule kUnchanged{
    .id = "AT012",
    .slug = "attachment-unchanged",
    .severity = diag::Severity::error,
    .title = "A document is the same when it is sent as when it was checked",
    .why = "A file that was replaced in between was never checked. Its digest is compared when the request is made.",
    .source = "modelled",
    .passes = "the same bytes in both moments",
    .fails = "a scan that was saved again in between",
    .check = nullptr,
    .acts_in = "submit"};

constexpr const Rule* kRules[] = {&kKinds, &kListed, &kUnchanged};

}  // namespace

RuleList at_sending_rules() {
  return kRules;
}

}  // namespace atz::rules
