// What a withdrawal and an answer print.
#pragma once

#include <string_view>

#include "atz/app/case_messages.hpp"
#include "cli/command.hpp"

namespace atz::cli {

ExitCode show_case_message(Invocation& invocation, const app::CaseMessageResult& result, std::string_view schema,
                           std::string_view done);

}  // namespace atz::cli
