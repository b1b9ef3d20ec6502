#include "script.hpp"

namespace atz::test {

std::string outcome_with(const std::string& severity, const std::string& code, const std::string& text) {
  const nlohmann::json issue = {{"severity", severity}, {"code", code}, {"details", {{"text", text}}}};
  return nlohmann::json{{"resourceType", "OperationOutcome"}, {"issue", {issue}}}.dump();
}

void play(Mode mode, const Script& script, const std::string& profile_lines) {
  const std::string played = std::string(script.name) + " as " + to_string(mode);
  CAPTURE(played);
  const ScriptName named(script.name);
  World world(mode, profile_lines);
  if (script.always) {
    world.middle.on_every_submit(script.play);
  } else {
    world.middle.on_submit({script.play});
  }
  const auto submit = world.submit();
  CHECK_MESSAGE(submit.code == script.code, submit.out, submit.err);
  CHECK_MESSAGE(submit.err.find(script.says) != std::string::npos, submit.err);
  const auto members = world.ledger();
  REQUIRE(members.size() == 3);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool sent = mode != Mode::single || i == 0;
    CHECK(members[i].delivery == std::string(sent ? script.delivery : "refused"));
    CHECK(members[i].case_id.empty());
    CHECK(members[i].status.empty());
  }
  world.ends_well();
}

void play_in_modes(const Script& script, const std::string& profile_lines) {
  for (const Mode mode : modes()) play(mode, script, profile_lines);
}

}  // namespace atz::test
