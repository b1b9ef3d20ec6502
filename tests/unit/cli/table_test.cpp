#include "cli/table.hpp"

#include <doctest/doctest.h>

#include "atz/base/duration.hpp"

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

TEST_CASE("lengths of time") {
  CHECK(parse_duration("90s") == std::chrono::seconds(90));
  CHECK(parse_duration("2h") == std::chrono::hours(2));
  CHECK(parse_duration("1d") == std::chrono::hours(24));
  for (const char* wrong : {"", "0s", "-1h", "5", "h", "1w", "1.5h", "1000000s"}) CHECK_FALSE(parse_duration(wrong));
}
