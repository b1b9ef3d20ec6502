// One list function per topic file. The lists are constants, so there is no order of initialisation to get wrong.
#pragma once

#include <span>

#include "atz/rules/rule.hpp"

namespace atz::rules {

using RuleList = std::span<const Rule* const>;

RuleList cf_document_rules();
RuleList cf_field_rules();
RuleList cf_control_rules();
RuleList cf_template_rules();
RuleList gn_date_rules();
RuleList gn_line_rules();
RuleList gn_request_rules();
RuleList gn_statement_rules();
RuleList gn_file_rules();
RuleList gn_sending_rules();
RuleList id_member_rules();
RuleList id_provider_rules();
RuleList id_code_rules();
RuleList id_diagnosis_rules();
RuleList hs_window_rules();
RuleList hs_line_rules();
RuleList hs_house_rules();
RuleList hs_pattern_rules();
RuleList hs_plan_rules();
RuleList hs_people_rules();
RuleList hs_advice_rules();
RuleList ex_window_rules();
RuleList ex_case_rules();
RuleList ex_known_rules();
RuleList ma_line_rules();
RuleList ma_order_rules();
RuleList ma_request_rules();
RuleList st_request_rules();
RuleList st_notice_rules();
RuleList st_member_rules();
RuleList qn_answer_rules();
RuleList qn_value_rules();
RuleList qn_agreement_rules();
RuleList at_file_rules();
RuleList at_content_rules();
RuleList at_name_rules();
RuleList at_sending_rules();
RuleList sp_block_rules();
RuleList sp_overlap_rules();
RuleList sp_coverage_rules();
RuleList sp_member_rules();
RuleList sp_hours_rules();
RuleList sp_ratio_rules();
RuleList sp_advice_rules();

}  // namespace atz::rules
