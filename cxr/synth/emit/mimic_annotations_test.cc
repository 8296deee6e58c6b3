// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/mimic_annotations.h"

#include <gtest/gtest.h>

namespace cxr::synth {
namespace {

std::vector<AnnotatedImage> Images() {
  return {{.dicom_id = "a-b",
           .subject_id = "10000032",
           .study_id = "50414267",
           .path = "p10/p10000032/s50414267/a-b.jpg",
           .view = "PA",
           .part = Part::kTest,
           .indication = "Cough.",
           .findings = "The lungs are \"clear\"."},
          {.dicom_id = "c-d",
           .subject_id = "10000032",
           .study_id = "50414267",
           .path = "p10/p10000032/s50414267/c-d.jpg",
           .view = "LATERAL",
           .part = Part::kTest,
           .findings = "Clear."},
          {.dicom_id = "e-f",
           .subject_id = "10000032",
           .study_id = "50414268",
           .path = "p10/p10000032/s50414268/e-f.jpg",
           .view = "AP",
           .part = Part::kTest}};
}

TEST(MimicAnnotationsTest, R2GenHasAnItemAnImageWithFindings) {
  EXPECT_EQ(
      R2GenAnnotation(Images()),
      "{\"train\":[],\"val\":[],\"test\":[{\"id\":\"a-b\",\"study_id\":"
      "50414267,"
      "\"subject_id\":10000032,\"report\":\"The lungs are \\\"clear\\\".\","
      "\"image_path\":[\"p10/p10000032/s50414267/a-b.jpg\"],\"split\":\"test\"}"
      ",{\"id\":\"c-d\",\"study_id\":50414267,\"subject_id\":10000032,"
      "\"report\":\"Clear.\",\"image_path\":[\"p10/p10000032/s50414267/"
      "c-d.jpg\"],"
      "\"split\":\"test\"}]}\n");
}

TEST(MimicAnnotationsTest, LlavaRadAsksAboutFrontalImages) {
  EXPECT_EQ(LlavaRadAnnotation(Images(), Part::kTraining), "[]\n");
  EXPECT_EQ(
      LlavaRadAnnotation(Images(), Part::kTest),
      "[{\"id\":\"a-b\",\"image\":\"mimic/p10/p10000032/s50414267/a-b.jpg\","
      "\"view\":\"PA\",\"reason\":\"Cough.\",\"generate_method\":\"rule-"
      "based\","
      "\"conversations\":[{\"from\":\"human\",\"value\":\"<image>\\nProvide a "
      "description of the findings in the radiology image given the following "
      "indication: Cough.\\n\"},{\"from\":\"gpt\",\"value\":\"The lungs are "
      "\\\"clear\\\".\"}]}]\n");
}

}  // namespace
}  // namespace cxr::synth
