// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fragment_hints.h"

#include <gtest/gtest.h>

#include "cxr/spec/testing.h"

namespace cxr {
namespace {

TEST(FragmentHintsTest, TheMostUsedComeFirst) {
  SpecTree tree;
  tree.Write("common/rare.textproto", "data { source: RSNA }");
  tree.Write("common/rule.textproto", "data { source: RSNA }");
  tree.Write("classify/b.textproto", "include: ['pixels', 'rare']");
  tree.Write("classify/c.textproto", "include: 'pixels'");
  const SpecCatalog catalog = tree.Catalog();
  const FragmentHints hints(catalog);
  // Nothing but a rule could lay the third.
  EXPECT_EQ(hints.WhoSets("data.source"),
            "; fragments that set it: pixels, rare");
  EXPECT_EQ(hints.WhoSets("train.targets"), "; fragments that set it: pixels");
}

TEST(FragmentHintsTest, NoFragmentIsNoHint) {
  const SpecTree tree;
  const SpecCatalog catalog = tree.Catalog();
  const FragmentHints hints(catalog);
  EXPECT_EQ(hints.WhoSets("pretrain.drop_path"), "");
  EXPECT_EQ(hints.WhoSets("no.field"), "");
}

}  // namespace
}  // namespace cxr
