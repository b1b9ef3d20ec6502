// A file of a publisher or a portal: its name in the first line ("icd10cm_order_2027.txt", "HCPC2026_JAN_ANWEB.txt",
// "table_2026.csv", "report.csv"), then its bytes. Only a report goes into the ledger.
#include "agency.hpp"
#include "atz/app/daily_report.hpp"
#include "atz/base/text.hpp"
#include "atz/casefile/workspace.hpp"
#include "atz/codes/index.hpp"
#include "atz/codes/search.hpp"
#include "atz/codes/source.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

Agency& agency() {
  static Agency instance;
  return instance;
}

// A table that could be read is found again in the file that is made of it, whole and row by row.
void check_table(const std::string& name, std::string_view text) {
  const auto strict = codes::read_source(text, name, {std::nullopt, false});
  const auto table = codes::read_source(text, name, {std::nullopt, true});
  require(table.has_value() || !strict.has_value(), "what is whole can be taken in part");
  if (!table) {
    require(!table.error().message.empty(), "a refusal says why");
    return;
  }
  MemoryFiles files;
  files.put("/codes", codes::index_bytes(*table));
  const auto index = codes::Index::open(files, "/codes");
  require(index.has_value(), "the table that was written can be opened");
  const auto back = index->read_all();
  require(back.has_value() && back->rows == table->rows, "the table that was written is read as it was");
  const auto changes = codes::changes(*index, *table);
  require(changes && changes->added + changes->removed + changes->reworded == 0, "a table does not differ from itself");
  for (const auto& row : table->rows) {
    require(!first_invalid_utf8(row.text), "texts are UTF-8");
    const auto found = index->find(row.code);
    require(found && *found && **found == row, "every code is found");
  }
  codes::Query query(text.substr(0, 40));
  for (const auto& row : table->rows) {
    (void)query.rank({codes::key_of(row.code), "", row.text}, codes::Query::Tolerance::typos);
  }
}

void check_report(std::string_view text) {
  const auto services = agency().services();
  casefile::WorkspaceCache workspaces(services.files, services.config_file);
  const auto workspace = workspaces.for_directory(".");
  const auto rows = app::read_daily_report(services, *workspace, std::string(text), "report.csv");
  if (!rows) {
    require(rows.error().failure == Failure::input && !rows.error().message.empty(), "a refusal says why");
    return;
  }
  write_file(agency().file("report.csv"), std::string(text));
  agency().put_back(Agency::Moment::open);
  const auto before = agency().cases();
  agency().close();
  const app::ImportSettings settings{std::nullopt, std::nullopt, agency().file("report.csv")};
  const auto first = app::import_report(services, settings);
  require(first.has_value(), "a report that can be read can be taken in");
  agency().check_against(before);
  const std::string known = agency().known();
  agency().close();
  const auto again = app::import_report(services, settings);
  require(again.has_value() && again->changed.empty(), "the same report again changes nothing");
  require(agency().known() == known, "the same report again changes nothing");
  agency().close();
}

void run(std::string_view input) {
  const auto [head, body] = split_head(input);
  if (head == "report.csv") return check_report(body);
  check_table(std::string(head), body);
}

std::vector<Seed> seeds() {
  std::vector<Seed> all;
  for (const auto& file : source_files("tests/samples", ".txt"))
    all.push_back({file.name, file.name + "\n" + file.bytes});
  all.push_back(
      {"table.csv", "table_2026.csv\ncode,description\nT2016,\"Habilitation, residential\"\nH2015,Support\n"});
  all.push_back({"table.tsv", "table_2026.tsv\nCode\tDescription\nF84.0\tAutistic disorder\nF71\tModerate\n"});
  all.push_back({"report.csv", "report.csv\n" + agency().report});
  all.push_back({"report-portal.csv",
                 "report.csv\nCase ID;Status;Code;Weekly hours approved;Units approved;Status changed at\n"
                 "900000101;Approved;T2016;67.75;365;12/7/2026\n900000103;Denied;T2016 SC;;;2026-12-07 09:00\n"});
  return all;
}

}  // namespace

Target import_target() {
  return {"import", Grammar::lines, run, seeds};
}

}  // namespace atz::fuzz
