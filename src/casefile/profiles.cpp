#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"
#include "casefile/config_fields.hpp"
#include "casefile/data_decode.hpp"
#include "casefile/profile_words.hpp"

namespace atz::casefile {
namespace {

constexpr int kLiveInquirySeconds = 15 * 60;

void set(const Reader& reader, std::string_view key, std::string& out) {
  if (std::string text = text_of(reader, key); !text.empty()) out = std::move(text);
}

// A file named in a profile lies beside profiles.yaml unless its path says otherwise.
void set_file(const Reader& reader, std::string_view key, const std::string& folder, std::string& out) {
  if (const std::string text = text_of(reader, key); !text.empty()) out = path::join(folder, text);
}

void wrong(const Reader& reader, std::string_view key, std::string message, std::string expected) {
  const Node* value = reader.value(key);
  reader.problem(Problem::Kind::wrong_shape, value == nullptr ? reader.here() : value->span, reader.path(key),
                 std::move(message), value == nullptr ? std::string() : value->text, std::move(expected));
}

void decode_auth(const Reader& reader, const std::string& folder, model::PayerProfile::Auth& auth) {
  read_word(text_of(reader, "mode"), auth.mode);
  set(reader, "client_id", auth.client_id);
  set_file(reader, "secret_file", folder, auth.secret_file);
  set_file(reader, "key_file", folder, auth.key_file);
  set(reader, "key_id", auth.key_id);
  set(reader, "token_url", auth.token_url);
  set(reader, "authorize_url", auth.authorize_url);
  set(reader, "redirect_uri", auth.redirect_uri);
  if (reader.value("scope") != nullptr) auth.scope = text_of(reader, "scope");  // "": none is asked for
  if (auto command = texts_of(reader, "token_command"); !command.empty()) auth.token_command = std::move(command);
  read_word(text_of(reader, "token_body"), auth.token_body);
  auth.cache_token = flag_of(reader, "cache_token", auth.cache_token);
}

constexpr int kMostInterval = 86'400;  // seconds: cases want to be watched every day

// "15m", "90s", "1h", "900" seconds, "none"
std::optional<int> parse_interval(std::string_view text) {
  if (text == "none") return 0;
  int unit = 1;
  if (!text.empty() && (text.back() == 's' || text.back() == 'm' || text.back() == 'h')) {
    unit = text.back() == 'h' ? 3600 : text.back() == 'm' ? 60 : 1;
    text.remove_suffix(1);
  }
  const auto number = all_digits(text) ? parse_integer(text) : std::nullopt;
  if (!number || *number > kMostInterval / unit) return std::nullopt;
  return static_cast<int>(*number) * unit;
}

void decode_limits(const Reader& reader, model::PayerProfile& profile) {
  profile.max_members = static_cast<int>(number_of(reader, "members", 1, 1000, profile.max_members));
  profile.answer_seconds = static_cast<int>(number_of(reader, "seconds", 1, 3600, profile.answer_seconds));
  profile.max_bytes = static_cast<std::uint64_t>(
      number_of(reader, "bytes", 1000, std::int64_t{1} << 40, static_cast<std::int64_t>(profile.max_bytes)));
}

void decode_namespaces(const Reader& reader, model::PayerProfile::Namespaces& namespaces) {
  set(reader, "member_id", namespaces.member_id);
  set(reader, "provider_location", namespaces.provider_location);
  set(reader, "case_id", namespaces.case_id);
  set(reader, "service_type", namespaces.service_type);
  set(reader, "request_type", namespaces.request_type);
  set(reader, "home_batch", namespaces.home_batch);
  set(reader, "submission", namespaces.submission);
  set(reader, "questionnaire", namespaces.questionnaire);
}

void decode_address_of_payer(const Reader& reader, model::PayerProfile& profile) {
  set(reader, "base_url", profile.base_url);
  while (!profile.base_url.empty() && profile.base_url.back() == '/') profile.base_url.pop_back();
  if (profile.embedded) return;
  const bool https = profile.base_url.compare(0, 8, "https://") == 0;
  const bool http = profile.base_url.compare(0, 7, "http://") == 0;
  if (profile.base_url.empty()) {
    wrong(reader, "base_url", "`base_url` is missing", "an address such as https://payer.example/fhir");
  } else if (!https && !http) {
    wrong(reader, "base_url", "`base_url` must be a web address", "an address such as https://payer.example/fhir");
  } else if (profile.live && !https) {
    wrong(reader, "base_url", "a live payer must be reached by https", "an address that begins with https://");
  }
}

void require_sign_in(const Reader& reader, const model::PayerProfile& profile) {
  if (profile.embedded || profile.auth.mode == model::AuthMode::none) return;
  const Reader auth = reader.mapping("auth");
  using Mode = model::AuthMode;
  const Mode mode = profile.auth.mode;
  if (mode == Mode::token_command) {
    if (profile.auth.token_command.empty())
      wrong(auth, "token_command", "`token_command` is missing", "a list: the program, then its arguments");
    return;
  }
  if (profile.auth.client_id.empty())
    wrong(auth, "client_id", "`client_id` is missing", "the name under which the payer knows you");
  const bool by_secret = mode == Mode::client_secret_basic || mode == Mode::client_secret_post;
  if (by_secret && profile.auth.secret_file.empty())
    wrong(auth, "secret_file", "`secret_file` is missing", "a file with the secret");
  if (mode == Mode::private_key_jwt && profile.auth.key_file.empty())
    wrong(auth, "key_file", "`key_file` is missing", "the file that atz profile keygen wrote");
  if (mode == Mode::authorization_code && profile.auth.redirect_uri.empty())
    wrong(auth, "redirect_uri", "`redirect_uri` is missing", "the address that was registered with the payer");
}

void decode_mode(const Reader& reader, model::PayerProfile& profile) {
  read_word(text_of(reader, "bundle_mode"), profile.bundle_mode);
  profile.allow_partial = flag_of(reader, "allow_partial", profile.allow_partial);
  profile.replay_safe = flag_of(reader, "replay_safe", profile.replay_safe);
}

// What comes after the first request: extensions, answers, terminations, reports.
void decode_life_of_a_case(const Reader& reader, model::PayerProfile& profile) {
  read_word(text_of(reader, "update_style"), profile.update_style);
  set(reader, "update_relationship", profile.update_relationship);
  read_word(text_of(reader, "answer_by"), profile.answer_by);
  set(reader, "attachment_url", profile.attachment_url);
  profile.smi_termination_agreed = flag_of(reader, "smi_termination_agreed", profile.smi_termination_agreed);
  set(reader, "termination_place", profile.termination_place);
  set(reader, "termination_category", profile.termination_category);
  profile.reports = flag_of(reader, "reports", profile.reports);
}

void decode_profile(const Reader& reader, const std::string& folder, model::PayerProfile& profile) {
  profile.embedded = flag_of(reader, "embedded", profile.embedded);
  profile.live = flag_of(reader, "live", profile.live);
  if (profile.embedded && profile.live) wrong(reader, "live", "the payer inside atz is never live", "no");
  decode_address_of_payer(reader, profile);
  set(reader, "pas_version", profile.pas_version);
  decode_auth(reader.mapping("auth"), folder, profile.auth);
  require_sign_in(reader, profile);
  const Reader tls = reader.mapping("tls");
  set_file(tls, "ca_file", folder, profile.tls.ca_file);
  set_file(tls, "client_cert", folder, profile.tls.client_cert);
  set_file(tls, "client_key", folder, profile.tls.client_key);
  decode_mode(reader, profile);
  decode_limits(reader.mapping("limits"), profile);
  profile.min_inquiry_interval_seconds = profile.live ? kLiveInquirySeconds : 0;
  if (const std::string text = text_of(reader, "min_inquiry_interval"); !text.empty()) {
    if (const auto seconds = parse_interval(text)) {
      profile.min_inquiry_interval_seconds = *seconds;
    } else {
      wrong(reader, "min_inquiry_interval", "this is no length of time up to a day", "15m, 90s or none");
    }
  }
  const Reader insurer = reader.mapping("insurer");
  set(insurer, "name", profile.insurer.name);
  set(insurer, "payer_id", profile.insurer.payer_id);
  set(insurer, "system", profile.insurer.system);
  const Reader submitter = reader.mapping("submitter");
  set(submitter, "trace_org", profile.submitter.trace_org);
  set(submitter, "ein", profile.submitter.ein);
  if (profile.submitter.trace_org.size() != 10)
    wrong(submitter, "trace_org", "`trace_org` must have ten characters", "ten characters");
  decode_namespaces(reader.mapping("namespaces"), profile.namespaces);
  set(reader, "place_of_service", profile.place_of_service);
  set(reader, "service_category", profile.service_category);
  set(reader, "location_format", profile.location_format);
  decode_life_of_a_case(reader, profile);
}

Error describe(const std::string& path, const Problem& problem) {
  std::string message = fmt::format("{}:{}:{}: {}", path, problem.span.line, problem.span.column, problem.message);
  if (!problem.found.empty()) message += fmt::format(" (found {})", problem.found);
  std::string help = problem.help;
  if (help.empty() && !problem.expected.empty()) help = "write " + problem.expected;
  return {Failure::usage, std::move(message), std::move(help)};
}

}  // namespace

Result<std::map<std::string, model::PayerProfile>> load_profiles(const Files& files, const std::string& path) {
  std::map<std::string, model::PayerProfile> profiles;
  for (auto& profile : model::builtin_profiles()) {
    const std::string name = profile.name;
    profiles.emplace(name, std::move(profile));
  }
  if (files.info(path).kind == FileInfo::Kind::missing) return profiles;
  const auto text = files.read(path, kMaxFileBytes);
  if (!text) return fail(Failure::usage, text.error().message, text.error().help);
  Document document = parse(*text, 0);
  std::vector<Problem>& problems = document.problems;
  if (problems.size() == 1 && problems.front().kind == Problem::Kind::empty) return profiles;
  if (document.root && problems.empty()) {
    Log log;
    log.problems = &problems;
    log.hyphens_as_underscores = true;
    const Reader root(*document.root, profiles_tree(), log);
    const std::string folder = path::parent(path);
    root.each_key([&](const Node::Entry& entry, const Reader& reader) {
      const auto builtin = profiles.find(entry.key);
      model::PayerProfile profile = builtin == profiles.end() ? model::PayerProfile{} : builtin->second;
      profile.name = entry.key;
      if (builtin == profiles.end()) profile.embedded = false;
      decode_profile(reader, folder, profile);
      profiles[entry.key] = std::move(profile);
    });
  }
  if (!problems.empty()) return tl::make_unexpected(describe(path, problems.front()));
  return profiles;
}

}  // namespace atz::casefile
