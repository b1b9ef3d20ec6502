#include "mutate.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

namespace atz::fuzz {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestText = 400;
constexpr int kDeepest = 100;  // beyond, the library's recursion would be what is tested

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(engine_); }
  template <class T>
  T& of(std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::minstd_rand engine_;
};

bool is_shallow(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  for (const char c : text) {
    depth += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
    deepest = std::max(deepest, depth);
  }
  return deepest < kDeepest;
}

// A value with what holds it; `key` of an object, else the place in a list.
struct Place {
  Json* holder;
  std::string key;
  std::size_t index;
  [[nodiscard]] Json& value() const { return holder->is_object() ? (*holder)[key] : (*holder)[index]; }
};

void collect(Json& json, std::vector<Place>& places) {
  if (json.is_object()) {
    for (auto it = json.begin(); it != json.end(); ++it) {
      places.push_back({&json, it.key(), 0});
      collect(it.value(), places);
    }
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      places.push_back({&json, {}, i});
      collect(json[i], places);
    }
  }
}

Json odd_value(Dice& dice) {
  std::vector<Json> values{nullptr,
                           true,
                           0,
                           -1,
                           1,
                           2147483648LL,
                           9223372036854775807LL,
                           1e300,
                           0.1,
                           "",
                           "A1",
                           "A4",
                           "C",
                           "2027-01-04",
                           "2027-02-30",
                           "\n",
                           Json::array(),
                           Json::object(),
                           "Bundle",
                           Json::array({nullptr})};
  return dice.of(values);
}

void change_scalar(Json& value, Dice& dice, const ByteMutator& bytes) {
  if (value.is_string() && dice.below(4) != 0) {
    value = bytes(value.get<std::string>(), kLongestText);
  } else if (value.is_number_integer() && dice.below(2) == 0) {
    const auto number = value.get<std::int64_t>();
    value = number > 1000000 ? 0 : number + static_cast<std::int64_t>(dice.below(7)) - 3;
  } else {
    value = odd_value(dice);
  }
}

void change(Json& root, Dice& dice, const ByteMutator& bytes) {
  std::vector<Place> places;
  collect(root, places);
  if (places.empty()) return;
  const Place place = dice.of(places);
  switch (dice.below(6)) {
    case 0:
      if (place.holder->is_object()) {
        place.holder->erase(place.key);
      } else {
        place.holder->erase(place.holder->begin() + static_cast<std::ptrdiff_t>(place.index));
      }
      return;
    case 1: {  // what stands elsewhere
      const Json copy = dice.of(places).value();
      place.value() = copy;
      return;
    }
    case 2: {  // once more
      const Json copy = place.value();
      if (place.holder->is_array()) {
        place.holder->insert(place.holder->begin() + static_cast<std::ptrdiff_t>(place.index), copy);
      } else {
        const Place other = dice.of(places);
        if (other.value().is_array()) {
          other.value().push_back(copy);
        } else if (other.value().is_object()) {
          other.value()[place.key] = copy;
        }
      }
      return;
    }
    case 3:
      if (place.value().is_array() && place.value().size() > 1) {
        std::swap(place.value()[0], place.value()[dice.below(place.value().size())]);
        return;
      }
      [[fallthrough]];
    default: {
      std::vector<Place> scalars;
      std::copy_if(places.begin(), places.end(), std::back_inserter(scalars),
                   [](const Place& one) { return one.value().is_primitive(); });
      if (!scalars.empty()) change_scalar(dice.of(scalars).value(), dice, bytes);
      return;
    }
  }
}

std::optional<std::string> mutate_json(std::string_view input, Dice& dice, const ByteMutator& bytes) {
  const auto [head, body] = split_head(input);
  if (!is_shallow(body)) return std::nullopt;
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  for (std::size_t times = dice.below(3) + 1; times > 0; --times) change(json, dice, bytes);
  return std::string(head) + "\n" + json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string mutate_lines(std::string_view input, Dice& dice, const ByteMutator& bytes) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < input.size();) {
    const auto end = std::min(input.find('\n', begin), input.size() - 1);
    lines.emplace_back(input.substr(begin, end - begin + 1));
    begin = end + 1;
  }
  if (lines.empty()) return {};
  const std::size_t at = dice.below(lines.size());
  const std::size_t other = dice.below(lines.size());
  const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
  switch (dice.below(6)) {
    case 0:
      lines.erase(place);
      break;
    case 1:
      lines.insert(place, std::string(lines[other]));
      break;
    case 2:
      std::swap(lines[at], lines[other]);
      break;
    case 3: {  // deeper or less deep
      const auto blanks = std::min(lines[at].find_first_not_of(' '), lines[at].size());
      lines[at] = std::string(dice.below(blanks + 3), ' ') + lines[at].substr(blanks);
      break;
    }
    default:
      lines[at] = bytes(lines[at], kLongestText);
  }
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

}  // namespace

std::optional<std::string> mutate(Grammar grammar, std::string_view input, std::size_t max_size, unsigned seed,
                                  const ByteMutator& bytes) {
  Dice dice(seed);
  if (dice.below(5) == 0) return std::nullopt;
  const auto mutated =
      grammar == Grammar::head_json ? mutate_json(input, dice, bytes) : mutate_lines(input, dice, bytes);
  if (!mutated || mutated->size() > max_size || mutated->empty()) return std::nullopt;
  return mutated;
}

}  // namespace atz::fuzz
