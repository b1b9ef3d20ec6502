#include "atz/report/paper.hpp"

namespace atz::report {

void Paper::heading(std::string text, int level) {
  blocks_.push_back({Block::Kind::heading, std::move(text), level, {}, {}});
}

void Paper::paragraph(std::string text) {
  if (!text.empty()) blocks_.push_back({Block::Kind::paragraph, std::move(text), 1, {}, {}});
}

void Paper::fact(std::string what, std::string value) {
  if (value.empty()) return;
  if (blocks_.empty() || blocks_.back().kind != Block::Kind::facts)
    blocks_.push_back({Block::Kind::facts, {}, 1, {}, {}});
  blocks_.back().rows.push_back({std::move(what), std::move(value)});
}

void Paper::table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  if (!rows.empty()) blocks_.push_back({Block::Kind::table, {}, 1, std::move(columns), std::move(rows)});
}

}  // namespace atz::report
