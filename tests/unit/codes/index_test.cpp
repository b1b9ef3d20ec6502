// The index file: what goes in comes out, and damage of any kind is an error, never a wrong answer.
#include "atz/codes/index.hpp"

#include "atz/base/random.hpp"
#include "unit/codes/samples.hpp"

namespace atz::codes::testing {
namespace {

constexpr const char* kPath = "/codes/diagnoses.index";

// Large enough for many blocks.
Table large_table() {
  Table table;
  table.edition = {Kind::diagnosis, 2027, false, 0, 0};
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    for (int i = 0; i < 100; ++i) {
      const std::string category = fmt::format("{}{:02}", letter, i);
      table.rows.push_back({category, "Heading " + category, true, false, {}});
      for (int j = 0; j < 10; ++j) {
        table.rows.push_back({fmt::format("{}.{}", category, j), fmt::format("Text of {} {}", category, j), false,
                              false, j == 9 ? "2026-12-31" : ""});
      }
      table.edition.headers += 1;
    }
  }
  table.edition.rows = static_cast<std::uint32_t>(table.rows.size());
  return table;
}

Result<Index> open_bytes(MemoryFiles& files, std::string bytes) {
  files.put(kPath, std::move(bytes));
  return Index::open(files, kPath);
}

TEST_CASE("what goes in comes out") {
  MemoryFiles files;
  const Table table = large_table();
  const auto index = open_bytes(files, index_bytes(table));
  REQUIRE(index);
  CHECK(index->edition().name() == "ICD-10-CM 2027");
  CHECK(index->edition().rows == 28600);
  CHECK(index->edition().headers == 2600);
  for (std::size_t i = 0; i < table.rows.size(); i += 97) CHECK(**index->find(table.rows[i].code) == table.rows[i]);
  CHECK(**index->find("a000") == table.rows[1]);
  CHECK(**index->find("A00") == table.rows.front());
  CHECK(**index->find("Z99.9") == table.rows.back());
  for (const char* code : {"", "A", "A00.", "A00.00", "A0", "ZZZ", "Z99.99", "@@@", "A00.01234567"}) {
    CAPTURE(code);
    const auto found = index->find(code);
    REQUIRE(found);
    CHECK(found->has_value() == (std::string(code) == "A00."));
  }
  CHECK(index->read_all()->rows == table.rows);
}

TEST_CASE("codes below a heading") {
  MemoryFiles files;
  const auto index = open_bytes(files, index_bytes(partial(sample(kOrderName))));
  REQUIRE(index);
  CHECK(index->below("F78", 6)->first == std::vector<std::string>{"F78.A1", "F78.A9"});
  CHECK(index->below("f84", 2)->first == std::vector<std::string>{"F84.0", "F84.2"});
  CHECK(index->below("F84", 2)->count == 5);
  CHECK(index->below("F84.0", 2)->count == 0);
  CHECK(index->below("X", 2)->count == 0);
}

TEST_CASE("an empty table is a table") {
  MemoryFiles files;
  const auto index = open_bytes(files, index_bytes({}));
  REQUIRE(index);
  CHECK_FALSE(index->find("F84")->has_value());
}

TEST_CASE("an index that is missing, cut, longer, foreign or of another version is refused") {
  MemoryFiles files;
  const std::string bytes = index_bytes(partial(sample(kOrderName)));
  CHECK(Index::open(files, kPath).error().failure == Failure::state);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    const auto index = open_bytes(files, bytes.substr(0, size));
    REQUIRE_FALSE(index);
    CHECK(index.error().failure == Failure::state);
    CHECK(index.error().message.find(kPath) != std::string::npos);
    CHECK_FALSE(index.error().help.empty());
  }
  CHECK_FALSE(open_bytes(files, bytes + "x"));
  CHECK(open_bytes(files, std::string(500, 'x')).error().message.find("not one that atz wrote") != std::string::npos);
  std::string other = bytes;
  other[8] = 2;
  CHECK(open_bytes(files, other).error().message.find("another version") != std::string::npos);
}

