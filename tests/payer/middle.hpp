// A man in the middle between atz and the real embedded payer: each request passes through, or meets what a script
// says.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "unit/payer/scripted_server.hpp"

namespace atz::test {

using payer::Answer;
using payer::Received;

// What becomes of one request.
struct Play {
  enum class Reach {
    before,  // the payer processes it before anything is answered
    after,   // only once the answer is out: before the next request of any kind
    late,    // only right before the next submission
    never
  } reach = Reach::before;
  // The bytes that the client gets, from those that the payer answered ("" when it was not asked). None: unchanged.
  std::function<Answer(const std::string& reply)> say = nullptr;
  // What reaches the payer in place of the request's body. None: unchanged.
  std::function<std::string(std::string)> request = nullptr;
};

Play pass();
// The payer never sees the request.
Play instead(std::string bytes, Answer::Then then = Answer::Then::keep, std::string rest = {});
// The payer processes the request; the client gets this.
Play but(std::string bytes, Answer::Then then = Answer::Then::keep, std::string rest = {});
// The payer processes the request; its answer is changed on the way.
Play bytes_changed(std::function<std::string(const std::string&)> change, Answer::Then then = Answer::Then::keep);
Play body_changed(std::function<std::string(const std::string&)> change);
Play json_changed(std::function<void(nlohmann::json&)> change);
// For every request: the payer processes each, and the client gets what it said to the first.
Play first_answer_each_time();

std::string body_of(const std::string& reply);
std::string status_line_of(const std::string& reply);

class Middle {
 public:
  explicit Middle(int payer_port);

  [[nodiscard]] int port() const { return server_->port(); }
  // One play for each coming request of that kind, in order; when they are used up, requests pass through.
  void on_submit(std::vector<Play> plays) { set(submissions_, std::move(plays)); }
  void on_inquiry(std::vector<Play> plays) { set(inquiries_, std::move(plays)); }
  void on_other(std::vector<Play> plays) { set(others_, std::move(plays)); }  // metadata, $submit-attachment
  // For every coming one.
  void on_every_submit(Play play);
  void on_every_inquiry(Play play);
  void heal();  // from now on everything passes; what is still held back reaches the payer
  [[nodiscard]] std::vector<Received> submissions() const;

 private:
  struct Plays {
    std::deque<Play> coming;
    std::optional<Play> every;  // when there is no other
  };
  void set(Plays& plays, std::vector<Play> script);
  Plays* plays_for(const Received& request);
  Answer meet(const Received& request);
  void let_through_held(Play::Reach reach);

  int payer_port_;
  mutable std::mutex mutex_;
  Plays submissions_, inquiries_, others_;
  std::vector<std::pair<Play::Reach, Received>> held_;
  std::vector<Received> seen_;
  std::unique_ptr<payer::ScriptedServer> server_;  // last: its threads use the rest
};

}  // namespace atz::test
