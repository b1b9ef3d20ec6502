// The texts of new requests over what is known.
#pragma once

#include <string>

#include "app/known_home.hpp"
#include "app/yaml_lines.hpp"

namespace atz::app {

// Provider, when atz.yaml does not give it, and home.
void write_head(YamlLines& lines, const KnownHome& home, bool provider_known_elsewhere);
// ID to diagnoses, with the keys at column 4.
void write_person(YamlLines& lines, const KnownMember& member);
void write_staffing(YamlLines& lines, const KnownHome& home);
void write_attestation(YamlLines& lines);

std::string extension_text(const KnownHome& home, bool provider_known_elsewhere, int months);
// Of home.members.front(), from `period` on.
std::string add_on_text(const KnownHome& home, bool provider_known_elsewhere, std::optional<model::DateSpan> period);

}  // namespace atz::app
