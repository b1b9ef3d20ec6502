#include "atz/casefile/casefile.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "atz/casefile/other_files.hpp"
#include "casefile/config.hpp"
#include "casefile/decode.hpp"
#include "casefile/merge_provider.hpp"
#include "casefile/reader.hpp"

namespace atz::casefile {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Refusals after which the values that could be read say too little.
bool spoils_content(const Problem& problem) {
  switch (problem.kind) {
    case Problem::Kind::anchor:
    case Problem::Kind::tag:
    case Problem::Kind::duplicate_key:
    case Problem::Kind::odd_character:
      return false;
    default:
      return true;
  }
}

void find_marks(const Node& node, std::vector<diag::Span>& found) {
  if (node.kind == Node::Kind::scalar && node.text == kFillInMark) found.push_back(node.span);
  for (const auto& item : node.items) find_marks(item, found);
  for (const auto& entry : node.entries) find_marks(entry.value, found);
}

// Parses the last of the sources and records what is wrong with it. Empty when its content is of no use.
std::optional<Node> take_document(CaseFile& file) {
  const auto source = static_cast<std::uint32_t>(file.sources.size() - 1);
  Document document = parse(file.sources.back().text, source);
  const bool spoiled = std::any_of(document.problems.begin(), document.problems.end(), spoils_content);
  std::move(document.problems.begin(), document.problems.end(), std::back_inserter(file.problems));
  if (spoiled) return std::nullopt;
  if (document.root && file.sources.back().text.find(kFillInMark) != std::string::npos)
    find_marks(*document.root, file.to_fill_in);
  return std::move(document.root);
}

void add_source(CaseFile& file, std::string name, std::string text) {
  if (text.compare(0, kByteOrderMark.size(), kByteOrderMark) == 0) text.erase(0, kByteOrderMark.size());
  file.sources.push_back({std::move(name), std::move(text)});
}

// Staffing files, each read once however often it is named.
class Drawer {
 public:
  Drawer(const Files& files, CaseFile& file) : files_(files), file_(file) {}

  const Node* operator()(const std::string& name, diag::Span span, const std::string& field) {
    const std::string path = shown_in(file_.directory, name);
    const auto known = std::find_if(drawn_.begin(), drawn_.end(), [&](const Drawn& each) { return each.path == path; });
    if (known != drawn_.end()) return known->root ? &*known->root : nullptr;
    Drawn& drawn = drawn_.emplace_back();
    drawn.path = path;
    auto text = files_.read(path, kMaxFileBytes);
    if (!text) {
      file_.problems.push_back({Problem::Kind::unreadable_file,
                                span,
                                field,
                                "the staffing file cannot be read",
                                name,
                                {},
                                text.error().message,
                                {}});
      return nullptr;
    }
    add_source(file_, path, std::move(*text));
    drawn.root = take_document(file_);
    return drawn.root ? &*drawn.root : nullptr;
  }

 private:
  struct Drawn {
    std::string path;
    std::optional<Node> root;
  };
  const Files& files_;
  CaseFile& file_;
  std::deque<Drawn> drawn_;
};

bool is_staffing_file(const Node& root) {
  return root.find("shifts") != nullptr && root.find("members") == nullptr && root.find("home") == nullptr;
}

void decode_staffing_file(const Node& root, Log& log, CaseFile& file) {
  const Reader reader(root, staffing_file_tree(), log, "staffing");
  decode_pattern(reader, file.home.staffing);
  reader.get("roster", file.home.house.roster);
  file.home.house.roster_span = reader.key_span("roster");
  file.home.house.roster_present = reader.value("roster") != nullptr;
  file.staffing_only = true;
}

void decode_case_file(const Node& root, Log& log, const Files& files, CaseFile& file) {
  Drawer drawer(files, file);
  const Reader reader(root, home_tree(), log);
  if (!reader.given()) return;
  decode_home(reader, std::ref(drawer), file.home);
  merge_provider(file.home.provider, file.workspace->provider, file.workspace_sources);
  require_provider(file.home.provider, reader.here(), file.problems);
}

CaseFile begin(const std::string& path, std::string text, WorkspaceCache& workspaces) {
  CaseFile file;
  file.path = path;
  file.directory = path == "-" ? "." : path::parent(path);
  file.workspace = workspaces.for_directory(file.directory);
  const diag::Sources& shared = file.workspace->sources;
  file.sources.reserve(shared.size() + 2);
  add_source(file, path, std::move(text));
  return file;
}

bool has_known_key(const Node& root) {
  return std::any_of(root.entries.begin(), root.entries.end(), [](const Node::Entry& entry) {
    const auto& known = home_tree().children;
    return std::any_of(known.begin(), known.end(), [&](const Schema& child) { return child.key == entry.key; });
  });
}

void refuse_foreign(const Node& root, CaseFile& file) {
  file.problems.push_back({Problem::Kind::no_case_file,
                           {0, root.span.line, root.span.column, root.span.line, root.span.column + 1},
                           {},
                           "this is not a case file: it has none of the keys of one",
                           {},
                           "atz, request, home, members and so on; or the shifts of a staffing file",
                           "`atz new home` writes a case file to start from",
                           {}});
}

}  // namespace

CaseFile refuse(const std::string& path, Problem problem, WorkspaceCache& workspaces) {
  CaseFile file = begin(path, {}, workspaces);
  file.problems.push_back(std::move(problem));
  file.sources.insert(file.sources.end(), file.workspace->sources.begin(), file.workspace->sources.end());
  return file;
}

CaseFile load_config(const Files& files, const std::string& path, const std::string& config) {
  CaseFile file;
  file.path = path;
  file.directory = path::parent(config);
  file.workspace = std::make_shared<const Workspace>(load_workspace(files, config, config));
  file.workspace_sources = 0;
  file.sources = file.workspace->sources;
  return file;
}

Result<CaseFile> load(const Files& files, const std::string& path, WorkspaceCache& workspaces) {
  const FileInfo info = files.info(path);
  if (info.kind == FileInfo::Kind::regular && info.size > kMaxFileBytes) {
    return refuse(path,
                  {Problem::Kind::too_large,
                   {0, 1, 1, 1, 1},
                   {},
                   "the file is too large",
                   std::to_string(info.size) + " bytes",
                   "at most " + std::to_string(kMaxFileBytes) + " bytes",
                   "keep one home in a file; documents belong into files of their own",
                   {}},
                  workspaces);
  }
  auto text = files.read(path, kMaxFileBytes);
  if (!text) return tl::make_unexpected(text.error());
  return load_text(files, path, std::move(*text), workspaces);
}

CaseFile load_text(const Files& files, const std::string& path, std::string text, WorkspaceCache& workspaces) {
  CaseFile file = begin(path, std::move(text), workspaces);
  const std::optional<Node> root = take_document(file);
  file.sources.insert(file.sources.end(), file.workspace->sources.begin(), file.workspace->sources.end());
  if (!root) return file;
  Log log;
  log.problems = &file.problems;
  log.unreadable = &file.unreadable;
  log.unknown_keys = &file.unknown_keys;
  if (root->kind == Node::Kind::mapping && !is_staffing_file(*root) && !has_known_key(*root)) {
    refuse_foreign(*root, file);
    return file;
  }
  file.readable = root->kind == Node::Kind::mapping;
  if (is_staffing_file(*root)) {
    decode_staffing_file(*root, log, file);
  } else {
    decode_case_file(*root, log, files, file);
  }
  return file;
}

}  // namespace atz::casefile
