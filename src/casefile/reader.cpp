#include "casefile/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "atz/base/text.hpp"
#include "casefile/words.hpp"

namespace atz::casefile {
namespace {

bool same_key(std::string_view a, std::string_view b, bool hyphens_as_underscores) {
  if (!hyphens_as_underscores) return a == b;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x == '-' ? '_' : x) == (y == '-' ? '_' : y); });
}

bool is_textual(FieldType type) {
  return type == FieldType::text || type == FieldType::identifier || type == FieldType::label;
}

// Whether a required value was left open. An empty text in place of a date or a choice is unreadable instead.
bool is_empty(const Node& node, FieldType type) {
  switch (node.kind) {
    case Node::Kind::null:
      return true;
    case Node::Kind::scalar:
      return node.text.empty() && is_textual(type);
    case Node::Kind::sequence:
      return node.items.empty();
    case Node::Kind::mapping:
      return node.entries.empty();
  }
  return false;
}

void collect(const Schema& place, const std::string& path,
             std::vector<std::pair<std::string_view, std::string>>& keys) {
  for (const Schema& child : place.children) {
    if (child.key == "*") {
      collect(child, path + ".*", keys);
      continue;
    }
    const std::string at = path.empty() ? std::string(child.key) : fmt::format("{}.{}", path, child.key);
    keys.emplace_back(child.key, at);
    if (child.item) collect(*child.item, at + "[]", keys);
    collect(child, at, keys);
  }
}

std::string suggest(const Schema& here, const Schema& root, std::string_view key) {
  std::vector<std::string_view> candidates;
  for (const Schema& child : here.children) candidates.push_back(child.key);
  if (auto near = did_you_mean(key, candidates)) return *near;
  std::vector<std::pair<std::string_view, std::string>> everywhere;
  collect(root, {}, everywhere);
  candidates.clear();
  for (const auto& [name, path] : everywhere) candidates.push_back(name);
  const auto near = did_you_mean(key, candidates);
  if (!near) return {};
  const auto hit =
      std::find_if(everywhere.begin(), everywhere.end(), [&](const auto& each) { return each.first == *near; });
  return hit == everywhere.end() ? std::string() : hit->second;
}

}  // namespace

std::optional<bool> parse_yes_no(std::string_view text) {
  const std::string word = to_lower(text);
  if (word == "yes" || word == "true" || word == "on") return true;
  if (word == "no" || word == "false" || word == "off") return false;
  return std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<model::RequestKind> parse_request_kind(std::string_view text) {
  if (text == "service-notification") return model::RequestKind::service_notification;
  if (text == "service-notification-extension") return model::RequestKind::service_notification_extension;
  if (text == "smi-termination") return model::RequestKind::smi_termination;
  return std::nullopt;
}

Reader::Reader(const Node& root, const Schema& schema, Log& log, std::string_view prefix)
    : key_(prefix), schema_(&schema), here_(root.span), log_(&log) {
  if (root.kind != Node::Kind::mapping) {
    problem(Problem::Kind::wrong_shape, root.span, {}, "the file must be a group of keys", name_of(root),
            "a group of keys", "write `key: value` lines");
    return;
  }
  node_ = &root;
  if (!root.entries.empty()) here_ = root.entries.front().key_span;
  look_over();
}

Reader::Reader(const Reader* parent, std::string_view key, int index, const Node* node, const Schema& schema,
               diag::Span here)
    : parent_(parent), key_(key), index_(index), node_(node), schema_(&schema), here_(here), log_(parent->log_) {
  if (node_ != nullptr) look_over();
}

void Reader::look_over() {
  const std::vector<Schema>& children = schema_->children;
  if (children.size() > kMaxKeys) throw std::logic_error("a table of fields has too many keys in one place");
  for (const Node::Entry& each : node_->entries) {
    const auto hit = std::find_if(children.begin(), children.end(), [&](const Schema& child) {
      return same_key(child.key, each.key, log_->hyphens_as_underscores) || child.key == "*";
    });
    if (hit == children.end()) {
      unknown_key(each);
    } else {
      slots_[static_cast<std::size_t>(hit - children.begin())] = &each;
    }
  }
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (children[i].row != nullptr && children[i].row->required) require(children[i], slots_[i]);
  }
}

void Reader::require(const Schema& child, const Node::Entry* found) const {
  if (child.row->shared && !log_->need_shared) return;
  if (!child.row->unless.empty() && schema_->child(child.row->unless) != nullptr) {
    const Node* neighbour = value(child.row->unless);
    if (neighbour != nullptr && parse_yes_no(neighbour->text) != true) return;
  }
  if (found != nullptr && !is_empty(found->value, child.row->type)) return;
  const bool there = found != nullptr;
  problem(Problem::Kind::missing_field, there ? found->key_span : here_, path(child.key),
          fmt::format("`{}` is {}", child.key, there ? "empty" : "missing"), {}, expected_text(*child.row),
          std::string(child.row->help));
}

