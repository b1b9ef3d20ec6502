#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/report/paper.hpp"

namespace atz::report {
namespace {

constexpr std::string_view kStyle = R"(
body { font: 11pt/1.4 "DejaVu Sans", Arial, sans-serif; color: #14141a; max-width: 52em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2 { font-size: 1.15em; margin: 1.6em 0 .4em; border-bottom: 1px solid #999; padding-bottom: .15em; }
h3 { font-size: 1em; margin: 1.2em 0 .3em; }
p { margin: .4em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .4em 0; }
th, td { text-align: left; vertical-align: top; padding: .2em .8em .2em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
thead th { border-bottom: 1px solid #999; font-size: .9em; }
tbody tr + tr td { border-top: 1px solid #ddd; }
.facts th { width: 30%; font-weight: normal; color: #55555c; }
.facts th, .facts td { border: 0 !important; }
footer { margin-top: 2em; color: #55555c; font-size: .85em; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 9.5pt; } h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
)";

// Control characters become visible, so that the file shows what came.
std::string escaped(const std::string& text) {
  std::string out;
  std::string line;
  const auto flush = [&] {
    for (const char c : printable(line)) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        default:
          out += c;
      }
    }
    line.clear();
  };
  for (const char c : text) {
    if (c == '\n') {
      flush();
      out += '\n';
    } else {
      line += c;
    }
  }
  flush();
  return out;
}

std::string facts(const Paper::Block& block) {
  std::string out = "<table class=\"facts\"><tbody>\n";
  for (const auto& row : block.rows)
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(row[0]), escaped(row[1]));
  return out + "</tbody></table>\n";
}

std::string table(const Paper::Block& block) {
  std::string out = "<table><thead><tr>";
  for (const auto& column : block.columns) out += fmt::format("<th scope=\"col\">{}</th>", escaped(column));
  out += "</tr></thead><tbody>\n";
  for (const auto& row : block.rows) {
    out += "<tr>";
    for (const auto& cell : row) out += fmt::format("<td>{}</td>", escaped(cell));
    out += "</tr>\n";
  }
  return out + "</tbody></table>\n";
}

}  // namespace

std::string paper_html(const Paper& paper) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
      escaped(paper.title()), kStyle);
  for (const auto& block : paper.blocks()) {
    switch (block.kind) {
      case Paper::Block::Kind::heading:
        out += fmt::format("<h{0}>{1}</h{0}>\n", block.level + 1, escaped(block.text));
        break;
      case Paper::Block::Kind::paragraph:
        out += fmt::format("<p>{}</p>\n", escaped(block.text));
        break;
      case Paper::Block::Kind::facts:
        out += facts(block);
        break;
      case Paper::Block::Kind::table:
        out += table(block);
        break;
    }
  }
  return out + fmt::format("<footer>{}</footer>\n</body>\n</html>\n", escaped(paper.foot()));
}

}  // namespace atz::report
