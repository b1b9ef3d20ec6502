// What does not belong into a case file.
#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "rules/catalogue.hpp"
#include "rules/context.hpp"
#include "rules/identifiers.hpp"

namespace atz::rules {
namespace {

void check_unknown_key(Context& context) {
  for (const auto& key : context.file().unknown_keys) {
    if (key.secret) continue;
    context.report(key.span, fmt::format("{} is not a key that belongs here", quoted(key.key)))
        .member(key.member)
        .found(printable(key.key))
        .expected(key.suggestion)
        .help(key.suggestion.empty()
                  ? "It is ignored. Remove the line, or see `atz schema home` for the known keys."
                  : fmt::format("Did you mean {}? As it stands, the line is ignored.", key.suggestion));
  }
}

constexpr Rule kUnknownKey{
    .id = "GN017",
    .slug = "unknown-key",
    .severity = diag::Severity::warning,
    .title = "Every key is one that atz knows",
    .why = "A mistyped key would be ignored without a word, and with it what it was meant to say.",
    .source = "modelled",
    .passes = {"members: [{label: A, phone: 207-555-0123}]", Base::first},
    .fails = {"members: [{label: A, phon: 207-555-0123}]", Base::first},
    .check = check_unknown_key};

class Placeholders {
 public:
  explicit Placeholders(Context& context) : context_(&context) {}

  void address(const model::Address& address, const std::string& label) {
    if (address.zip && address.zip->substr(0, 5) == "00000") report(address.zip.span, label, "ZIP code 00000");
  }
  void npi(const model::Field<std::string>& field) {
    if (field && npi_digits(*field).substr(0, 1) == "2") report(field.span, {}, "an NPI that begins with 2");
  }
  void report(diag::Span span, const std::string& label, std::string_view what) {
    context_->report(span, fmt::format("This is example data: {}", what))
        .member(label)
        .help("The payer of this profile handles real people's data. Put in the real value, or use a sandbox profile.");
  }

 private:
  Context* context_;
};

void check_placeholders(Context& context) {
  if (!context.input().live) return;
  Placeholders found(context);
  const auto& home = context.home();
  if (id_kind_is_npi(home.provider)) found.npi(home.provider.npi);
  found.npi(home.house.location);
  found.address(home.provider.address, {});
  found.address(home.house.address, {});
  for (const auto& member : home.members) {
    const std::string label = member.label ? *member.label : std::string();
    if (member.id && member.id->substr(0, 2) == "99")
      found.report(member.id.span, label, "a member ID that begins with 99");
    found.address(member.address, label);
    found.address(member.guardian.address, label);
    found.address(member.case_manager.address, label);
    found.address(member.plan.location, label);
  }
}

constexpr Rule kPlaceholders{
    .id = "GN018",
    .slug = "no-placeholders",
    .severity = diag::Severity::error,
    .title = "A live payer gets no example data",
    .why =
        "The examples use IDs that begin with 99, NPIs that begin with 2 and ZIP code 00000, so that they can't be "
        "mistaken for real people. Sent to a real payer they would be a false request.",
    .source = "modelled",
    .passes = "a sandbox profile, or real data",
    .fails = "id: 99000001A, with a live profile",
    .check = check_placeholders};

void check_secrets(Context& context) {
  for (const auto& key : context.file().unknown_keys) {
    if (!key.secret) continue;
    context
        .report(key.span,
                fmt::format("{} looks like a secret, and secrets never belong into a case file", quoted(key.key)))
        .member(key.member)
        .help(
            "Remove the line and change the secret: copies of this file may be elsewhere. The profile names the file "
            "that holds the payer's secret.");
  }
}

constexpr Rule kSecrets{
    .id = "GN019",
    .slug = "no-secrets",
    .severity = diag::Severity::error,
    .title = "No password, token or key is in the case file",
    .why = "Case files are mailed, copied and kept in version control. A secret in one of them is no longer a secret.",
    .source = "modelled",
    .passes = {"provider: {npi: 2000000002}    # what signs in is in a file that the profile names", Base::first},
    .fails = {"provider: {password: example}", Base::first},
    .check = check_secrets};

// Kept by the way files are read: no value ever goes through YAML's own guessing.
constexpr Rule kNoGuessing{
    .id = "GN022",
    .slug = "no-guessing",
    .severity = diag::Severity::error,
    .title = "Values mean what they look like: No is an answer, 22:00 a time, 0012 keeps its zeros",
    .why =
        "Many YAML programs turn No into false, 22:00 into 1320 and 0012 into 10. atz reads every value as text and "
        "lets the field decide what it is, so nothing needs quotes to stay what it is.",
    .source = "modelled",
    .passes = {"members: [{label: A, name: {last: Null}}]    # a surname", Base::first},
    .fails = "another program that turns the surname Null into nothing",
    .check = nullptr,
    .acts_in = "check"};

constexpr const Rule* kRules[] = {&kUnknownKey, &kPlaceholders, &kSecrets, &kNoGuessing};

}  // namespace

RuleList gn_file_rules() {
  return kRules;
}

}  // namespace atz::rules
