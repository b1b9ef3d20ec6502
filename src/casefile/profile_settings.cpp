#include "atz/casefile/profile_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "atz/casefile/edit.hpp"
#include "casefile/config_fields.hpp"
#include "casefile/profile_words.hpp"
#include "casefile/write.hpp"

namespace atz::casefile {
namespace {

std::string yes_no(bool flag) {
  return flag ? "yes" : "no";
}

class Listing {
 public:
  void add(std::string path, std::string value) {
    if (!value.empty()) settings_.push_back({std::move(path), {std::move(value)}, false});
  }
  void add(std::string path, bool value) { add(std::move(path), yes_no(value)); }
  void add(std::string path, const std::vector<std::string>& values) {
    if (!values.empty()) settings_.push_back({std::move(path), values, true});
  }
  // What is not asked for when it is empty, and has another value when it is left out.
  void add_even_empty(std::string path, const std::string& value) {
    settings_.push_back({std::move(path), {value}, false});
  }
  std::vector<ProfileSetting> take() { return std::move(settings_); }

 private:
  std::vector<ProfileSetting> settings_;
};

void list_auth(const model::PayerProfile::Auth& auth, Listing& out) {
  out.add("auth.mode", std::string(word_of(auth.mode)));
  out.add("auth.client_id", auth.client_id);
  out.add("auth.secret_file", auth.secret_file);
  out.add("auth.key_file", auth.key_file);
  out.add("auth.key_id", auth.key_id);
  out.add("auth.token_url", auth.token_url);
  out.add("auth.authorize_url", auth.authorize_url);
  out.add("auth.redirect_uri", auth.redirect_uri);
  out.add("auth.token_command", auth.token_command);
  out.add("auth.token_body", std::string(word_of(auth.token_body)));
  out.add("auth.cache_token", auth.cache_token);
  out.add_even_empty("auth.scope", auth.scope);
}

void list_namespaces(const model::PayerProfile::Namespaces& namespaces, Listing& out) {
  out.add("namespaces.member_id", namespaces.member_id);
  out.add("namespaces.provider_location", namespaces.provider_location);
  out.add("namespaces.case_id", namespaces.case_id);
  out.add("namespaces.service_type", namespaces.service_type);
  out.add("namespaces.request_type", namespaces.request_type);
  out.add("namespaces.home_batch", namespaces.home_batch);
  out.add("namespaces.submission", namespaces.submission);
  out.add("namespaces.questionnaire", namespaces.questionnaire);
}

std::string interval(int seconds) {
  if (seconds == 0) return "none";
  return seconds % 60 == 0 ? fmt::format("{}m", seconds / 60) : fmt::format("{}s", seconds);
}

// The mapping's entry of that name, made when it is missing; nullptr when the name has a value already.
Node* group(Node& mapping, const std::string& key) {
  for (auto& entry : mapping.entries) {
    if (entry.key == key) return entry.value.kind == Node::Kind::mapping ? &entry.value : nullptr;
  }
  Node::Entry entry;
  entry.key = key;
  entry.value = mapping_node({});
  mapping.entries.push_back(std::move(entry));
  return &mapping.entries.back().value;
}

void collect_paths(const Schema& schema, const std::string& prefix, std::vector<std::string>& out) {
  for (const Schema& child : schema.children) {
    const std::string path = prefix.empty() ? std::string(child.key) : prefix + "." + std::string(child.key);
    if (child.children.empty()) out.push_back(path);
    collect_paths(child, path, out);
  }
}

}  // namespace

std::vector<ProfileSetting> profile_settings(const model::PayerProfile& profile) {
  Listing out;
  if (!profile.embedded) out.add("base_url", profile.base_url);
  if (profile.embedded) out.add("embedded", true);
  out.add("live", profile.live);
  out.add("pas_version", profile.pas_version);
  list_auth(profile.auth, out);
  out.add("tls.ca_file", profile.tls.ca_file);
  out.add("tls.client_cert", profile.tls.client_cert);
  out.add("tls.client_key", profile.tls.client_key);
  out.add("bundle_mode", std::string(word_of(profile.bundle_mode)));
  out.add("allow_partial", profile.allow_partial);
  out.add("replay_safe", profile.replay_safe);
  out.add("limits.members", std::to_string(profile.max_members));
  out.add("limits.bytes", std::to_string(profile.max_bytes));
  out.add("limits.seconds", std::to_string(profile.answer_seconds));
  out.add("min_inquiry_interval", interval(profile.min_inquiry_interval_seconds));
  out.add("insurer.name", profile.insurer.name);
  out.add("insurer.payer_id", profile.insurer.payer_id);
  out.add("insurer.system", profile.insurer.system);
  out.add("submitter.trace_org", profile.submitter.trace_org);
  out.add("submitter.ein", profile.submitter.ein);
  list_namespaces(profile.namespaces, out);
  out.add("place_of_service", profile.place_of_service);
  out.add("service_category", profile.service_category);
  out.add("update_style", std::string(word_of(profile.update_style)));
  out.add("update_relationship", profile.update_relationship);
  out.add("answer_by", std::string(word_of(profile.answer_by)));
  out.add("attachment_url", profile.attachment_url);
  out.add("smi_termination_agreed", profile.smi_termination_agreed);
  out.add("termination_place", profile.termination_place);
  out.add("termination_category", profile.termination_category);
  out.add("reports", profile.reports);
  out.add("location_format", profile.location_format);
  return out.take();
}

Result<Node> profile_node(const std::vector<ProfileSetting>& settings) {
  Node root = mapping_node({});
  for (const auto& setting : settings) {
    Node* at = &root;
    std::string_view rest = setting.path;
    for (auto dot = rest.find('.'); dot != std::string_view::npos && at != nullptr; dot = rest.find('.')) {
      at = group(*at, std::string(rest.substr(0, dot)));
      rest.remove_prefix(dot + 1);
    }
    const auto taken = [&](const Node::Entry& entry) { return entry.key == rest; };
    if (rest.empty() || at == nullptr || std::any_of(at->entries.begin(), at->entries.end(), taken)) {
      return fail(Failure::usage, fmt::format("'{}' is set twice, or is a group of settings", printable(setting.path)));
    }
    Node::Entry entry;
    entry.key = std::string(rest);
    entry.value = setting.list ? list_node(setting.values) : scalar_node(setting.values.front());
    at->entries.push_back(std::move(entry));
  }
  return root;
}

std::string without_user(const std::string& address) {
  const auto scheme = address.find("://");
  const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
  const auto end = std::min(address.find_first_of("/?#", begin), address.size());
  const auto at = address.rfind('@', end == 0 ? 0 : end - 1);
  if (scheme == std::string::npos || at == std::string::npos || at < begin) return address;
  return address.substr(0, begin) + "***" + address.substr(at);
}

std::string profile_text(std::string_view name, const Node& profile) {
  return write_entry(name, profile, 0, "\n") + "\n";
}

std::vector<std::string_view> profile_setting_paths() {
  static const std::vector<std::string> kPaths = [] {
    std::vector<std::string> paths;
    for (const Schema& any : profiles_tree().children) collect_paths(any, "", paths);
    return paths;
  }();
  return {kPaths.begin(), kPaths.end()};
}

}  // namespace atz::casefile
