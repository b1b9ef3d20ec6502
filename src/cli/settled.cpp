#include "cli/settled.hpp"

#include <fmt/format.h>

#include "atz/base/text.hpp"

namespace atz::cli {

namespace {

std::string text_of(const app::Settled& settled) {
  using How = app::Settled::How;
  const auto& batch = settled.what.empty() ? settled.batch.batch_id : settled.what;
  switch (settled.how) {
    case How::found:
      return fmt::format("{}: it had arrived; the cases are known now", batch);
    case How::resent:
      return fmt::format("{}: it had not arrived; the same bytes were sent again and accepted", batch);
    case How::absent:
      return fmt::format("{}: the payer does not know it", batch);
    case How::refused:
      return fmt::format("{}: it had not arrived, and the payer refuses it: {}", batch, settled.error.message);
    case How::unknown:
      return fmt::format("{}: still unknown: {}", batch, settled.error.message);
  }
  return batch;
}

}  // namespace

// The Case ID in it and the reasons are the payer's words.
std::string settled_text(const app::Settled& settled) {
  return printable(text_of(settled));
}

}  // namespace atz::cli
