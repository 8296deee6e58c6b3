// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_TESTING_H_
#define CXR_BASE_TESTING_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Matchers and helpers that every test of the project shares. Torch-free.
//
//   EXPECT_THAT(Load(path), StatusIs(absl::StatusCode::kNotFound,
//                                    HasSubstr("no such")));
//   ASSERT_OK_AND_ASSIGN(const Image image, DecodePng(bytes));
//   const TempDir dir;

#define EXPECT_OK(expr) EXPECT_THAT((expr), ::cxr::IsOk())
#define ASSERT_OK(expr) ASSERT_THAT((expr), ::cxr::IsOk())

#define ASSERT_OK_AND_ASSIGN(lhs, expr) \
  ASSERT_OK_AND_ASSIGN_IMPL(CXR_TESTING_CONCAT(status_or_, __LINE__), lhs, expr)
#define ASSERT_OK_AND_ASSIGN_IMPL(temporary, lhs, expr) \
  auto temporary = (expr);                              \
  ASSERT_THAT(temporary, ::cxr::IsOk());                \
  lhs = *std::move(temporary)
#define CXR_TESTING_CONCAT(a, b) CXR_TESTING_CONCAT_INNER(a, b)
#define CXR_TESTING_CONCAT_INNER(a, b) a##b

namespace cxr {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

// Matches an OK Status or StatusOr.
MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// Matches a Status or StatusOr by its code and a matcher over its text.
MATCHER_P2(StatusIs, code, text_matcher, "has the stated code and text") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::ExplainMatchResult(text_matcher,
                                       std::string(StatusOf(arg).message()),
                                       result_listener);
}

// A fresh folder that is deleted with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  // A path inside the folder.
  std::string File(absl::string_view name) const;

 private:
  std::string path_;
};

// A readable path of a test's data file named from the workspace's root, e.g.
// "cxr/data/testdata/tiny.png".
std::string TestData(absl::string_view path);

// Runs `command` by the shell; what it printed (stdout and stderr together)
// and its exit status.
struct CommandResult {
  int exit_code = 0;
  std::string output;
};
CommandResult RunCommand(const std::string& command);

}  // namespace cxr

#endif  // CXR_BASE_TESTING_H_
