#include "cli/line_input.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "atz/base/text.hpp"
#include "cli/interrupt.hpp"

namespace atz::cli {

bool LineInput::is_terminal() {
  return isatty(STDIN_FILENO) == 1;
}

TypedLine LineInput::read() {
  for (;;) {
    if (const auto stop = pending_.find('\n'); stop != std::string::npos) {
      TypedLine line{LineEnd::line, std::string(trim(pending_.substr(0, stop)))};
      pending_.erase(0, stop + 1);
      return line;
    }
    // Standard streams would wait on through a signal; poll does not.
    std::array<pollfd, 2> waiting{{{STDIN_FILENO, POLLIN, 0}, {interrupt_descriptor(), POLLIN, 0}}};
    const int ready = poll(waiting.data(), waiting.size(), -1);
    if (interrupted()) return {LineEnd::interrupted, {}};
    if (ready < 0 && errno == EINTR) continue;
    std::array<char, 4096> buffer{};
    const ssize_t got = ready < 0 ? 0 : ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {LineEnd::end, {}};
    pending_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace atz::cli
