// HTTP on 127.0.0.1: bounded in connections, time and size, and able to misbehave as it is told.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "sandbox/connection.hpp"
#include "sandbox/faults.hpp"
#include "sandbox/httplib.hpp"
#include "sandbox/service.hpp"

namespace atz::sandbox {

inline constexpr std::size_t kMostBodyBytes = std::size_t{32} * 1024 * 1024;
inline constexpr std::size_t kMostFormBytes = std::size_t{64} * 1024;
inline constexpr std::size_t kMostConnections = 256;

class Listener final : private httplib::Server {
 public:
  // `patience`: how long a client may take for a request's head. `clock` tells the time of answers.
  Listener(FaultPlan& faults, const Clock& clock, std::chrono::seconds patience);
  ~Listener() override;

  // 0: any free port. Returns the port; Failure::io when it is taken.
  Result<int> bind(int port);
  void serve(Service& service);  // in threads of its own
  void stop();                   // ends waiting connections, lets a running answer finish, joins

 private:
  bool process_and_close_socket(socket_t fd) override;
  void set_up();
  // True when the request was answered without reading its body.
  bool gate(const httplib::Request& request, httplib::Response& response);
  void post(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& read);
  void misbehave(const Fault& fault, Reply& reply, httplib::Response& response);
  void pause(int seconds);
  void make_room();

  FaultPlan& faults_;
  const Clock& clock_;
  const std::chrono::seconds patience_;
  Service* service_ = nullptr;
  std::thread thread_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::set<Connection*> open_;
};

}  // namespace atz::sandbox
