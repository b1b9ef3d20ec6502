// A value of the case file together with what was written and where.
#pragma once

#include <optional>
#include <string>

#include "atz/diag/finding.hpp"

namespace atz::model {

// Three states: absent (not present), unreadable (present, no value), read (value).
// An unreadable value keeps its text, so that a rule can quote it.
template <class T>
struct Field {
  std::optional<T> value;
  std::string text;  // the scalar as written, unquoted; "" for null
  diag::Span span;   // of the value; of the key when the value is null; of the surrounding mapping's key when absent
  bool present = false;  // the key is there (a null value counts as present with empty text)

  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
};

}  // namespace atz::model