void Reader::unknown_key(const Node::Entry& entry) const {
  const Reader* root = this;
  while (root->parent_ != nullptr) root = root->parent_;
  UnknownKey unknown;
  unknown.path = path(entry.key);
  unknown.key = entry.key;
  unknown.secret = names_secret(entry.key);
  if (!unknown.secret) unknown.suggestion = suggest(*schema_, *root->schema_, entry.key);
  unknown.span = entry.key_span;
  unknown.member = log_->member;
  if (log_->unknown_keys != nullptr) {
    log_->unknown_keys->push_back(std::move(unknown));
    return;
  }
  problem(Problem::Kind::bad_key, entry.key_span, unknown.path,
          unknown.secret ? fmt::format("`{}` does not belong into this file", entry.key)
                         : fmt::format("the key `{}` is not known here", entry.key),
          {}, {},
          unknown.secret               ? "keep secrets in a file of their own that only you can read"
          : unknown.suggestion.empty() ? "remove it"
                                       : fmt::format("did you mean `{}`?", unknown.suggestion));
}

std::string Reader::path() const {
  if (parent_ == nullptr) return std::string(key_);
  const std::string above = parent_->path(key_);
  return index_ < 0 ? above : fmt::format("{}[{}]", above, index_);
}

std::string Reader::path(std::string_view key) const {
  const std::string above = path();
  return above.empty() ? std::string(key) : fmt::format("{}.{}", above, key);
}

std::size_t Reader::slot(std::string_view key) const {
  const std::vector<Schema>& children = schema_->children;
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (children[i].key == key) return i;
  }
  throw std::logic_error("a field is read that is in no table: " + path(key));
}

const Node* Reader::value(std::string_view key) const {
  const Node::Entry* found = entry(key);
  return found == nullptr || found->value.kind == Node::Kind::null ? nullptr : &found->value;
}

diag::Span Reader::key_span(std::string_view key) const {
  const Node::Entry* found = entry(key);
  return found == nullptr ? here_ : found->key_span;
}

void Reader::problem(Problem::Kind kind, diag::Span span, std::string path, std::string message, std::string found,
                     std::string expected, std::string help) const {
  log_->problems->push_back(
      {kind, span, std::move(path), std::move(message), std::move(found), std::move(expected), std::move(help), {}});
}

void Reader::wrong_shape(const Node& node, const std::string& at, const FieldRow* row) const {
  const std::string expected = row == nullptr ? "a group of keys" : expected_text(*row);
  const std::size_t dot = at.rfind('.');
  problem(Problem::Kind::wrong_shape, node.span, at,
          fmt::format("`{}` must be {}", dot == std::string::npos ? at : at.substr(dot + 1), expected), name_of(node),
          expected, row == nullptr ? std::string() : std::string(row->help));
}

void Reader::unreadable(const std::string& at, const FieldRow& row, const std::string& text, diag::Span span) const {
  if (log_->unreadable != nullptr) {
    log_->unreadable->push_back({at, row.type, text, span, log_->member});
    return;
  }
  const std::size_t dot = at.rfind('.');
  problem(Problem::Kind::wrong_shape, span, at,
          fmt::format("`{}` must be {}", dot == std::string::npos ? at : at.substr(dot + 1), expected_text(row)), text,
          expected_text(row), std::string(row.help));
}

template <class Path>
void Reader::take_text(const Node& node, const FieldRow* row, Path at, model::Field<std::string>& out) const {
  out.present = true;
  out.span = node.span;
  if (node.kind == Node::Kind::null) return;
  if (node.kind != Node::Kind::scalar) {
    wrong_shape(node, at(), row);
    return;
  }
  out.text = node.text;
  if (node.text.empty() && (row == nullptr || is_textual(row->type))) return;
  const bool fits = row == nullptr || (row->type == FieldType::choice ? is_choice(row->choices, node.text)
                                                                      : fits_pattern(row->pattern, node.text));
  // A label keeps its value: others refer to it, and one finding is enough.
  if (fits || row->type == FieldType::label) out.value = node.text;
  if (!fits) unreadable(at(), *row, node.text, node.span);
}

void Reader::get(std::string_view key, model::Field<std::string>& out) const {
  const std::size_t at = slot(key);
  out.span = here_;
  if (slots_[at] == nullptr) return;
  take_text(
      slots_[at]->value, schema_->children[at].row, [&] { return path(key); }, out);
}

template <class T, class Parse>
void Reader::get_as(std::string_view key, model::Field<T>& out, Parse parse) const {
  const std::size_t at = slot(key);
  out.span = here_;
  if (slots_[at] == nullptr) return;
  const Node& node = slots_[at]->value;
  out.present = true;
  out.span = node.span;
  if (node.kind == Node::Kind::null) return;
  if (node.kind != Node::Kind::scalar) {
    wrong_shape(node, path(key), schema_->children[at].row);
    return;
  }
  out.text = node.text;
  out.value = parse(node.text);
  if (!out.value) unreadable(path(key), *schema_->children[at].row, node.text, node.span);
}

