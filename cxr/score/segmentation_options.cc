// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/segmentation_options.h"

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/score/labelled_scores.h"
#include "cxr/score/report_options.h"

namespace cxr {

metrics::BootstrapOptions ToBootstrapOptions(
    const SegmentationReportOptions& options) {
  return {.resamples = options.resamples,
          .confidence = options.confidence,
          .seed = options.seed,
          .generator = options.generator,
          .undefined = metrics::UndefinedResample::kSkip,
          .threads = options.threads};
}

absl::StatusOr<metrics::ResamplingUnits> UnitsOfImages(
    int64_t images, const std::vector<std::string>& patients) {
  CXR_CHECK(patients.empty() || std::ssize(patients) == images)
      << patients.size() << " patients of " << images << " images";
  return patients.empty()
             ? metrics::ResamplingUnits::Examples(images)
             : metrics::ResamplingUnits::Clusters(NumberNames(patients));
}

absl::string_view UnitName(const MaskTable& table) {
  return table.patients.empty() ? "image" : "patient";
}

absl::Status CheckWork(const SegmentationWork& work,
                       const SegmentationReportOptions& options) {
  const double size = static_cast<double>(work.statistics);
  const double sets = options.resamples + static_cast<double>(work.left_out);
  const double cells =
      sets * size * static_cast<double>(work.images * work.copies);
  if (cells <= kMostCells && sets * size <= kMostReplicates) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "--resamples: found ", sets * size, " values to keep of ", cells,
      " cells to evaluate (", work.images, " images, ", size, " values, ", sets,
      " resamples, ", work.copies, " systems or groups), expected at most ",
      kMostReplicates, " of ", kMostCells));
}

}  // namespace cxr
