# Writes a C++ file that holds the given text files as string literals, cut into pieces that every compiler takes.
set(body "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(MAKE_C_IDENTIFIER "${name}" id)
  string(APPEND body "constexpr unsigned char k_${id}[] = {${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", {reinterpret_cast<const char*>(k_${id}), sizeof(k_${id}) - 1}},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by src/data/embed.cmake.
#include \"casefile/data_files.hpp\"

namespace atz::casefile {
namespace {
${body}
const DataFile kFiles[] = {
${rows}};
}  // namespace

std::span<const DataFile> data_files() { return kFiles; }

}  // namespace atz::casefile
")
