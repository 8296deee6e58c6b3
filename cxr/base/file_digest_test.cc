// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file_digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(FileDigestTest, EqualsTheDigestOfTheBytes) {
  const TempDir dir;
  for (const size_t size :
       {size_t{0}, size_t{1}, (size_t{1} << 20), (size_t{1} << 21) + 17}) {
    const std::string bytes(size, 'x');
    ASSERT_OK(WriteFileAtomically(dir.File("f"), bytes));
    EXPECT_EQ(*Sha256OfFile(dir.File("f")), Sha256Hex(bytes)) << size;
  }
}

TEST(FileDigestTest, AMissingFileIsNamed) {
  EXPECT_THAT(Sha256OfFile("/nowhere/f"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/f")));
  const TempDir dir;
  EXPECT_FALSE(Sha256OfFile(dir.path()).ok());
}

// RFC 4231, test case 2.
TEST(FileDigestTest, KeyedDigestOfTheStandard) {
  EXPECT_EQ(HmacSha256Hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_NE(HmacSha256Hex("Jefe", "a"), HmacSha256Hex("jefe", "a"));
}

}  // namespace
}  // namespace cxr
