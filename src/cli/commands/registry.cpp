#include "cli/commands/commands.hpp"

namespace atz::cli {

std::span<const Command* const> commands() {
  static const Command* const kCommands[] = {
      &new_group(),
      &new_home_command(),
      &new_extension_command(),
      &new_add_on_command(),
      &new_smi_termination_command(),
      &check_command(),
      &explain_command(),
      &plan_command(),
      &submit_command(),
      &status_command(),
      &receive_command(),
      &respond_command(),
      &cancel_command(),
      &show_command(),
      &due_command(),
      &member_group(),
      &member_find_command(),
      &report_group(),
      &report_daily_command(),
      &report_import_command(),
      &recover_command(),
      &staffing_command(),
      &questionnaire_group(),
      &questionnaire_list_command(),
      &questionnaire_show_command(),
      &questionnaire_fill_command(),
      &codes_group(),
      &codes_find_command(),
      &codes_import_command(),
      &profile_group(),
      &profile_list_command(),
      &profile_show_command(),
      &profile_add_command(),
      &profile_test_command(),
      &profile_keygen_command(),
      &doctor_command(),
      &ledger_group(),
      &ledger_verify_command(),
      &ledger_export_command(),
      &ledger_backup_command(),
      &ledger_restore_command(),
      &ledger_rekey_command(),
      &log_command(),
      &sandbox_group(),
      &sandbox_serve_command(),
      &sandbox_review_command(),
      &sandbox_ask_command(),
      &sandbox_letters_command(),
      &sandbox_notify_command(),
      &sandbox_script_command(),
      &sandbox_clock_group(),
      &sandbox_clock_show_command(),
      &sandbox_clock_set_command(),
      &sandbox_clock_advance_command(),
      &sandbox_reset_command(),
      &schema_command(),
      &completion_command(),
  };
  return kCommands;
}

std::span<const Option> global_options() {
  static const Option kOptions[] = {
      {"--profile", "", "NAME", "The payer to talk to (default: what atz.yaml says, else the embedded one)", "",
       Hint::none},
      {"--config", "", "FILE", "Use this atz.yaml instead of searching for one", "", Hint::file},
      {"--color", "", "WHEN", "Use colour", "auto|always|never", Hint::none},
      {"--quiet", "-q", "", "Print results and errors only", "", Hint::none},
      {"--verbose", "-v", "", "Say more", "", Hint::none},
      {"--help", "-h", "", "Show help", "", Hint::none},
      {"--version", "", "", "Show the version", "", Hint::none},
  };
  return kOptions;
}

}  // namespace atz::cli
