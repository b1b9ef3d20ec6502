#include "cli/commands/commands.hpp"

namespace atz::cli {

const Command& codes_group() {
  static const Command kCommand{"codes",
                                "Find procedures and diagnoses, take in the official yearly tables",
                                "atz ships the codes that are common for these services. The official tables are much "
                                "longer; once imported, `atz codes find`\n"
                                "searches them, and `atz check` knows every diagnosis of their year.",
                                {{"atz codes find autistic", "by words"},
                                 {"atz codes find F84", "by the beginning of a code"},
                                 {"atz codes import icd10cm_order_2027.txt", "once a year"}},
                                {},
                                {},
                                nullptr};
  return kCommand;
}

}  // namespace atz::cli
