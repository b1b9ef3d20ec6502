#include <qpdf/qpdf-c.h>

#include <memory>
#include <type_traits>

#include "attach/content.hpp"

namespace atz::attach {
namespace {

struct Cleanup {
  void operator()(qpdf_data pdf) const { qpdf_cleanup(&pdf); }
};
using Pdf = std::unique_ptr<std::remove_pointer_t<qpdf_data>, Cleanup>;

}  // namespace

// By the library's interface for C: clang 14 can't read the headers of the other one in C++20. A PDF that is damaged
// beyond what qpdf mends is searched for the word that every encrypted one has in its trailer.
Inspection::Protection pdf_protection(std::string_view bytes) {
  using Protection = Inspection::Protection;
  const Pdf pdf(qpdf_init());
  qpdf_set_suppress_warnings(pdf.get(), QPDF_TRUE);
  qpdf_silence_errors(pdf.get());
  const QPDF_ERROR_CODE read = qpdf_read_memory(pdf.get(), "document", bytes.data(), bytes.size(), nullptr);
  if ((read & QPDF_ERRORS) == 0) {
    return qpdf_is_encrypted(pdf.get()) != 0 ? Protection::encrypted_readable : Protection::none;
  }
  const qpdf_error error = qpdf_get_error(pdf.get());
  if (qpdf_get_error_code(pdf.get(), error) == qpdf_e_password) return Protection::needs_password;
  return bytes.find("/Encrypt") == std::string_view::npos ? Protection::none : Protection::encrypted_readable;
}

}  // namespace atz::attach
