#include "atz/model/home.hpp"

namespace atz::model {

const Period& Home::period_of(const Member& member, const Service& service) const {
  if (service.period.present) return service.period;
  if (member.period.present) return member.period;
  return period;
}

RequestKind Home::kind_of(const Member& member) const {
  if (member.request) return *member.request;
  if (request) return *request;
  return RequestKind::service_notification;
}

}  // namespace atz::model
