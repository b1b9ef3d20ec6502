#include "atz/app/member_find.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"
#include "atz/report/mask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace atz::cli {
namespace {

Json members_json(const app::MemberFindResult& result, bool with_names) {
  Json members = Json::array();
  for (const auto& member : result.members) {
    Json json = {{"id", text_or_null(with_names ? member.member_id : report::masked_id(member.member_id))}};
    if (with_names) {
      json["last"] = text_or_null(member.last);
      json["first"] = text_or_null(member.first);
      json["born"] = text_or_null(member.born);
      json["gender"] = text_or_null(member.gender);
    }
    members.push_back(std::move(json));
  }
  return {{"schema", "atz/member-find/1"}, {"payer", result.profile}, {"members", members}};
}

std::string members_table(const app::MemberFindResult& result, bool with_names, const Terminal& terminal) {
  Table table({{"MEMBER ID"}, {"LAST"}, {"FIRST"}, {"BORN"}, {"GENDER"}});
  for (const auto& member : result.members) {
    if (with_names) {
      table.add({{printable(member.member_id)},
                 {printable(member.last)},
                 {printable(member.first)},
                 {printable(member.born)},
                 {printable(member.gender)}});
    } else {
      table.add({{printable(report::masked_id(member.member_id))}, {}, {}, {}, {}});
    }
  }
  return table.empty() ? "" : table.render(terminal);
}

ExitCode run(Invocation& invocation) {
  auto& terminal = invocation.terminal();
  app::MemberFindSettings settings;
  settings.profile = invocation.value("--profile");
  settings.as_of = invocation.value("--as-of");
  settings.id = invocation.value("--id");
  settings.last = invocation.value("--last");
  settings.born = invocation.value("--born");
  const auto result = app::find_member(invocation.services(), settings);
  if (!result) return invocation.fail(result.error());
  if (!result->now.note.empty()) terminal.talk(result->now.note);
  if (!result->live) terminal.talk(fmt::format("payer '{}' is a sandbox: nothing here is real", result->profile));
  const bool with_names = invocation.flag("--show-phi");
  if (invocation.value_or("--format", "human") == "json") {
    terminal.out(dump(members_json(*result, with_names)));
  } else {
    terminal.out(members_table(*result, with_names, terminal));
  }
  if (result->members.empty()) {
    terminal.talk(fmt::format("Payer '{}' knows no such member.", result->profile));
    return ExitCode::findings;
  }
  if (!with_names) terminal.talk("Names, IDs and birth dates are shown with --show-phi.");
  return ExitCode::done;
}

}  // namespace

const Command& member_find_command() {
  static const Command kCommand{
      "member find",
      "Look a member up by ID, or by last name and birth date",
      "What is searched for travels inside the request, never in its address. The screen shows the end of the ID only, "
      "unless\n"
      "--show-phi.\n"
      "Exit code: 0 found, 1 nobody found, 2 half a question (a last name without the birth date), 9 the payer offers "
      "no search.",
      {{"atz member find --id 99000001A", ""}, {"atz member find --last Sampleton --born 1988-02-29 --show-phi", ""}},
      {},
      {{"--id", "", "ID", "The MaineCare ID", "", Hint::none},
       {"--last", "", "NAME", "The last name (with --born)", "", Hint::none},
       {"--born", "", "DATE", "The birth date (with --last)", "", Hint::none},
       options::format("human|json"),
       {"--show-phi", "", "", "Show names, IDs and birth dates", "", Hint::none},
       options::kAsOf},
      run};
  return kCommand;
}

}  // namespace atz::cli
