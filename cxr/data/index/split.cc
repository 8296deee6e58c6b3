// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/select.h"

namespace cxr {
namespace {

using Patients = absl::flat_hash_set<std::string>;

double Draw(uint64_t seed, absl::string_view purpose, const ImageIndex& index,
            absl::string_view patient) {
  return CounterRng(seed,
                    absl::StrCat(purpose, "/", index.source, "/", patient))
      .Uniform(0);
}

// Each patient, and whether one of their images has the label.
std::map<std::string, bool> PatientsByLabel(const ImageIndex& index,
                                            const std::vector<int>& images,
                                            int column) {
  std::map<std::string, bool> patients;
  for (const int i : images) {
    bool& positive = patients[index.examples[i].patient_id];
    positive = positive || index.Label(i, column) > 0;
  }
  return patients;
}

absl::StatusOr<Patients> DeclaredTestPatients(
    const ImageIndex& index, const std::vector<int>& images,
    const spec::DeclaredTestSpec& spec) {
  CXR_ASSIGN_OR_RETURN(const int column,
                       LabelColumn(index, spec.stratified_by()));
  std::map<bool, std::vector<std::pair<double, std::string>>> strata;
  for (const auto& [patient, positive] :
       PatientsByLabel(index, images, column)) {
    strata[positive].emplace_back(
        Draw(spec.seed(), "declared test", index, patient), patient);
  }
  Patients chosen;
  for (auto& [positive, patients] : strata) {
    std::sort(patients.begin(), patients.end());
    const int64_t count =
        std::llround(spec.fraction() * static_cast<double>(patients.size()));
    for (int64_t i = 0; i < count; ++i) {
      chosen.insert(patients[i].second);
    }
  }
  return chosen;
}

// Moves the images for which `goes` is true from `from` to the result.
template <typename Predicate>
std::vector<int> Extract(const Predicate& goes, std::vector<int>& from) {
  std::vector<int> taken;
  std::vector<int> left;
  for (const int i : from) {
    (goes(i) ? taken : left).push_back(i);
  }
  from = std::move(left);
  return taken;
}

std::vector<int> ListOf(const ImageIndex& index, Part part) {
  std::vector<int> images;
  for (int i = 0; i < std::ssize(index.examples); ++i) {
    if (index.examples[i].part == part) {
      images.push_back(i);
    }
  }
  return images;
}

absl::Status CheckList(const ImageIndex& index, const std::vector<int>& list,
                       absl::string_view name) {
  if (list.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat(index.source, ": no ", name, " image is left"));
  }
  return absl::OkStatus();
}

absl::Status CheckApart(const ImageIndex& index, const std::vector<int>& a,
                        const std::vector<int>& b, absl::string_view names) {
  Patients patients;
  for (const int i : a) {
    patients.insert(index.examples[i].patient_id);
  }
  for (const int i : b) {
    if (patients.contains(index.examples[i].patient_id)) {
      return absl::FailedPreconditionError(
          absl::StrCat(index.source, ": patient ", index.examples[i].patient_id,
                       " has images among ", names));
    }
  }
  return absl::OkStatus();
}

absl::Status Check(const ImageIndex& index, const Split& split,
                   bool validation_is_training) {
  CXR_RETURN_IF_ERROR(CheckList(index, split.training, "training"));
  CXR_RETURN_IF_ERROR(CheckList(index, split.validation, "validation"));
  CXR_RETURN_IF_ERROR(CheckList(index, split.test, "test"));
  CXR_RETURN_IF_ERROR(CheckApart(index, split.training, split.test,
                                 "training and test images"));
  CXR_RETURN_IF_ERROR(CheckApart(index, split.validation, split.test,
                                 "validation and test images"));
  return validation_is_training
             ? absl::OkStatus()
             : CheckApart(index, split.training, split.validation,
                          "training and validation images");
}

}  // namespace

absl::StatusOr<Split> MakeSplit(const ImageIndex& index,
                                const spec::OfficialSplitSpec& spec) {
  Split split{.training = ListOf(index, Part::kTraining),
              .validation = ListOf(index, Part::kValidation),
              .test = ListOf(index, Part::kTest)};
  const auto patient = [&](int i) -> const std::string& {
    return index.examples[i].patient_id;
  };
  if (spec.has_declared_test()) {
    if (!split.test.empty()) {
      return absl::FailedPreconditionError(absl::StrCat(
          index.source,
          ": test images are declared, but the source has a list of them here; "
          "leave train.official.declared_test out"));
    }
    CXR_ASSIGN_OR_RETURN(
        const Patients chosen,
        DeclaredTestPatients(index, split.training, spec.declared_test()));
    split.test = Extract([&](int i) { return chosen.contains(patient(i)); },
                         split.training);
  }
  if (spec.has_training_sample()) {
    split.training = Extract(
        [&](int i) {
          return InSample(spec.training_sample(), index.source, patient(i));
        },
        split.training);
  }
  switch (spec.validation_case()) {
    case spec::OfficialSplitSpec::kOfficialValidation:
      break;
    case spec::OfficialSplitSpec::kHeldOutPatients:
      split.validation = Extract(
          [&](int i) {
            return Draw(spec.held_out_patients().seed(), "held out patients",
                        index,
                        patient(i)) < spec.held_out_patients().fraction();
          },
          split.training);
      break;
    case spec::OfficialSplitSpec::kTrainingImagesAsReleased:
      split.validation = split.training;
      break;
    case spec::OfficialSplitSpec::VALIDATION_NOT_SET:
      CXR_CHECK(false) << "unresolved spec: train.official.validation";
  }
  CXR_RETURN_IF_ERROR(
      Check(index, split, spec.has_training_images_as_released()));
  return split;
}

std::vector<SharedPatient> FindSharedPatients(const ImageIndex& index) {
  struct Seen {
    std::vector<int> images;
    std::set<Part> parts;
  };
  absl::flat_hash_map<std::string, Seen> seen;
  for (int i = 0; i < std::ssize(index.examples); ++i) {
    const Example& example = index.examples[i];
    if (example.part != Part::kNone) {
      Seen& patient = seen[example.patient_id];
      patient.images.push_back(i);
      patient.parts.insert(example.part);
    }
  }
  std::vector<SharedPatient> shared;
  for (auto& [patient, images] : seen) {
    if (images.parts.size() > 1) {
      shared.push_back({.patient_id = patient, .images = images.images});
    }
  }
  std::sort(shared.begin(), shared.end(),
            [](const SharedPatient& a, const SharedPatient& b) {
              return a.images[0] < b.images[0];
            });
  return shared;
}

}  // namespace cxr
