// The way into the targets for libFuzzer. The program runs the target that its own name ends with: fuzz_reply.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "mutate.hpp"
#include "target.hpp"

namespace {

std::optional<atz::fuzz::Target> chosen;

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" int LLVMFuzzerInitialize(int*, char*** arguments) {
  std::string_view name = **arguments;
  name = name.substr(name.rfind('/') + 1);
  for (const auto& target : atz::fuzz::targets()) {
    if (name == "fuzz_" + std::string(target.name)) chosen = target;
  }
  if (chosen) return 0;
  std::fprintf(stderr, "there is no target of that name: %.*s\n", static_cast<int>(name.size()), name.data());
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  const auto bytes = [](std::string text, std::size_t most) {
    const std::size_t length = std::min(text.size(), most);
    text.resize(most);
    auto* begin = reinterpret_cast<std::uint8_t*>(text.data());
    text.resize(LLVMFuzzerMutate(begin, length, most));
    return text;
  };
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto mutated = atz::fuzz::mutate(chosen->grammar, input, max_size, seed, bytes);
  if (!mutated) return LLVMFuzzerMutate(data, size, max_size);
  std::memcpy(data, mutated->data(), mutated->size());
  return mutated->size();
}
