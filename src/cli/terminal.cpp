#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "atz/base/text.hpp"

namespace atz::cli {
namespace {

constexpr std::size_t kDefaultWidth = 100;
constexpr std::size_t kNarrowest = 40;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= kNarrowest) return size.ws_col;
  return kDefaultWidth;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = to_lower(environment(name));
    if (value.empty()) continue;
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

const char* escape(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::red:
      return "\x1b[1;31m";
    case Style::green:
      return "\x1b[32m";
    case Style::yellow:
      return "\x1b[33m";
    case Style::cyan:
      return "\x1b[36m";
  }
  return "";
}

std::string paint(bool color, Style style, std::string_view text) {
  if (!color || style == Style::plain || text.empty()) return std::string(text);
  return escape(style) + std::string(text) + "\x1b[0m";
}

bool write_all(FILE* stream, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size();
}

}  // namespace

Terminal::Terminal()
    : stdout_tty_(isatty(STDOUT_FILENO) == 1),
      stderr_tty_(isatty(STDERR_FILENO) == 1),
      wants_color_(environment("NO_COLOR").empty() && environment("TERM") != "dumb"),
      // Files and pipes get the full glyphs; a terminal only when it says that it knows them.
      unicode_(!stdout_tty_ || locale_is_utf8()) {
  if (stdout_tty_) width_ = terminal_width();
  set_color(ColorWhen::automatic);
}

void Terminal::set_color(ColorWhen when) {
  color_ = when == ColorWhen::always || (when == ColorWhen::automatic && wants_color_ && stdout_tty_);
  error_color_ = when == ColorWhen::always || (when == ColorWhen::automatic && wants_color_ && stderr_tty_);
}

void Terminal::out(std::string_view text) {
  clear_progress();
  if (!write_all(stdout, text) && out_error_ == 0) out_error_ = errno;
}

int Terminal::flush_out() {
  // A flush that fails throws away what it held, and a later one knows nothing of it.
  if (std::fflush(stdout) != 0 && out_error_ == 0) out_error_ = errno;
  return out_error_;
}

void Terminal::talk(std::string_view line) {
  if (!quiet_) error(line);
}

void Terminal::error(std::string_view line) {
  clear_progress();
  (void)flush_out();
  write_all(stderr, line);
  write_all(stderr, "\n");
}

void Terminal::ask(std::string_view text) {
  clear_progress();
  (void)flush_out();
  write_all(stderr, text);
  std::fflush(stderr);
}

void Terminal::progress(std::string_view line) {
  if (quiet_ || !stderr_tty_) return;
  write_all(stderr, "\r\x1b[2K");
  write_all(stderr, line);
  std::fflush(stderr);
  progress_shown_ = true;
}

void Terminal::clear_progress() {
  if (!progress_shown_) return;
  write_all(stderr, "\r\x1b[2K");
  progress_shown_ = false;
}

std::string Terminal::styled(Style style, std::string_view text) const {
  return paint(color_, style, text);
}
std::string Terminal::styled_error(Style style, std::string_view text) const {
  return paint(error_color_, style, text);
}

}  // namespace atz::cli
