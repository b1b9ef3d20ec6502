// Staffing patterns: in the case file, in a file of their own, alone.
#include "support.hpp"

namespace atz::casefile {
namespace {

using testing::find_problem;
using testing::load_alone;
using testing::load_from;
using testing::place;
using testing::problem_at;

const char* const kPattern = R"(effective: 2027-01-04
staff:
  - {id: N, role: night, counts: direct}
shifts:
  - {staff: N, days: daily, from: 22:00, to: 24:00, awake: no}
  - {staff: E2, days: mon-fri, from: 17:00, to: 19:00, one_to_one: C}
  - {staff: E3, days: mon, from: 8:00, to: 9:00, on_behalf_of: Yes}
  - {staff: E3, days: tue, from: 8:00, to: 9:00, on_behalf_of: B, line: T2016SC}
  - {staff: E3, days: wed, from: 8:00, to: 9:00, accompanying: A}
out:
  - {member: A, days: [mon, wed], from: 09:00, to: 15:00, kind: community-support, code: t2021}
)";

TEST_CASE("a staffing file can be read by itself, with a roster") {
  const CaseFile file = load_alone(std::string("roster: [A, B, C]\n") + kPattern);
  CHECK(file.problems.empty());
  CHECK(file.unreadable.empty());
  CHECK(file.unknown_keys.empty());
  CHECK(file.staffing_only);
  CHECK(file.readable);
  CHECK(file.home.house.roster.size() == 3);
  const model::StaffingPattern& staffing = file.home.staffing;
  CHECK(staffing.present);
  CHECK(staffing.shifts_present);
  REQUIRE(staffing.shifts.size() == 5);
  CHECK(staffing.shifts[0].awake.value == false);
  CHECK(*staffing.shifts[0].to == 1440);
  CHECK(*staffing.shifts[1].one_to_one == "C");
  CHECK(*staffing.shifts[2].on_behalf_of == "all");
  CHECK(staffing.shifts[2].on_behalf_of.text == "Yes");
  CHECK(*staffing.shifts[3].on_behalf_of == "B");
  CHECK(*staffing.shifts[3].line == "T2016SC");
  REQUIRE(staffing.shifts[4].accompanying.size() == 1);
  CHECK(*staffing.shifts[4].accompanying[0] == "A");
  REQUIRE(staffing.out.size() == 1);
  CHECK(staffing.out[0].days->bits == 0b0001010);
  CHECK(staffing.out[0].days.text == "mon,wed");
  CHECK(*staffing.out[0].code == "T2021");
  CHECK(*staffing.staff[0].counts == "direct");
}

TEST_CASE("a case file draws its staffing file in as a further source") {
  MemoryFiles files;
  files.put("/homes/staffing.yaml", kPattern);
  const CaseFile file = load_from(files, "atz: 1\nstaffing: {file: staffing.yaml}\n");
  CHECK_FALSE(file.staffing_only);
  REQUIRE(file.sources.size() == 2);
  CHECK(file.sources[1].name == "/homes/staffing.yaml");
  CHECK(file.home.staffing.present);
  CHECK(*file.home.staffing.file == "staffing.yaml");
  REQUIRE(file.home.staffing.shifts.size() == 5);
  CHECK(file.home.staffing.shifts[0].staff.span.source == 1);
  CHECK(file.home.staffing.shifts[0].staff.span.line == 5);
  CHECK(problem_at(file.problems, "staffing.shifts") == nullptr);
}

TEST_CASE("problems inside a drawn file carry its source and their path in the case") {
  MemoryFiles files;
  files.put("/homes/staffing.yaml", "effective: soon\nshifts:\n- {staff: N, days: daily, from: 22:00}\nfile: x.yaml\n");
  const CaseFile file = load_from(files, "atz: 1\nstaffing: {file: staffing.yaml}\n");
  const Problem* missing = problem_at(file.problems, "staffing.shifts[0].to");
  REQUIRE(missing != nullptr);
  CHECK(missing->span.source == 1);
  CHECK(place(missing->span) == "3:4-3:9");
  REQUIRE(file.unreadable.size() == 1);
  CHECK(file.unreadable[0].path == "staffing.effective");
  REQUIRE(file.unknown_keys.size() == 1);
  CHECK(file.unknown_keys[0].key == "file");
}

TEST_CASE("a staffing file that is missing, broken or given twice over is a problem at its name") {
  MemoryFiles files;
  files.put("/homes/broken.yaml", "shifts: [\n");
  files.put("/homes/staffing.yaml", kPattern);
  const CaseFile missing = load_from(files, "atz: 1\nstaffing: {file: nowhere.yaml}\n");
  const Problem* unreadable = find_problem(missing.problems, Problem::Kind::unreadable_file);
  REQUIRE(unreadable != nullptr);
  CHECK(place(unreadable->span) == "2:18-2:30");
  CHECK(unreadable->found == "nowhere.yaml");
  CHECK(missing.home.staffing.file.present);

  const CaseFile broken = load_from(files, "atz: 1\nstaffing: {file: broken.yaml}\n");
  const Problem* syntax = find_problem(broken.problems, Problem::Kind::syntax);
  REQUIRE(syntax != nullptr);
  CHECK(syntax->span.source == 1);

  const CaseFile both = load_from(
      files, "atz: 1\nstaffing:\n  file: staffing.yaml\n  shifts: [{staff: N, days: daily, from: 1:00, to: 2:00}]\n");
  REQUIRE(problem_at(both.problems, "staffing.shifts") != nullptr);
  CHECK(place(problem_at(both.problems, "staffing.shifts")->span) == "4:3-4:9");
}

TEST_CASE("a pattern must have shifts and a date, unless a file has them") {
  const CaseFile file = load_alone("atz: 1\nstaffing: {out: []}\n");
  CHECK(problem_at(file.problems, "staffing.shifts") != nullptr);
  CHECK(problem_at(file.problems, "staffing.effective") != nullptr);
}

TEST_CASE("members share one drawn file without reading it twice") {
  MemoryFiles files;
  files.put("/homes/staffing.yaml", kPattern);
  const CaseFile file = load_from(files,
                                  "atz: 1\nmembers:\n- {label: A, staffing: {file: staffing.yaml}}\n- {label: B, "
                                  "staffing: {file: staffing.yaml}}\n");
  CHECK(file.sources.size() == 2);
  CHECK(file.home.members[0].staffing.shifts.size() == 5);
  CHECK(file.home.members[1].staffing.shifts.size() == 5);
}

TEST_CASE("folders are sniffed for case files and staffing files") {
  CHECK(sniff("# x\natz: 1\n") == FileKind::case_file);
  CHECK(sniff("\xEF\xBB\xBF"
              "atz: 1\r\nhome:\r\n") == FileKind::case_file);
  CHECK(sniff("\"atz\": 1\n") == FileKind::case_file);
  CHECK(sniff("{atz: 1, home: {}}") == FileKind::case_file);
  CHECK(sniff("effective: 2027-01-04\nshifts:\n- x\n") == FileKind::staffing_file);
  CHECK(sniff("atz: 1\nshifts:\n- x\n") == FileKind::staffing_file);
  CHECK(sniff("a: 1\n  atz: 1\nshifts_of: 2\n") == FileKind::other);
  CHECK(sniff("atz_version: 1\n") == FileKind::other);
  CHECK(sniff("settings: {}\n") == FileKind::other);
  CHECK(sniff("") == FileKind::other);
}

}  // namespace
}  // namespace atz::casefile
