// What the name of a document gives away.
#include <fmt/format.h>

#include "atz/base/file.hpp"
#include "rules/catalogue.hpp"
#include "rules/documents.hpp"
#include "rules/personal_words.hpp"

namespace atz::rules {
namespace {

// Folders stay on this computer: only the last part of a path is looked at.
std::string_view stem(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

void check_personal_name(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    if (missing(document.document->file)) continue;
    const std::string name = path::name(*document.document->file);
    for (const auto& member : context.home().members) {
      const auto kinds = personal_data_in(stem(name), member);
      if (kinds.empty()) continue;
      context
          .report(document.span(),
                  fmt::format("The file name holds the {} of {}", list_words(kinds, "and"), name_of(member)))
          .member(document.label())
          .expected("a name that tells the kind of document and the label, for example plan-a.pdf")
          .help("Names of files travel with the request and are seen in lists by people who need not know. Rename it.");
    }
  }
}

constexpr Rule kPersonalName{
    .id = "AT011",
    .slug = "file-name-impersonal",
    .severity = diag::Severity::warning,
    .title = "The name of a document's file holds no name, ID or birth date of a member",
    .why =
        "A file name shows up in lists, mails and logs that nobody protects as they protect what is inside. Looked for "
        "are every member's last name, first name of three letters or more, MaineCare ID, and birth date in the usual "
        "forms; folders are not looked at, because they are not sent.",
    .source = "modelled",
    .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/Sampleton_1988.pdf, type: person-centered-plan}]    # the name of member A",
              Base::first},
    .check = check_personal_name};

constexpr const Rule* kRules[] = {&kPersonalName};

}  // namespace

RuleList at_name_rules() {
  return kRules;
}

}  // namespace atz::rules
