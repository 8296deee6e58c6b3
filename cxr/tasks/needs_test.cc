// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/needs.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

// "kind name found" of each need of an experiment.
std::string NeedsText(const spec::ExperimentSpec& experiment) {
  const TaskOptions options = {
      .roots = {.samples = TestData("cxr/data/samples"), .drawn = "/drawn"}};
  std::string text;
  for (const spec::PlannedInput& need :
       NeedsOf({{.name = "x", .spec = experiment},
                {.name = "y", .spec = experiment}},
               options)) {
    EXPECT_NE(need.terms(), "");
    absl::StrAppend(&text, need.kind(), " ", need.name(), " ",
                    need.found() ? "here" : "missing", "\n");
  }
  return text;
}

TEST(NeedsTest, EverySourceAndFileIsNamedOnce) {
  spec::ExperimentSpec experiment = Layered({kPixelProbe, kVitOverlay});
  experiment.mutable_data()->set_source(spec::NIH64);
  EXPECT_EQ(NeedsText(experiment), "data NIH64 here\n");
  experiment.mutable_data()->set_source(spec::CHEXPERT);
  experiment.mutable_features()
      ->mutable_vit()
      ->mutable_weights()
      ->mutable_file()
      ->set_file("a.pth");
  experiment.mutable_pretrain()->add_data()->set_source(spec::BRAX);
  EXPECT_EQ(NeedsText(experiment),
            "data BRAX missing\ndata CheXpert missing\n"
            "weights a.pth missing\n");
}

TEST(NeedsTest, WhatComesWithTheProgramIsHere) {
  spec::ExperimentSpec experiment = Layered({kPixelProbe, kVitOverlay});
  experiment.mutable_data()->set_source(spec::CHEXPERT);
  experiment.mutable_data()->mutable_drawn()->set_patients(9);
  experiment.mutable_features()
      ->mutable_vit()
      ->mutable_weights()
      ->mutable_bundled()
      ->set_file("cxr/data/samples/nih64/labels.csv");  // Any file.
  EXPECT_EQ(NeedsText(experiment),
            "data SYNTHETIC CheXpert here\n"
            "weights cxr/data/samples/nih64/labels.csv here\n");
}

}  // namespace
}  // namespace cxr
