// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/layering_table.h"

#include "gtest/gtest.h"

namespace cxr::tests {
namespace {

TEST(LayeringTableTest, PackageIsTheLongestEntryThatHoldsThePath) {
  EXPECT_EQ(PackageOf("cxr/data/samples/a.h"), "cxr/data");
  EXPECT_EQ(PackageOf("metrics/roc.h"), "metrics");
  EXPECT_EQ(PackageOf("metrics2/roc.h"), "");
  EXPECT_TRUE(IsOurs("cxr/unheard/of.h"));
  EXPECT_FALSE(IsOurs("absl/strings/match.h"));
}

TEST(LayeringTableTest, IncludesBelongToLibraries) {
  EXPECT_EQ(LibraryOfInclude("torch/csrc/distributed/c10d/x.hpp"), "c10d");
  EXPECT_EQ(LibraryOfInclude("torch/nn/module.h"), "torch");
  EXPECT_EQ(LibraryOfInclude("c10/util/Exception.h"), "aten");
  EXPECT_EQ(LibraryOfInclude("vector"), "std");
  EXPECT_EQ(LibraryOfRepository("com_google_absl"), "absl");
}

TEST(LayeringTableTest, ArrowsPointOneWay) {
  EXPECT_TRUE(MayUse("cxr/train/trainer", "cxr/model"));
  EXPECT_FALSE(MayUse("cxr/model/vit", "cxr/train"));
  EXPECT_FALSE(MayUse("metrics/roc", "cxr/base"));
  EXPECT_FALSE(MayUse("reports/table", "torch"));
  EXPECT_TRUE(MayUse("tests/resume_test", "cxr/tasks"));
}

TEST(LayeringTableTest, NobodyUsesMainsTestsAndThePlugIn) {
  EXPECT_FALSE(MayUse("tests/a", "tools"));
  EXPECT_FALSE(MayUse("tools/a", "cxr/cuda"));
  EXPECT_FALSE(MayUse("tools/a", "tests"));
  EXPECT_TRUE(MayUse("cxr/cuda/a", "cxr/cuda"));
}

TEST(LayeringTableTest, OnlyTheSeamOfBaseSeesTorch) {
  EXPECT_TRUE(MayUse("cxr/base/torch_status", "aten"));
  EXPECT_TRUE(MayUse("cxr/base/torch_status_test", "torch"));
  EXPECT_FALSE(MayUse("cxr/base/file", "aten"));
  EXPECT_TRUE(IsTorchFree("cxr/base/file"));
  EXPECT_FALSE(IsTorchFree("cxr/base/torch_testing"));
  EXPECT_TRUE(IsTorchFree("cxr/data/chexpert_test"));
  EXPECT_FALSE(IsTorchFree("cxr/train/loader"));
}

TEST(LayeringTableTest, TestLibrariesBelongToTests) {
  EXPECT_TRUE(MayUse("metrics/roc_test", "gtest"));
  EXPECT_TRUE(MayUse("metrics/roc_benchmark", "benchmark"));
  EXPECT_TRUE(MayUse("cxr/base/testing", "gtest"));
  EXPECT_FALSE(MayUse("metrics/roc", "gtest"));
}

}  // namespace
}  // namespace cxr::tests
