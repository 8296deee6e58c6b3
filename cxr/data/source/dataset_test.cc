// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::IsEmpty;

// Images alone; the second is damaged.
class Images : public Dataset {
 public:
  const ImageIndex& index() const override { return index_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (i == 1) {
      return absl::DataLossError("b.png: torn");
    }
    return DecodedImage{.image = {.width = 1, .height = 1, .pixels = {7}}};
  }

 private:
  const ImageIndex index_ = {.source = "toy"};
};

TEST(DatasetTest, AnImageIsWhatItDecodesTo) {
  const Images images;
  EXPECT_EQ(images.LoadImage(0)->pixels[0], 7);
  EXPECT_THAT(images.LoadImage(1),
              StatusIs(absl::StatusCode::kDataLoss, "b.png: torn"));
}

TEST(DatasetTest, ASourceHasNeitherMasksNorReportsUnlessItSaysSo) {
  const Images images;
  EXPECT_THAT(images.mask_classes(), IsEmpty());
  EXPECT_THAT(images.LoadMask(0, {}),
              StatusIs(absl::StatusCode::kUnimplemented, "toy has no masks"));
  EXPECT_THAT(images.LoadReport(0),
              StatusIs(absl::StatusCode::kUnimplemented, "toy has no reports"));
}

}  // namespace
}  // namespace cxr
