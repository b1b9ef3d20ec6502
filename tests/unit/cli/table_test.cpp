#include "cli/table.hpp"

#include <doctest/doctest.h>

using namespace atz::cli;

TEST_CASE("a table lines up, leaves empty columns out and ends no line with blanks") {
  Terminal terminal;
  terminal.set_color(ColorWhen::never);
  Table table({{"NAME"}, {"EMPTY"}, {"HOURS", true}, {"NOTE"}});
  table.add({{"Ñandú"}, {""}, {"7.50"}, {""}});
  table.add({{"B"}, {""}, {"125.00"}, {"x", Style::green}});
  table.add_note("more about B");
  CHECK(table.render(terminal) ==
        "NAME    HOURS  NOTE\n"
        "Ñandú    7.50\n"
        "B      125.00  x\n"
        "    more about B\n");
}

TEST_CASE("what a payer wrote steers nothing, in cells and in notes") {
  Terminal terminal;
  terminal.set_color(ColorWhen::never);
  Table table({{"NAME"}});
  table.add({{"a\x1b[2J"}});
  table.add_note("b\n\x1b]0;c\x07");
  CHECK(table.render(terminal) ==
        "NAME\n"
        "a\\x1b[2J\n"
        "    b\\n\\x1b]0;c\\x07\n");
}