TEST_CASE("every flipped bit is noticed before an answer is given") {
  MemoryFiles files;
  const Table table = partial(sample(kOrderName));
  const std::string bytes = index_bytes(table);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1U << (bit % 8)));
    const auto index = open_bytes(files, damaged);
    const auto all = index.and_then([](const Index& each) { return each.read_all(); });
    if (all) FAIL("bit ", bit, " was not noticed");
    CHECK(all.error().failure == Failure::state);
  }
}

TEST_CASE("noise with right checksums is survived") {
  SeededRandom random(20270101);
  const std::string good = index_bytes(large_table());
  const auto put_sum = [](std::string& bytes, std::size_t at, std::uint32_t sum) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>((sum >> (8 * i)) & 0xFFU);
  };
  // A CRC-32 of its own, so that faults behind the checksums are reached.
  const auto crc = [](std::string_view text) {
    std::uint32_t sum = 0xFFFFFFFFU;
    for (const char c : text) {
      sum ^= static_cast<unsigned char>(c);
      for (int i = 0; i < 8; ++i) sum = (sum >> 1U) ^ (0xEDB88320U & (0U - (sum & 1U)));
    }
    return ~sum;
  };
  REQUIRE(crc("123456789") == 0xCBF43926U);
  int answered = 0;
  for (int round = 0; round < 200; ++round) {
    std::string bytes = good;
    std::uint8_t noise[16];
    random.fill(noise);
    const std::size_t block_start = 44 + 24 * static_cast<std::size_t>(static_cast<unsigned char>(good[32]));
    const bool header = round % 2 == 0;
    for (std::size_t i = 0; i + 3 < sizeof noise; i += 4) {
      const std::size_t span = header ? block_start - 12 : 4000;
      const std::size_t at =
          (header ? 12 : block_start) + (noise[i] * 65536U + noise[i + 1] * 256U + noise[i + 2]) % span;
      if (at < 36 || at >= 44) bytes[at] = static_cast<char>(noise[i + 3]);
    }
    // The first block's length as the directory says, when it lies inside the file.
    std::uint32_t length = 0;
    for (std::size_t i = 4; i > 0; --i) length = (length << 8U) | static_cast<unsigned char>(bytes[44 + 12 + i - 1]);
    if (block_start + length <= bytes.size())
      put_sum(bytes, 44 + 20, crc(std::string_view(bytes).substr(block_start, length)));
    put_sum(bytes, 36, crc(std::string_view(bytes).substr(44, block_start - 44)));
    put_sum(bytes, 40, crc(std::string_view(bytes).substr(0, 40)));
    MemoryFiles files;
    const auto index = open_bytes(files, bytes);
    if (!index) continue;
    ++answered;
    (void)index->find("A00.5");
    (void)index->below("A0", 3);
    (void)index->read_all();
  }
  CHECK(answered > 0);
}

TEST_CASE("a row with the longest text fits") {
  MemoryFiles files;
  Table table;
  table.rows = {{"A00", std::string(70'000, 'x'), false, false, {}}, {"A01", "y", false, false, {}}};
  const auto index = open_bytes(files, index_bytes(table));
  REQUIRE(index);
  CHECK((*index->find("A00"))->text.size() == 65535);
  CHECK((*index->find("A01"))->text == "y");
}

TEST_CASE("changes against an earlier table") {
  MemoryFiles files;
  Table table = partial(sample(kOrderName));
  const auto before = open_bytes(files, index_bytes(table));
  REQUIRE(before);
  CHECK(changes(*before, table)->added == 0);
  CHECK(changes(*before, table)->reworded == 0);
  table.rows[0].text = "Other words";
  table.rows[3].header = true;
  table.rows.erase(table.rows.begin() + 5);
  table.rows.insert(table.rows.begin(), {"A", "first", false, false, {}});
  table.rows.push_back({"Z99", "last", false, false, {}});
  const auto found = changes(*before, table);
  REQUIRE(found);
  CHECK(found->added == 2);
  CHECK(found->removed == 1);
  CHECK(found->reworded == 2);
}

}  // namespace
}  // namespace atz::codes::testing
