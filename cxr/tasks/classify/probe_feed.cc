// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_feed.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "ATen/ops/empty.h"
#include "ATen/ops/tensor.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"

namespace cxr {
namespace {

// Images that one thread computes: a batch of 64 keeps eight of them busy.
constexpr int64_t kPieceImages = 8;

}  // namespace

at::Tensor LabelTensor(const LabelledImages& images,
                       absl::Span<const int> places) {
  at::Tensor labels =
      at::empty({std::ssize(places), std::ssize(images.targets)}, at::kFloat);
  float* out = labels.mutable_data_ptr<float>();
  for (const int place : places) {
    const absl::Span<const float> row = images.LabelsOf(place);
    out = std::copy(row.begin(), row.end(), out);
  }
  return labels;
}

absl::StatusOr<ProbeBatch> FixedFeed::Next() {
  std::vector<int64_t> rows;
  for (const Slot& slot : order_.Slots(step_)) rows.push_back(slot.image);
  ++step_;
  return CatchTorch("taking a batch", [&] {
    const at::Tensor index = at::tensor(rows);
    return ProbeBatch{.features = all_.features.index_select(0, index),
                      .labels = all_.labels.index_select(0, index)};
  });
}

absl::StatusOr<ProbeBatch> ViewFeed::Next() {
  CXR_ASSIGN_OR_RETURN(std::vector<TrainingImage> images, loader_->Next());
  const TrainingBatch batch = TakeApart(std::move(images));
  const int64_t count = std::ssize(batch.views);
  const bool on_cpu =
      extractor_.vit() == nullptr || extractor_.vit()->device().is_cpu();
  const int64_t piece = on_cpu ? kPieceImages : count;
  const int64_t pieces = PassSteps(count, piece);
  std::vector<std::vector<float>> parts(static_cast<size_t>(pieces));
  CXR_RETURN_IF_ERROR(ParallelFor(pieces, threads_, [&](int64_t i) {
    const PositionRange range = PassBatch(i, piece, count);
    CXR_ASSIGN_OR_RETURN(
        parts[static_cast<size_t>(i)],
        extractor_.Extract(absl::MakeConstSpan(batch.views)
                               .subspan(static_cast<size_t>(range.begin),
                                        static_cast<size_t>(range.size()))));
    return absl::OkStatus();
  }));
  return CatchTorch("joining a batch", [&] {
    int64_t numbers = 0;
    for (const std::vector<float>& part : parts) numbers += std::ssize(part);
    ProbeBatch result = {
        .features = at::empty({count, numbers / count}, at::kFloat),
        .labels = LabelTensor(images_, batch.places)};
    float* out = result.features.mutable_data_ptr<float>();
    for (const std::vector<float>& part : parts) {
      out = std::copy(part.begin(), part.end(), out);
    }
    return result;
  });
}

}  // namespace cxr
