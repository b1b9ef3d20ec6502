#include "atz/casefile/report_columns.hpp"

#include "atz/casefile/document.hpp"

namespace atz::casefile {
namespace {

constexpr std::string_view kFile = "report-columns.yaml";

void add_columns(std::string_view text, std::map<std::string, std::string>& columns) {
  const Document document = parse(text, 0);
  const Node* rows = document.root ? document.root->find("report_columns") : nullptr;
  if (rows == nullptr) return;
  for (const auto& row : rows->items) {
    const Node* column = row.find("column");
    if (column == nullptr) continue;
    columns[plain_column_name(column->text)] = column->text;
    const Node* names = row.find("names");
    if (names == nullptr) continue;
    if (names->kind == Node::Kind::scalar) columns[plain_column_name(names->text)] = column->text;
    for (const auto& name : names->items) columns[plain_column_name(name.text)] = column->text;
  }
}

}  // namespace

std::string plain_column_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') {
      plain += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      plain += c;
    }
  }
  return plain;
}

std::map<std::string, std::string> report_columns(const Files& files, const Workspace& workspace) {
  std::map<std::string, std::string> columns;
  if (const auto text = builtin_data(kFile)) add_columns(*text, columns);
  if (workspace.config_path.empty()) return columns;
  const std::string own = path::join(path::join(path::parent(workspace.config_path), "atz.d"), kFile);
  if (const auto text = files.read(own, kMaxFileBytes)) add_columns(*text, columns);
  return columns;
}

}  // namespace atz::casefile
