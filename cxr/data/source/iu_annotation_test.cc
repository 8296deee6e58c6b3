// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_annotation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kAnnotation[] = R"({
"train": [
  {"id": "CXR1_IM-1", "report": "Clear lungs.", "split": "train",
   "image_path": ["CXR1_IM-1/0.png", "CXR1_IM-1/1.png"]}],
"val": [],
"test": [{"id": "CXR2_IM-2", "report": "", "image_path": []}]
})";

TEST(IuAnnotationTest, StudiesOfAllPartsAreRead) {
  ASSERT_OK_AND_ASSIGN(const std::vector<IuStudy> studies,
                       ParseIuAnnotation(kAnnotation, "a.json"));
  ASSERT_EQ(studies.size(), 2u);
  EXPECT_EQ(studies[0].id, "CXR1_IM-1");
  EXPECT_EQ(studies[0].report, "Clear lungs.");
  EXPECT_THAT(studies[0].images,
              ElementsAre("CXR1_IM-1/0.png", "CXR1_IM-1/1.png"));
  EXPECT_EQ(studies[0].part, Part::kTraining);
  EXPECT_EQ(studies[1].id, "CXR2_IM-2");
  EXPECT_TRUE(studies[1].images.empty());
  EXPECT_EQ(studies[1].part, Part::kTest);
}

TEST(IuAnnotationTest, ValidationIsAPart) {
  ASSERT_OK_AND_ASSIGN(
      const std::vector<IuStudy> studies,
      ParseIuAnnotation(R"({"train":[],"test":[],"val":[{"id":"a",)"
                        R"("report":"b","image_path":["c"]}]})",
                        "a.json"));
  ASSERT_EQ(studies.size(), 1u);
  EXPECT_EQ(studies[0].part, Part::kValidation);
}

TEST(IuAnnotationTest, BadStudiesAreDataLossSayingWhich) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>>
      cases = {
          {{"\"val\": []", "\"val\": {}"},
           "a.json: found no list 'val', expected the lists train, val and "
           "test"},
          {{"\"val\"", "\"dev\""}, "a.json: found no list 'val'"},
          {{"\"Clear lungs.\"", "7"}, "a.json: train[0]: found no text report"},
          {{"\"CXR1_IM-1\",", "\"\","}, "a.json: train[0]: found no text id"},
          {{"\"image_path\": []", "\"image\": []"},
           "a.json: test[0]: found no list image_path"},
          {{"{\"id\": \"CXR2_IM-2\", \"report\": \"\", \"image_path\": []}",
            "3"},
           "a.json: test[0]: found no list image_path"},
          {{"\"CXR1_IM-1/1.png\"", "\"../1.png\""},
           "a.json: train[0]: image_path: found \"../1.png\", expected a path"},
          {{"\"CXR1_IM-1/1.png\"", "\"/1.png\""},
           "a.json: train[0]: image_path: found \"/1.png\""},
          {{"\"CXR1_IM-1/1.png\"", "null"},
           "a.json: train[0]: image_path: found null"},
      };
  for (const auto& [change, text] : cases) {
    EXPECT_THAT(kAnnotation, HasSubstr(change.first));
    EXPECT_THAT(
        ParseIuAnnotation(
            absl::StrReplaceAll(kAnnotation, {{change.first, change.second}}),
            "a.json")
            .status(),
        StatusIs(absl::StatusCode::kDataLoss, StartsWith(text)));
  }
}

TEST(IuAnnotationTest, BrokenJsonIsDataLossWithItsLine) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "a.json:1: found what is no JSON at byte "},
      {"{\n\n\"train\" []}", "a.json:3: found what is no JSON at byte 12, "},
      {"{\"train\": [\n", "a.json:2: found what is no JSON"},
      {"{\"train\": \"\xFF\"}", "a.json:1: found what is no JSON"},
      {"{\"train\": 1e999}", "a.json:1: found what is no JSON"},
      {"[]", "a.json: found no list 'train'"},
      {"7", "a.json: found no list 'train'"},
  };
  for (const auto& [json, text] : cases) {
    EXPECT_THAT(ParseIuAnnotation(json, "a.json").status(),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith(text)))
        << json;
  }
}

TEST(IuAnnotationTest, DeepNestingIsNoDanger) {
  const std::string deep =
      std::string(500'000, '[') + std::string(500'000, ']');
  EXPECT_THAT(ParseIuAnnotation(deep, "a.json").status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no list")));
}

}  // namespace
}  // namespace cxr
