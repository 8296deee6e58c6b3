// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/host_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(HostListTest, ANameIsAHost) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> hosts,
                       ExpandHostList("gpu-17.cluster"));
  EXPECT_THAT(hosts, ElementsAre("gpu-17.cluster"));
}

TEST(HostListTest, BracketsStandForManyHosts) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> hosts,
                       ExpandHostList("a[1-3,7],b,c[2]"));
  EXPECT_THAT(hosts, ElementsAre("a1", "a2", "a3", "a7", "b", "c2"));
}

TEST(HostListTest, LeadingZerosAreKept) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> hosts,
                       ExpandHostList("n[08-10,099]"));
  EXPECT_THAT(hosts, ElementsAre("n08", "n09", "n10", "n099"));
}

TEST(HostListTest, BracketsMultiply) {
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> hosts,
                       ExpandHostList("r[1-2]n[3-4]x"));
  EXPECT_THAT(hosts, ElementsAre("r1n3x", "r1n4x", "r2n3x", "r2n4x"));
}

TEST(HostListTest, OtherFormsAreRejected) {
  for (const char* list : {"", "a,", ",a", "a[1-3", "a]1[", "a[]", "a[3-1]",
                           "a[1--3]", "a[x]", "a[1-]", "a[-1]"}) {
    EXPECT_THAT(
        ExpandHostList(list),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("expected")))
        << list;
  }
}

TEST(HostListTest, AListTooLongToBeTrueIsRejected) {
  for (const char* list : {"a[0-999999999]", "a[0-9999999999]",
                           "a[0-999]b[0-999]", "a[0-40000],b[0-40000]"}) {
    EXPECT_THAT(
        ExpandHostList(list),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("expected")))
        << list;
  }
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> hosts,
                       ExpandHostList("a[0-65535]"));
  EXPECT_EQ(hosts.size(), 65536);
}

}  // namespace
}  // namespace cxr
