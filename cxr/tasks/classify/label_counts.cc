// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/label_counts.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/csv.h"
#include "cxr/base/with_commas.h"

namespace cxr {
namespace {

using NamedPart = std::pair<std::string, std::vector<int>>;

// The parts that have images.
std::vector<NamedPart> PartsOf(const LabelledImages& images) {
  std::vector<NamedPart> parts;
  if (images.rounds.size() == 1) {
    const Split& round = images.rounds[0];
    for (NamedPart part : {NamedPart("training", round.training),
                           NamedPart("validation", round.validation),
                           NamedPart("test", round.test)}) {
      if (!part.second.empty()) parts.push_back(std::move(part));
    }
    return parts;
  }
  NamedPart all = {"all", {}};
  for (const Split& round : images.rounds) {
    all.second.insert(all.second.end(), round.test.begin(), round.test.end());
  }
  return {std::move(all)};
}

}  // namespace

std::vector<LabelCount> CountLabels(const LabelledImages& images) {
  std::vector<LabelCount> counts;
  for (const auto& [name, part] : PartsOf(images)) {
    for (size_t t = 0; t < images.targets.size(); ++t) {
      LabelCount count = {.part = name, .target = images.targets[t]};
      for (const int image : part) {
        const float label = images.LabelsOf(image)[t];
        ++(std::isnan(label) ? count.left_out
           : label > 0       ? count.positive
                             : count.negative);
      }
      counts.push_back(std::move(count));
    }
  }
  return counts;
}

std::string ToCsv(absl::Span<const LabelCount> counts) {
  std::string csv = "part,target,positive,negative,left_out\n";
  for (const LabelCount& count : counts) {
    absl::StrAppend(&csv, count.part, ",", CsvCell(count.target), ",",
                    count.positive, ",", count.negative, ",", count.left_out,
                    "\n");
  }
  return csv;
}

std::vector<std::string> PartNotes(const LabelledImages& images) {
  std::vector<std::string> notes;
  if (images.rounds.size() > 1) {
    notes.push_back(
        absl::StrCat(images.rounds.size(), " patient-disjoint folds"));
  } else {
    notes.push_back(absl::StrCat(
        absl::StrJoin(PartsOf(images), ", ",
                      [](std::string* out, const NamedPart& part) {
                        absl::StrAppend(out, part.first, " ",
                                        WithCommas(std::ssize(part.second)));
                      }),
        " images"));
  }
  for (const LabelCount& count : CountLabels(images)) {
    if (count.positive > 0 && count.negative > 0) continue;
    const int64_t labels = count.positive + count.negative;
    notes.push_back(
        labels == 0
            ? absl::StrCat(count.part, ": ", count.target, " has no label")
            : absl::StrCat(count.part, ": all ", WithCommas(labels),
                           " labels of ", count.target, " are ",
                           count.positive > 0 ? "positive" : "negative"));
  }
  return notes;
}

}  // namespace cxr
