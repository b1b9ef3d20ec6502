#include "fhir/json.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "atz/base/text.hpp"

namespace atz::fhir {
namespace {

class Builder final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return place(nullptr); }
  bool boolean(bool value) override { return place(value); }
  bool number_integer(number_integer_t value) override { return place(value); }
  bool number_unsigned(number_unsigned_t value) override { return place(value); }
  bool number_float(number_float_t /*value*/, const string_t& literal) override { return place(decimal(literal)); }
  bool string(string_t& value) override { return place(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return refuse("binary data"); }

  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto& members = *open_.back()->get_ptr<Json::object_t*>();
    if (members.size() >= kMaxMembers) return refuse("an object with too many members");
    if (std::any_of(members.begin(), members.end(), [&](const auto& member) { return member.first == name; })) {
      return refuse("the same key twice in one object");
    }
    members.emplace_back(name, Json());
    slot_ = &members.back().second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception&) override {
    fault_ = "not JSON (byte " + std::to_string(position) + ")";
    return false;
  }

  Json root_;
  std::string fault_;

 private:
  bool refuse(const char* why) {
    fault_ = why;
    return false;
  }

  Json* target(Json&& value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      auto& elements = *open_.back()->get_ptr<Json::array_t*>();
      elements.push_back(std::move(value));
      return &elements.back();
    }
    *slot_ = std::move(value);
    return slot_;
  }

  bool place(Json value) {
    target(std::move(value));
    return true;
  }

  bool open(Json container) {
    if (open_.size() >= kMaxDepth) return refuse("more than 64 levels of nesting");
    open_.push_back(target(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<Json*> open_;  // the innermost container is last; a container does not move while it is open
  Json* slot_ = nullptr;     // where the value of the last key goes
};

void append(std::string& out, const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      char separator = '{';
      for (const auto& [key, value] : *json.get_ptr<const Json::object_t*>()) {
        out += separator;
        separator = ',';
        append_string(out, key);
        out += ':';
        append(out, value);
      }
      out += separator == '{' ? "{}" : "}";
      return;
    }
    case Json::value_t::array: {
      char separator = '[';
      for (const auto& value : json) {
        out += separator;
        separator = ',';
        append(out, value);
      }
      out += separator == '[' ? "[]" : "]";
      return;
    }
    case Json::value_t::string:
      append_string(out, *json.get_ptr<const std::string*>());
      return;
    case Json::value_t::binary: {
      const auto& literal = json.get_binary();
      out.append(literal.begin(), literal.end());
      return;
    }
    default:
      out += json.dump();
  }
}

}  // namespace

tl::expected<Json, std::string> parse_json(std::string_view bytes) {
  if (const auto offset = first_invalid_utf8(bytes)) {
    return tl::make_unexpected("invalid UTF-8 (byte " + std::to_string(*offset) + ")");
  }
  Builder builder;
  if (!Json::sax_parse(bytes.begin(), bytes.end(), &builder)) return tl::make_unexpected(std::move(builder.fault_));
  return std::move(builder.root_);
}

void append_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20U && byte != '"' && byte != '\\') continue;
    out.append(text, done, i - done);
    done = i + 1;
    out += '\\';
    if (const auto letter = kShort.find(text[i]); letter != std::string_view::npos) {
      out += kLetters[letter];
    } else {
      out += "u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
  out.append(text, done, text.size() - done);
  out += '"';
}

std::string to_bytes(const Json& json) {
  std::string out;
  append(out, json);
  return out;
}

Json decimal(std::string_view literal) {
  return Json::binary(std::vector<std::uint8_t>(literal.begin(), literal.end()));
}

bool is_number(const Json& json) {
  return json.is_number() || json.is_binary();
}

std::optional<std::string> number_text(const Json& json) {
  if (json.is_binary()) return std::string(json.get_binary().begin(), json.get_binary().end());
  if (json.is_number()) return json.dump();
  return std::nullopt;
}

}  // namespace atz::fhir
