// What is inside a document, and what it is said to be.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/documents.hpp"

namespace atz::rules {
namespace {

using Protection = attach::Inspection::Protection;

bool readable(const InspectedDocument& document) {
  return document.inspection != nullptr && document.inspection->presence == attach::Inspection::Presence::ok;
}

void check_type(Context& context) {
  std::vector<std::string_view> keys;
  for (const auto& type : context.tables().document_types) keys.push_back(type.key);
  const std::vector<std::string> all(keys.begin(), keys.end());
  for (const auto& document : inspected_documents(context)) {
    const auto& type = document.document->type;
    if (missing(type)) {
      context
          .report(place(type.span, document.document->file.span, document.document->span),
                  "Nothing says what kind of document this is")
          .member(document.label())
          .expected("type: one of " + join(all, ", "));
    } else if (context.tables().document_type(*type) == nullptr) {
      context.report(type.span, fmt::format("{} is not a kind of document that atz knows", quoted(*type)))
          .member(document.label())
          .found(quoted(*type))
          .expected("one of: " + join(all, ", "))
          .help(suggest(*type, keys));
    }
  }
}

constexpr Rule kType{.id = "AT004",
                     .slug = "document-type",
                     .severity = diag::Severity::error,
                     .title = "Each document has a type",
                     .why = "The portal asks for the type of every file; reviewers look for documents by type.",
                     .source = "Kepro training, Attached Document Page",
                     .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan}]", Base::first},
                     .fails = {"documents: [{file: documents/plan-a.pdf}]", Base::first},
                     .check = check_type};

void check_protected(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    if (!readable(document) || document.inspection->protection == Protection::none) continue;
    const bool password = document.inspection->protection == Protection::needs_password;
    context
        .report(document.span(), password ? "The file can't be opened without a password"
                                          : "The file is encrypted, even if it opens without a password")
        .member(document.label())
        .expected("a file without protection")
        .help("Open it, remove the protection, or print it to PDF, and attach that.");
  }
}

constexpr Rule kProtected{
    .id = "AT005",
    .slug = "attachment-unprotected",
    .severity = diag::Severity::error,
    .title = "A document is not encrypted and needs no password",
    .why =
        "Reviewers can't open protected files. That counts for PDFs that only forbid printing or "
        "changing, too: they are "
        "encrypted inside. Old Word and Excel files are looked at as far as their headers tell.",
    .source = "Kepro training, Attached Document Page",
    .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/locked.pdf, type: person-centered-plan}]    # opens with a password",
              Base::first},
    .check = check_protected};

void check_content(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    if (!readable(document) || document.inspection->matches_extension) continue;
    const auto& file = *document.inspection;
    if (attach::media_type(file.extension).empty()) continue;  // AT001
    const std::string seems = !file.detected.empty() ? "." + file.detected : file.mime;
    context.report(document.span(), fmt::format("The content is not what .{} says", file.extension))
        .member(document.label())
        .found(seems.empty() ? "something unknown" : printable(seems))
        .expected("." + file.extension)
        .help("A new name does not change what is inside: save or export the file as the kind you want.");
  }
}

constexpr Rule kContent{
    .id = "AT006",
    .slug = "attachment-content",
    .severity = diag::Severity::error,
    .title = "A document's content is what its extension says",
    .why = "A picture that was renamed to .pdf opens on some computers and not on others.",
    .source = "modelled",
    .passes = {"documents: [{file: documents/photo.jpg, type: clinical-documentation}]", Base::first},
    .fails = {"documents: [{file: documents/renamed.jpg, type: clinical-documentation}]    # a PNG inside",
              Base::first},
    .check = check_content};

// A case gets the documents of its member and those of the whole home.
void check_twice(Context& context) {
  const auto documents = inspected_documents(context);
  for (std::size_t i = 1; i < documents.size(); ++i) {
    if (!readable(documents[i]) || documents[i].inspection->sha256.empty()) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (!readable(documents[j]) || documents[j].inspection->sha256 != documents[i].inspection->sha256) continue;
      const std::string a = documents[j].label();
      const std::string b = documents[i].label();
      if (!a.empty() && !b.empty() && a != b) continue;
      context.report(documents[i].span(), "The same content is attached twice to one case")
          .member(b)
          .related(documents[j].span(), "it is already here")
          .help("Remove one of the two, or put in the file that was meant.");
      break;
    }
  }
}

constexpr Rule kTwice{
    .id = "AT008",
    .slug = "attached-once",
    .severity = diag::Severity::warning,
    .title = "No content is attached twice to one case",
    .why = "Two names for one content usually mean that the wrong file was picked, and that the right one is missing.",
    .source = "modelled",
    .passes = {"documents:\n"
               "  - {file: documents/plan-a.pdf, type: person-centered-plan}\n"
               "  - {file: documents/plan-b.pdf, type: clinical-documentation}",
               Base::first},
    .fails = {"documents:    # two names, one content\n"
              "  - {file: documents/plan-a.pdf, type: person-centered-plan}\n"
              "  - {file: documents/plan-a-copy.pdf, type: clinical-documentation}",
              Base::first},
    .check = check_twice};

constexpr const Rule* kRules[] = {&kType, &kProtected, &kContent, &kTwice};

}  // namespace

RuleList at_content_rules() {
  return kRules;
}

}  // namespace atz::rules
