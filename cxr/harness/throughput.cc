// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/throughput.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

constexpr int kNewestRuns = 20;

}  // namespace

std::string DeviceKindOf(const spec::DeploymentSpec& deployment) {
  return deployment.has_device_kind() ? deployment.device_kind() : "cpu";
}

Throughputs::Throughputs(const StoreIndex& index,
                         const spec::DeploymentSpec& deployment,
                         absl::string_view rung) {
  if (deployment.has_stated_throughput()) {
    stated_ = deployment.stated_throughput();
  }
  const std::string device = DeviceKindOf(deployment);
  for (auto it = index.entries().rbegin(); it != index.entries().rend(); ++it) {
    if (it->device != device || it->rung != rung || it->wall_seconds <= 0) {
      continue;
    }
    const std::pair<Work, double> done[] = {
        {Work::kFlops, it->flops},
        {Work::kImages, static_cast<double>(it->images)},
        {Work::kRuns, 1}};
    for (const auto& [work, amount] : done) {
      Measured& measured = measured_[{std::string(it->stage), work}];
      if (amount <= 0 || measured.runs >= kNewestRuns) {
        continue;
      }
      const double seconds = it->wall_seconds / amount;
      measured.low =
          measured.runs == 0 ? seconds : std::min(measured.low, seconds);
      measured.high = std::max(measured.high, seconds);
      ++measured.runs;
    }
  }
}

void Throughputs::AddTime(absl::string_view stage,
                          spec::StageCost& cost) const {
  Work work = Work::kRuns;
  double amount = 1;
  if (cost.flops() > 0) {
    work = Work::kFlops;
    amount = cost.flops();
  } else if (cost.images() > 0) {
    work = Work::kImages;
    amount = static_cast<double>(cost.images());
  }
  const auto it = measured_.find({std::string(stage), work});
  if (it != measured_.end() && it->second.runs > 0) {
    cost.set_device_seconds_low(amount * it->second.low);
    cost.set_device_seconds_high(amount * it->second.high);
    cost.set_basis(absl::StrCat("measured here in ", it->second.runs, " run",
                                it->second.runs == 1 ? "" : "s"));
  } else if (work == Work::kFlops && stated_.has_value()) {
    const double seconds = amount / stated_->flops_per_second();
    cost.set_device_seconds_low(seconds);
    cost.set_device_seconds_high(seconds);
    cost.set_basis(stated_->basis());
  }
}

bool IsTimeUnknown(const spec::StageCost& cost) {
  return cost.flops() > 0 && !cost.has_device_seconds_high();
}

}  // namespace cxr
