// Official code tables as data: ICD-10-CM diagnoses, HCPCS Level II procedures and modifiers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atz::codes {

enum class Kind { diagnosis, procedure };  // the procedure table holds modifiers, too
std::string_view to_string(Kind kind);     // "diagnosis", "procedure"

struct Row {
  std::string code;       // as people write it: "F84.0", "T2016"; a modifier "SC"
  std::string text;       // valid UTF-8, one line
  bool header = false;    // names a group; the codes below it are the ones to use
  bool modifier = false;  // two characters that go with a procedure
  std::string ends;       // last day of use as YYYY-MM-DD; empty: none is known

  friend bool operator==(const Row&, const Row&) = default;
};

struct Edition {
  Kind kind = Kind::diagnosis;
  int year = 0;          // as its publisher calls it: ICD-10-CM 2027 holds from 2026-10-01 on
  bool partial = false;  // only some of the codes: one that is missing may exist all the same
  std::uint32_t rows = 0;
  std::uint32_t headers = 0;
  [[nodiscard]] std::string name() const;  // "ICD-10-CM 2027", "HCPCS 2026"
};

// A whole table in memory: rows sorted by key, each key once.
struct Table {
  Edition edition;
  std::vector<Row> rows;
};

inline constexpr std::size_t kLongestKey = 7;
// What codes are sorted and compared by: capital letters, no dot, no blanks around. "f84.0" -> "F840".
std::string key_of(std::string_view code);
// The way back, for diagnoses: "F840" -> "F84.0".
std::string dotted(std::string_view key);

// How the rows of one table differ from an earlier one.
struct Changes {
  std::size_t added = 0;
  std::size_t removed = 0;
  std::size_t reworded = 0;  // the same code with another text, or now a heading, or with another last day
};

}  // namespace atz::codes
