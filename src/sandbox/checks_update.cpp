// An extension, an add-on, a withdrawal or papers for a case that the payer has.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/checks.hpp"
#include "sandbox/checks_period.hpp"
#include "sandbox/refusal.hpp"

namespace atz::sandbox {
namespace {

using Kind = LineChange::Kind;
using model::CaseStatus;

const fhir::ReceivedLine* find_line(const fhir::ReceivedRequest& request, int sequence) {
  const auto found = std::find_if(request.lines.begin(), request.lines.end(),
                                  [&](const fhir::ReceivedLine& line) { return line.sequence == sequence; });
  return found == request.lines.end() ? nullptr : &*found;
}

const LineState* find_line(const CaseState& state, int chain, int sequence) {
  const auto found = std::find_if(state.lines.begin(), state.lines.end(), [&](const LineState& line) {
    return line.chain == chain && line.sequence == sequence;
  });
  return found == state.lines.end() ? nullptr : &*found;
}

bool same(const fhir::ReceivedLine& a, const fhir::ReceivedLine& b) {
  return a.code == b.code && a.modifiers == b.modifiers && a.period == b.period && a.quantity == b.quantity &&
         a.weekly_hours == b.weekly_hours && a.cancelled == b.cancelled;
}

class Planner {
 public:
  Planner(const Incoming& incoming, const UpdateContext& context)
      : incoming_(incoming), request_(incoming.request), context_(context), state_(context.state) {}

  UpdatePlan plan() {
    check_case();
    if (!plan_.errors.empty()) return std::move(plan_);
    collect();
    if (!plan_.errors.empty()) return std::move(plan_);
    if (context_.tolerant) return std::move(plan_);
    if (plan_.changes.empty()) check_papers_only();
    bool base = false;
    bool add_on = false;
    for (const LineChange& change : plan_.changes) {
      if (change.kind == Kind::withdraw) {
        check_withdrawal(change);
        continue;
      }
      check_content(change);
      (change.purpose == model::Purpose::add_on ? add_on : base) = true;
    }
    if (base) check_home_papers(request_, plan_.errors);
    if (add_on) check_add_on_papers(request_, plan_.errors);
    return std::move(plan_);
  }

 private:
  void refuse(std::string_view code, std::string text, std::string_view element, std::string path,
              std::optional<int> line = std::nullopt) {
    if (context_.tolerant && code != "AA") return;
    plan_.errors.push_back(refusal(code, std::move(text), element, std::move(path), line));
  }
  void refuse_for_good(std::string_view code, std::string text, std::string_view element, std::string path,
                       std::optional<int> line = std::nullopt) {
    if (context_.tolerant) return;
    plan_.errors.push_back(refusal_for_good(code, std::move(text), element, std::move(path), line));
  }
  [[nodiscard]] std::string path_of(const fhir::ReceivedLine& line) const {
    return item_path(incoming_, line.sequence);
  }

  void check_case() {
    if (state_.status == CaseStatus::denied || state_.status == CaseStatus::voided) {
      refuse("AA",
             fmt::format("Case {} is {}: a new request is needed.", state_.case_id,
                         state_.status == CaseStatus::denied ? "denied" : "cancelled"),
             "2000E-REF02", std::string(kClaim));
    }
    if (request_.provider_npi != context_.former.provider_npi) {
      refuse("43", fmt::format("Case {} belongs to another provider.", state_.case_id), "2010B-NM109",
             entry_path(incoming_, request_.provider_url) + ".identifier[0].value");
    }
    if (plain_location(request_.location) != plain_location(context_.former.location)) {
      refuse_for_good("43", "The case is of another location; a house elsewhere needs a new request.", "2010EA-NM109",
                      fmt::format("{}.careTeam", kClaim));
    }
  }

  // Which lines are new, changed or withdrawn; all others must be what the payer has.
  void collect() {
    if (!context_.continues) {
      for (const fhir::ReceivedLine& line : request_.lines) add(line, Kind::add);
      return;
    }
    for (const fhir::ReceivedLine& earlier : context_.former.lines) {
      if (find_line(request_, earlier.sequence) != nullptr) continue;
      refuse_for_good("33", fmt::format("Line {} of the former Claim is missing.", earlier.sequence), "2000F-SV101",
                      fmt::format("{}.item", kClaim));
    }
    for (const fhir::ReceivedLine& line : request_.lines) {
      const fhir::ReceivedLine* earlier = find_line(context_.former, line.sequence);
      if (earlier == nullptr) {
        if (!line.cancelled) add(line, Kind::add);
        continue;
      }
      const bool withdrawn = line.cancelled && !earlier->cancelled;
      if (withdrawn || (request_.cancels_all && !earlier->cancelled)) {
        if (const auto* known = find_line(state_, context_.chain, line.sequence); withdrawable(known)) {
          plan_.changes.push_back({Kind::withdraw, &line, known->purpose});
        }
        continue;
      }
      if (!line.change.empty()) {
        add(line, Kind::change);
      } else if (!same(line, *earlier)) {
        refuse_for_good("33",
                        fmt::format("Line {} is not marked, but differs from what this payer has.", line.sequence),
                        "2000F-SV101", path_of(line), line.sequence);
      }
    }
  }

