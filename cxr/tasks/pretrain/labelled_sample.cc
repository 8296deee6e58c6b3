// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/labelled_sample.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/rng.h"
#include "cxr/data/index/image_index.h"

namespace cxr {
namespace {

bool IsKnown(float label) { return label == kPositive || label == kNegative; }

// Patients are those of a source: sources number them alike.
struct Patient {
  uint64_t hash = 0;
  std::string source = {};
  std::string id = {};
  std::vector<int64_t> images = {};
};

// The patients who have an image with a known label, by their hash.
std::vector<Patient> LabelledPatients(const PretrainImages& images) {
  std::map<std::pair<std::string, std::string>, std::vector<int64_t>> found;
  for (size_t set = 0; set + 1 < images.starts().size(); ++set) {
    const ImageIndex& index = images.IndexOf(set);
    const size_t width = index.label_names.size();
    for (size_t i = 0; i < index.examples.size(); ++i) {
      const auto labels =
          absl::MakeConstSpan(index.labels).subspan(i * width, width);
      if (std::any_of(labels.begin(), labels.end(), IsKnown)) {
        found[{index.source, index.examples[i].patient_id}].push_back(
            images.starts()[set] + static_cast<int64_t>(i));
      }
    }
  }
  std::vector<Patient> patients;
  for (auto& [key, numbers] : found) {
    const CounterRng rng(
        /*seed=*/0, absl::StrCat("teacher probe/", key.first, "/", key.second));
    patients.push_back({.hash = rng.Bits(0),
                        .source = key.first,
                        .id = key.second,
                        .images = std::move(numbers)});
  }
  std::stable_sort(
      patients.begin(), patients.end(),
      [](const Patient& a, const Patient& b) { return a.hash < b.hash; });
  return patients;
}

bool HasEnough(const LabelledImages& images) {
  std::array<std::array<int64_t, 2>, 2> counts = {};  // of half, of label
  for (size_t i = 0; i < images.labels.size(); ++i) {
    ++counts[images.halves[i]][images.labels[i]];
  }
  for (const size_t label : {0, 1}) {
    if (counts[0][label] == 0 || counts[1][label] == 0 ||
        counts[0][label] + counts[1][label] < kLeastOfALabel) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<SampledImage> SampleLabelledImages(const PretrainImages& images) {
  std::vector<SampledImage> sample;
  std::map<std::string, int> patients_of_source;
  int patients = 0;
  for (const Patient& patient : LabelledPatients(images)) {
    if (std::ssize(sample) + std::ssize(patient.images) > kMostSampledImages) {
      continue;
    }
    // Halves of every source, of equally many patients.
    const int half = patients_of_source[patient.source]++ % 2;
    for (const int64_t image : patient.images) {
      sample.push_back({.image = image,
                        .patient = patients,
                        .half = static_cast<uint8_t>(half)});
    }
    ++patients;
  }
  return sample;
}

std::vector<LabelledImages> LabelsOf(const PretrainImages& images,
                                     absl::Span<const SampledImage> sample) {
  std::map<std::pair<std::string, std::string>, LabelledImages> classes;
  const std::vector<int64_t>& starts = images.starts();
  for (size_t i = 0; i < sample.size(); ++i) {
    const auto after =
        std::upper_bound(starts.begin(), starts.end(), sample[i].image);
    const auto set = static_cast<size_t>(after - starts.begin() - 1);
    const ImageIndex& index = images.IndexOf(set);
    for (size_t column = 0; column < index.label_names.size(); ++column) {
      const float label =
          index.Label(sample[i].image - starts[set], static_cast<int>(column));
      if (!IsKnown(label)) continue;
      LabelledImages& of_class =
          classes[{index.source, index.label_names[column]}];
      of_class.rows.push_back(static_cast<int64_t>(i));
      of_class.labels.push_back(label == kPositive ? 1 : 0);
      of_class.patients.push_back(sample[i].patient);
      of_class.halves.push_back(sample[i].half);
    }
  }
  std::vector<LabelledImages> enough;
  for (auto& [name, of_class] : classes) {
    if (HasEnough(of_class)) enough.push_back(std::move(of_class));
  }
  return enough;
}

}  // namespace cxr
