// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/build_style.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

constexpr char kTop[] =
    "# Copyright 2026 The cxr Authors\n"
    "# SPDX-License-Identifier: Apache-2.0\n"
    "\n"
    "# Base: knows nothing of vision.\n";

Problems Check(const std::string& rules) {
  return CheckBuildStyle({"cxr/base/BUILD", kTop + rules});
}

TEST(BuildStyleTest, OrderlyFilePasses) {
  EXPECT_EQ(Check("cc_library(\n    name = \"a\",\n    srcs = [\"a.cc\"],\n"
                  "    hdrs = [\"a.h\"],\n    linkstatic = True,\n"
                  "    deps = [\n        \":b\",\n        \"//c:d\",\n"
                  "        \"//c/e\",\n        \"@f//:g\",\n    ],\n)\n"),
            Problems{});
}

TEST(BuildStyleTest, RoleCommentIsMissed) {
  EXPECT_EQ(CheckBuildStyle({"a/BUILD", "# x\n# y\n\ncc_library()\n"}),
            Problems{"a/BUILD:4: no comment with the folder's role under the "
                     "licence"});
}

TEST(BuildStyleTest, AttributeOutOfOrderIsNamed) {
  EXPECT_EQ(Check("cc_test(\n    name = \"a\",\n    deps = [],\n"
                  "    data = [],\n)\n"),
            Problems{"cxr/base/BUILD:8: data stands after deps"});
}

TEST(BuildStyleTest, DepsOutOfOrderAreNamed) {
  EXPECT_EQ(Check("cc_test(\n    name = \"a\",\n"
                  "    deps = [\"@x//:x\", \"//a:b\", \":c\"],\n)\n"),
            (Problems{"cxr/base/BUILD:7: deps: //a:b stands after @x//:x",
                      "cxr/base/BUILD:7: deps: :c stands after //a:b"}));
}

TEST(BuildStyleTest, SecondHeaderAndGlobAreNamed) {
  EXPECT_EQ(Check("cc_library(\n    name = \"a\",\n"
                  "    srcs = glob([\"*.cc\"]),\n"
                  "    hdrs = [\"a.h\", \"b.h\"],\n)\n"),
            (Problems{"cxr/base/BUILD:7: glob in srcs",
                      "cxr/base/BUILD:5: a has 2 headers, at most 1"}));
}

TEST(BuildStyleTest, WrappersOfOtherProjectsMayGlob) {
  EXPECT_EQ(CheckBuildStyle(
                {"tools/third_party/x.BUILD",
                 std::string(kTop) + "cc_library(hdrs = glob([\"*.h\"]))\n"}),
            Problems{});
}

}  // namespace
}  // namespace cxr::tests