  // When the whole request is withdrawn, lines that were denied before have nothing to withdraw.
  [[nodiscard]] bool withdrawable(const LineState* line) const {
    return line != nullptr && !(request_.cancels_all && (line->ruling.action == "A3" || line->ruling.action == "C"));
  }

  void add(const fhir::ReceivedLine& line, Kind kind) {
    const std::string& type = line.certification_type;
    LineChange change{kind, &line, model::Purpose::add_on};
    if (is_base(line)) {
      change.purpose = type == "4" ? model::Purpose::continuation : model::Purpose::change;
      if (type != "4" && type != "S") {
        refuse("33", "More of the regular hours has the certification type 4 (extension) or S (revised).", "2000F-UM02",
               path_of(line) + ".extension", line.sequence);
      }
    } else if (is_add_on(line)) {
      if (type != "I" && type != "R" && type != "S") {
        refuse("33", "A Medical Add-On has the certification type I (initial), R (renewal) or S (revised).",
               "2000F-UM02", path_of(line) + ".extension", line.sequence);
      }
    } else {
      change.purpose = model::Purpose::change;
      refuse("AG", "This payer authorizes T2016, and T2016 SC beside it.", "2000F-SV101-02",
             path_of(line) + ".productOrService", line.sequence);
    }
    plan_.changes.push_back(change);
  }

  void check_papers_only() {
    if (state_.has_open_line()) return;
    refuse_for_good("33", fmt::format("Case {} is decided: nothing more is asked about it.", state_.case_id),
                    "2000E-REF02", fmt::format("{}.supportingInfo", kClaim));
  }

  void check_withdrawal(const LineChange& change) {
    const fhir::ReceivedLine& line = *change.line;
    const LineState& known = *find_line(state_, context_.chain, line.sequence);
    if (known.is_open()) return;
    if (!known.is_granted()) {
      refuse("AA",
             fmt::format("Line {} is {}: there is nothing to withdraw.", line.sequence,
                         known.ruling.action == "A3" ? "denied" : "cancelled"),
             "2000F-UM02", path_of(line), line.sequence);
    } else if (known.purpose != model::Purpose::termination && known.ruling.authorized &&
               known.ruling.authorized->first <= context_.today) {
      refuse_for_good("33",
                      fmt::format("Line {} began on {}: what has begun is not withdrawn.", line.sequence,
                                  model::format_date(known.ruling.authorized->first)),
                      "2000F-UM02", path_of(line), line.sequence);
    }
  }

  void check_content(const LineChange& change) {
    const fhir::ReceivedLine& line = *change.line;
    const std::string path = path_of(line);
    check_quantity(line, path, plan_.errors);
    check_hours(line, path, plan_.errors);
    const LineState* known = change.kind == Kind::change ? find_line(state_, context_.chain, line.sequence) : nullptr;
    if (change.kind == Kind::change && !check_changed(change, known)) return;
    const PeriodContext period{state_, request_, known, context_.today};
    if (change.purpose == model::Purpose::add_on) {
      check_add_on_period(incoming_, line, period, plan_.errors);
    } else {
      check_extension_period(incoming_, line, period, plan_.errors);
    }
  }

  // A line that is changed in place must run.
  bool check_changed(const LineChange& change, const LineState* known) {
    const fhir::ReceivedLine& line = *change.line;
    if (known != nullptr && known->is_granted() && known->code == line.code && known->modifiers == line.modifiers) {
      return true;
    }
    if (known != nullptr && known->is_open()) {
      refuse("91", fmt::format("Line {} is still in review.", line.sequence), "2000F-UM02", path_of(line),
             line.sequence);
    } else if (known != nullptr && (known->code != line.code || known->modifiers != line.modifiers)) {
      refuse("33", fmt::format("Line {} is of another service.", line.sequence), "2000F-SV101-02",
             path_of(line) + ".productOrService", line.sequence);
    } else {
      refuse("AA", fmt::format("Line {} is denied or cancelled: a new request is needed.", line.sequence), "2000F-UM02",
             path_of(line), line.sequence);
    }
    return false;
  }

  const Incoming& incoming_;
  const fhir::ReceivedRequest& request_;
  const UpdateContext& context_;
  const CaseState& state_;
  UpdatePlan plan_;
};

}  // namespace

UpdatePlan plan_update(const Incoming& incoming, const UpdateContext& context) {
  return Planner(incoming, context).plan();
}

}  // namespace atz::sandbox
