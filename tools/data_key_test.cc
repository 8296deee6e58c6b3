// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(DataKeyTest, AKeyIsMadeOnceForThisUserAlone) {
  const TempDir dir;
  ASSERT_OK_AND_ASSIGN(const std::string first,
                       FingerprintKey("", dir.File("cache")));
  EXPECT_EQ(first.size(), 32u);
  EXPECT_EQ(*FingerprintKey("", dir.File("cache")), first);
  struct stat facts = {};
  ASSERT_EQ(stat(dir.File("cache/fingerprint.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600);
  EXPECT_NE(*FingerprintKey("", dir.File("other")), first);
}

TEST(DataKeyTest, KeysAreToldApartByTheirIds) {
  EXPECT_EQ(KeyId("one"), KeyId("one"));
  EXPECT_NE(KeyId("one"), KeyId("two"));
  EXPECT_EQ(KeyId("one").size(), 12u);
}

TEST(DataKeyTest, AKeyOfAPersonIsUsed) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("key"), "0123456789abcdef"));
  EXPECT_EQ(*FingerprintKey(dir.File("key"), ""), "0123456789abcdef");
  ASSERT_OK(WriteNewFile(dir.File("short"), "0123"));
  EXPECT_THAT(FingerprintKey(dir.File("short"), dir.path()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found a key of 4 bytes")));
  EXPECT_THAT(FingerprintKey("", ""),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("--key is missing")));
  EXPECT_THAT(FingerprintKey(dir.File("gone"), ""),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("gone")));
}

}  // namespace
}  // namespace cxr
