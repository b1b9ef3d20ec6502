// One case may hold several requests of ours; each wants to know what was said about its own lines.
#include <algorithm>

#include "atz/base/text.hpp"
#include "fhir/claim_response_read.hpp"

namespace atz::fhir {
namespace {

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

// The flags that do not follow from the lines' decisions, which are derived again.
std::string kept_flags(const std::string& flag, const std::vector<int>& sequences) {
  std::string kept;
  std::string_view rest = flag;
  while (!rest.empty()) {
    const auto end = std::min(rest.find("; "), rest.size());
    const std::string_view one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    const bool of_line = std::any_of(sequences.begin(), sequences.end(), [&](int sequence) {
      return starts_with(one, "line " + std::to_string(sequence) + " was granted ");
    });
    if (of_line || starts_with(one, kUnsafeFlag) || starts_with(one, kMarkedFlag))
      kept += (kept.empty() ? "" : "; ") + std::string(one);
  }
  return kept;
}

}  // namespace

CaseReply about_lines(const CaseReply& reply, const std::vector<int>& sequences) {
  if (sequences.empty()) return reply;
  const auto ours = [&](int sequence) {
    return std::find(sequences.begin(), sequences.end(), sequence) != sequences.end();
  };
  const bool reported_error = reply.outcome == "error" && reply.errors.empty();
  CaseReply whole = reply;
  whole.flag.clear();
  derive_status(whole, reported_error);
  const bool overridden = whole.status != reply.status;  // by something that holds for the whole answer

  CaseReply out = reply;
  const auto drop = [](auto& list, const auto& unwanted) {
    list.erase(std::remove_if(list.begin(), list.end(), unwanted), list.end());
  };
  drop(out.lines, [&](const auto& line) { return line.sequence != 0 && !ours(line.sequence); });
  drop(out.notes, [&](const auto& note) {
    return !note.lines.empty() && std::none_of(note.lines.begin(), note.lines.end(), ours);
  });
  drop(out.requests, [&](const auto& request) { return request.line && !ours(*request.line); });
  drop(out.errors, [&](const auto& error) { return error.item_sequence && !ours(*error.item_sequence); });
  out.flag = kept_flags(reply.flag, sequences);
  if (overridden) {
    out.refused = false;
    return out;
  }
  if (out.lines.empty() && out.errors.empty() && out.requests.empty() && !reported_error) {
    out.refused = false;
    out.status = model::CaseStatus::in_review;
    return out;
  }
  out.refused = false;
  derive_status(out, reported_error);
  return out;
}

}  // namespace atz::fhir
