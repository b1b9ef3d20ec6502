// A text of several pages with headings, facts and tables, written as PDF, HTML or for a terminal.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "atz/base/result.hpp"

namespace atz::report {

// Texts are plain UTF-8; every writer escapes or cleans them for itself.
class Paper {
 public:
  struct Block {
    enum class Kind { heading, paragraph, facts, table } kind = Kind::paragraph;
    std::string text;                            // heading, paragraph
    int level = 1;                               // heading: 1 or 2
    std::vector<std::string> columns;            // table
    std::vector<std::vector<std::string>> rows;  // table: as many cells as columns; facts: two, what and its value
  };

  Paper(std::string title, std::string date, std::string foot)
      : title_(std::move(title)), date_(std::move(date)), foot_(std::move(foot)) {}

  void heading(std::string text, int level = 1);
  void paragraph(std::string text);
  // Consecutive facts stand in one list; one with an empty value is left out.
  void fact(std::string what, std::string value);
  // A table without rows is left out.
  void table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows);

  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& date() const { return date_; }  // YYYY-MM-DD, the only date of the file itself
  [[nodiscard]] const std::string& foot() const { return foot_; }  // at the foot of every page
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }

 private:
  std::string title_, date_, foot_;
  std::vector<Block> blocks_;
};

// Letter pages, numbered; long texts wrap and go on, on the next page where needed. The same paper gives the same bytes
// in one environment. Failure::io when cairo cannot draw.
Result<std::string> paper_pdf(const Paper& paper);
// One file that needs no other, good for a browser and its printer.
std::string paper_html(const Paper& paper);
struct PaperTextOptions {
  bool color = false;
  std::size_t width = 100;  // cells
};
std::string paper_text(const Paper& paper, const PaperTextOptions& options);

}  // namespace atz::report
