#include "app/documents.hpp"

#include <fmt/format.h>

#include "app/picture.hpp"
#include "atz/base/text.hpp"
#include "atz/rules/rule.hpp"

namespace atz::app {
namespace {

// Home documents count for everyone unless they name a member; a member's own only for that member.
bool counts_for(const rules::DocumentRef& reference, const model::Member& member) {
  if (reference.member != nullptr) return reference.member == &member;
  return !reference.document->member || *reference.document->member == member.label.value.value_or("");
}

Result<fhir::Attachment> read_document(const Services& services, const CheckedFile& checked,
                                       const model::Document& document, const attach::Inspection& seen) {
  const auto& settings = checked.file.workspace->settings;
  auto bytes = services.files.read(rules::document_path(checked.file, document), settings.attachment_max_bytes);
  if (!bytes || seal::sha256_hex(*bytes) != seen.sha256) {
    return fail(
        Failure::input,
        fmt::format("[AT012] The document on line {} changed while it was being checked", document.file.span.line),
        "Nothing was sent. Run the command again when the file is finished.");
  }
  return fhir::Attachment{document.type.value.value_or(""), document.title ? *document.title : seen.name,
                          attach::media_type(seen.extension), std::move(*bytes)};
}

}  // namespace

Result<std::string> DocumentCollector::drawn_pattern(const model::Member& member) {
  const auto& home = checked_.file.home;
  if (!member.staffing.present) {
    if (week_ == nullptr) return fail(Failure::bug, "there is no staffing pattern to draw");
    if (!combined_) {
      auto drawn = report::draw_week(picture(home, home.staffing, *week_), report::PictureFormat::pdf);
      if (!drawn) return drawn;
      combined_ = std::move(*drawn);
    }
    return *combined_;
  }
  const std::vector<std::string> roster{member.label.value.value_or("")};
  const std::vector<std::vector<model::WeekSpan>> alone{member.may_be_alone};
  const auto week =
      model::compute_week(member.staffing, roster, alone, {checked_.file.workspace->settings.asleep_counts});
  return report::draw_week(picture(home, member.staffing, week), report::PictureFormat::pdf);
}

Result<MemberDocuments> DocumentCollector::for_member(std::size_t member) {
  const auto& home = checked_.file.home;
  const auto& person = home.members[member];
  MemberDocuments result;
  bool has_pattern = false;
  const auto order = rules::document_order(home);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (!counts_for(order[i], person)) continue;
    auto attachment = read_document(services_, checked_, *order[i].document, checked_.attachments[i]);
    if (!attachment) return tl::make_unexpected(attachment.error());
    has_pattern = has_pattern || attachment->type == model::kStaffingPatternDocument;
    result.digests.push_back(
        fmt::format("{} {} {}", attachment->type, attachment->title, checked_.attachments[i].sha256));
    result.attachments.push_back(std::move(*attachment));
  }
  // Regular hours are judged by the pattern of the whole home; an add-on or a termination is not.
  const auto purpose = model::purpose_of(home, person);
  const bool regular = purpose == model::Purpose::first || model::is_extension(purpose);
  if (!has_pattern && regular) {
    auto drawn = drawn_pattern(person);
    if (!drawn) return tl::make_unexpected(drawn.error());
    result.attachments.push_back(
        {std::string(model::kStaffingPatternDocument), "staffing-pattern.pdf", "application/pdf", std::move(*drawn)});
  }
  return result;
}

}  // namespace atz::app
