// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/weights_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

class WeightsFileTest : public ::testing::Test {
 protected:
  WeightsFileTest() {
    file_.set_file("meta/a.pth");
    file_.set_where_to_get("its authors");
    EXPECT_OK(CreateDirectory(root_.File("meta")));
  }

  void Write(absl::string_view bytes) const {
    EXPECT_OK(ReplaceFile(root_.File("meta/a.pth"), bytes));
  }

  spec::WeightsSpec Weights() const {
    spec::WeightsSpec weights;
    *weights.mutable_file() = file_;
    return weights;
  }

  const TempDir root_;
  const TaskOptions options_ = {.weights_root = root_.path()};
  spec::WeightsFileSpec file_;
};

TEST_F(WeightsFileTest, PathsLieBelowTheRoot) {
  Write("weights");
  ASSERT_OK_AND_ASSIGN(const std::string path, WeightsPath(file_, options_));
  EXPECT_EQ(path, root_.File("meta/a.pth"));
}

TEST_F(WeightsFileTest, WithoutARootTheFlagIsNamed) {
  EXPECT_THAT(WeightsPath(file_, {}),
              StatusIs(absl::StatusCode::kUnimplemented,
                       "weights: meta/a.pth (its authors) is not here; give "
                       "the folder that holds it with --weights_root"));
  EXPECT_THAT(WeightsDigest(Weights(), {}),
              StatusIs(absl::StatusCode::kUnimplemented, ::testing::_));
}

TEST_F(WeightsFileTest, AMissingFileSaysWhoPublishesIt) {
  EXPECT_THAT(
      WeightsPath(file_, options_),
      StatusIs(absl::StatusCode::kUnimplemented,
               "weights: meta/a.pth (its authors) is not in " + root_.path()));
}

TEST_F(WeightsFileTest, DigestsFollowTheBytes) {
  TaskOptions cached = options_;
  cached.roots.cache = root_.File("cache");
  for (const TaskOptions& options : {options_, cached}) {
    for (const char* bytes : {"weights", "others"}) {
      Write(bytes);
      for (int time = 0; time < 2; ++time) {
        ASSERT_OK_AND_ASSIGN(const std::optional<std::string> digest,
                             WeightsDigest(Weights(), options));
        EXPECT_EQ(digest, Sha256Hex(bytes));
      }
    }
  }
}

TEST_F(WeightsFileTest, BundledOnesLieBelowTheProgram) {
  Write("bundled");
  spec::WeightsSpec weights;
  weights.mutable_bundled()->set_file("meta/a.pth");
  const TaskOptions options = {.program_root = root_.path()};
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> digest,
                       WeightsDigest(weights, options));
  EXPECT_EQ(digest, Sha256Hex("bundled"));
  weights.mutable_bundled()->set_file("meta/b.pth");
  EXPECT_THAT(WeightsDigest(weights, options),
              StatusIs(absl::StatusCode::kNotFound,
                       root_.File("meta/b.pth") +
                           ": no such file of weights, which should be where "
                           "the program is"));
}

TEST_F(WeightsFileTest, WeightsInNoFileHaveNoDigest) {
  spec::WeightsSpec weights;
  weights.mutable_random();
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> digest,
                       WeightsDigest(weights, options_));
  EXPECT_FALSE(digest.has_value());
}

}  // namespace
}  // namespace cxr
