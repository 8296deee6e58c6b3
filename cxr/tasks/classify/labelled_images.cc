// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/labelled_images.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/label_policy.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {
namespace {

absl::StatusOr<std::vector<Split>> FoldRounds(const ImageIndex& index) {
  for (const Example& example : index.examples) {
    if (example.fold < 0) {
      return absl::FailedPreconditionError(
          absl::StrCat(index.source, ": image ", example.id,
                       " is in no fold, so it would never be tested"));
    }
  }
  if (index.folds < 2) {
    return absl::FailedPreconditionError(absl::StrCat(
        index.source, ": train.patient_folds needs two folds or more, found ",
        index.folds));
  }
  std::vector<Split> rounds(static_cast<size_t>(index.folds));
  for (int i = 0; i < std::ssize(index.examples); ++i) {
    for (int fold = 0; fold < index.folds; ++fold) {
      Split& round = rounds[static_cast<size_t>(fold)];
      (index.examples[i].fold == fold ? round.test : round.training)
          .push_back(i);
    }
  }
  for (int fold = 0; fold < index.folds; ++fold) {
    const Split& round = rounds[static_cast<size_t>(fold)];
    if (round.test.empty() || round.training.empty()) {
      return absl::FailedPreconditionError(absl::StrCat(
          index.source, ": fold ", fold,
          round.test.empty() ? " holds no image" : " holds all images"));
    }
  }
  return rounds;
}

absl::StatusOr<std::vector<Split>> RoundsOf(const ImageIndex& index,
                                            const spec::TrainSpec& spec) {
  if (spec.has_patient_folds()) return FoldRounds(index);
  CXR_ASSIGN_OR_RETURN(Split split, MakeSplit(index, spec.official()));
  return std::vector<Split>{std::move(split)};
}

// Places of the index that some round uses, ascending.
std::vector<int> UsedImages(absl::Span<const Split> rounds) {
  std::vector<int> used;
  for (const Split& round : rounds) {
    for (const std::vector<int>* part :
         {&round.training, &round.validation, &round.test}) {
      used.insert(used.end(), part->begin(), part->end());
    }
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

// What the label policy reads is asked of images in use alone: a list whose
// labels nobody publishes may lie beside them.
absl::StatusOr<std::vector<float>> LabelsOfUsed(const ImageIndex& index,
                                                const spec::TrainSpec& spec,
                                                absl::Span<const int> used) {
  ImageIndex some = {.source = index.source, .label_names = index.label_names};
  for (const int image : used) {
    some.examples.push_back(index.examples[image]);
    const auto begin =
        index.labels.begin() + image * std::ssize(index.label_names);
    some.labels.insert(some.labels.end(), begin,
                       begin + std::ssize(index.label_names));
  }
  const std::vector<std::string> targets(spec.targets().begin(),
                                         spec.targets().end());
  CXR_ASSIGN_OR_RETURN(const std::vector<float> resolved,
                       ResolveLabels(some, targets, spec.label_policy()));
  const int64_t width = std::ssize(targets);
  std::vector<float> labels(index.examples.size() * targets.size(),
                            std::numeric_limits<float>::quiet_NaN());
  for (int64_t i = 0; i < std::ssize(used); ++i) {
    std::copy_n(resolved.begin() + i * width, width,
                labels.begin() + used[static_cast<size_t>(i)] * width);
  }
  return labels;
}

}  // namespace

absl::StatusOr<LabelledImages> ReadLabelledImages(const StageRequest& request) {
  const spec::TrainSpec& spec = request.spec.train();
  LabelledImages images;
  CXR_ASSIGN_OR_RETURN(images.selected, ReadIndex(request));
  const ImageIndex& index = images.selected.index;
  images.targets.assign(spec.targets().begin(), spec.targets().end());
  CXR_ASSIGN_OR_RETURN(images.rounds, RoundsOf(index, spec));
  CXR_ASSIGN_OR_RETURN(images.labels,
                       LabelsOfUsed(index, spec, UsedImages(images.rounds)));
  return images;
}

absl::Status LeaveOut(absl::Span<const int> unusable, LabelledImages* images) {
  const auto out = [&](int image) {
    return std::binary_search(unusable.begin(), unusable.end(), image);
  };
  for (Split& round : images->rounds) {
    for (const auto& [name, part] : {std::pair("training", &round.training),
                                     std::pair("validation", &round.validation),
                                     std::pair("test", &round.test)}) {
      const bool had = !part->empty();
      std::erase_if(*part, out);
      if (had && part->empty()) {
        return absl::FailedPreconditionError(
            absl::StrCat(images->selected.index.source, ": none of the ", name,
                         " images can be used"));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace cxr
