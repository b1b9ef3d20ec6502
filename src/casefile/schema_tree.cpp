#include "casefile/schema_tree.hpp"

#include <algorithm>

namespace atz::casefile {
namespace {

// One step of a path: "members[]" has the key "members" and goes on into the list.
struct Step {
  std::string_view key;
  bool item = false;
};

Step take_step(std::string_view& path) {
  const std::size_t stop = std::min(path.find_first_of(".["), path.size());
  Step step{path.substr(0, stop), false};
  path.remove_prefix(stop);
  if (!path.empty() && path.front() == '[') {
    step.item = true;
    path.remove_prefix(std::min(path.find(']'), path.size() - 1) + 1);
  }
  if (!path.empty() && path.front() == '.') path.remove_prefix(1);
  return step;
}

// While the tree is being built its nodes are still ours to change.
Schema& item_of(Schema& list) {
  if (!list.item) list.item = std::make_shared<Schema>();
  return const_cast<Schema&>(*list.item);
}

}  // namespace

Schema::Schema(std::span<const FieldRow> rows) {
  for (const FieldRow& each : rows) {
    Schema* place = this;
    for (std::string_view rest = each.path; !rest.empty();) {
      const Step step = take_step(rest);
      auto found = std::find_if(place->children.begin(), place->children.end(),
                                [&](const Schema& child) { return child.key == step.key; });
      if (found == place->children.end()) {
        place->children.emplace_back();
        place->children.back().key = step.key;
        found = std::prev(place->children.end());
      }
      place = step.item ? &item_of(*found) : &*found;
    }
    place->row = &each;
  }
}

const Schema* Schema::child(std::string_view name) const {
  const Schema* any = nullptr;
  for (const Schema& each : children) {
    if (each.key == name) return &each;
    if (each.key == "*") any = &each;
  }
  return any;
}

const Schema* Schema::locate(std::string_view path) const {
  const Schema* place = this;
  while (place != nullptr && !path.empty()) {
    const Step step = take_step(path);
    place = place->child(step.key);
    if (place != nullptr && step.item) place = place->item.get();
  }
  return place;
}

}  // namespace atz::casefile
