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

void put_samples(MemoryFiles& files, const std::string& text) {
  const auto put = [&](const std::string& name, auto make) {
    if (text.find("documents/" + name) != std::string::npos) files.put("/homes/documents/" + name, make());
  };
  for (const char* name : {"plan-a.pdf", "plan-b.pdf", "Sampleton_1988.pdf", "pattern.pdf", "pattern-a.pdf",
                           "pattern-b.pdf", "pattern-c.pdf", "order-0001.pdf", "notice-0001.pdf"})
    put(name, [&] { return pdf(name); });
  put("plan-a-copy.pdf", [] { return pdf("plan-a.pdf"); });
  put("notes.txt", [] { return std::string("Notes of the day\n"); });
  put("photo.jpg", [] { return std::string("\xFF\xD8\xFF\xE0...."); });
  put("photo.png", [] { return std::string("\x89PNG\r\n\x1A\n...."); });
  put("renamed.jpg", [] { return std::string("\x89PNG\r\n\x1A\n...."); });
  put("pattern.xlsx", [] { return samples::zip({"[Content_Types].xml", "xl/workbook.xml"}); });
  put("pattern.csv", [] { return std::string("staff,from,to\n"); });
  put("locked.pdf", [] { return samples::encrypted_pdf("open sesame", "owner"); });
  put("empty.pdf", [] { return std::string(); });
  for (const std::size_t bytes : {4'000'000U, 4'000'001U, 10'000'000U, 10'000'001U})
    put(std::to_string(bytes) + "-bytes.pdf", [&] { return pdf_of(bytes); });
}

}  // namespace atz::rules::testing
