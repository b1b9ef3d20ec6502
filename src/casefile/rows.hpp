// How the tables of fields are written down: one line per key.
#pragma once

#include <string_view>

#include "atz/casefile/fields.hpp"

namespace atz::casefile {

enum RowFlags : unsigned {
  kOptional = 0,
  kRequired = 1,
  kPersonal = 2,
  kShared = 4,
  kSingle = 8,
};

// `extra` is the choices of a choice, the pattern of anything else.
constexpr FieldRow row(std::string_view path, FieldType type, unsigned flags, std::string_view help,
                       std::string_view extra = {}, std::string_view unless = {}) {
  FieldRow made{};
  made.path = path;
  made.type = type;
  made.required = (flags & kRequired) != 0;
  made.personal = (flags & kPersonal) != 0;
  made.shared = (flags & kShared) != 0;
  made.single = (flags & kSingle) != 0;
  made.help = help;
  if (type == FieldType::choice || type == FieldType::request_kind) {
    made.choices = extra;
  } else {
    made.pattern = extra;
  }
  made.unless = unless;
  return made;
}

}  // namespace atz::casefile
