#include "casefile/config.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "atz/base/text.hpp"
#include "casefile/config_fields.hpp"
#include "casefile/data_decode.hpp"
#include "casefile/data_tables.hpp"
#include "casefile/decode.hpp"
#include "casefile/regular_expression.hpp"

namespace atz::casefile {
namespace {

void wrong(const Reader& reader, std::string_view key, const std::string& text, const std::string& expected) {
  reader.problem(Problem::Kind::wrong_shape, reader.value(key)->span, reader.path(key),
                 fmt::format("`{}` must be {}", key, expected), text, expected);
}

void decode_attachment(const Reader& reader, model::Settings& settings) {
  const auto bytes = [&](std::string_view key, std::uint64_t otherwise) {
    return static_cast<std::uint64_t>(number_of(reader, key, 1, 1'000'000'000, static_cast<std::int64_t>(otherwise)));
  };
  settings.attachment_max_bytes = bytes("max-bytes", settings.attachment_max_bytes);
  settings.attachment_warn_bytes = bytes("warn-bytes", settings.attachment_warn_bytes);
  std::vector<std::string> types = texts_of(reader, "types");
  for (std::string& type : types) {
    type = to_lower(type);
    if (!type.empty() && type.front() == '.') type.erase(0, 1);
  }
  if (!types.empty()) settings.attachment_types = std::move(types);
}

Rational decode_asleep(const Reader& reader, Rational otherwise) {
  const std::string text = text_of(reader, "asleep-counts");
  if (text.empty()) return otherwise;
  if (text == "none") return 0;
  if (text == "full") return 1;
  const auto part = parse_decimal(text);
  if (part && *part >= Rational(0) && *part <= Rational(1)) return *part;
  wrong(reader, "asleep-counts", text, "none, full or a number from 0 to 1");
  return otherwise;
}

void decode_settings(const Reader& reader, model::Settings& settings) {
  if (std::string pattern = text_of(reader, "member-id-pattern"); !pattern.empty()) {
    if (is_regular_expression(pattern)) {
      settings.member_id_pattern = std::move(pattern);
    } else {
      wrong(reader, "member-id-pattern", pattern, "a regular expression such as ^[0-9]{8}A$");
    }
  }
  if (std::string system = text_of(reader, "plan-system"); !system.empty()) settings.plan_system = std::move(system);
  if (text_of(reader, "quantity-means") == "weekly-hours") {
    settings.quantity_means = model::Settings::QuantityMeans::weekly_hours;
  }
  settings.review_lead_days =
      static_cast<int>(number_of(reader, "review-lead-days", 0, 365, settings.review_lead_days));
  settings.pa_max_months = static_cast<int>(number_of(reader, "pa-max-months", 1, 120, settings.pa_max_months));
  model::Field<Rational> tolerance;
  reader.get("hours-tolerance", tolerance);
  if (tolerance && *tolerance < Rational(0)) {
    wrong(reader, "hours-tolerance", tolerance.text, "zero or more hours");
  } else if (tolerance) {
    settings.hours_tolerance = *tolerance;
  }
  settings.asleep_counts = decode_asleep(reader, settings.asleep_counts);
  decode_attachment(reader.mapping("attachment"), settings);
  settings.info_reply_days = static_cast<int>(number_of(reader, "info-reply-days", 1, 365, settings.info_reply_days));
  if (text_of(reader, "extension-deadline") == "after-end") {
    settings.extension_deadline = model::Settings::ExtensionDeadline::after_end;
  }
  settings.change_window_strict = text_of(reader, "change-window") == "strict";
  if (auto credentials = texts_of(reader, "order-credentials"); !credentials.empty()) {
    settings.order_credentials = std::move(credentials);
  }
  settings.mao_needs_whole_house = flag_of(reader, "mao-needs-whole-house", false);
  if (text_of(reader, "mao-hours-are") == "subset") settings.mao_hours_are = model::Settings::MaoHours::subset;
}

void decode_config(const Reader& reader, Workspace& workspace) {
  decode_provider(reader.mapping("provider"), workspace.provider);
  decode_settings(reader.mapping("settings"), workspace.settings);
  const Reader rules = reader.mapping("rules");
  rules.each_key([&](const Node::Entry& entry, const Reader& rule) {
    const std::string level = text_of(rule, "level");
    if (level.empty()) return;
    workspace.rules.push_back({to_upper(entry.key), level == "off" ? RuleLevel::Level::off : RuleLevel::Level::error,
                               text_of(rule, "reason"), entry.key_span});
  });
  workspace.profile = text_of(reader, "profile");
}

// Adds a file to the sources and parses it. Empty when it cannot be used, which is then recorded.
std::optional<Node> take_file(const Files& files, const std::string& path, const std::string& shown,
                              Workspace& workspace) {
  const auto source = static_cast<std::uint32_t>(workspace.sources.size());
  auto text = files.read(path, kMaxFileBytes);
  workspace.sources.push_back({shown, text ? std::move(*text) : std::string()});
  if (!text) {
    workspace.problems.push_back({Problem::Kind::unreadable_file,
                                  {source, 1, 1, 1, 1},
                                  {},
                                  "this file cannot be read",
                                  {},
                                  {},
                                  text.error().message,
                                  {}});
    return std::nullopt;
  }
  std::string& own = workspace.sources.back().text;
  if (own.compare(0, 3, "\xEF\xBB\xBF") == 0) own.erase(0, 3);
  Document document = parse(own, source);
  const bool only_comments = document.problems.size() == 1 && document.problems.front().kind == Problem::Kind::empty;
  if (only_comments) return std::nullopt;
  const bool usable = document.problems.empty();
  std::move(document.problems.begin(), document.problems.end(), std::back_inserter(workspace.problems));
  return usable ? std::move(document.root) : std::nullopt;
}

void unknown_data_file(const std::string& name, const std::string& shown, Workspace& workspace) {
  const auto source = static_cast<std::uint32_t>(workspace.sources.size());
  workspace.sources.push_back({shown, {}});
  const std::vector<std::string_view> known = builtin_data_names();
  const auto near = did_you_mean(name, known);
  workspace.problems.push_back({Problem::Kind::unreadable_file,
                                {source, 1, 1, 1, 1},
                                {},
                                "there is no data file of this name",
                                name,
                                {},
                                near ? fmt::format("did you mean `{}`?", *near)
                                     : std::string("name it after a data file of atz, for example rates.yaml"),
                                {}});
}

void apply_overrides(const Files& files, const std::string& folder, const std::string& shown, Log& log,
                     Workspace& workspace) {
  if (files.info(folder).kind != FileInfo::Kind::directory) return;
  const auto names = files.list(folder);
  if (!names) {
    workspace.problems.push_back({Problem::Kind::unreadable_file,
                                  {},
                                  {},
                                  fmt::format("the folder {} cannot be read", shown),
                                  {},
                                  {},
                                  names.error().message,
                                  {}});
    return;
  }
  for (const std::string& name : *names) {
    const std::string extension = path::extension(name);
    if (extension != "yaml" && extension != "yml") continue;  // notes and backups
    const std::string shown_name = shown_in(shown, name);
    if (data_schema(name) == nullptr) {
      unknown_data_file(name, shown_name, workspace);
    } else if (const auto root = take_file(files, path::join(folder, name), shown_name, workspace)) {
      apply_data_file(name, *root, log, workspace.tables);
    }
  }
}

}  // namespace

Workspace load_workspace(const Files& files, const std::string& path, const std::string& shown) {
  Workspace workspace;
  workspace.config_path = shown;
  workspace.tables = builtin_tables();
  Log log;
  log.hyphens_as_underscores = true;  // rules name settings with underscores, YAML keys like hyphens
  log.problems = &workspace.problems;
  if (const auto root = take_file(files, path, shown, workspace)) {
    const Reader reader(*root, config_tree(), log);
    if (reader.given()) decode_config(reader, workspace);
  }
  apply_overrides(files, path::join(path::parent(path), "atz.d"), shown_in(path::parent(shown), "atz.d"), log,
                  workspace);
  return workspace;
}

std::string shown_in(const std::string& folder, const std::string& name) {
  return folder == "." ? name : path::join(folder, name);
}

}  // namespace atz::casefile
