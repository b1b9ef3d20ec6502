// The payer's endpoints, free of sockets: which there are, who may call them with what, and what they answer.
#pragma once

#include <functional>
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
  patient_search,
  subscription,
};

struct Route {
  std::string_view path;    // decoded, compared case-sensitively as a whole
  std::string_view method;  // GET, POST, PUT or DELETE
  Endpoint endpoint;
  bool signed_in = true;
  bool form = false;    // the body is a form instead of FHIR JSON
  bool has_id = false;  // an id follows the path
  [[nodiscard]] bool has_body() const { return method == "POST" || method == "PUT"; }
};
std::span<const Route> routes();
// Of several methods at one path the one that was asked for, else any of them; null: nothing is at that path.
const Route* find_route(std::string_view path, std::string_view method);
std::string methods_at(std::string_view path);  // "GET, PUT, DELETE"

// A request's head: enough to refuse it before its body is read.
struct Head {
  std::string_view authorization, content_type, content_encoding;
  std::string_view id = {};  // of a path that ends with one
};

class Service {
 public:
  struct Options {
    std::string base_url;
    bool requires_sign_in = true;
    OuterOffer offer;
    bool reports = true;  // without sign-in; else the token says it
    std::string pas_version = "2.2.1";
    std::function<void()> answered = {};  // after every call that may have changed something
  };
  Service(Store& store, SignIn& sign_in, const Clock& clock, IntakeRules rules, Options options)
      : store_(store), sign_in_(sign_in), clock_(clock), intake_(store, clock, rules), options_(std::move(options)) {}

  // Wrong content type or encoding, or no sign-in.
  std::optional<Reply> refuse(const Route& route, const Head& head);
  // `payload`: the body of a POST, the query string of a GET.
  Reply answer(const Route& route, const Head& head, std::string_view payload);

 private:
  Reply answer_endpoint(const Route& route, const Head& head, std::string_view payload);
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
