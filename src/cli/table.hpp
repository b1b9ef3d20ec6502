// A plain table: two blanks between columns, numbers to the right, nothing cut.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"

namespace atz::cli {

struct Column {
  std::string title;
  bool right = false;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  struct Cell {
    std::string text;
    Style style = Style::plain;
  };
  // What a payer sent may hold anything: only what can be shown is kept of a cell or a note.
  void add(std::vector<Cell> cells);
  void add_note(std::string note);  // an indented line below the last row
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] std::string render(const Terminal& terminal) const;  // columns that are empty in every row are left out

 private:
  struct Row {
    std::vector<Cell> cells;
    std::vector<std::string> notes;
  };
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace atz::cli
