#include "rules/catalogue.hpp"

#include <algorithm>
#include <vector>

#include "atz/base/text.hpp"

namespace atz::rules {
namespace {

std::vector<const Rule*> assemble() {
  std::vector<const Rule*> all;
  const RuleList lists[] = {
      cf_document_rules(), cf_field_rules(),    cf_control_rules(),   cf_template_rules(),  gn_date_rules(),
      gn_line_rules(),     gn_request_rules(),  gn_statement_rules(), gn_file_rules(),      gn_sending_rules(),
      id_member_rules(),   id_provider_rules(), id_code_rules(),      id_diagnosis_rules(), hs_window_rules(),
      hs_line_rules(),     hs_house_rules(),    hs_pattern_rules(),   hs_plan_rules(),      hs_people_rules(),
      hs_advice_rules(),   ex_window_rules(),   ex_case_rules(),      ex_known_rules(),     ma_line_rules(),
      ma_order_rules(),    ma_request_rules(),  st_request_rules(),   st_notice_rules(),    st_member_rules(),
      qn_answer_rules(),   qn_value_rules(),    qn_agreement_rules(), at_file_rules(),      at_content_rules(),
      at_name_rules(),     at_sending_rules(),  sp_block_rules(),     sp_overlap_rules(),   sp_coverage_rules(),
      sp_member_rules(),   sp_hours_rules(),    sp_ratio_rules(),     sp_advice_rules(),
  };
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  std::sort(all.begin(), all.end(), [](const Rule* a, const Rule* b) { return a->id < b->id; });
  return all;
}

}  // namespace

std::span<const Rule* const> catalogue() {
  static const std::vector<const Rule*> rules = assemble();
  return rules;
}

const Rule* find(std::string_view id_or_slug) {
  const std::string id = to_upper(trim(id_or_slug));
  const std::string slug = to_lower(trim(id_or_slug));
  for (const auto* rule : catalogue()) {
    if (rule->id == id || rule->slug == slug) return rule;
  }
  return nullptr;
}

}  // namespace atz::rules
