// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/show.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "cxr/base/testing.h"
#include "cxr/spec/library.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::util::MessageDifferencer;

TEST(ShowTest, TextReadsBackToTheSameMessage) {
  SpecTree tree;
  tree.Write("classify/x.textproto",
             "include: 'pixels' description: 'a \\'quote\\', \\n a line'"
             " train { linear_probe { weight_init_std: 0.1 } }");
  const SpecLibrary library = tree.Library();
  ASSERT_OK_AND_ASSIGN(const PlacedExperiment placed,
                       library.ResolvePlaced("x", {}));
  EXPECT_TRUE(MessageDifferencer::Equals(
      ParseSpec<spec::ExperimentSpec>(ToText(placed)), placed.spec));
  EXPECT_TRUE(MessageDifferencer::Equals(
      ParseSpec<spec::ExperimentSpec>(
          ToTextWithOrigins(placed, library.catalog())),
      placed.spec));
}

TEST(ShowTest, EveryValueHasItsOrigin) {
  SpecTree tree;
  tree.Write("common/f.textproto", "data {\n  source: RSNA\n  views: PA\n}");
  tree.Write("classify/x.textproto",
             "include: 'f'\ndata {\n  max_patients: 0\n  views: [PA, AP]\n}\n"
             "features { pixels {} }");
  const SpecCatalog catalog = tree.Catalog();
  Composer composer(catalog);
  ComposeBase(catalog, "x", composer);
  PlacedExperiment placed = composer.placed();
  placed.spec.clear_include();
  placed.spec.clear_spec_version();
  EXPECT_EQ(tree.Relative(ToTextWithOrigins(placed, catalog)),
            "data {\n"
            "  source: RSNA     # common/f.textproto:3\n"
            "  views: PA        # classify/x.textproto:5\n"
            "  views: AP        # classify/x.textproto:5\n"
            "  max_patients: 0  # classify/x.textproto:4\n"
            "}\n"
            "features {\n"
            "  pixels {}        # classify/x.textproto:7\n"
            "}\n");
  EXPECT_EQ(ToText(placed),
            "data {\n  source: RSNA\n  views: PA\n  views: AP\n"
            "  max_patients: 0\n}\nfeatures {\n  pixels {}\n}\n");
}

}  // namespace
}  // namespace cxr
