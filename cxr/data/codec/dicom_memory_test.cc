// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

TEST(DicomMemoryTest, IsOneMemoryForBothSides) {
  ASSERT_OK_AND_ASSIGN(const DicomMemory ours, DicomMemory::Create());
  ASSERT_OK_AND_ASSIGN(const DicomMemory theirs,
                       DicomMemory::Open(dup(ours.fd())));
  ASSERT_NE(ours.bytes(), theirs.bytes());
  ours.bytes()[0] = 'a';
  theirs.bytes()[DicomMemory::kBytes - 1] = 'z';
  EXPECT_EQ(theirs.bytes()[0], 'a');
  EXPECT_EQ(ours.bytes()[DicomMemory::kBytes - 1], 'z');
}

TEST(DicomMemoryTest, CanBeMoved) {
  ASSERT_OK_AND_ASSIGN(DicomMemory first, DicomMemory::Create());
  first.bytes()[7] = 'x';
  const DicomMemory second = std::move(first);
  EXPECT_EQ(second.bytes()[7], 'x');
}

TEST(DicomMemoryTest, NobodyCanMakeItSmaller) {
  ASSERT_OK_AND_ASSIGN(const DicomMemory memory, DicomMemory::Create());
  EXPECT_EQ(ftruncate(memory.fd(), 1), -1);
}

TEST(DicomMemoryTest, WhatIsNoMemoryIsAnError) {
  EXPECT_THAT(DicomMemory::Open(-1),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       "no memory to share with the DICOM codec: Bad file "
                       "descriptor"));
}

TEST(DicomMemoryTest, NoAddressSpaceIsAnError) {
  rlimit usual;
  ASSERT_EQ(getrlimit(RLIMIT_AS, &usual), 0);
  const rlimit small{.rlim_cur = DicomMemory::kBytes,
                     .rlim_max = usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_AS, &small), 0);
  const absl::StatusCode code = DicomMemory::Create().status().code();
  ASSERT_EQ(setrlimit(RLIMIT_AS, &usual), 0);
  EXPECT_EQ(code, absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace cxr
