// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/same_images.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "cxr/base/testing.h"
#include "cxr/data/image/resize.h"
#include "cxr/data/source/nih64.h"

namespace cxr {
namespace {

// Some images of another dataset, larger; an empty one is damaged.
class Copies : public Dataset {
 public:
  Copies(const Dataset& dataset, const std::vector<int>& images) {
    index_.source = "copies";
    for (const int i : images) {
      index_.examples.push_back(
          {.id = i < 0 ? "torn" : dataset.index().examples[i].id + " again"});
      images_.push_back(i < 0 ? GrayImage()
                              : ResizeBicubic(*dataset.LoadImage(i), 200, 200));
    }
  }

  const ImageIndex& index() const override { return index_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (images_[i].pixels.empty()) {
      return absl::DataLossError("torn");
    }
    return DecodedImage{.image = images_[i]};
  }

 private:
  ImageIndex index_;
  std::vector<GrayImage> images_;
};

TEST(SameImagesTest, ThePictureOfAnotherSourceIsALeak) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> nih64,
                       LoadNih64(TestData("cxr/data/samples/nih64")));
  const Copies copies(*nih64, {7, 500, -1});
  spec::DataReport report;
  ASSERT_OK(AddLeaksAgainst(*nih64, {5, 6, 7, 8}, copies, 2, report));
  EXPECT_EQ(report.leaks(), 1);
  ASSERT_EQ(report.first_leaks_size(), 1);
  const std::string& id = nih64->index().examples[7].id;
  EXPECT_EQ(report.first_leaks(0).what(),
            "the same picture as " + id + " again of copies");
  EXPECT_EQ(report.first_leaks(0).images(0), id);
  ASSERT_EQ(report.remarks_size(), 1);
  EXPECT_EQ(report.remarks(0).count(), 1);
}

}  // namespace
}  // namespace cxr
