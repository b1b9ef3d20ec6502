#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "support.hpp"

namespace atz::casefile {
namespace {

// ATZ_UPDATE_SCHEMAS=1 in the environment writes the files anew.
void compare_with_file(const std::string& name, const std::string& schema) {
  const auto files = real_files();
  const std::string path = std::string(ATZ_SOURCE_DIR) + "/schemas/" + name;
  if (std::getenv("ATZ_UPDATE_SCHEMAS") != nullptr) REQUIRE(files->write_atomic(path, schema, 0644));
  const auto committed = files->read(path, 1U << 20);
  REQUIRE(committed);
  CHECK(*committed == schema);
}

TEST_CASE("the schemas in schemas/ are those of the field tables") {
  compare_with_file("home.schema.json", home_schema());
  compare_with_file("config.schema.json", config_schema());
}

TEST_CASE("every field of the table is in the schema, with its description") {
  const auto schema = nlohmann::json::parse(home_schema());
  const auto& last = schema["properties"]["members"]["items"]["properties"]["name"]["properties"]["last"];
  CHECK(last["description"] == "Last name.");
  CHECK(last["type"] == nlohmann::json({"string", "number", "boolean", "null"}));
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["required"] == nlohmann::json({"atz", "home", "members", "attest"}));
  CHECK(schema["properties"]["members"]["maxItems"] == 24);
}

TEST_CASE("no path stands twice in the field table, and all can be found") {
  std::set<std::string_view> seen;
  for (const FieldRow& row : field_table()) {
    CHECK_MESSAGE(seen.insert(row.path).second, row.path);
    CHECK(find_field(row.path) == &row);
    CHECK_MESSAGE(!row.help.empty(), row.path);
  }
  CHECK(find_field("members[2].born")->type == FieldType::date);
  CHECK(find_field("members[0].questionnaires.home-support")->type == FieldType::answers);
  CHECK(find_field("members[0].bron") == nullptr);
}

TEST_CASE("personal data are marked") {
  for (const char* path : {"members[].id", "members[].name.last", "members[].born", "members[].gender",
                           "members[].guardian.name", "members[].case_manager.address.line", "members[].phone"}) {
    CHECK_MESSAGE(find_field(path)->personal, path);
  }
  CHECK_FALSE(find_field("members[].label")->personal);
  CHECK_FALSE(find_field("home.address.line")->personal);
}

}  // namespace
}  // namespace atz::casefile
