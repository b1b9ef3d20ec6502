// atz.yaml, the folder atz.d, and what a case file takes from them.
#include <thread>

#include "support.hpp"

namespace atz::casefile {
namespace {

using testing::find_problem;
using testing::load_from;
using testing::place;
using testing::problem_at;

const char* const kProvider =
    "provider:\n"
    "  name: Shared Example\n"
    "  npi: 2000000002\n"
    "  fax: 207-555-0100\n"
    "  address: {line: 1 Agency Road, city: T, state: ME, zip: 00000}\n";

std::shared_ptr<const Workspace> workspace_of(MemoryFiles& files, const std::string& directory) {
  WorkspaceCache cache(files);
  return cache.for_directory(directory);
}

TEST_CASE("atz.yaml is found by walking up, the nearest wins") {
  MemoryFiles files;
  files.put("/a/atz.yaml", "profile: outer\n");
  files.put("/a/b/c/atz.yaml", "profile: inner\n");
  files.put("/a/b/c/d/x.yaml", "");
  files.put("/z/x.yaml", "");
  WorkspaceCache cache(files);
  CHECK(cache.for_directory("/a/b/c/d")->profile == "inner");
  CHECK(cache.for_directory("/a/b")->profile == "outer");
  CHECK(cache.for_directory("/a/b/c/d") == cache.for_directory("/a/b/c"));
  const auto none = cache.for_directory("/z");
  CHECK(none->config_path.empty());
  CHECK(none->problems.empty());
  CHECK_FALSE(none->tables.rates.empty());
  CHECK(cache.for_directory("a/b")->config_path == "a/atz.yaml");
}

TEST_CASE("a configuration that is named is used everywhere") {
  MemoryFiles files;
  files.put("/a/atz.yaml", "profile: outer\n");
  files.put("/etc/my.yaml", "profile: named\n");
  WorkspaceCache cache(files, "/etc/my.yaml");
  CHECK(cache.for_directory("/a")->profile == "named");
  WorkspaceCache missing(files, "/etc/none.yaml");
  CHECK(find_problem(missing.for_directory("/a")->problems, Problem::Kind::unreadable_file) != nullptr);
}

TEST_CASE("settings have the names and limits that people write") {
  MemoryFiles files;
  files.put("/atz.yaml",
            "settings:\n"
            "  member-id-pattern: ^[0-9]{9}$\n"
            "  plan-system: Evergreen\n"
            "  quantity-means: weekly-hours\n"
            "  review-lead-days: 0\n"
            "  pa-max-months: 6\n"
            "  hours-tolerance: 0.5\n"
            "  asleep-counts: 0.5\n"
            "  attachment: {max-bytes: 5000000, warn-bytes: 1, types: [pdf, .TIF]}\n"
            "  info-reply-days: 15\n"
            "rules:\n"
            "  hs022: {level: off, reason: letters go by fax}\n"
            "  HS003: {level: error, reason: we plan ahead}\n");
  const auto workspace = workspace_of(files, "/");
  for (const Problem& problem : workspace->problems) FAIL_CHECK(problem.message);
  const model::Settings& settings = workspace->settings;
  CHECK(settings.member_id_pattern == "^[0-9]{9}$");
  CHECK(settings.plan_system == "Evergreen");
  CHECK(settings.quantity_means == model::Settings::QuantityMeans::weekly_hours);
  CHECK(settings.review_lead_days == 0);
  CHECK(settings.pa_max_months == 6);
  CHECK(settings.hours_tolerance == Rational(1, 2));
  CHECK(settings.asleep_counts == Rational(1, 2));
  CHECK(settings.attachment_max_bytes == 5'000'000);
  CHECK(settings.attachment_warn_bytes == 1);
  CHECK(settings.attachment_types == std::vector<std::string>{"pdf", "tif"});
  CHECK(settings.info_reply_days == 15);
  REQUIRE(workspace->rules.size() == 2);
  CHECK(workspace->rules[0].rule == "HS022");
  CHECK(workspace->rules[0].level == RuleLevel::Level::off);
  CHECK(place(workspace->rules[0].span) == "12:3-12:8");
  CHECK(workspace->rules[1].level == RuleLevel::Level::error);
}

TEST_CASE("what is wrong in atz.yaml is a problem with its place") {
  const auto problem = [](const std::string& text) {
    MemoryFiles files;
    files.put("/atz.yaml", text);
    const auto workspace = workspace_of(files, "/");
    REQUIRE(workspace->problems.size() == 1);
    return workspace->problems[0];
  };
  CHECK(problem("settings: {review-lead-day: 3}\n").help == "did you mean `review-lead-days`?");
  CHECK(problem("settings: {review-lead-days: soon}\n").kind == Problem::Kind::wrong_shape);
  CHECK(problem("settings: {review-lead-days: -1}\n").message == "`review-lead-days` must be from 0 to 365");
  CHECK(place(problem("settings: {asleep-counts: 1.5}\n").span) == "1:27-1:30");
  CHECK(problem("settings: {member-id-pattern: '['}\n").path == "settings.member-id-pattern");
  CHECK(problem("rules: {HS022: {level: warning, reason: x}}\n").path == "rules.HS022.level");
  CHECK(problem("rules: {HS022: {level: off}}\n").kind == Problem::Kind::missing_field);
  CHECK(problem("rules: {HS022: off}\n").kind == Problem::Kind::wrong_shape);
  CHECK(problem("password: x\n").kind == Problem::Kind::bad_key);
  CHECK(problem("a: &x 1\n").kind == Problem::Kind::anchor);
}

TEST_CASE("an atz.yaml of comments only is fine") {
  MemoryFiles files;
  files.put("/atz.yaml", "# nothing yet\n");
  CHECK(workspace_of(files, "/")->problems.empty());
}

TEST_CASE("the provider of the case file wins field by field") {
  MemoryFiles files;
  files.put("/homes/atz.yaml", kProvider);
  const CaseFile alone = load_from(files, "atz: 1\n");
  CHECK(*alone.home.provider.name == "Shared Example");
  CHECK(problem_at(alone.problems, "provider.name") == nullptr);
  REQUIRE(alone.sources.size() == 2);
  CHECK(alone.home.provider.name.span.source == 1);
  CHECK(alone.home.provider.address.zip.span.source == 1);
  CHECK(place(alone.home.provider.name.span) == "2:9-2:23");

  const CaseFile both =
      load_from(files, "atz: 1\nprovider: {name: Own Example, address: {line: 2, city: U, state: ME, zip: 1}}\n");
  CHECK(*both.home.provider.name == "Own Example");
  CHECK(both.home.provider.name.span.source == 0);
  CHECK(*both.home.provider.fax == "207-555-0100");
  CHECK(*both.home.provider.address.line == "2");
  CHECK(both.home.provider.span.line == 2);

  const CaseFile emptied = load_from(files, "atz: 1\nprovider: {fax: }\n");
  REQUIRE(problem_at(emptied.problems, "provider.fax") != nullptr);
  CHECK(place(problem_at(emptied.problems, "provider.fax")->span) == "2:12-2:15");
}

TEST_CASE("a provider that is nowhere is one problem, an incomplete one a problem for each gap") {
  MemoryFiles files;
  const CaseFile nowhere = load_from(files, "atz: 1\n");
  CHECK(problem_at(nowhere.problems, "provider") != nullptr);
  CHECK(problem_at(nowhere.problems, "provider.name") == nullptr);
  const CaseFile gaps = load_from(files, "atz: 1\nprovider: {name: x}\n");
  CHECK(problem_at(gaps.problems, "provider.npi") != nullptr);
  CHECK(problem_at(gaps.problems, "provider.address") != nullptr);
  CHECK(place(problem_at(gaps.problems, "provider.fax")->span) == "2:1-2:9");
}

TEST_CASE("atz.d extends tables, replaces rows of equal key, or replaces a table") {
  MemoryFiles files;
  files.put("/atz.yaml", "profile: x\n");
  files.put(
      "/atz.d/contacts.yaml",
      "contacts:\n- {key: crt, name: New Name, phone: 207-555-0199}\n- {key: us, name: Us, phone: 207-555-0198}\n");
  files.put("/atz.d/rates.yaml",
            "replace: yes\nrates:\n"
            "- {from: 2026-01-01, home_support_hourly: 41, medical_add_on_hourly: 47, over_168_reduction: 3.4}\n"
            "- {from: 2025-01-01, home_support_hourly: 40.5, medical_add_on_hourly: 46, over_168_reduction: 3.38}\n");
  files.put("/atz.d/diagnoses.yaml", "diagnoses:\n- {code: A00.0, text: New}\n- {code: f840, text: Changed}\n");
  files.put("/atz.d/service-types.yaml", "service_types:\n- {program: section-21, number: 0012, text: Home Support}\n");
  files.put("/atz.d/request-types.yaml",
            "defaults: {subcontract: Other ASO}\nrequest_types:\n- {key: smi-termination, portal_text: Ending}\n");
  files.put("/atz.d/README.txt", "not data");
  const auto workspace = workspace_of(files, "/");
  for (const Problem& problem : workspace->problems) FAIL_CHECK(problem.message);
  const model::Tables& tables = workspace->tables;
  CHECK(tables.contact("crt")->name == "New Name");
  CHECK(tables.contact("us") != nullptr);
  CHECK(tables.contact("portal") != nullptr);
  REQUIRE(tables.rates.size() == 2);
  CHECK(model::format_date(tables.rates[0].from) == "2025-01-01");
  CHECK(tables.diagnosis("A00.0") != nullptr);
  CHECK(tables.diagnosis("F84.0")->text == "Changed");
  CHECK(tables.diagnosis("F71") != nullptr);
  CHECK(tables.diagnoses.size() == builtin_tables().diagnoses.size() + 1);
  CHECK(tables.service_types[0].number == "0012");
  CHECK(tables.request_class == "Outpatient");
  CHECK(tables.subcontract == "Other ASO");
  CHECK(tables.request_type("smi-termination")->portal_text == "Ending");
  CHECK(workspace->sources.size() == 6);
}

TEST_CASE("a questionnaire of the same name takes the place of ours, another one is added") {
  MemoryFiles files;
  files.put("/atz.yaml", "profile: x\n");
  files.put(
      "/atz.d/questionnaire-home-support.yaml",
      "name: home-support\nversion: 2\ntitle: T\nquestions:\n- {link: 1, text: Q, type: choice, choices: [Yes, No]}\n"
      "- {link: 1.1.1, text: R, type: text, when_any: [1 = Yes, 1 = No], required: no, max_length: 10}\n");
  files.put("/atz.d/questionnaire-other.yaml",
            "name: other\nversion: 1\ntitle: O\nquestions:\n- {link: 1, text: Q, type: date}\n");
  const auto workspace = workspace_of(files, "/");
  for (const Problem& problem : workspace->problems) FAIL_CHECK(problem.message);
  const model::Questionnaire& ours = *workspace->tables.questionnaire("home-support");
  CHECK(ours.version == "2");
  REQUIRE(ours.questions.size() == 2);
  CHECK(ours.questions[0].choices == std::vector<std::string>{"Yes", "No"});
  CHECK(ours.questions[1].when_any);
  CHECK(ours.questions[1].when.size() == 2);
  CHECK_FALSE(ours.questions[1].required);
  CHECK(ours.questions[1].max_length == 10);
  CHECK(workspace->tables.questionnaire("other")->questions[0].type == model::AnswerType::date);
}

TEST_CASE("what is wrong in atz.d is a problem of that file") {
  const auto problem = [](const std::string& name, const std::string& text) {
    MemoryFiles files;
    files.put("/atz.yaml", "profile: x\n");
    files.put("/atz.d/" + name, text);
    const auto workspace = workspace_of(files, "/");
    REQUIRE_FALSE(workspace->problems.empty());
    CHECK(workspace->sources.at(workspace->problems[0].span.source).name == "atz.d/" + name);
    return workspace->problems[0];
  };
  CHECK(problem("rate.yaml", "rates: []\n").help == "did you mean `rates.yaml`?");
  CHECK(problem("rates.yaml", "rates:\n- {from: soon}\n").kind == Problem::Kind::missing_field);
  CHECK(problem("contacts.yaml", "contacts: [\n").kind == Problem::Kind::syntax);
  CHECK(problem("holidays.yaml", "holidays:\n- {name: X, month: 2, day: 30}\n").path == "holidays[0]");
  CHECK(problem("holidays.yaml", "holidays:\n- {name: X, after: Nothing, days: 1}\n").found == "Nothing");
  CHECK(problem("questionnaire-x.yaml",
                "name: x\nversion: 1\ntitle: X\nquestions:\n- {link: 1, text: Q, type: text, when: maybe}\n")
            .found == "maybe");
  CHECK(problem("questionnaire-x.yaml",
                "name: x\nversion: 1\ntitle: X\nquestions:\n- {link: 1, text: Q, type: text, when: 2 = a}\n")
            .kind == Problem::Kind::wrong_shape);
}

TEST_CASE("what is wrong in a questionnaire is pointed at where the question is") {
  const auto problems = [](const std::string& questions, const std::string& head = {}) {
    MemoryFiles files;
    files.put("/atz.yaml", "profile: x\n");
    files.put("/atz.d/questionnaire-x.yaml", "name: x\nversion: 1\ntitle: X\n" + head + "questions:\n" + questions);
    std::vector<std::string> found;
    const auto workspace = workspace_of(files, "/");
    for (const auto& problem : workspace->problems) {
      found.push_back(fmt::format("{} {}: {}", problem.span.line, problem.path, problem.message));
    }
    return fmt::format("{}", fmt::join(found, "\n"));
  };
  const std::string one = "- {link: 1, text: Q, type: text}\n";
  CHECK(problems(one + "- {link: 2, text: Q, type: text, when: 3 exists}\n- {link: 3, text: Q, type: text}\n") ==
        "6 questions[1]: Question 2 depends on 3, which comes later.");
  CHECK(problems(one + "- {link: 2, text: Q, type: text, when: 3 exists}\n"
                       "- {link: 3, text: Q, type: text, when: 2 exists}\n") ==
        "6 questions[1]: Question 2 depends on itself through 3.");
  CHECK(problems(one + one) == "6 questions[1]: Question 1 is there twice.");
  CHECK(problems(one + "- link: 2\n  text: Q\n  type: choice\n") ==
        "6 questions[1]: Question 2 is a choice without choices.");
  CHECK(problems(one, "request: [service-notification, smi-termination]\ncode: T2016\nmodifier: SC\n").empty());
  CHECK(problems(one, "request: smi-termination\n").empty());
  CHECK(problems(one, "modifier: SC\n") == "4 modifier: a modifier stands beside a code");
  CHECK(problems(one, "request: discharge\n").find('\n') == std::string::npos);
}

TEST_CASE("several threads share one cache") {
  MemoryFiles files;
  files.put("/a/atz.yaml", kProvider);
  WorkspaceCache cache(files);
  std::vector<std::shared_ptr<const Workspace>> seen(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    threads.emplace_back([&, i] { seen[i] = cache.for_directory("/a/b" + std::to_string(i % 2)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& workspace : seen) CHECK(workspace == seen[0]);
}

}  // namespace
}  // namespace atz::casefile
