// What has changed in a text, as `diff -u` would say it.
#pragma once

#include <string>
#include <string_view>

namespace atz {

// A unified diff with three lines of context, under the name for both sides; empty when nothing has changed. Line ends
// are part of the lines. Texts that differ in very many lines are shown as one big change.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace atz
