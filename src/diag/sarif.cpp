// SARIF 2.1.0 (OASIS Standard with Errata 01): what code scanning services read.
#include <fmt/format.h>

#include <map>

#include "atz/base/random.hpp"
#include "atz/base/text.hpp"
#include "atz/diag/render.hpp"
#include "diag/finding_json.hpp"
#include "diag/place.hpp"

namespace atz::diag {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
// Name space of our fingerprints: a random UUID, drawn once.
constexpr std::string_view kFingerprints = "fb2e8440-989b-47ce-a72a-c44b33380b29";

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "note";
  }
  return "error";
}

// RFC 3986: everything but unreserved characters, also a colon, which in a first segment would begin a scheme.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string result;
  for (const char c : path) {
    result += kPlain.find(c) != std::string_view::npos ? std::string(1, c)
                                                       : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

class Writer {
 public:
  Writer(std::span<const RuleInfo> rules, const SarifTool& tool) : rules_(rules), tool_(tool) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      index_.emplace(rules[i].id, i);
    }
  }

  std::string write(const std::vector<FileReport>& reports) {
    Json results = Json::array();
    for (const FileReport& report : reports) {
      for (const Finding& finding : report.findings) {
        results.push_back(result(report, finding));
      }
    }
    Json rules = Json::array();
    for (const RuleInfo& rule : rules_) {
      rules.push_back(descriptor(rule));
    }
    Json driver{{"name", tool_.name}, {"version", tool_.version}, {"rules", std::move(rules)}};
    Json run{{"tool", {{"driver", std::move(driver)}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}};
    Json log{{"$schema", kSchema}, {"version", "2.1.0"}};
    log["runs"] = Json::array({std::move(run)});
    return to_text(log, 1);
  }

 private:
  static Json descriptor(const RuleInfo& rule) {
    return {{"id", rule.id},
            {"name", rule.slug},
            {"shortDescription", {{"text", rule.title}}},
            {"fullDescription", {{"text", rule.why}}},
            {"help",
             {{"text", fmt::format("{}\n\n{}\n\nPasses:\n{}\n\nFails:\n{}\n\nSource: {}", rule.title, rule.why,
                                   rule.passes, rule.fails, rule.source)}}},
            {"defaultConfiguration", {{"level", level_of(rule.severity)}}}};
  }

  Json result(const FileReport& report, const Finding& finding) {
    Json object = Json::object();
    if (!finding.rule.empty()) {
      object["ruleId"] = finding.rule;
    }
    if (const auto known = index_.find(finding.rule); known != index_.end()) {
      object["ruleIndex"] = known->second;
    }
    object["level"] = level_of(finding.severity);
    object["message"] = {{"text", whole_text(report, finding, Places::none_known)}};
    object["locations"] = Json::array({location(report, finding.span)});
    for (const Related& related : finding.related) {
      if (!related.span.known()) {
        continue;
      }
      Json place = location(report, related.span);
      place["message"] = {{"text", printable(related.message)}};
      object["relatedLocations"].push_back(std::move(place));
    }
    for (const Fix& fix : finding.fixes) {
      if (!fix.personal) object["fixes"].push_back(change(report, fix));
    }
    object["partialFingerprints"] = {{"atz/v1", fingerprint(report, finding)}};
    if (!finding.member.empty()) {
      object["properties"] = {{"member", finding.member}};
    }
    return object;
  }

  // All replacements of a fix are in one file.
  [[nodiscard]] Json change(const FileReport& report, const Fix& fix) const {
    Json replacements = Json::array();
    for (const Replacement& replacement : fix.replacements) {
      replacements.push_back(
          {{"deletedRegion", region(replacement.span)}, {"insertedContent", {{"text", replacement.text}}}});
    }
    Json file{{"artifactLocation", {{"uri", uri(file_of(report, fix.replacements.front().span))}}},
              {"replacements", std::move(replacements)}};
    return {{"description", {{"text", printable(fix.message)}}}, {"artifactChanges", Json::array({std::move(file)})}};
  }

  static Json region(const Span& span) {
    return {{"startLine", span.line},
            {"startColumn", span.column},
            {"endLine", span.end_line},
            {"endColumn", span.end_column}};
  }

  [[nodiscard]] Json location(const FileReport& report, const Span& span) const {
    Json physical{{"artifactLocation", {{"uri", uri(file_of(report, span))}}}};
    if (span.known()) physical["region"] = region(span);
    return {{"physicalLocation", std::move(physical)}};
  }

  // Relative to the folder that the program runs in, where that is possible: services match it with the repository.
  [[nodiscard]] std::string uri(std::string_view file) const {
    const std::string below = tool_.directory.ends_with('/') ? tool_.directory : tool_.directory + '/';
    if (!tool_.directory.empty() && file.starts_with(below)) {
      file.remove_prefix(below.size());
    }
    while (file.starts_with("./")) {
      file.remove_prefix(2);
    }
    return (file.starts_with('/') ? "file://" : "") + percent_encoded(file);
  }

  // The same for the same mistake after lines were added above it. Equal findings of one file are counted through.
  std::string fingerprint(const FileReport& report, const Finding& finding) {
    const std::string same = join(
        std::vector<std::string>{finding.rule, file_of(report, finding.span), finding.member, finding.message}, "\n");
    return uuid_v5(kFingerprints, fmt::format("{}\n{}", same, ++seen_[same]));
  }

  std::span<const RuleInfo> rules_;
  const SarifTool& tool_;
  std::map<std::string_view, std::size_t> index_;
  std::map<std::string, std::size_t> seen_;
};

}  // namespace

std::string render_sarif(const std::vector<FileReport>& reports, std::span<const RuleInfo> rules,
                         const SarifTool& tool) {
  return Writer(rules, tool).write(reports);
}

}  // namespace atz::diag
