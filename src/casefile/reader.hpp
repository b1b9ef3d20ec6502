// Walks a located tree along a table of fields: the table says what may stand where, the caller takes the values.
// Whatever is missing, unknown, of the wrong shape or unreadable is recorded on the way.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "atz/base/rational.hpp"
#include "atz/casefile/casefile.hpp"
#include "atz/casefile/document.hpp"
#include "atz/model/field.hpp"
#include "atz/model/home.hpp"
#include "casefile/schema_tree.hpp"

namespace atz::casefile {

// Where findings go. Without lists for unreadable values and unknown keys, these become problems too.
struct Log {
  std::vector<Problem>* problems = nullptr;
  std::vector<Unreadable>* unreadable = nullptr;
  std::vector<UnknownKey>* unknown_keys = nullptr;
  bool need_shared = false;             // whether fields that atz.yaml may provide are required here
  bool hyphens_as_underscores = false;  // max-bytes and max_bytes are the same key
  std::string member;                   // label of the member that is being read
};

class Reader {
 public:
  // The root of a file; a root that is no mapping is recorded, and then nothing is given. `prefix` is the path at which
  // the file's content belongs.
  Reader(const Node& root, const Schema& schema, Log& log, std::string_view prefix = {});

  // Whether there is a mapping here. An empty value counts as absent.
  [[nodiscard]] bool given() const { return node_ != nullptr; }
  // What to point at: the key of this mapping; of a list's entry its label, else its first key, as of the root. When it
  // is absent, what surrounds it.
  [[nodiscard]] diag::Span here() const { return here_; }
  [[nodiscard]] diag::Span whole() const { return node_ == nullptr ? here_ : node_->span; }
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string path(std::string_view key) const;
  [[nodiscard]] Log& log() const { return *log_; }

  [[nodiscard]] const Node* value(std::string_view key) const;  // absent or empty: nullptr
  [[nodiscard]] diag::Span key_span(std::string_view key) const;

  void get(std::string_view key, model::Field<std::string>& out) const;
  void get(std::string_view key, model::Field<model::Date>& out) const;
  void get(std::string_view key, model::Field<std::int64_t>& out) const;
  void get(std::string_view key, model::Field<Rational>& out) const;
  void get(std::string_view key, model::Field<bool>& out) const;
  void get(std::string_view key, model::Field<model::RequestKind>& out) const;
  void get(std::string_view key, model::Field<int>& out) const;              // time of day
  void get(std::string_view key, model::Field<model::Weekdays>& out) const;  // one word, or a list of them
  void get(std::string_view key, std::vector<model::Field<std::string>>& out) const;

  [[nodiscard]] Reader mapping(std::string_view key) const;
  // Entries of a list of mappings. Those that have a label are known by it meanwhile.
  void each(std::string_view key, const std::function<void(Reader&)>& take) const;
  // Entries of a mapping with free keys, whose values have keys that the table knows, or that are free as well.
  void each_answers(const std::function<void(const Node::Entry&)>& take) const;
  void each_key(const std::function<void(const Node::Entry&, Reader&)>& take) const;

  void problem(Problem::Kind kind, diag::Span span, std::string path, std::string message, std::string found = {},
               std::string expected = {}, std::string help = {}) const;

 private:
  Reader(const Reader* parent, std::string_view key, int index, const Node* node, const Schema& schema,
         diag::Span here);
  void look_over();
  void require(const Schema& child, const Node::Entry* entry) const;
  void unknown_key(const Node::Entry& entry) const;
  [[nodiscard]] std::size_t slot(std::string_view key) const;
  [[nodiscard]] const Node::Entry* entry(std::string_view key) const { return slots_[slot(key)]; }
  void wrong_shape(const Node& node, const std::string& at, const FieldRow* row) const;
  void unreadable(const std::string& at, const FieldRow& row, const std::string& text, diag::Span span) const;
  template <class Path>
  void take_text(const Node& node, const FieldRow* row, Path at, model::Field<std::string>& out) const;
  template <class T, class Parse>
  void get_as(std::string_view key, model::Field<T>& out, Parse parse) const;

  static constexpr std::size_t kMaxKeys = 40;  // of one mapping in any table

  const Reader* parent_ = nullptr;
  std::string_view key_;  // of the root: the prefix
  int index_ = -1;        // in a list
  const Node* node_ = nullptr;
  const Schema* schema_;
  diag::Span here_;
  Log* log_;
  std::array<const Node::Entry*, kMaxKeys> slots_{};  // by place in schema_->children
};

// yes, no, true, false, on, off in any case.
std::optional<bool> parse_yes_no(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text);
std::optional<model::RequestKind> parse_request_kind(std::string_view text);

}  // namespace atz::casefile
