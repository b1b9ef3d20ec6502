#include "payer.hpp"

#include "atz/casefile/casefile.hpp"
#include "atz/model/calendar.hpp"
#include "atz/rules/rule.hpp"
#include "target.hpp"

namespace atz::fuzz {
namespace {

constexpr std::string_view kDatabase = "state/sandbox.db";

template <class T>
T must(Result<T> result) {
  require(result.has_value(), result ? "" : result.error().message);
  return std::move(*result);
}

}  // namespace

Instant begin_of_time() {
  return *model::parse_instant("2026-12-07T10:05:00").value;
}

std::vector<fhir::MemberRequest> example_requests(const std::string& example, const std::string& batch,
                                                  const fhir::PriorRequest* prior) {
  MemoryFiles files;
  casefile::WorkspaceCache workspaces(files);
  auto file = casefile::load_text(files, "/homes/" + example, source_file("examples/" + example), workspaces);
  model::settle_submission_dates(file.home, model::maine_date(begin_of_time()));
  const auto week = rules::week_of(file.home, file.workspace->settings);
  const std::vector<fhir::Attachment> attachments{
      {"staffing-pattern", "pattern.pdf", "application/pdf", "%PDF-1.4 example"}};
  const auto profile = model::sandbox_profile();
  std::vector<fhir::MemberRequest> requests;
  for (std::size_t i = 0; i < file.home.members.size(); ++i) {
    requests.push_back(fhir::build_submit({file.home, i, file.workspace->tables, file.workspace->settings, profile,
                                           week ? &*week : nullptr, attachments, batch, begin_of_time(), 1, prior}));
  }
  return requests;
}

std::string in_one(fhir::OuterKind kind, const std::string& url, const std::vector<std::string>& bodies) {
  std::vector<fhir::OuterEntry> entries;
  for (const auto& body : bodies) entries.push_back({url, body});
  return fhir::build_outer(kind, "maple-street-20261207-k3m9q", begin_of_time(), entries, model::sandbox_profile());
}

Payer::Payer(Beginning beginning)
    : vault_(seal::Secret(std::string(32, 'k'))),
      requests_(example_requests("maple-street.yaml", "maple-street-20261207-k3m9q")) {
  open();
  if (beginning == Beginning::empty) return;
  play();
  service_.reset();
  sign_in_.reset();
  store_.reset();
  image_.take(folder_.path(std::string(kDatabase)));
}

// What happened before the first input.
void Payer::play() {
  std::vector<std::string> bodies;
  for (const auto& request : requests_) bodies.push_back(request.bytes);
  const auto reply = call("POST", "/fhir", in_one(fhir::OuterKind::transaction, "Claim/$submit", bodies));
  require(reply.status == 200 && case_count() == 3, "the payer takes the example home");
  const auto reviewer = desk();
  must(reviewer->ask("900000101", {"Please send the plan of care.", {}, "", "", "", {}, false}));
  must(reviewer->decide("900000102", {sandbox::Verdict::partial, model::Hours{240}, {}, "Evenings are shared."}));
}

void Payer::open() {
  random_ = SeededRandom(1);
  clock_.set(begin_of_time());
  store_ = must(sandbox::Store::open({*files_, clock_, random_, vault_, folder_.path("state"), {}, nullptr}));
  sign_in_ = std::make_unique<sandbox::SignIn>("fuzz", seal::Secret("fuzz"), clock_, random_);
  sandbox::Service::Options options;
  options.base_url = "http://127.0.0.1:9/fhir";
  options.requires_sign_in = false;
  service_ = std::make_unique<sandbox::Service>(*store_, *sign_in_, clock_, sandbox::IntakeRules{}, options);
}

void Payer::reset() {
  service_.reset();
  sign_in_.reset();
  store_.reset();
  image_.put_back(folder_.path(std::string(kDatabase)));
  open();
}

sandbox::Reply Payer::call(std::string_view method, std::string_view path, std::string_view body) {
  const auto* route = sandbox::find_route(path, method);
  require(route != nullptr, "there is something at the address");
  sandbox::Head head{{}, route->form ? "application/x-www-form-urlencoded" : sandbox::kFhirJson, {}};
  if (route->has_id) head.id = path.substr(path.rfind('/') + 1);
  if (auto refused = service_->refuse(*route, head)) return *refused;
  return service_->answer(*route, head, body);
}

std::unique_ptr<sandbox::Desk> Payer::desk() {
  return must(sandbox::Desk::open({*files_, clock_, random_, vault_, folder_.path("state"), {}, nullptr}));
}

std::size_t Payer::case_count() {
  const auto transaction = must(store_->read());
  return must(store_->states()).size();
}

}  // namespace atz::fuzz
