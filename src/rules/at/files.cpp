// Whether a document can be attached at all.
#include <fmt/format.h>

#include <algorithm>

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
    .check = check_extension};

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
    .check = check_size};

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
    .check = check_large};

void check_present(Context& context) {
  for (const auto& document : inspected_documents(context)) {
    if (missing(document.document->file)) {
      context.report(document.span(), "This document has no file")
          .member(document.label())
          .expected("file: a path, seen from this file's folder");
      continue;
    }
    if (document.inspection == nullptr) continue;
    const char* what = nullptr;
    switch (document.inspection->presence) {
      case Presence::missing:
        what = "There is no such file";
        break;
      case Presence::not_regular:
        what = "This is a folder or a device, not a file";
        break;
      case Presence::unreadable:
        what = "The file can't be read";
        break;
      case Presence::empty:
        what = "The file is empty";
        break;
      case Presence::ok:
      case Presence::too_large:
        break;
    }
    if (what == nullptr) continue;
    context.report(document.span(), what)
        .member(document.label())
        .found(quoted(*document.document->file))
        .help("Paths are seen from the folder of the case file.");
  }
}

constexpr Rule kPresent{
    .id = "AT007",
    .slug = "attachment-readable",
    .severity = diag::Severity::error,
    .title = "A document's file is there, can be read, and is not empty",
    .why = "What can't be read can't be sent, and an empty file is usually a scan that failed.",
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
