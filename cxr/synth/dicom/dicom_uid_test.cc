// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/dicom_uid.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

// Python: uuid.UUID("f81d4fae-7dec-41d0-a765-00a0c91e6bf6").int
TEST(DicomUidTest, IsTheDecimalNumberOfTheUuid) {
  EXPECT_EQ(DicomUid(0xf81d4fae7dec41d0, 0xa76500a0c91e6bf6),
            "2.25.329800735698586855969233156254476430326");
}

TEST(DicomUidTest, BitsThatMarkARandomUuidAreSet) {
  EXPECT_EQ(DicomUid(0xf81d4fae7decf1d0, 0x676500a0c91e6bf6),
            DicomUid(0xf81d4fae7dec01d0, 0xe76500a0c91e6bf6));
  // Python: uuid.UUID("00000000-0000-4000-8000-000000000000").int
  EXPECT_EQ(DicomUid(0, 0), "2.25.302240678275694148452352");
}

// A UID has at most 64 characters (PS3.5 6.2).
TEST(DicomUidTest, LargestFits) {
  EXPECT_LE(DicomUid(~uint64_t{0}, ~uint64_t{0}).size(), 64u);
}

}  // namespace
}  // namespace cxr::synth
