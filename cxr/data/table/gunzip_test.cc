// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/gunzip.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/status/statusor.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/testing.h"
#include "cxr/data/table/byte_file.h"
#include "cxr/data/table/gzip.h"

namespace cxr {
namespace {

constexpr size_t kMuch = size_t{1} << 20;

// The text behind `bytes`, "(none)" if they are not unpacked at once.
absl::StatusOr<std::string> Unpacked(const std::string& bytes,
                                     size_t most_bytes) {
  const TempDir dir;
  CXR_RETURN_IF_ERROR(WriteNewFile(dir.File("a.gz"), bytes));
  CXR_ASSIGN_OR_RETURN(const ByteFile file, ByteFile::Open(dir.File("a.gz")));
  CXR_ASSIGN_OR_RETURN(const std::optional<Gunzipped> text,
                       GunzipAtOnce(file, most_bytes));
  return text.has_value() ? std::string(text->bytes.get(), text->size)
                          : "(none)";
}

void ExpectUnpacked(const std::string& bytes, size_t most_bytes,
                    const std::string& expected) {
  ASSERT_OK_AND_ASSIGN(const std::string text, Unpacked(bytes, most_bytes));
  EXPECT_EQ(text, expected);
}

TEST(GunzipTest, UnpacksOneMember) {
  ExpectUnpacked(Gzip("abc"), kMuch, "abc");
  ExpectUnpacked(Gzip(""), kMuch, "");
}

TEST(GunzipTest, LeavesWhatNeedsTooMuchMemory) {
  const std::string text(1000, 'x');
  const std::string bytes = Gzip(text);
  ExpectUnpacked(bytes, text.size() + bytes.size(), text);
  ExpectUnpacked(bytes, text.size() + bytes.size() - 1, "(none)");
  ExpectUnpacked(bytes, bytes.size() - 1, "(none)");
}

TEST(GunzipTest, LeavesSeveralMembersAndDamage) {
  const std::string bytes = Gzip("abc");
  ExpectUnpacked(bytes + bytes, kMuch, "(none)");
  ExpectUnpacked(bytes + std::string(1, '\0'), kMuch, "(none)");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ExpectUnpacked(bytes.substr(0, size), kMuch, "(none)");
  }
  for (const int back : {1, 3, 4, 5, 8}) {  // size and check
    std::string damaged = bytes;
    damaged[damaged.size() - back] ^= 1;
    ExpectUnpacked(damaged, kMuch, "(none)");
  }
}

TEST(GunzipTest, DoesNotBelieveAStatedSizeThatNoDataCanHave) {
  std::string bytes = Gzip("abc");
  bytes[bytes.size() - 1] = '\x7F';  // 2 GB
  ExpectUnpacked(bytes, size_t{4} << 30, "(none)");
}

}  // namespace
}  // namespace cxr
