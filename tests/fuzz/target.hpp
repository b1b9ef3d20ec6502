// What a fuzz target is. Each takes any bytes, does with them what the product does with bytes from outside, and ends
// the program when something does not hold that always has to.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atz::fuzz {

struct Seed {
  std::string name, bytes;
};

enum class Grammar {
  lines,      // changed line by line as well as byte by byte
  head_json,  // a first line of words, then JSON: the JSON is changed as a tree
};

struct Target {
  std::string_view name;
  Grammar grammar = Grammar::lines;
  void (*run)(std::string_view input) = nullptr;
  std::vector<Seed> (*seeds)() =
      nullptr;  // whole inputs to begin with, made from the examples and by the product itself
};

Target check_target();
Target config_target();
Target reply_target();
Target notification_target();
Target payer_request_target();
Target http_target();
Target import_target();

std::vector<Target> targets();

// Ends the program with a message, as an invalid memory access would.
void require(bool holds, std::string_view what);

// The first line, and what follows its line break.
std::pair<std::string_view, std::string_view> split_head(std::string_view input);

// Files below a folder of the source, by path.
std::vector<Seed> source_files(const std::string& folder, std::string_view extension);
std::string source_file(const std::string& path);

}  // namespace atz::fuzz
