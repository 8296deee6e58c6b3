// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/zip_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/zip_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

std::string Data(absl::string_view name) {
  return *ReadFile(TestData(absl::StrCat("cxr/model/weights/testdata/", name)));
}

void ExpectDataLoss(const std::string& archive, absl::string_view text) {
  EXPECT_THAT(
      ZipDirectory::Parse(archive),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr(std::string(text))));
}

// `archive` with `bytes` at `at`.
std::string With(std::string archive, size_t at, absl::string_view bytes) {
  return archive.replace(at, bytes.size(), bytes.data(), bytes.size());
}

// One entry, a, that holds "123"; its headers lie at 0 and 34, the end at 81.
std::string Small() { return MakeZip({{"a", "123"}}); }

TEST(ZipDirectoryTest, ReadsWhatPythonWrites) {
  for (const absl::string_view name : {"plain.zip", "zip64.zip"}) {
    SCOPED_TRACE(name);
    const std::string archive = Data(name);
    ASSERT_OK_AND_ASSIGN(const ZipDirectory directory,
                         ZipDirectory::Parse(archive));
    ASSERT_EQ(directory.entries().size(), 3u);
    ASSERT_NE(directory.Find("folder/stored"), nullptr);
    EXPECT_EQ(directory.Find("folder/stored")->bytes, "hello, hello, hello");
    EXPECT_TRUE(directory.Find("folder/stored")->stored);
    EXPECT_EQ(directory.Find("empty")->bytes, "");
    EXPECT_FALSE(directory.Find("deflated")->stored);
    EXPECT_EQ(directory.Find("folder"), nullptr);
  }
}

TEST(ZipDirectoryTest, EveryTruncationIsDataLoss) {
  for (const absl::string_view name : {"plain.zip", "zip64.zip", "zip.pth"}) {
    const std::string archive = Data(name);
    for (size_t size = 0; size < archive.size(); ++size) {
      EXPECT_THAT(ZipDirectory::Parse(archive.substr(0, size)),
                  StatusIs(absl::StatusCode::kDataLoss, HasSubstr("zip")))
          << name << " of " << size;
    }
  }
}

TEST(ZipDirectoryTest, ReadsNoEntriesAndComments) {
  std::string empty = MakeZip({});
  EXPECT_OK(ZipDirectory::Parse(empty));
  empty[empty.size() - 2] = 3;
  EXPECT_OK(ZipDirectory::Parse(absl::StrCat(empty, "abc")));
  ExpectDataLoss(absl::StrCat(empty, "ab"), "cut off");
}

TEST(ZipDirectoryTest, LyingSizesAreDataLoss) {
  const std::string good = Small();
  ASSERT_EQ(good.size(), 103u);
  EXPECT_OK(ZipDirectory::Parse(good));
  const std::string huge = "\xFE\xFF\xFF\xFF";
  ExpectDataLoss(With(good, 34 + 20, huge), "found 4294967294 bytes");
  ExpectDataLoss(With(good, 34 + 20, huge + huge), "cut off");
  ExpectDataLoss(With(good, 34 + 24, "\4"), "found 3 bytes, expected 4");
  ExpectDataLoss(With(good, 34 + 28, "\xFF\xFF"), "cut off");
  ExpectDataLoss(With(good, 34 + 30, "\xFF\xFF"), "cut off");
  ExpectDataLoss(With(good, 34 + 42, huge), "no header at byte 4294967294");
  ExpectDataLoss(With(good, 26, "\xFF\xFF"), "cut off");
  ExpectDataLoss(With(good, 28, "\xFF\xFF"), "cut off");
  ExpectDataLoss(With(good, 81 + 10, "\2"), "cut off");
  ExpectDataLoss(With(good, 81 + 12, huge), "directory at byte 34");
  ExpectDataLoss(With(good, 81 + 16, huge), "directory at byte 4294967294");
  ExpectDataLoss(With(good, 30, "b"), "\"a\" is called \"b\"");
  ExpectDataLoss(With(good, 34, "x"), "without a header");
}

TEST(ZipDirectoryTest, LyingZip64IsDataLoss) {
  const std::string good = Data("zip64.zip");
  const size_t locator = good.rfind("PK\6\7");
  ASSERT_NE(locator, std::string::npos);
  const std::string huge(8, '\xFF');
  ExpectDataLoss(With(good, locator + 8, huge), "no header at byte");
  const size_t end = good.rfind("PK\6\6");
  ExpectDataLoss(With(good, end + 32, huge), "cut off");
  ExpectDataLoss(With(good, end + 40, huge), "directory at byte");
  ExpectDataLoss(With(good, end + 48, huge), "directory at byte");
}

TEST(ZipDirectoryTest, NamesStandOnce) {
  ExpectDataLoss(MakeZip({{"a", "1"}, {"b", ""}, {"a", "2"}}),
                 "two entries \"a\"");
}

}  // namespace
}  // namespace cxr
