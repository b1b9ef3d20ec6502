// Where output goes: data to stdout, talk to stderr; colour and width only where a person looks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace atz::cli {

enum class ColorWhen { automatic, always, never };
enum class Style { plain, bold, dim, red, green, yellow, cyan };

class Terminal {
 public:
  // Reads NO_COLOR, TERM, COLUMNS and the locale once.
  Terminal();

  void set_color(ColorWhen when);
  void set_quiet(bool quiet) { quiet_ = quiet; }
  void set_verbose(bool verbose) { verbose_ = verbose; }

  void out(std::string_view text);  // data; no newline is added
  // Sends off all that went to stdout so far: 0, or the errno of the first write that failed. What counts as told must
  // not get lost with a full disk, a closed pipe or a crash.
  [[nodiscard]] int flush_out();
  void talk(std::string_view line);      // to stderr with a newline; silent under --quiet
  void error(std::string_view line);     // to stderr with a newline, always
  void ask(std::string_view text);       // to stderr without a newline, always
  void progress(std::string_view line);  // replaces the last progress line; only on a terminal
  void clear_progress();

  [[nodiscard]] bool color() const { return color_; }  // of stdout
  [[nodiscard]] bool unicode() const { return unicode_; }
  [[nodiscard]] std::size_t width() const { return width_; }  // of stdout; 100 when it is no terminal
  [[nodiscard]] bool is_terminal() const { return stdout_tty_; }
  [[nodiscard]] bool verbose() const { return verbose_; }
  [[nodiscard]] std::string styled(Style style, std::string_view text) const;        // for stdout
  [[nodiscard]] std::string styled_error(Style style, std::string_view text) const;  // for stderr

 private:
  bool stdout_tty_ = false;
  bool stderr_tty_ = false;
  bool wants_color_ = true;
  bool color_ = false;
  bool error_color_ = false;
  bool unicode_ = true;
  bool quiet_ = false;
  bool verbose_ = false;
  bool progress_shown_ = false;
  int out_error_ = 0;
  std::size_t width_ = 100;
};

}  // namespace atz::cli
