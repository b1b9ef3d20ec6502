// Every command's table entry, one file each.
#pragma once

#include "cli/command.hpp"

namespace atz::cli {

const Command& new_group();
const Command& new_home_command();
const Command& new_extension_command();
const Command& new_add_on_command();
const Command& new_smi_termination_command();
const Command& check_command();
const Command& plan_command();
const Command& submit_command();
const Command& status_command();
const Command& receive_command();
const Command& respond_command();
const Command& cancel_command();
const Command& show_command();
const Command& due_command();
const Command& member_group();
const Command& member_find_command();
const Command& report_group();
const Command& report_daily_command();
const Command& report_import_command();
const Command& profile_group();
const Command& profile_keygen_command();
const Command& recover_command();
const Command& profile_group();
const Command& profile_list_command();
const Command& profile_show_command();
const Command& profile_add_command();
const Command& profile_test_command();
const Command& doctor_command();
const Command& staffing_command();
const Command& codes_group();
const Command& codes_find_command();
const Command& codes_import_command();
const Command& explain_command();
const Command& schema_command();
const Command& completion_command();
const Command& questionnaire_group();
const Command& questionnaire_list_command();
const Command& questionnaire_show_command();
const Command& questionnaire_fill_command();
const Command& ledger_group();
const Command& ledger_verify_command();
const Command& ledger_export_command();
const Command& ledger_backup_command();
const Command& ledger_restore_command();
const Command& ledger_rekey_command();
const Command& log_command();
const Command& sandbox_group();
const Command& sandbox_serve_command();
const Command& sandbox_review_command();
const Command& sandbox_ask_command();
const Command& sandbox_letters_command();
const Command& sandbox_notify_command();
const Command& sandbox_script_command();
const Command& sandbox_clock_group();
const Command& sandbox_clock_show_command();
const Command& sandbox_clock_set_command();
const Command& sandbox_clock_advance_command();
const Command& sandbox_reset_command();

}  // namespace atz::cli
