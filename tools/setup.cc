// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/setup.h"

#include <optional>
#include <string>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/device_probe.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/throughput.h"
#include "tools/command_line.h"
#include "tools/data_roots.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr absl::string_view kCpu = "cpu";
constexpr absl::string_view kAuto = "auto";
constexpr int kFirstGpu = 0;

// What "auto" is here. Stages share a GPU no more than one that is declared.
void ChooseDevice(spec::DeploymentSpec& deployment) {
  if (DeviceKindOf(deployment) != kAuto) return;
  deployment.set_device_kind(ProbeDeviceKind());
  if (deployment.device_kind() == kCpu) {
    deployment.clear_devices();
  } else if (deployment.devices().empty()) {
    deployment.add_devices(absl::StrCat(kFirstGpu));
  }
}

}  // namespace

absl::StatusOr<Machine> MakeMachine(const SpecLibrary& library,
                                    absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  CXR_ASSIGN_OR_RETURN(spec::DeploymentSpec deployment,
                       library.Deployment(absl::GetFlag(FLAGS_deployment)));
  ChooseDevice(deployment);
  const std::string weights_root = absl::GetFlag(FLAGS_weights_root);
  std::optional<double> device_flops_per_second;
  if (deployment.has_stated_throughput()) {
    device_flops_per_second = deployment.stated_throughput().flops_per_second();
  }
  return Machine{
      .deployment = deployment,
      .tasks = {
          .roots = DataRootsBelow(root, program),
          .threads = deployment.threads() > 0 ? deployment.threads()
                                              : AvailableThreads(),
          .feature_batch_images = deployment.feature_batch_images(),
          .weights_root = weights_root.empty() ? "" : UserPath(weights_root),
          .program_root = root,
          .device = DeviceKindOf(deployment) == kCpu ? "cpu" : "cuda",
          .device_flops_per_second = device_flops_per_second}};
}

}  // namespace cxr
