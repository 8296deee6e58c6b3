// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_SCORE_CALLS_TESTING_H_
#define TESTS_SCORE_CALLS_TESTING_H_

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/spec/score_report.pb.h"
#include "tests/program.h"

// cxr score classification as tests call it, on tests/testdata/score.

namespace cxr::tests {

inline ProgramResult Classify(const std::string& words) {
  return RunApart(absl::StrCat("tools/cxr score classification ", words));
}

// What a call that succeeds says.
inline spec::ScoreReport ReportOf(const std::string& words) {
  const ProgramResult result = Classify(words + " --format=json");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  spec::ScoreReport report;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(result.out, &report).ok());
  return report;
}

inline std::string Table(const std::string& name) {
  return TestData("tests/testdata/score/" + name);
}

// The flags that name iris' labels and `scores`.
inline std::string IrisFlags(const std::string& scores) {
  return absl::StrCat("--labels=", Table("iris_labels.csv"),
                      " --scores=", Table(scores), " ");
}

}  // namespace cxr::tests

#endif  // TESTS_SCORE_CALLS_TESTING_H_
