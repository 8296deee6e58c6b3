// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_MIMIC_ANNOTATIONS_H_
#define CXR_SYNTH_EMIT_MIMIC_ANNOTATIONS_H_

#include <string>
#include <vector>

#include "cxr/data/index/image_index.h"

// Images of MIMIC-CXR with the findings of their reports, as those who train
// writers of reports keep them.

namespace cxr::synth {

struct AnnotatedImage {
  std::string dicom_id = {};
  std::string subject_id = {};
  std::string study_id = {};
  std::string path = {};  // "p10/p10000032/s50414267/<dicom_id>.jpg"
  std::string view = {};  // as metadata has it
  Part part = Part::kTraining;
  std::string indication = {};
  std::string findings = {};  // empty: the report has no such section
};

// R2Gen's annotation.json: {"train": [..], "val": [..], "test": [..]}, an item
// an image whose report has findings.
std::string R2GenAnnotation(const std::vector<AnnotatedImage>& images);

// LLaVA-Rad's list of questions and answers on the frontal images of a part
// whose reports have findings; every item says that its findings were taken by
// rule.
std::string LlavaRadAnnotation(const std::vector<AnnotatedImage>& images,
                               Part part);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_MIMIC_ANNOTATIONS_H_
