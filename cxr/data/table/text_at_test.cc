// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/text_at.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// A plain file, a gzip file and one of several members of the same text.
class TextAtTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = std::make_unique<Files>();
    const std::string& text = files_->text;
    const size_t third = text.size() / 3;
    Write("plain", text);
    Write("packed", Gzip(text));
    Write("members", Gzip(text.substr(0, third)) + Gzip("") +
                         Gzip(text.substr(third)) + std::string(9, '\0'));
  }
  static void TearDownTestSuite() { files_.reset(); }

  static void Write(const std::string& name, const std::string& bytes) {
    ASSERT_OK(WriteNewFile(Path(name), bytes));
  }
  static std::string Path(const std::string& name) {
    return files_->dir.File(name);
  }
  static const std::string& WholeText() { return files_->text; }

  static constexpr std::array<const char*, 3> kNames = {"plain", "packed",
                                                        "members"};

 private:
  struct Files {
    TempDir dir;
    // Twice as long as what lies between two places to enter a gzip file.
    std::string text = MetadataTable(60000);
  };
  static std::unique_ptr<Files> files_;
};

std::unique_ptr<TextAtTest::Files> TextAtTest::files_;

TEST_F(TextAtTest, ReadsAnyPart) {
  const CounterRng rng(1, "text at");
  for (const std::string name : kNames) {
    ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path(name)));
    for (uint64_t i = 0; i < 24; ++i) {
      const int64_t offset = rng.Below(2 * i, WholeText().size() + 1);
      const int64_t length =
          rng.Below(2 * i + 1, WholeText().size() - offset + 1);
      ASSERT_OK_AND_ASSIGN(
          const std::string part,
          text.Read(offset, i % 4 == 0 ? length : length / 99));
      EXPECT_TRUE(part == WholeText().substr(offset, part.size())) << offset;
      EXPECT_EQ(part.size(), i % 4 == 0 ? length : length / 99);
    }
  }
}

TEST_F(TextAtTest, ReadsAllAndNothing) {
  for (const std::string name : kNames) {
    ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path(name)));
    ASSERT_OK_AND_ASSIGN(const std::string all,
                         text.Read(0, WholeText().size()));
    EXPECT_TRUE(all == WholeText());
    ASSERT_OK_AND_ASSIGN(const std::string none,
                         text.Read(WholeText().size(), 0));
    EXPECT_EQ(none, "");
  }
}

TEST_F(TextAtTest, RejectsPartsBeyondTheEnd) {
  for (const std::string name : kNames) {
    ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path(name)));
    const int64_t size = WholeText().size();
    for (const auto& [offset, length] :
         {std::pair(size, int64_t{1}), std::pair(size - 3, int64_t{4}),
          std::pair(size + 1, int64_t{0}), std::pair(int64_t{1}, INT64_MAX)}) {
      EXPECT_THAT(text.Read(offset, length),
                  StatusIs(absl::StatusCode::kDataLoss,
                           HasSubstr(name + ": found text of ")));
    }
  }
}

TEST_F(TextAtTest, ReadsFromManyThreads) {
  ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path("packed")));
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const size_t offset = WholeText().size() / 8 * i;
      const absl::StatusOr<std::string> part = text.Read(offset, 1000);
      right += part.ok() && *part == WholeText().substr(offset, 1000) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(right, 8);
}

TEST_F(TextAtTest, FindsTheRowsOfCsvReader) {
  for (const std::string name : kNames) {
    ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path(name)));
    ASSERT_OK_AND_ASSIGN(CsvReader table, CsvReader::Open(Path(name)));
    while (*table.Next()) {
      if (table.line() % 10000 == 0) {
        ASSERT_OK_AND_ASSIGN(const std::string row,
                             text.Read(table.offset(), table.length()));
        EXPECT_THAT(row,
                    ::testing::StartsWith(std::string(table.cells()[0]) + ","));
        EXPECT_THAT(
            row, ::testing::EndsWith("," + std::string(table.cells().back())));
      }
    }
  }
}

TEST_F(TextAtTest, RejectsDamagedGzip) {
  std::string packed = Gzip(WholeText());
  Write("cut", packed.substr(0, packed.size() - 1));
  EXPECT_THAT(TextAt::Open(Path("cut")),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut off")));
  packed[packed.size() - 8] ^= 1;
  Write("damaged", packed);
  EXPECT_THAT(
      TextAt::Open(Path("damaged")),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("incorrect data check")));
}

TEST_F(TextAtTest, SaysWhatTheDiskSays) {
  EXPECT_THAT(TextAt::Open(Path("none")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

TEST_F(TextAtTest, ReadsAnEmptyFile) {
  Write("empty", "");
  Write("nothing", Gzip(""));
  for (const std::string name : {"empty", "nothing"}) {
    ASSERT_OK_AND_ASSIGN(const TextAt text, TextAt::Open(Path(name)));
    ASSERT_OK_AND_ASSIGN(const std::string none, text.Read(0, 0));
    EXPECT_EQ(none, "");
    EXPECT_THAT(text.Read(0, 1), StatusIs(absl::StatusCode::kDataLoss,
                                          HasSubstr("text of 0 bytes")));
  }
}

}  // namespace
}  // namespace cxr
