// qpdf 11 wants to know which of its pointer types is meant; 4 is the standard library's.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>

#include <exception>

#include "attach/content.hpp"

namespace atz::attach {

// A PDF that is damaged beyond what qpdf mends is searched for the word that every encrypted one has in its trailer.
Inspection::Protection pdf_protection(std::string_view bytes) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("document", bytes.data(), bytes.size());
    return pdf.isEncrypted() ? Inspection::Protection::encrypted_readable : Inspection::Protection::none;
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) return Inspection::Protection::needs_password;
  } catch (const std::exception&) {
  }
  return bytes.find("/Encrypt") == std::string_view::npos ? Inspection::Protection::none
                                                          : Inspection::Protection::encrypted_readable;
}

}  // namespace atz::attach
