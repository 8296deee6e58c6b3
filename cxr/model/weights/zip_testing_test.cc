// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/zip_testing.h"

#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(ZipTestingTest, NumbersAreLittleEndian) {
  EXPECT_EQ(LittleEndianText(0x010203, 4), std::string("\3\2\1\0", 4));
}

// APPNOTE.TXT: an end of 22 bytes; headers of 30 and 46 bytes with a name.
TEST(ZipTestingTest, ArchivesHaveTheSizesOfTheFormat) {
  EXPECT_EQ(MakeZip({}), "PK\5\6" + std::string(18, '\0'));
  const std::string archive = MakeZip({{"name", "123"}});
  EXPECT_EQ(archive.size(), 30u + 4 + 3 + 46 + 4 + 22);
  EXPECT_EQ(archive.substr(30, 11), "name123PK\1\2");
  EXPECT_EQ(archive.substr(37 + 46, 8), "namePK\5\6");
}

}  // namespace
}  // namespace cxr
