#include "unit/rules/sample_folder.hpp"

#include <string>

#include "unit/attach/samples.hpp"

namespace atz::rules::testing {
namespace {

namespace samples = attach::samples;

// What follows the end mark of a PDF is a comment to readers, and makes two files different.
std::string pdf(const std::string& name) {
  return samples::plain_pdf() + "% " + name + "\n";
}

std::string pdf_of(std::size_t bytes) {
  std::string content = samples::plain_pdf();
  content.resize(bytes, '\n');
  return content;
}

}  // namespace

void put_samples(MemoryFiles& files) {
  const auto put = [&](const std::string& name, std::string bytes) {
    files.put("/homes/documents/" + name, std::move(bytes));
  };
  for (const char* name : {"plan-a.pdf", "plan-b.pdf", "pattern.pdf", "pattern-a.pdf", "pattern-b.pdf", "pattern-c.pdf",
                           "order-0001.pdf", "notice-0001.pdf"})
    put(name, pdf(name));
  put("plan-a-copy.pdf", pdf("plan-a.pdf"));
  put("notes.txt", "Notes of the day\n");
  put("photo.jpg", "\xFF\xD8\xFF\xE0....");
  put("photo.png", "\x89PNG\r\n\x1A\n....");
  put("renamed.jpg", "\x89PNG\r\n\x1A\n....");
  put("pattern.xlsx", samples::zip({"[Content_Types].xml", "xl/workbook.xml"}));
  put("pattern.csv", "staff,from,to\n");
  put("locked.pdf", samples::encrypted_pdf("open sesame", "owner"));
  put("empty.pdf", {});
  for (const std::size_t bytes : {4'000'000U, 4'000'001U, 10'000'000U, 10'000'001U})
    put(std::to_string(bytes) + "-bytes.pdf", pdf_of(bytes));
}

}  // namespace atz::rules::testing
