#include "diag/snippet.hpp"

#include <doctest/doctest.h>

#include <random>

#include "atz/base/text.hpp"

using namespace atz;
using diag::cut_line;
using diag::Snippet;

namespace {
// The cells under the mark; only for text of one-cell characters.
std::string marked(const Snippet& snippet) {
  std::string cells;
  std::size_t cell = 0;
  for (std::size_t i = 0; i < snippet.text.size(); ++cell) {
    const std::size_t next = next_character(snippet.text, i);
    if (cell >= snippet.offset && cell < snippet.offset + snippet.length) {
      cells += snippet.text.substr(i, next - i);
    }
    i = next;
  }
  return cells;
}
}  // namespace

TEST_CASE("a line that fits is shown whole") {
  const Snippet snippet = cut_line("hours: 24.5", 8, 12, 80, "…");
  CHECK(snippet.text == "hours: 24.5");
  CHECK(snippet.offset == 7);
  CHECK(snippet.length == 4);
  const std::string exact(30, 'x');
  CHECK(cut_line(exact, 1, 2, 30, "…").text == exact);
  CHECK(cut_line(exact + "y", 1, 2, 30, "…").text == std::string(29, 'x') + "…");
}

TEST_CASE("marks stand under what is seen, not under bytes") {
  const Snippet tab = cut_line("\ta:\tb", 5, 6, 80, "…");
  CHECK(tab.text == "    a:  b");
  CHECK(tab.offset == 8);
  const Snippet wide = cut_line("日本: é", 5, 6, 80, "…");
  CHECK(wide.offset == 6);
  CHECK(wide.length == 1);
  CHECK(cut_line("日本", 2, 3, 80, "…").length == 2);
  const Snippet escape = cut_line(
      "a\x1b"
      "b",
      2, 3, 80, "…");
  CHECK(escape.text == "a\\x1bb");
  CHECK(escape.offset == 1);
  CHECK(escape.length == 4);
  CHECK(cut_line("a\xFFz", 3, 4, 80, "…").offset == 5);
}

TEST_CASE("a mark is at least one cell, also after the end") {
  CHECK(cut_line("", 1, 1, 80, "…").length == 1);
  CHECK(cut_line("abc", 4, 4, 80, "…").offset == 3);
  CHECK(cut_line("abc", 99, 120, 80, "…").offset == 3);
  CHECK(cut_line("abc", 0, 0, 80, "…").offset == 0);
  CHECK(cut_line("abc", 3, 1, 80, "…").length == 1);
}

TEST_CASE("without an end column the mark goes to the end of what is written") {
  CHECK(cut_line("a: >  ", 4, 0, 80, "…").length == 1);
  CHECK(cut_line("a: bcd", 4, 0, 80, "…").length == 3);
}

TEST_CASE("a long line is cut around the mark") {
  const std::string line = std::string(100, 'a') + "MARK" + std::string(100, 'b');
  const Snippet middle = cut_line(line, 101, 105, 40, "…");
  CHECK(display_width(middle.text) == 40);
  CHECK(middle.text.starts_with("…a"));
  CHECK(middle.text.ends_with("b…"));
  CHECK(marked(middle) == "MARK");
  const Snippet ascii = cut_line(line, 101, 105, 40, "...");
  CHECK(display_width(ascii.text) == 40);
  CHECK(marked(ascii) == "MARK");
  const Snippet start = cut_line(line, 1, 4, 40, "…");
  CHECK(start.text == std::string(39, 'a') + "…");
  CHECK(start.offset == 0);
  const Snippet end = cut_line(line, 203, 205, 40, "…");
  CHECK(end.text == "…" + std::string(39, 'b'));
  CHECK(marked(end) == "bb");
  const Snippet all = cut_line(line, 1, 205, 40, "…");
  CHECK(all.offset == 0);
  CHECK(all.length <= 40);
}

TEST_CASE("whatever the line and the place, it fits and the mark lies within or right behind it") {
  std::mt19937 random(11);
  const std::vector<std::string> pieces{"a", "\t", "é", "日", "\x1b", "\xFF", "e\u0301", " ", "z"};
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<std::size_t> length(0, 400);
  std::uniform_int_distribution<std::uint32_t> column(0, 420);
  std::uniform_int_distribution<std::size_t> width(20, 120);
  for (int i = 0; i < 3000; ++i) {
    std::string line;
    for (std::size_t j = length(random); j > 0; --j) {
      line += pieces[piece(random)];
    }
    const std::size_t cells = width(random);
    const Snippet snippet = cut_line(line, column(random), column(random), cells, "…");
    CHECK(display_width(snippet.text) <= cells);
    CHECK(snippet.length >= 1);
    CHECK(snippet.offset <= display_width(snippet.text));
    CHECK(snippet.offset + snippet.length <= cells + 1);
    CHECK(first_invalid_utf8(snippet.text) == std::nullopt);
  }
}

TEST_CASE("megabytes in one line cost no more than what is shown") {
  const std::string line(4'000'000, 'x');
  const Snippet snippet = cut_line(line, 3'000'000, 3'000'010, 60, "…");
  CHECK(display_width(snippet.text) == 60);
  CHECK(snippet.length == 10);
}
