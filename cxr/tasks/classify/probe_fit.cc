// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_fit.h"

#include <cmath>
#include <map>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "c10/core/GradMode.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/weights/tensor_state.h"
#include "cxr/tasks/classify/epoch_choice.h"

namespace cxr {
namespace {

// Of a checkpoint's metadata.
constexpr char kSteps[] = "steps";
constexpr char kEpochs[] = "epochs";
constexpr char kBestEpoch[] = "best_epoch";
constexpr char kBestMember[] = "best_member";
constexpr char kBestValue[] = "best_value";

NamedTensors StateOf(const ProbeGroup& group, const LinearProbe& best) {
  NamedTensors state = {{"best.weight", best.weight}, {"best.bias", best.bias}};
  const std::vector<at::Tensor> tensors = group.State();
  for (size_t i = 0; i < tensors.size(); ++i) {
    state.emplace_back(absl::StrCat("probe.", i), tensors[i]);
  }
  return state;
}

}  // namespace

ProbeFit::ProbeFit(int64_t features, int64_t labels,
                   const ProbeGroupOptions& options,
                   std::optional<Validation> validation)
    : group_(features, labels, options),
      validation_(std::move(validation)),
      best_{.probe = group_.Probe(0)} {}

absl::Status ProbeFit::Choose(int64_t member, EpochLine* line) {
  if (!std::isfinite(line->training_loss)) return absl::OkStatus();
  if (!validation_.has_value()) {
    best_ = {.probe = group_.Probe(member), .epoch = line->epoch};
    return absl::OkStatus();
  }
  const LinearProbe probe = group_.Probe(member);
  const at::Tensor logits =
      probe.Logits(validation_->features).contiguous();  // (n, L)
  CXR_ASSIGN_OR_RETURN(
      line->validation,
      SelectionValue(
          validation_->metric,
          absl::MakeConstSpan(logits.const_data_ptr<float>(), logits.numel()),
          validation_->labels, logits.size(1)));
  if (best_.epoch < 0 || *line->validation > best_.value) {
    best_ = {.probe = probe,
             .epoch = line->epoch,
             .member = member,
             .value = *line->validation};
  }
  return absl::OkStatus();
}

absl::Status ProbeFit::Epoch(
    ProbeFeed& feed, int64_t steps,
    absl::FunctionRef<absl::Status(int64_t step)> may_go_on) {
  std::vector<double> sums(static_cast<size_t>(group_.size()));
  for (int64_t step = 0; step < steps; ++step) {
    CXR_RETURN_IF_ERROR(may_go_on(step));
    CXR_ASSIGN_OR_RETURN(const ProbeBatch batch, feed.Next());
    CXR_ASSIGN_OR_RETURN(const std::vector<double> losses,
                         CatchTorch("training a probe", [&] {
                           return group_.Step(batch.features, batch.labels);
                         }));
    for (size_t i = 0; i < losses.size(); ++i) sums[i] += losses[i];
  }
  const int64_t epoch = epochs_done();
  bool any = false;
  for (int64_t member = 0; member < group_.size(); ++member) {
    EpochLine line = {.epoch = epoch,
                      .member = member,
                      .training_loss = sums[static_cast<size_t>(member)] /
                                       static_cast<double>(steps)};
    CXR_RETURN_IF_ERROR(CatchTorch("validating a probe",
                                   [&] { return Choose(member, &line); }));
    any |= std::isfinite(line.training_loss);
    log_.push_back(line);
  }
  return any ? absl::OkStatus()
             : absl::OutOfRangeError(absl::StrCat(
                   "the loss of the head is not finite in epoch ", epoch + 1));
}

std::string ProbeFit::ToCheckpoint() const {
  return ToStateFile(StateOf(group_, best_.probe),
                     {{kSteps, absl::StrCat(group_.steps_done())},
                      {kEpochs, ToCsv(log_)},
                      {kBestEpoch, absl::StrCat(best_.epoch)},
                      {kBestMember, absl::StrCat(best_.member)},
                      {kBestValue, absl::StrFormat("%.17g", best_.value)}});
}

absl::Status ProbeFit::Restore(const std::string& bytes,
                               absl::string_view name) {
  using Metadata = std::map<std::string, std::string>;
  CXR_ASSIGN_OR_RETURN(Metadata metadata, CatchTorch("restoring a head", [&] {
                         return RestoreState(bytes, name,
                                             StateOf(group_, best_.probe));
                       }));
  CXR_ASSIGN_OR_RETURN(log_, EpochLinesFromCsv(metadata[kEpochs], name));
  int64_t steps = 0;
  if (!absl::SimpleAtoi(metadata[kSteps], &steps) ||
      !absl::SimpleAtoi(metadata[kBestEpoch], &best_.epoch) ||
      !absl::SimpleAtoi(metadata[kBestMember], &best_.member) ||
      !absl::SimpleAtod(metadata[kBestValue], &best_.value)) {
    return absl::DataLossError(
        absl::StrCat(name, ": it does not say how far it is"));
  }
  group_.set_steps_done(steps);
  return absl::OkStatus();
}

}  // namespace cxr