void Reader::get(std::string_view key, model::Field<model::Date>& out) const {
  get_as(key, out, [](const std::string& text) { return model::parse_date(text); });
}
void Reader::get(std::string_view key, model::Field<std::int64_t>& out) const {
  get_as(key, out, [](const std::string& text) { return parse_integer(text); });
}
void Reader::get(std::string_view key, model::Field<Rational>& out) const {
  get_as(key, out, [](const std::string& text) { return parse_decimal(text); });
}
void Reader::get(std::string_view key, model::Field<bool>& out) const {
  get_as(key, out, [](const std::string& text) { return parse_yes_no(text); });
}
void Reader::get(std::string_view key, model::Field<model::RequestKind>& out) const {
  get_as(key, out, [](const std::string& text) { return parse_request_kind(text); });
}
void Reader::get(std::string_view key, model::Field<int>& out) const {
  get_as(key, out, [](const std::string& text) { return model::parse_time_of_day(text); });
}

void Reader::get(std::string_view key, model::Field<model::Weekdays>& out) const {
  const std::size_t at = slot(key);
  if (slots_[at] == nullptr || slots_[at]->value.kind != Node::Kind::sequence) {
    get_as(key, out, [](const std::string& text) { return model::parse_weekdays(text); });
    return;
  }
  const Node& list = slots_[at]->value;
  out.present = true;
  out.span = list.span;
  model::Weekdays days;
  bool readable = !list.items.empty();
  for (const Node& item : list.items) {
    if (!out.text.empty()) out.text += ',';
    out.text += item.text;
    const auto word = item.kind == Node::Kind::scalar ? model::parse_weekdays(item.text) : std::nullopt;
    if (word) {
      days.bits = static_cast<std::uint8_t>(days.bits | word->bits);
    } else {
      readable = false;
      unreadable(path(key), *schema_->children[at].row, item.text, item.span);
    }
  }
  if (readable) out.value = days;
}

void Reader::get(std::string_view key, std::vector<model::Field<std::string>>& out) const {
  const std::size_t at = slot(key);
  if (slots_[at] == nullptr) return;
  const Schema& place = schema_->children[at];
  const Node& node = slots_[at]->value;
  const FieldRow* item_row = place.item ? place.item->row : nullptr;
  if (node.kind == Node::Kind::null) return;
  if (node.kind == Node::Kind::scalar && place.row != nullptr && place.row->single) {
    out.emplace_back();
    take_text(
        node, item_row, [&] { return path(key); }, out.back());
    return;
  }
  if (node.kind != Node::Kind::sequence) {
    wrong_shape(node, path(key), place.row);
    return;
  }
  out.reserve(node.items.size());
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    out.emplace_back();
    const auto name = [&] { return fmt::format("{}[{}]", path(key), i); };
    if (node.items[i].kind == Node::Kind::null) wrong_shape(node.items[i], name(), item_row);
    take_text(node.items[i], item_row, name, out.back());
  }
}

Reader Reader::mapping(std::string_view key) const {
  const std::size_t at = slot(key);
  const Schema& place = schema_->children[at];
  const Node* node = nullptr;
  if (slots_[at] != nullptr && slots_[at]->value.kind == Node::Kind::mapping) {
    node = &slots_[at]->value;
  } else if (slots_[at] != nullptr && slots_[at]->value.kind != Node::Kind::null) {
    wrong_shape(slots_[at]->value, path(key), place.row);
  }
  return {this, place.key, -1, node, place, slots_[at] == nullptr ? here_ : slots_[at]->key_span};
}

void Reader::each(std::string_view key, const std::function<void(Reader&)>& take) const {
  const std::size_t at = slot(key);
  const Node* list = value(key);
  if (list == nullptr) return;
  const Schema& place = schema_->children[at];
  if (list->kind != Node::Kind::sequence) {
    wrong_shape(*list, path(key), place.row);
    return;
  }
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& item = list->items[i];
    if (item.kind != Node::Kind::mapping) {
      wrong_shape(item, fmt::format("{}[{}]", path(key), i), nullptr);
      continue;
    }
    diag::Span here = item.entries.empty() ? item.span : item.entries.front().key_span;
    const bool labelled = place.item->child("label") != nullptr;
    if (const Node* label = item.find("label"); labelled && label != nullptr && label->kind == Node::Kind::scalar) {
      here = label->span;
      log_->member = label->text;
    }
    Reader reader(this, place.key, static_cast<int>(i), &item, *place.item, here);
    take(reader);
    if (labelled) log_->member.clear();
  }
}

void Reader::each_answers(const std::function<void(const Node::Entry&)>& take) const {
  if (node_ == nullptr) return;
  const Schema& place = *schema_->child("*");
  for (const Node::Entry& each : node_->entries) {
    if (each.value.kind != Node::Kind::mapping && each.value.kind != Node::Kind::null) {
      wrong_shape(each.value, path(each.key), place.row);
    } else {
      take(each);
    }
  }
}

void Reader::each_key(const std::function<void(const Node::Entry&, Reader&)>& take) const {
  if (node_ == nullptr) return;
  const Schema& place = *schema_->child("*");
  each_answers([&](const Node::Entry& each) {
    Reader reader(this, each.key, -1, each.value.kind == Node::Kind::null ? nullptr : &each.value, place,
                  each.key_span);
    take(each, reader);
  });
}

}  // namespace atz::casefile
