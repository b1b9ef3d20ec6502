#include "cli/new_file.hpp"

#include <fmt/format.h>

#include "atz/app/now.hpp"
#include "atz/base/text.hpp"

namespace atz::cli {
namespace {

constexpr unsigned kPrivate = 0600;

// The fake documents of a demo lie beside the file that names them.
ExitCode write_documents(Invocation& invocation, const app::NewRequestFile& file) {
  const auto output = invocation.value("--output");
  auto& files = invocation.services().files;
  for (const auto& document : file.documents) {
    if (!output || *output == "-") {
      invocation.terminal().talk(fmt::format("{} is made only beside a file: use -o FILE", document.name));
      continue;
    }
    const std::string at = path::join(path::parent(*output), document.name);
    if (auto made = files.make_private_directory(path::parent(at)); !made) return invocation.fail(made.error());
    const auto written = files.write_new(at, document.bytes, kPrivate);
    if (!written) return invocation.fail(written.error());
    invocation.terminal().talk(*written ? "wrote " + at : at + " is there already and was left alone");
  }
  return ExitCode::done;
}

}  // namespace

ExitCode write_new_file(Invocation& invocation, const std::string& text) {
  auto& terminal = invocation.terminal();
  const auto output = invocation.value("--output");
  if (!output || *output == "-") {
    terminal.out(text);
    return ExitCode::done;
  }
  auto written = invocation.services().files.write_new(*output, text, kPrivate);
  if (!written) return invocation.fail(written.error());
  if (!*written) {
    return invocation.fail(
        {Failure::usage, fmt::format("{} exists already and was left alone", *output), "Choose another name."});
  }
  terminal.talk(fmt::format("wrote {}; next: atz check {}", *output, *output));
  return ExitCode::done;
}

ExitCode run_new_request(Invocation& invocation, app::NewRequest request) {
  const auto& services = invocation.services();
  auto& terminal = invocation.terminal();
  app::NewRequestSettings settings;
  settings.request = request;
  settings.demo = invocation.flag("--demo");
  settings.id = invocation.value_or("--id", "");
  settings.profile = invocation.value("--profile");
  settings.from = invocation.value("--from");
  if (settings.from && settings.demo)
    return invocation.fail({Failure::usage, "--demo is made up, --from is not", "Leave one of them out."});
  const auto output = invocation.value("--output");
  if (settings.from && (!output || (*output == "-" && terminal.is_terminal()))) {
    return invocation.fail({Failure::usage, "The file will hold names and IDs, which are not shown on a screen",
                            "Say where it goes: -o FILE"});
  }
  auto now = app::resolve_now(services, model::sandbox_profile(), invocation.value("--as-of"), app::Effect::none);
  if (!now) return invocation.fail(now.error());
  settings.today = now->today;
  const auto file = app::new_request(services, settings);
  if (!file) return invocation.fail(file.error());
  if (const auto code = write_new_file(invocation, file->text); code != ExitCode::done) return code;
  return write_documents(invocation, *file);
}

}  // namespace atz::cli
