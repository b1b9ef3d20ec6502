// The payer's endpoints, free of sockets: which there are, who may call them with what, and what they answer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sandbox/http.hpp"
#include "sandbox/intake.hpp"
#include "sandbox/office.hpp"
#include "sandbox/outer.hpp"
#include "sandbox/sign_in.hpp"

namespace atz::sandbox {

enum class Endpoint {
  metadata,
  smart_configuration,
  token,
  submit,
  inquire,
  attachments,
  outer,
  report,
  patients,
  patient_search
};

struct Route {
  std::string_view path;    // decoded, compared case-sensitively as a whole
  std::string_view method;  // GET or POST
  Endpoint endpoint;
  bool signed_in = true;
  bool form = false;  // the body is a form instead of FHIR JSON
};
std::span<const Route> routes();
const Route* find_route(std::string_view path);

// A request's head: enough to refuse it before its body is read.
struct Head {
  std::string_view authorization, content_type, content_encoding;
};

class Service {
 public:
  struct Options {
    std::string base_url;
    bool requires_sign_in = true;
    OuterOffer offer;
    bool reports = true;  // without sign-in; else the token says it
    std::string pas_version = "2.2.1";
  };
  Service(Store& store, SignIn& sign_in, const Clock& clock, IntakeRules rules, Options options)
      : store_(store), sign_in_(sign_in), clock_(clock), intake_(store, clock, rules), options_(std::move(options)) {}

  // Wrong content type or encoding, or no sign-in.
  std::optional<Reply> refuse(const Route& route, const Head& head);
  // `payload`: the body of a POST, the query string of a GET.
  Reply answer(const Route& route, const Head& head, std::string_view payload);

 private:
  [[nodiscard]] Reply capabilities() const;
  [[nodiscard]] Reply smart_configuration() const;
  Result<Reply> report(const Head& head, std::string_view query);

  Store& store_;
  SignIn& sign_in_;
  const Clock& clock_;
  Intake intake_;
  Options options_;
};

}  // namespace atz::sandbox
