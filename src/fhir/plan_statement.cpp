// What the Home Support section of the person-centered plan says, as answers: system, location, weekly-hours,
// checked-on, reviewed-on.
#include "atz/base/text.hpp"
#include "fhir/answers.hpp"
#include "fhir/request_resources.hpp"

namespace atz::fhir {

std::optional<Resource> plan_statement_resource(const RequestContext& context) {
  const auto& plan = context.member.plan;
  if (!plan.present) return std::nullopt;
  Resource out = start_answers(context, "plan-statement", "1", "completed");
  out.came_from("", "plan" + context.of_member, plan.span);
  ItemList items;
  const auto note = [&](const char* label, const diag::Span& span) {
    out.came_from(indexed("item", items.size()), label + context.of_member, span);
  };
  if (plan.system && !trim(*plan.system).empty()) {
    note("system of the plan", plan.system.span);
    items.add_text("system", "System that holds the plan", trim(*plan.system));
  }
  if (const std::string location = one_line(plan.location); !location.empty()) {
    note("location in the plan", plan.location.span);
    items.add_text("location", "Service location in the plan", location);
  }
  if (plan.weekly_hours) {
    note("weekly hours in the plan", plan.weekly_hours.span);
    items.add("weekly-hours", "Weekly support hours in the plan", "valueDecimal", number_of(*plan.weekly_hours));
  }
  if (plan.checked_on) {
    note("day on which the plan was checked", plan.checked_on.span);
    items.add("checked-on", "Home Support section checked on", "valueDate", model::format_date(*plan.checked_on));
  }
  if (plan.reviewed_on) {
    note("last review of the plan", plan.reviewed_on.span);
    items.add("reviewed-on", "Plan last reviewed on", "valueDate", model::format_date(*plan.reviewed_on));
  }
  put_node(out.json, "item", items.take());
  return out;
}

}  // namespace atz::fhir
