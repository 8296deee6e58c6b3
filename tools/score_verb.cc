// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/score_verb.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/score_classification.h"
#include "tools/score_segmentation.h"

namespace cxr {
namespace {

absl::Status RunScore(const std::vector<std::string>& words) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  if (words == std::vector<std::string>{"classification"}) {
    CXR_RETURN_IF_ERROR(
        RefuseFlags("score classification", {"truth", "pred", "classes"}));
    return ScoreClassificationFiles();
  }
  if (words == std::vector<std::string>{"segmentation"}) {
    CXR_RETURN_IF_ERROR(RefuseFlags(
        "score segmentation",
        {"scores", "level", "strata", "margin", "at_sensitivity", "curves"}));
    return ScoreSegmentationFolders();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("score: found '", absl::StrJoin(words, " "),
                   "', expected classification or segmentation"));
}

}  // namespace

ExitCode ScoreVerb(const std::vector<std::string>& words) {
  return CodeOf(RunScore(words));
}

}  // namespace cxr
