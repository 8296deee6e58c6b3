// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/mimic_annotations.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"

namespace cxr::synth {
namespace {

// Keys stay in the order in which they are written.
using Json = nlohmann::ordered_json;

const char* SplitName(Part part) {
  return part == Part::kTraining     ? "train"
         : part == Part::kValidation ? "val"
                                     : "test";
}

}  // namespace

std::string R2GenAnnotation(const std::vector<AnnotatedImage>& images) {
  Json annotation = {{"train", Json::array()},
                     {"val", Json::array()},
                     {"test", Json::array()}};
  for (const AnnotatedImage& image : images) {
    if (image.findings.empty()) {
      continue;
    }
    const char* split = SplitName(image.part);
    annotation[split].push_back({{"id", image.dicom_id},
                                 {"study_id", std::stoll(image.study_id)},
                                 {"subject_id", std::stoll(image.subject_id)},
                                 {"report", image.findings},
                                 {"image_path", Json::array({image.path})},
                                 {"split", split}});
  }
  return absl::StrCat(annotation.dump(), "\n");
}

std::string LlavaRadAnnotation(const std::vector<AnnotatedImage>& images,
                               Part part) {
  Json list = Json::array();
  for (const AnnotatedImage& image : images) {
    if (image.part != part || image.findings.empty() ||
        (image.view != "AP" && image.view != "PA")) {
      continue;
    }
    const std::string question = absl::StrCat(
        "<image>\nProvide a description of the findings in the radiology image "
        "given the following indication: ",
        image.indication, "\n");
    list.push_back(
        {{"id", image.dicom_id},
         {"image", absl::StrCat("mimic/", image.path)},
         {"view", image.view},
         {"reason", image.indication},
         {"generate_method", "rule-based"},
         {"conversations",
          Json::array({{{"from", "human"}, {"value", question}},
                       {{"from", "gpt"}, {"value", image.findings}}})}});
  }
  return absl::StrCat(list.dump(), "\n");
}

}  // namespace cxr::synth
