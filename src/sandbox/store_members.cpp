#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "atz/base/text.hpp"
#include "sandbox/store.hpp"

namespace atz::sandbox {

std::string Store::name_digest(std::string_view last, std::string_view born) const {
  const std::string folded = to_lower(trim(last));
  return vault_.digest(fmt::format("{}:{} {}", folded.size(), folded, born), "sandbox name");
}

Result<MemberRecord> Store::member_from(const Row& row) const {
  const auto plain = unseal(row.text(2), "members.record", row.text(0));
  if (!plain) return tl::make_unexpected(plain.error());
  const auto json = nlohmann::json::parse(*plain, nullptr, false);
  if (!json.is_object()) return fail(Failure::state, "The embedded payer's store holds a member that can't be read.");
  MemberRecord member;
  member.id = json.value("id", "");
  member.last = json.value("last", "");
  member.first = json.value("first", "");
  member.born = json.value("born", "");
  member.gender = json.value("gender", "");
  member.patient_json = json.value("patient", "");
  // Records that were made before there was more than one client do not name it.
  member.client = json.value("client", kClientId);
  member.listed = row.integer(1) != 0;
  return member;
}

Result<std::optional<MemberRecord>> Store::member(const std::string& id) {
  const auto row = database_.one("SELECT member, listed, record FROM members WHERE member = ?", {member_digest(id)});
  if (!row) return tl::make_unexpected(row.error());
  if (!*row) return std::optional<MemberRecord>();
  auto member = member_from(**row);
  if (!member) return tl::make_unexpected(member.error());
  return std::optional<MemberRecord>(std::move(*member));
}

Result<std::vector<MemberRecord>> Store::members_by_name(const std::string& last, const std::string& born) {
  const auto rows = database_.query("SELECT member, listed, record FROM members WHERE name = ? ORDER BY member",
                                    {name_digest(last, born)});
  if (!rows) return tl::make_unexpected(rows.error());
  std::vector<MemberRecord> found;
  for (const Row& row : *rows) {
    auto member = member_from(row);
    if (!member) return tl::make_unexpected(member.error());
    found.push_back(std::move(*member));
  }
  return found;
}

Result<void> Store::save_member(const MemberRecord& member) {
  const std::string digest = member_digest(member.id);
  const nlohmann::json json = {{"id", member.id},        {"last", member.last},     {"first", member.first},
                               {"born", member.born},    {"gender", member.gender}, {"patient", member.patient_json},
                               {"client", member.client}};
  const std::string sealed = seal(json.dump(), "members.record", digest);
  return database_.run(
      "INSERT INTO members(member, name, listed, record) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(member) "
      "DO UPDATE SET name = ?2, listed = ?3, record = ?4",
      {digest, name_digest(member.last, member.born), std::int64_t{member.listed}, Blob{sealed}});
}

Result<bool> Store::has_sent(const std::string& client, const std::string& member_id) {
  const auto row =
      database_.one("SELECT 1 FROM cases WHERE client = ? AND member = ? LIMIT 1", {client, member_digest(member_id)});
  if (!row) return tl::make_unexpected(row.error());
  return row->has_value();
}

Result<void> Store::unlist_members() {
  return database_.run("UPDATE members SET listed = 0 WHERE listed <> 0");
}

}  // namespace atz::sandbox
