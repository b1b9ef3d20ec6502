// Whether a document can be attached at all.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/documents.hpp"

namespace atz::rules {
namespace {

using Presence = attach::Inspection::Presence;

std::string bytes(std::uint64_t size) {
  if (size < 1000) return fmt::format("{} bytes", size);
  std::string digits = std::to_string(size);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " bytes";
}

void check_extension(Context& context) {
  const auto& allowed = context.settings().attachment_types;
  for (const auto& document : inspected_documents(context)) {
    if (missing(document.document->file)) continue;
    const std::string extension = path::extension(*document.document->file);
    const std::string found = extension.empty() ? "no extension" : "." + extension;
    if (std::find(allowed.begin(), allowed.end(), extension) == allowed.end()) {
      context
          .report(document.span(), extension.empty() ? "This file has no extension, so its kind can't be told"
                                                     : "Files of this kind can't be attached")
          .member(document.label())
          .found(found)
          .expected("one of: " + join(allowed, ", "))
          .help("Save it as PDF and attach that.");
    } else if (extension == "xls" || extension == "xlsx") {
      context.report(document.span(), "A spreadsheet is not on every list of what can be attached")
          .severity(diag::Severity::warning)
          .member(document.label())
          .found(found)
          .help("The portal's screen lists spreadsheets, the training's spoken list does not. PDF is safest.");
    }
  }
}

constexpr Rule kExtension{
    .id = "AT001",
    .slug = "attachment-type",
    .severity = diag::Severity::error,
    .title = "A document is of a kind that can be attached",
    .why =
        "The portal takes pdf, tif, doc, docx, xls, xlsx, txt, rtf, gif, jpg and jpeg, in "
        "capitals or not. Spreadsheets "
        "get a warning: one of two lists leaves them out.",
    .source = "Kepro training, Attached Document Page",
    .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/pattern.csv, type: clinical-documentation}]", Base::first},
    .check = check_extension,
    .setting = "attachment.types"};

void check_size(Context& context) {
  const auto most = context.settings().attachment_max_bytes;
  for (const auto& document : inspected_documents(context)) {
    const auto* file = document.inspection;
    if (file == nullptr || file->size <= most) continue;
    if (file->presence != Presence::ok && file->presence != Presence::too_large) continue;
    context.report(document.span(), "The file is too large to be attached")
        .member(document.label())
        .found(bytes(file->size))
        .expected(bytes(most) + " or less")
        .help("Scan with 200 dpi in grey, or split it into several documents.");
  }
}

constexpr Rule kSize{
    .id = "AT002",
    .slug = "attachment-size",
    .severity = diag::Severity::error,
    .title = "A document is not larger than 10 MB",
    .why =
        "10 MB, read as 10,000,000 bytes, is the larger of the two limits that the training names. The setting is "
        "attachment.max_bytes.",
    .source = "Kepro training, Attached Document Page",
    .passes = {"documents: [{file: documents/10000000-bytes.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/10000001-bytes.pdf, type: person-centered-plan}]", Base::first},
    .check = check_size,
    .setting = "attachment.max-bytes"};

void check_large(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    const auto* file = document.inspection;
    if (file == nullptr || file->presence != Presence::ok) continue;
    if (file->size <= context.settings().attachment_warn_bytes || file->size > context.settings().attachment_max_bytes)
      continue;
    context.report(document.span(), "The file is larger than one of two limits that are said to hold")
        .member(document.label())
        .found(bytes(file->size))
        .expected(bytes(context.settings().attachment_warn_bytes) + " or less")
        .help("It may be refused. Scan with 200 dpi in grey, or split it into several documents.");
  }
}

constexpr Rule kLarge{
    .id = "AT003",
    .slug = "attachment-large",
    .severity = diag::Severity::warning,
    .title = "A document is not larger than 4 MB",
    .why =
        "A later picture of the training names 4 MB where the first says 10 MB. The setting is attachment.warn_bytes.",
    .source = "Kepro training, Attached Document Page",
    .passes = {"documents: [{file: documents/4000000-bytes.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/4000001-bytes.pdf, type: person-centered-plan}]", Base::first},
    .check = check_large,
    .setting = "attachment.warn-bytes"};

struct Words {
  const char* what;
  const char* help;
};

std::optional<Words> words_for(Presence presence, const std::string& path) {
  switch (presence) {
    case Presence::missing:
      if (path.find('\\') != std::string::npos) {
        return Words{"There is no such file; folders are separated by / here, not by \\",
                     "Write the path with /, for example documents/plan-a.pdf."};
      }
      return Words{"There is no such file", "Paths are seen from the folder of the case file."};
    case Presence::dangling:
      return Words{"This is a link that leads to no file", "Put the file itself there, or make the link again."};
    case Presence::leads_out:
      return Words{
          "A link on this path leads out of the case file's folder",
          "Put the file itself there, or write the path where it really lies: what is sent has to be seen here."};
    case Presence::not_regular:
      return Words{"This is a folder or a device, not a file", "Name a file."};
    case Presence::unreadable:
      return Words{"The file can't be read",
                   "You may lack the permission; look at the modes of the file and its folders."};
    case Presence::empty:
      return Words{"The file is empty", "Scan or export it again."};
    case Presence::ok:
    case Presence::too_large:
      break;
  }
  return std::nullopt;
}

void check_present(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    if (missing(document.document->file)) {
      context.report(document.span(), "This document has no file")
          .member(document.label())
          .expected("file: a path, seen from this file's folder");
      continue;
    }
    if (document.inspection == nullptr) continue;
    const std::string& path = *document.document->file;
    if (const auto words = words_for(document.inspection->presence, path)) {
      auto report = context.report(document.span(), words->what);
      report.member(document.label()).help(words->help);
      if (!names_a_person(context.home(), path)) report.found(quoted(path));
    } else if (path.front() == '/') {
      context.report(document.span(), "This path holds on this computer only")
          .severity(diag::Severity::info)
          .member(document.label())
          .expected("a path seen from the folder of the case file");
    }
  }
}

constexpr Rule kPresent{
    .id = "AT007",
    .slug = "attachment-readable",
    .severity = diag::Severity::error,
    .title = "A document's file is there, can be read, and is not empty",
    .why =
        "What can't be read can't be sent, and an empty file is usually a scan that failed. A "
        "symbolic link may lead to another file below the case file's folder, but not out of it: "
        "what travels must be seen from the case file. A path that openly leads elsewhere "
        "(../common/week.pdf) may; one that begins with / holds on one computer only, which is "
        "said.",
    .source = "modelled",
    .passes = {"documents: [{file: documents/plan-a.pdf, type: person-centered-plan}]", Base::first},
    .fails = {"documents: [{file: documents/empty.pdf, type: person-centered-plan}]    # 0 bytes", Base::first},
    .check = check_present};

constexpr const Rule* kRules[] = {&kExtension, &kSize, &kLarge, &kPresent};

}  // namespace

RuleList at_file_rules() {
  return kRules;
}

}  // namespace atz::rules
