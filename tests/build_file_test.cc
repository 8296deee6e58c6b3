// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/build_file.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::tests {
namespace {

using Strings = std::vector<std::string>;

constexpr char kText[] =
    "# cc_library(name = \"no\")\n"
    "load(\"//a:b.bzl\", \"c\")\n"
    "\n"
    "cc_library(\n"
    "    name = \"x\",  # deps = [\"no\"]\n"
    "    srcs = glob([\"*.cc\"]),\n"
    "    deps = [\n"
    "        \":y\",\n"
    "    ] + select({\"//c\": [\"@z//:z\"]}),\n"
    ")\n";

TEST(BuildFileTest, CallsAtTheMarginAreRules) {
  const std::vector<BuildRule> rules = ParseBuildFile(kText);
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0].kind, "load");
  EXPECT_EQ(rules[1].kind, "cc_library");
  EXPECT_EQ(rules[1].line, 4);
}

TEST(BuildFileTest, AttributesKeepTheirOrderAndStrings) {
  const std::vector<BuildRule> rules = ParseBuildFile(kText);
  ASSERT_EQ(rules.size(), 2u);
  ASSERT_EQ(rules[1].attributes.size(), 3u);
  EXPECT_EQ(rules[1].attributes[1].name, "srcs");
  EXPECT_TRUE(rules[1].attributes[1].has_glob);
  EXPECT_EQ(rules[1].attributes[2].line, 7);
  EXPECT_EQ(StringsOf(rules[1], "name"), Strings{"x"});
  EXPECT_EQ(StringsOf(rules[1], "deps"), (Strings{":y", "//c", "@z//:z"}));
}

TEST(BuildFileTest, AbsentAttributeHasNoStrings) {
  const std::vector<BuildRule> rules = ParseBuildFile(kText);
  EXPECT_EQ(FindAttribute(rules.back(), "copts"), nullptr);
  EXPECT_EQ(StringsOf(rules.back(), "copts"), Strings{});
}

}  // namespace
}  // namespace cxr::tests
