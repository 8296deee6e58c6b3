// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/origins.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "cxr/base/testing.h"
#include "cxr/spec/library.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

TEST(OriginsTest, EveryIdentityFieldHasTheLineOfItsValue) {
  SpecTree tree;
  tree.Write("classify/x.textproto",
             "include: 'pixels'\n"
             "train {\n"
             "  targets: ['A', 'B']\n"
             "  linear_probe { epochs: 3 }\n"
             "}\n");
  const SpecLibrary library = tree.Library();
  ASSERT_OK_AND_ASSIGN(const PlacedExperiment placed,
                       library.ResolvePlaced("x", {}));
  const std::map<std::string, std::string> origins =
      OriginsOf(placed, library.catalog());
  // The tree writes the version of the language into the first line.
  EXPECT_EQ(tree.Relative(origins.at("train.linear_probe.epochs")),
            "classify/x.textproto:5");
  EXPECT_EQ(tree.Relative(origins.at("train.targets[1]")),
            "classify/x.textproto:4");
  EXPECT_EQ(tree.Relative(origins.at("data.source")).substr(0, 7), "common/");
}

}  // namespace
}  // namespace cxr
