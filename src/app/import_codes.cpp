#include <fmt/format.h>

#include "atz/app/codes.hpp"
#include "atz/base/text.hpp"
#include "atz/codes/source.hpp"

namespace atz::app {
namespace {

constexpr std::uint64_t kMostBytes = 100'000'000;  // ten times the largest official file
constexpr unsigned kPrivateMode = 0600;
constexpr unsigned kSharedMode = 0644;  // nothing personal is in it, and colleagues read it

Result<std::string> target_folder(const Services& services, bool shared) {
  if (!shared) return private_code_folder(services);
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const std::string folder = shared_code_folder(*workspaces.for_directory("."));
  if (folder.empty()) {
    return fail(
        Failure::usage, "--shared puts the table beside atz.yaml, and there is none here or above",
        "Go to the folder of your case files, make an atz.yaml there (it may be empty), or leave --shared out.");
  }
  return folder;
}

void compare(const Services& services, const codes::Table& table, ImportedCodes& result) {
  if (services.files.info(result.path).kind == FileInfo::Kind::missing) return;
  const auto earlier = codes::Index::open(services.files, result.path);
  const auto changes = earlier.and_then([&](const codes::Index& index) { return codes::changes(index, table); });
  if (!changes) {
    result.replaced_damaged = changes.error().message;
    return;
  }
  result.earlier = earlier->edition();
  result.changes = *changes;
}

}  // namespace

Result<ImportedCodes> import_codes(const Services& services, const ImportCodesSettings& settings) {
  const auto folder = target_folder(services, settings.shared);
  if (!folder) return tl::make_unexpected(folder.error());
  const auto text = services.files.read(settings.file, kMostBytes);
  if (!text) return fail(Failure::usage, text.error().message, text.error().help);
  const auto table = codes::read_source(*text, settings.file, {settings.year, settings.partial});
  if (!table) return tl::make_unexpected(table.error());
  ImportedCodes result;
  result.edition = table->edition;
  result.path = code_table_path(*folder, table->edition.kind);
  compare(services, *table, result);
  const auto written = services.files.make_private_directory(*folder).and_then([&] {
    return services.files.write_atomic(result.path, codes::index_bytes(*table),
                                       settings.shared ? kSharedMode : kPrivateMode);
  });
  if (!written) return tl::make_unexpected(written.error());
  return result;
}

}  // namespace atz::app
