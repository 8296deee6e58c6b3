// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/byte_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(ByteReaderTest, ReadsOneAfterAnother) {
  ByteReader reader(absl::string_view("\x01\x02\x80line\nrest", 12));
  ASSERT_OK_AND_ASSIGN(const uint64_t number, reader.TakeInteger(3));
  EXPECT_EQ(number, 0x800201u);
  ASSERT_OK_AND_ASSIGN(const absl::string_view line, reader.TakeLine());
  EXPECT_EQ(line, "line");
  EXPECT_EQ(reader.offset(), 8u);
  ASSERT_OK_AND_ASSIGN(const absl::string_view rest, reader.Take(4));
  EXPECT_EQ(rest, "rest");
  EXPECT_EQ(reader.left(), 0u);
}

TEST(ByteReaderTest, WhatLiesPastTheEndIsDataLossAndNotTaken) {
  ByteReader reader("abc", 1);
  EXPECT_THAT(reader.Take(3),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("found 2 bytes at byte 1, expected 3")));
  EXPECT_THAT(reader.Take(std::numeric_limits<uint64_t>::max()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut off")));
  EXPECT_THAT(reader.TakeInteger(8),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut off")));
  EXPECT_THAT(reader.TakeLine(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("line")));
  EXPECT_EQ(reader.offset(), 1u);
  EXPECT_EQ(ByteReader("abc", 9).left(), 0u);
}

TEST(ByteReaderTest, EightBytesAreLittleEndian) {
  EXPECT_EQ(LittleEndian("\x08\x07\x06\x05\x04\x03\x02\x01"),
            0x0102030405060708u);
  EXPECT_EQ(LittleEndian("\xFF"), 255u);
}

}  // namespace
}  // namespace cxr
