#include "atz/report/paper.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "report/wrap.hpp"

using atz::report::Paper;

namespace {

std::vector<std::string> wrap(const std::string& text, std::size_t width) {
  return atz::report::wrap_text(text, [width](const std::string& part) { return part.size() <= width; });
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("text wraps at blanks, inside a word only when it must, and keeps its own line breaks") {
  CHECK(wrap("", 5).empty());
  CHECK(wrap("one two", 7) == std::vector<std::string>{"one two"});
  CHECK(wrap("one two", 6) == std::vector<std::string>{"one", "two"});
  CHECK(wrap("abcdefgh ij", 3) == std::vector<std::string>{"abc", "def", "gh", "ij"});
  CHECK(wrap("a\nb", 9) == std::vector<std::string>{"a", "b"});
  CHECK(wrap("\xC3\xA4\xC3\xA4", 1).size() >= 1);  // narrower than a character: it ends all the same
  CHECK(wrap("\x1b[2J", 9) == std::vector<std::string>{"\\x1b[2J"});
}

TEST_CASE("a page of HTML holds foreign text as text") {
  Paper paper("Case <900>", "2027-01-11", "foot & end");
  paper.heading("Lines");
  paper.fact("Note", "<script>alert(\"x\")</script>");
  paper.fact("Empty", "");
  paper.table({"A", "B"}, {{"1 < 2", "line\nbreak"}});
  paper.table({"never"}, {});
  const auto html = atz::report::paper_html(paper);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;alert(&quot;x&quot;)") != std::string::npos);
  CHECK(html.find("Empty") == std::string::npos);
  CHECK(html.find("never") == std::string::npos);
  CHECK(html.find("line\nbreak") != std::string::npos);
  CHECK(html.find("src=") == std::string::npos);  // needs no other file
}

TEST_CASE("a paper of many lines becomes several numbered pages, the same bytes each time") {
  Paper paper("Case 900000101", "2027-01-11", "foot");
  for (int i = 0; i < 40; ++i) paper.fact("Question " + std::to_string(i), std::string(400, 'x') + " and more words");
  const auto pdf = atz::report::paper_pdf(paper);
  REQUIRE(pdf);
  CHECK(pdf->compare(0, 5, "%PDF-") == 0);
  CHECK(count(*pdf, "/Type /Page") >= 4);  // three pages and their list
  CHECK(*pdf == *atz::report::paper_pdf(paper));
}

TEST_CASE("on a terminal facts stand in two columns and nothing is wider than the screen") {
  Paper paper("Case 900000101", "2027-01-11", "a foot with more words than fit into one line of a narrow terminal");
  paper.fact("Status", "approved");
  paper.fact("Reason", std::string("word ") + std::string(100, 'y'));
  paper.table({"LINE", "TEXT"}, {{"1", "some words that go on for longer than one line of a narrow terminal does"}});
  const auto text = atz::report::paper_text(paper, {false, 60});
  CHECK(text.find("  Status  approved\n") != std::string::npos);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = text.find('\n', begin);
    CHECK(end - begin <= 60);
    begin = end + 1;
  }
  CHECK(atz::report::paper_text(paper, {true, 60}).find("\x1b[1m") != std::string::npos);
}
