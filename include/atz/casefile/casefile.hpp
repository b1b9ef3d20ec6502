// A case file, read: sources, model, and everything that could not be read, each with its place.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/file.hpp"
#include "atz/base/result.hpp"
#include "atz/casefile/document.hpp"
#include "atz/casefile/fields.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/diag/finding.hpp"
#include "atz/model/home.hpp"

namespace atz::casefile {

// A scalar whose text is not of its field's type. Rules give it their name (GN001, SP001 ...).
struct Unreadable {
  std::string path;  // "members[0].period.start"
  FieldType type;
  std::string text;
  diag::Span span;
  std::string member;  // label where known
};

struct UnknownKey {
  std::string path;  // "members[0].services[0].weekly_hour"
  std::string key;
  std::string suggestion;  // nearest known key, or empty
  bool secret = false;     // GN019: password, token, secret, api_key ...
  diag::Span span;
  std::string member;
};

struct CaseFile {
  std::string path;       // as the user typed it; "-" for standard input
  std::string directory;  // documents are relative to it
  diag::Sources sources;  // [0] is the case file; then the workspace's, then staffing files
  std::shared_ptr<const Workspace> workspace;
  std::uint32_t workspace_sources = 1;  // add to a span of the workspace's to point into `sources` here
  model::Home home;                     // whatever could be read
  std::vector<Problem> problems;
  std::vector<Unreadable> unreadable;
  std::vector<UnknownKey> unknown_keys;
  std::vector<diag::Span> to_fill_in;  // values that still hold the template's mark
  bool readable = false;               // the model is complete enough for rules to look at (the root is a mapping)
  bool staffing_only = false;          // a staffing file on its own: only SP rules apply; home.staffing is set
};

// Reads the file and what it draws in (staffing file, atz.yaml). Failure::input only when the file itself cannot be
// read; what is inside it never fails but becomes problems.
Result<CaseFile> load(const Files& files, const std::string& path, WorkspaceCache& workspaces);
// The same from text in memory, as if it stood at `path` (standard input, tests).
CaseFile load_text(const Files& files, const std::string& path, std::string text, WorkspaceCache& workspaces);

// The mark that `atz new` writes where only a person knows the value.
inline constexpr std::string_view kFillInMark = "CHANGE-ME";

// Whether a YAML text looks like a case file or staffing file (top-level key `atz`, or `shifts`); used to skip others
// in folders.
enum class FileKind { case_file, staffing_file, other };
FileKind sniff(std::string_view text);

}  // namespace atz::casefile
