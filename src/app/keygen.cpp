#include "atz/app/keygen.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::app {
namespace {

constexpr const char* kUsualName = "payer-key.pem";

}  // namespace

Result<NewKey> make_key(const Services& services, const KeygenSettings& settings) {
  std::string file = settings.file;
  if (file.empty()) {
    file = path::join(services.config_dir, kUsualName);
    if (auto made = services.files.make_private_directory(services.config_dir); !made)
      return tl::make_unexpected(made.error());
  }
  const seal::PrivateKey key = seal::PrivateKey::generate(settings.algorithm);
  const auto written = services.files.write_new(file, key.pem().reveal(), 0600);
  if (!written) return tl::make_unexpected(written.error());
  if (!*written) {
    return fail(Failure::usage, fmt::format("{} is there already and stays as it is", printable(file)),
                "A payer may know that key. Choose another file with -o, or move this one away.");
  }
  return NewKey{services.files.absolute(file), key.public_key().thumbprint(), key.algorithm(), key.public_key().jwk()};
}

}  // namespace atz::app
