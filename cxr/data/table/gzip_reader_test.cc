// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gzip_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/byte_file.h"
#include "cxr/data/table/gzip.h"
#include "cxr/data/table/table_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// `bytes` in a file.
class OnDisk {
 public:
  explicit OnDisk(const std::string& bytes) {
    EXPECT_OK(WriteNewFile(dir_.File("a.gz"), bytes));
    file_ = std::make_unique<ByteFile>(*ByteFile::Open(dir_.File("a.gz")));
  }
  const ByteFile* file() const { return file_.get(); }

 private:
  TempDir dir_;
  std::unique_ptr<ByteFile> file_;
};

absl::StatusOr<std::string> RestOf(GzipReader& reader, size_t part) {
  std::string text;
  std::string buffer(part, '\0');
  while (!reader.at_end()) {
    CXR_ASSIGN_OR_RETURN(const size_t got, reader.Read(buffer.data(), part));
    text.append(buffer, 0, got);
  }
  return text;
}

absl::StatusOr<std::string> TextOf(const std::string& bytes) {
  const OnDisk disk(bytes);
  GzipReader reader(disk.file());
  return RestOf(reader, 1000);
}

void ExpectText(const std::string& bytes, const std::string& expected) {
  ASSERT_OK_AND_ASSIGN(const std::string text, TextOf(bytes));
  EXPECT_TRUE(text == expected) << text.size() << " bytes";
}

TEST(GzipReaderTest, ReadsMembersAsOneText) {
  ExpectText(Gzip("abc"), "abc");
  ExpectText(Gzip("abc") + Gzip("") + Gzip("def"), "abcdef");
  ExpectText(Gzip("") + Gzip(""), "");
  ExpectText(Gzip("abc") + std::string(700, '\0'), "abc");
}

TEST(GzipReaderTest, ReadsInPartsOfAnySize) {
  const std::string text = MetadataTable(3000);
  const OnDisk disk(Gzip(text));
  for (const size_t part : {1u, 100u, 65536u, 10000000u}) {
    GzipReader reader(disk.file());
    ASSERT_OK_AND_ASSIGN(const std::string found, RestOf(reader, part));
    EXPECT_TRUE(found == text) << part;
  }
}

TEST(GzipReaderTest, RejectsWhatIsCutOff) {
  const std::string bytes = Gzip("abc");
  for (size_t size = 2; size < bytes.size(); ++size) {
    EXPECT_THAT(TextOf(bytes.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("(cut off)")));
  }
  EXPECT_THAT(TextOf(bytes + bytes.substr(0, 15)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("(cut off)")));
}

TEST(GzipReaderTest, RejectsDamage) {
  std::string bytes = Gzip("abc");
  EXPECT_THAT(TextOf(bytes + "xyz"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("(incorrect header check)")));
  bytes[bytes.size() - 5] ^= 1;
  EXPECT_THAT(TextOf(bytes), StatusIs(absl::StatusCode::kDataLoss,
                                      HasSubstr("(incorrect data check)")));
  bytes[bytes.size() - 5] ^= 1;
  bytes[bytes.size() - 1] ^= 1;
  EXPECT_THAT(TextOf(bytes), StatusIs(absl::StatusCode::kDataLoss,
                                      HasSubstr("(incorrect length check)")));
}

TEST(GzipReaderTest, GivesTheTextBeforeTheDamageFirst) {
  const std::string text = MetadataTable(3000);
  const std::string bytes = Gzip(text);
  const OnDisk disk(bytes.substr(0, bytes.size() / 2));
  GzipReader reader(disk.file());
  std::string found(text.size(), '\0');
  ASSERT_OK_AND_ASSIGN(const size_t got,
                       reader.Read(found.data(), found.size()));
  EXPECT_GT(got, text.size() / 3);
  EXPECT_TRUE(text.substr(0, got) == found.substr(0, got));
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(reader.Read(found.data(), found.size()),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut off")));
  }
}

TEST(GzipReaderTest, GoesOnFromEveryBlock) {
  const std::string text = MetadataTable(20000);
  const size_t half = text.size() / 2;
  const OnDisk disk(Gzip(text.substr(0, half)) + Gzip(text.substr(half)));
  GzipReader first(disk.file());
  std::string buffer(10000, '\0');
  std::vector<GzipPlace> places;
  while (!first.at_end()) {
    ASSERT_OK_AND_ASSIGN(const size_t got,
                         first.ReadToBlock(buffer.data(), buffer.size()));
    ASSERT_LE(got, buffer.size());
    if (first.at_block()) {
      places.push_back(first.Here());
    }
  }
  ASSERT_GT(places.size(), 4u);
  EXPECT_EQ(places.front().text_offset, 0);
  EXPECT_TRUE(std::any_of(places.begin(), places.end(),
                          [](const GzipPlace& p) { return p.bits != 0; }));
  for (const GzipPlace& place : places) {
    GzipReader reader(disk.file(), place);
    ASSERT_OK_AND_ASSIGN(const std::string found, RestOf(reader, 5000));
    EXPECT_TRUE(found == text.substr(place.text_offset)) << place.text_offset;
  }
}

TEST(GzipReaderTest, CanBeMoved) {
  const OnDisk disk(Gzip("abcdef"));
  GzipReader first(disk.file());
  std::string start(3, '\0');
  ASSERT_OK(first.Read(start.data(), 3));
  GzipReader second = std::move(first);
  ASSERT_OK_AND_ASSIGN(const std::string rest, RestOf(second, 10));
  EXPECT_EQ(start + rest, "abcdef");
}

}  // namespace
}  // namespace cxr
