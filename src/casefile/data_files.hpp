// The files of src/data as the build compiled them in.
#pragma once

#include <span>
#include <string_view>

namespace atz::casefile {

struct DataFile {
  std::string_view name;  // "rates.yaml"
  std::string_view text;
};

std::span<const DataFile> data_files();  // sorted by name

}  // namespace atz::casefile
