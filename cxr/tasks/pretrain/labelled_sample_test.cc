// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/labelled_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/pretrain/testing.h"

namespace cxr {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

absl::StatusOr<PretrainImages> ImagesOf(absl::string_view data) {
  return PretrainImages::Create(SmallPretraining(data).pretrain(), OpenSample);
}

constexpr absl::string_view kAllThumbnails =
    "pretrain { data { source: NIH64 part: ALL_PARTS views: [ PA, AP ] "
    "max_patients: 0 } }";

TEST(LabelledSampleTest, HoldsWholePatientsInHalves) {
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(kAllThumbnails));
  const std::vector<SampledImage> sample = SampleLabelledImages(images);
  ASSERT_THAT(sample, SizeIs(images.size()));
  std::map<std::string, int> patient_of;
  std::array<std::set<int>, 2> halves;
  std::set<int64_t> taken;
  for (const SampledImage& image : sample) {
    const std::string& id = images.ExampleOf(image.image).patient_id;
    EXPECT_EQ(patient_of.emplace(id, image.patient).first->second,
              image.patient);
    halves[image.half].insert(image.patient);
    EXPECT_TRUE(taken.insert(image.image).second);
  }
  EXPECT_EQ(halves[0].size() + halves[1].size(), patient_of.size());
  EXPECT_LE(halves[0].size() - halves[1].size(), 1u);
}

TEST(LabelledSampleTest, AtMostSoManyImagesAreTakenOfBothSources) {
  // The thumbnails twice: the patients are the same, with twice the images.
  ASSERT_OK_AND_ASSIGN(
      const PretrainImages images,
      ImagesOf("pretrain { data { source: NIH64 part: ALL_PARTS views: [ PA, "
               "AP ] max_patients: 0 } data { source: NIH64 part: ALL_PARTS "
               "views: [ PA, AP ] max_patients: 0 } }"));
  const std::vector<SampledImage> sample = SampleLabelledImages(images);
  ASSERT_GT(images.size(), kMostSampledImages);
  EXPECT_LE(std::ssize(sample), kMostSampledImages);
  EXPECT_GT(std::ssize(sample), kMostSampledImages - 100);
  std::map<std::string, int> counts;
  for (const SampledImage& image : sample) {
    ++counts[images.ExampleOf(image.image).id];
  }
  for (const auto& [id, count] : counts) EXPECT_EQ(count, 2) << id;
}

TEST(LabelledSampleTest, ASampleDoesNotDependOnOtherPatients) {
  ASSERT_OK_AND_ASSIGN(const PretrainImages all, ImagesOf(kAllThumbnails));
  ASSERT_OK_AND_ASSIGN(const PretrainImages few, ImagesOf(""));
  std::vector<std::string> order_in_all;
  std::set<std::string> ids;
  for (const SampledImage& image : SampleLabelledImages(few)) {
    ids.insert(few.ExampleOf(image.image).id);
  }
  for (const SampledImage& image : SampleLabelledImages(all)) {
    const std::string& id = all.ExampleOf(image.image).id;
    if (ids.contains(id)) order_in_all.push_back(id);
  }
  std::vector<std::string> order_in_few;
  for (const SampledImage& image : SampleLabelledImages(few)) {
    order_in_few.push_back(few.ExampleOf(image.image).id);
  }
  EXPECT_EQ(order_in_few, order_in_all);
}

TEST(LabelledSampleTest, LabelsAreThoseOfTheIndex) {
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(kAllThumbnails));
  const std::vector<SampledImage> sample = SampleLabelledImages(images);
  const ImageIndex& index = images.IndexOf(0);
  // By hand: columns with enough of both, in the order of their names.
  std::map<std::string, std::vector<uint8_t>> expected;
  for (size_t c = 0; c < index.label_names.size(); ++c) {
    std::vector<uint8_t> column;
    for (const SampledImage& image : sample) {
      column.push_back(index.Label(image.image, static_cast<int>(c)) == 1);
    }
    const auto positives = std::count(column.begin(), column.end(), 1);
    if (positives >= kLeastOfALabel) expected[index.label_names[c]] = column;
  }
  ASSERT_GE(expected.size(), 5u);
  const std::vector<LabelledImages> labels = LabelsOf(images, sample);
  ASSERT_THAT(labels, SizeIs(expected.size()));
  auto column = expected.begin();
  for (const LabelledImages& label : labels) {
    EXPECT_EQ(label.labels, column->second) << column->first;
    ++column;
    for (size_t i = 0; i < sample.size(); ++i) {
      EXPECT_EQ(label.rows[i], static_cast<int64_t>(i));
      EXPECT_EQ(label.patients[i], sample[i].patient);
      EXPECT_EQ(label.halves[i], sample[i].half);
    }
  }
}

TEST(LabelledSampleTest, TooFewOfALabelAreNoLabel) {
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(kAllThumbnails));
  std::vector<SampledImage> sample = SampleLabelledImages(images);
  // All of one half: nothing to predict the other from.
  for (SampledImage& image : sample) image.half = 0;
  EXPECT_THAT(LabelsOf(images, sample), IsEmpty());
  sample.resize(2 * kLeastOfALabel - 1);
  EXPECT_THAT(LabelsOf(images, sample), IsEmpty());
}

TEST(LabelledSampleTest, SourcesWithoutLabelsGiveNoSample) {
  ASSERT_OK_AND_ASSIGN(
      const PretrainImages images,
      ImagesOf("pretrain { data { source: HANNOVER part: ALL_PARTS views: [ "
               "PA, AP ] max_patients: 0 } }"));
  EXPECT_THAT(LabelsOf(images, SampleLabelledImages(images)), IsEmpty());
}

}  // namespace
}  // namespace cxr
