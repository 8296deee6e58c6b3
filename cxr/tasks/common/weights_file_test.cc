// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/weights_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_THAT(WeightsDigest(file_, {}),
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
        ASSERT_OK_AND_ASSIGN(const std::string digest,
                             WeightsDigest(file_, options));
        EXPECT_EQ(digest, Sha256Hex(bytes));
      }
    }
  }
}

}  // namespace
}  // namespace cxr
