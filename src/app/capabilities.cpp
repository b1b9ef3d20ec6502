#include "app/capabilities.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/seal/seal.hpp"

namespace atz::app {
namespace {

constexpr std::chrono::seconds kDay{24 * 3600};
constexpr std::uint64_t kMaxKept = 8ULL * 1024 * 1024;

// One file per profile, named by a digest: the name of a profile need not be fit for a file name.
std::string file_of(const Services& services, const model::PayerProfile& profile) {
  constexpr std::size_t kEnough = 16;
  return path::join(services.state_dir, "capabilities-" + seal::sha256_hex(profile.name).substr(0, kEnough));
}

// First line the address, second line when it was read in seconds since 1970, then the statement as it came.
std::optional<std::string> kept_statement(const Services& services, const model::PayerProfile& profile, Instant now) {
  const std::string file = file_of(services, profile);
  if (services.files.info(file).kind != FileInfo::Kind::regular) return std::nullopt;
  const auto text = services.files.read(file, kMaxKept);
  if (!text) return std::nullopt;
  const auto first = text->find('\n');
  const auto second = first == std::string::npos ? first : text->find('\n', first + 1);
  if (second == std::string::npos || text->substr(0, first) != profile.base_url) return std::nullopt;
  const std::string seconds = text->substr(first + 1, second - first - 1);
  constexpr std::size_t kDigits = 12;
  if (!all_digits(seconds) || seconds.size() > kDigits) return std::nullopt;
  const Instant read_at{std::chrono::seconds(std::stoll(seconds))};
  if (now < read_at || now - read_at >= kDay) return std::nullopt;
  return text->substr(second + 1);
}

// A convenience: a state folder that can't be written to is found out where it matters.
void keep_statement(const Services& services, const model::PayerProfile& profile, Instant now,
                    const std::string& statement) {
  if (statement.size() > kMaxKept / 2) return;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const auto folder = services.files.make_private_directory(services.state_dir);
  if (!folder) return;
  (void)services.files.write_atomic(file_of(services, profile),
                                    fmt::format("{}\n{}\n{}", profile.base_url, seconds, statement), 0600);
}

Result<fhir::Capabilities> understand(const std::string& statement, const std::string& name) {
  auto read = fhir::read_capabilities(statement);
  if (!read) {
    return fail(Failure::refused, fmt::format("{} does not look like a FHIR payer: {}", name, read.error().message),
                "Check base_url in its profile.");
  }
  if (!read->fhir_version.starts_with("4.0")) {
    return fail(Failure::refused,
                fmt::format("{} speaks FHIR {}, atz speaks 4.0", name, printable(read->fhir_version)));
  }
  if (!read->json) return fail(Failure::refused, fmt::format("{} does not speak JSON", name));
  return *read;
}

}  // namespace

Result<Offer> capabilities_of(const Services& services, payer::Client& client, const model::PayerProfile& profile,
                              Instant now, Freshness freshness) {
  if (!profile.embedded && freshness == Freshness::up_to_a_day) {
    if (const auto kept = kept_statement(services, profile, now)) {
      if (auto read = understand(*kept, profile.name)) return Offer{std::move(*read), true, std::nullopt};
    }
  }
  const payer::Exchange answer = client.get("metadata");
  if (answer.fate != payer::Exchange::Fate::answered) return tl::make_unexpected(answer.error);
  if (answer.http_status == 401 || answer.http_status == 403) {
    return fail(Failure::sign_in,
                fmt::format("{} does not let us read its capabilities (HTTP {})", profile.name, answer.http_status));
  }
  if (answer.http_status / 100 == 5 || answer.http_status == 429) {
    return fail(Failure::temporary,
                fmt::format("{} is in trouble (HTTP {}); nothing was sent", profile.name, answer.http_status),
                "Run the same command again later.");
  }
  if (answer.http_status != 200) {
    return fail(Failure::refused,
                fmt::format("{} does not say what it offers (HTTP {})", profile.name, answer.http_status),
                "Check base_url in its profile: a FHIR server answers at base_url/metadata.");
  }
  auto read = understand(answer.body, profile.name);
  if (!read) return tl::make_unexpected(read.error());
  if (!profile.embedded) keep_statement(services, profile, now, answer.body);
  return Offer{std::move(*read), false, answer.served_at};
}

void forget_capabilities(const Services& services, const model::PayerProfile& profile) {
  (void)services.files.remove(file_of(services, profile));
}

}  // namespace atz::app
