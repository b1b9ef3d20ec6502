#include <doctest/doctest.h>

#include "atz/attach/attach.hpp"
#include "atz/base/random.hpp"
#include "unit/attach/samples.hpp"

namespace atz::attach {
namespace {

using namespace std::string_literals;
using Presence = Inspection::Presence;
using Protection = Inspection::Protection;

TEST_CASE("content is told by its first bytes") {
  struct Row {
    const char* name;
    std::string bytes;
    const char* detected;
    bool matches;
  };
  const Row rows[] = {
      {"a.pdf", samples::plain_pdf(), "pdf", true},
      {"a.PDF", samples::plain_pdf(), "pdf", true},
      {"a.tif", "II*\0...."s, "tif", true},
      {"a.tif", "MM\0*...."s, "tif", true},
      {"a.jpg", "\xFF\xD8\xFF\xE0...."s, "jpg", true},
      {"a.jpeg", "\xFF\xD8\xFF\xE0...."s, "jpg", true},
      {"a.gif", "GIF87a....", "gif", true},
      {"a.gif", "GIF89a....", "gif", true},
      {"a.rtf", "{\\rtf1 }", "rtf", true},
      {"a.txt", "Notes of the day\n", "txt", true},
      {"a.txt", "Caf\xC3\xA9\n", "txt", true},
      {"a.docx", samples::zip({"[Content_Types].xml", "word/document.xml"}), "docx", true},
      {"a.xlsx", samples::zip({"[Content_Types].xml", "xl/workbook.xml"}), "xlsx", true},
      {"a.doc", samples::ole("WordDocument", ""), "ole2", true},
      {"a.xls", samples::ole("Workbook", ""), "ole2", true},
      {"a.jpg", "\x89PNG\r\n\x1A\n...."s, "", false},
      {"a.pdf", "Notes of the day\n", "txt", false},
      {"a.txt", samples::plain_pdf(), "pdf", false},
      {"a.txt", "one\0two"s, "", false},
      {"a.txt", "Caf\xE9\n", "", false},
      {"a.docx", samples::zip({"xl/workbook.xml"}), "xlsx", false},
      {"a.docx", samples::zip({"photo.jpg"}), "zip", false},
      {"a.docx", "PK\x03\x04 cut off", "zip", true},
      {"a.doc", samples::ole("Workbook", ""), "ole2", false},
      {"a.docx", samples::ole("WordDocument", ""), "ole2", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.detected);
    const auto file = inspect_bytes(row.name, row.bytes);
    CHECK(file.presence == Presence::ok);
    CHECK(file.detected == row.detected);
    CHECK(file.matches_extension == row.matches);
    CHECK(file.protection == Protection::none);
    CHECK(file.sha256.size() == 64);
    CHECK_FALSE(file.mime.empty());
  }
}

TEST_CASE("protected PDFs are told apart by whether they open") {
  CHECK(inspect_bytes("a.pdf", samples::encrypted_pdf("open sesame", "owner")).protection ==
        Protection::needs_password);
  CHECK(inspect_bytes("a.pdf", samples::encrypted_pdf("", "owner")).protection == Protection::encrypted_readable);
  CHECK(inspect_bytes("a.pdf", "%PDF-1.4 damaged /Encrypt 4 0 R").protection == Protection::encrypted_readable);
  CHECK(inspect_bytes("a.pdf", "%PDF-1.4 damaged").protection == Protection::none);
}

TEST_CASE("protected Office files") {
  const auto newer = inspect_bytes("a.docx", samples::ole("EncryptedPackage", ""));
  CHECK(newer.protection == Protection::needs_password);
  CHECK(newer.matches_extension);
  CHECK(inspect_bytes("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut off").protection == Protection::needs_password);

  const std::string word_header = std::string(11, '\0') + '\x01';
  CHECK(inspect_bytes("a.doc", samples::ole("WordDocument", word_header)).protection == Protection::needs_password);
  const std::string excel_start = "\x09\x08\x02\0\0\0\x2F\0\x02\0\0\0"s;
  CHECK(inspect_bytes("a.xls", samples::ole("Workbook", excel_start)).protection == Protection::needs_password);
  CHECK(inspect_bytes("a.xls", samples::ole("Workbook", "\x09\x08\x02\0\0\0\x3D\0\x02\0\0\0"s)).protection ==
        Protection::none);
}

TEST_CASE("protected Office files with small streams, and with encrypted entries") {
  std::string workbook =
      "\x09\x08\x02\0\0\0"s + "\x42\0\x50\0"s + std::string(80, 'x');  // a record over the sector's end
  CHECK(inspect_bytes("a.xls", samples::small_ole("Workbook", workbook + "\x3D\0\x02\0\0\0"s)).protection ==
        Protection::none);
  CHECK(inspect_bytes("a.xls", samples::small_ole("Workbook", workbook + "\x2F\0\x02\0\0\0"s)).protection ==
        Protection::needs_password);
  CHECK(inspect_bytes("a.doc", samples::small_ole("WordDocument", std::string(11, '\0') + '\x01')).protection ==
        Protection::needs_password);
  std::string document = samples::zip({"[Content_Types].xml", "word/document.xml"});
  document[document.rfind("PK\x01\x02") + 8] = 1;
  CHECK(inspect_bytes("a.docx", document).protection == Protection::needs_password);
}

TEST_CASE("files that can't be looked at say why") {
  MemoryFiles files;
  files.put("/home/plan.pdf", samples::plain_pdf());
  files.put("/home/empty.pdf", "");
  files.put_special("/home/pipe.pdf");
  CHECK(inspect(files, "/home", "/home/plan.pdf", 10'000).presence == Presence::ok);
  CHECK(inspect(files, "/home", "/home/plan.pdf", 10'000).name == "plan.pdf");
  CHECK(inspect(files, "/home", "/home/other.pdf", 10'000).presence == Presence::missing);
  CHECK(inspect(files, "/", "/home", 10'000).presence == Presence::not_regular);
  CHECK(inspect(files, "/home", "/home/pipe.pdf", 10'000).presence == Presence::not_regular);
  CHECK(inspect(files, "/home", "/home/empty.pdf", 10'000).presence == Presence::empty);
}

TEST_CASE("links stay inside the case file's folder") {
  MemoryFiles files;
  files.put("/home/scans/plan.pdf", samples::plain_pdf());
  files.put("/common/week.pdf", samples::plain_pdf());
  files.put("/homeless/a.pdf", samples::plain_pdf());
  files.put_link("/home/inside.pdf", "/home/scans/plan.pdf");
  files.put_link("/home/chain.pdf", "/home/inside.pdf");
  files.put_link("/home/outside.pdf", "/common/week.pdf");
  files.put_link("/home/neighbour.pdf", "/homeless/a.pdf");
  files.put_link("/home/dangling.pdf", "/home/scans/none.pdf");
  files.put_link("/home/circle.pdf", "/home/circle2.pdf");
  files.put_link("/home/circle2.pdf", "/home/circle.pdf");
  files.put_link("/common/elsewhere.pdf", "/homeless/a.pdf");
  const std::pair<const char*, Presence> rows[] = {
      {"/home/inside.pdf", Presence::ok},
      {"/home/chain.pdf", Presence::ok},
      {"/home/outside.pdf", Presence::leads_out},
      {"/home/neighbour.pdf", Presence::leads_out},
      {"/home/dangling.pdf", Presence::dangling},
      {"/home/circle.pdf", Presence::dangling},
      {"/home/scans/../inside.pdf", Presence::ok},
      // Openly elsewhere: whoever reads the case file sees it.
      {"/home/../common/week.pdf", Presence::ok},
      {"/common/elsewhere.pdf", Presence::ok},
  };
  for (const auto& [path, presence] : rows) {
    CAPTURE(path);
    const auto file = inspect(files, "/home", path, 10'000);
    CHECK(file.presence == presence);
    CHECK(file.sha256.empty() == (presence != Presence::ok));
  }
}

TEST_CASE("a file is read up to the limit, and not beyond it") {
  MemoryFiles files;
  files.put("/a.txt", std::string(100, 'x'));
  CHECK(inspect(files, "/", "/a.txt", 100).presence == Presence::ok);
  const auto large = inspect(files, "/", "/a.txt", 99);
  CHECK(large.presence == Presence::too_large);
  CHECK(large.size == 100);
  CHECK(large.sha256.empty());
}

TEST_CASE("the digest is that of the bytes") {
  CHECK(inspect_bytes("a.txt", "abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("every allowed extension has a media type") {
  for (const char* extension : {"pdf", "tif", "doc", "docx", "xls", "xlsx", "txt", "rtf", "gif", "jpg", "jpeg"}) {
    CAPTURE(extension);
    CHECK_FALSE(media_type(extension).empty());
  }
  CHECK(media_type("pdf") == "application/pdf");
  CHECK(media_type("csv").empty());
  CHECK(media_type("zip").empty());
}

TEST_CASE("damaged headers of every kind are survived") {
  SeededRandom random(20261207);
  const std::string starts[] = {samples::ole("WordDocument", ""), samples::zip({"word/document.xml", "a"}),
                                samples::encrypted_pdf("", "o"), samples::small_ole("Workbook", "\x09\x08")};
  const char* names[] = {"a.doc", "a.docx", "a.pdf", "a.xls"};
  for (int round = 0; round < 400; ++round) {
    const auto kind = static_cast<std::size_t>(round % 4);
    std::string bytes = starts[kind];
    std::uint8_t noise[24];
    random.fill(noise);
    for (std::size_t i = 0; i + 2 < sizeof noise; i += 3) {
      const std::size_t at = (std::size_t{noise[i]} * 256 + noise[i + 1]) % bytes.size();
      if (at >= 8) bytes[at] = static_cast<char>(noise[i + 2]);
    }
    if (round % 7 == 0) bytes.resize(bytes.size() / 2);
    CHECK(inspect_bytes(names[kind], bytes).presence == Presence::ok);
  }
}

}  // namespace
}  // namespace atz::attach
