// A library for this format would bring a second Unicode library into the process; what is written here is one kind of
// event, and three rules: escape, fold, CRLF.
#include "atz/report/calendar_file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "atz/base/text.hpp"

namespace atz::report {
namespace {

constexpr std::size_t kMostOctets = 75;  // of a line, without its end

// Line ends are part of a text; other control characters become visible.
std::string escaped(const std::string& text) {
  std::string out;
  for (const auto& line : split(text, '\n')) {
    if (!out.empty()) out += "\\n";
    for (const char c : printable(line)) {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

// A line that is too long goes on behind a blank, never inside of a character.
void add_line(std::string& file, std::string line) {
  std::size_t most = kMostOctets;
  while (line.size() > most) {
    std::size_t cut = most;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    file += line.substr(0, cut) + "\r\n ";
    line.erase(0, cut);
    most = kMostOctets - 1;
  }
  file += line + "\r\n";
}

std::string compact(model::Date day) {
  std::string text = model::format_date(day);
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

}  // namespace

std::string calendar_file(const std::vector<CalendarDay>& days, Instant made_at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(made_at);
  const std::string stamp =
      fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(
                                           std::chrono::system_clock::time_point(seconds.time_since_epoch()))));
  std::string file;
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//atz//atz//EN", "CALSCALE:GREGORIAN"})
    add_line(file, line);
  for (const auto& day : days) {
    add_line(file, "BEGIN:VEVENT");
    add_line(file, "UID:" + escaped(day.id) + "@atz.invalid");
    add_line(file, "DTSTAMP:" + stamp);
    add_line(file, "DTSTART;VALUE=DATE:" + compact(day.day));
    add_line(file, "DTEND;VALUE=DATE:" + compact(day.day + std::chrono::days(1)));
    add_line(file, "SUMMARY:" + escaped(day.summary));
    if (!day.description.empty()) add_line(file, "DESCRIPTION:" + escaped(day.description));
    add_line(file, "TRANSP:TRANSPARENT");
    add_line(file, "END:VEVENT");
  }
  add_line(file, "END:VCALENDAR");
  return file;
}

}  // namespace atz::report
