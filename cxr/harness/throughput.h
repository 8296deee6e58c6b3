// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_THROUGHPUT_H_
#define CXR_HARNESS_THROUGHPUT_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "cxr/harness/store_index.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/plan.pb.h"

// From what a stage costs to how long it takes on a device.

namespace cxr {

// "cpu" unless the deployment says otherwise.
std::string DeviceKindOf(const spec::DeploymentSpec& deployment);

class Throughputs {
 public:
  // What finished stages of a store measured at `rung` on the deployment's kind
  // of device, the newest twenty of each kind of stage; else what the
  // deployment states. Other rungs say nothing: a small run is all overhead.
  Throughputs(const StoreIndex& index, const spec::DeploymentSpec& deployment,
              absl::string_view rung);

  // Fills in the time of a stage that costs `cost`, and where it is from. The
  // work is counted in FLOPs, in images where there are none, and by the run
  // where there are neither. Leaves it unset if nothing is known.
  void AddTime(absl::string_view stage, spec::StageCost& cost) const;

 private:
  enum class Work { kFlops, kImages, kRuns };

  // Seconds for a unit of work: of the fastest and of the slowest run.
  struct Measured {
    double low = 0;
    double high = 0;
    int runs = 0;
  };

  std::map<std::pair<std::string, Work>, Measured> measured_;
  std::optional<spec::StatedThroughputSpec> stated_;
};

// Whether it computes, and nobody knows for how long. What computes nothing
// takes no device.
bool IsTimeUnknown(const spec::StageCost& cost);

}  // namespace cxr

#endif  // CXR_HARNESS_THROUGHPUT_H_
