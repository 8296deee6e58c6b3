// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/layering_rules.h"

#include "gtest/gtest.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

TEST(LayeringRulesTest, ForbiddenIncludesAreFound) {
  EXPECT_EQ(CheckIncludes({"metrics/a.h",
                           "#include <vector>\n"
                           "#include \"absl/types/span.h\"\n"
                           "#include \"cxr/base/csv.h\"\n"
                           "#include \"ATen/ATen.h\"\n"}),
            (Problems{"metrics/a.h:3: metrics may not include "
                      "cxr/base/csv.h (cxr/base)",
                      "metrics/a.h:4: metrics may not include "
                      "ATen/ATen.h (aten)"}));
}

TEST(LayeringRulesTest, WholeTorchIsForbiddenEverywhere) {
  EXPECT_EQ(CheckIncludes({"tests/a.cc", "#include <torch/torch.h>\n"}),
            Problems{"tests/a.cc:1: torch/torch.h: include the least torch"});
}

TEST(LayeringRulesTest, ProtoImportsFollowTheTable) {
  EXPECT_EQ(CheckIncludes({"cxr/spec/a.proto",
                           "import \"cxr/spec/b.proto\";\n"
                           "import \"reports/table.proto\";\n"}),
            Problems{"cxr/spec/a.proto:2: cxr/spec may not include "
                     "reports/table.proto (reports)"});
}

TEST(LayeringRulesTest, UnknownPackageIsNobodysToUse) {
  EXPECT_EQ(CheckIncludes({"tests/a.cc", "#include \"cxr/b.h\"\n"}).size(), 0u);
  EXPECT_EQ(CheckIncludes({"cxr/train/a.cc", "#include \"cxr/new/b.h\"\n"}),
            Problems{"cxr/train/a.cc:1: cxr/train may not include "
                     "cxr/new/b.h (cxr/new/b.h)"});
}

TEST(LayeringRulesTest, ForbiddenDepsAreFound) {
  EXPECT_EQ(CheckDepsLayering({"cxr/spec/BUILD",
                               "cc_library(\n    name = \"a\",\n    deps = [\n"
                               "        \":b\",\n        \"//cxr/base:c\",\n"
                               "        \"//tools:d\",\n"
                               "        \"@torch//:torch_cpu\",\n    ],\n)\n"}),
            (Problems{"cxr/spec/BUILD:3: a may not depend on //tools:d",
                      "cxr/spec/BUILD:3: a may not depend on "
                      "@torch//:torch_cpu"}));
}

TEST(LayeringRulesTest, SeamOfBaseMayDependOnTorch) {
  EXPECT_EQ(CheckDepsLayering({"cxr/base/BUILD",
                               "cc_library(\n    name = \"torch_status\",\n"
                               "    deps = [\"@torch//:torch_cpu\"],\n)\n"}),
            Problems{});
}

TEST(LayeringRulesTest, StringPieceStaysInItsSeam) {
  const char kText[] = "re2::StringPiece p;\n";
  EXPECT_EQ(CheckRegexSeam({"cxr/text/a.cc", kText}),
            Problems{"cxr/text/a.cc:1: StringPiece outside cxr/base/regex"});
  EXPECT_EQ(CheckRegexSeam({"cxr/base/regex.cc", kText}), Problems{});
}

TEST(LayeringRulesTest, ExperimentsHoldDeclarationsOnly) {
  EXPECT_EQ(CheckExperiments({"experiments/a/run.py", ""}),
            Problems{"experiments/a/run.py:1: neither a textproto nor a BUILD "
                     "file"});
  EXPECT_EQ(CheckExperiments({"experiments/a/b.textproto", ""}), Problems{});
  EXPECT_EQ(CheckExperiments({"experiments/records/a.csv", ""}), Problems{});
}

TEST(LayeringRulesTest, TorchIsFoundBehindOtherHeaders) {
  EXPECT_EQ(CheckTorchReach({{"cxr/score/a.cc", "#include \"cxr/model/b.h\"\n"},
                             {"cxr/model/b.h", "#include \"cxr/model/c.h\"\n"},
                             {"cxr/model/c.h", "#include \"c10/d.h\"\n"}}),
            Problems{"cxr/score/a.cc:1: reaches torch: cxr/model/b.h -> "
                     "cxr/model/c.h -> c10/d.h"});
}

TEST(LayeringRulesTest, FolderCycleIsFoundThroughIncludesAndDeps) {
  EXPECT_EQ(CheckFolderCycles({{"cxr/a/x.h", "#include \"cxr/b/y.h\"\n"},
                               {"cxr/b/BUILD",
                                "cc_library(\n    name = \"y\",\n"
                                "    deps = [\"//cxr/a:x\"],\n)\n"}}),
            Problems{"cxr/b/BUILD:3: cycle cxr/a -> cxr/b -> cxr/a"});
  EXPECT_EQ(CheckFolderCycles({{"cxr/a/x.h", "#include \"cxr/b/y.h\"\n"}}),
            Problems{});
}

TEST(LayeringRulesTest, SecondSeamIsFound) {
  EXPECT_EQ(CheckSingleSeams({{"metrics/a.cc", "#include \"re2/re2.h\"\n"},
                              {"metrics/b.cc", "#include \"re2/re2.h\"\n"}}),
            Problems{"metrics/b.cc:1: a second seam to re2 beside metrics/a"});
}

TEST(LayeringRulesTest, EveryRuleRunsOverTheTree) {
  EXPECT_EQ(CheckLayering({{"experiments/x.md", ""},
                           {"metrics/a.h", "#include \"ATen/a.h\"\n"}})
                .size(),
            3u);
}

}  // namespace
}  // namespace cxr::tests
