// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/setup.h"

#include <string>

#include "absl/flags/flag.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/throughput.h"
#include "tools/command_line.h"
#include "tools/data_roots.h"
#include "tools/places.h"

namespace cxr {

absl::StatusOr<Machine> MakeMachine(const SpecLibrary& library,
                                    absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  CXR_ASSIGN_OR_RETURN(const spec::DeploymentSpec deployment,
                       library.Deployment(absl::GetFlag(FLAGS_deployment)));
  const std::string weights_root = absl::GetFlag(FLAGS_weights_root);
  return Machine{
      .deployment = deployment,
      .tasks = {
          .roots = DataRootsBelow(root, program),
          .threads = deployment.threads() > 0 ? deployment.threads()
                                              : AvailableThreads(),
          .feature_batch_images = deployment.feature_batch_images(),
          .weights_root = weights_root.empty() ? "" : UserPath(weights_root),
          .program_root = root,
          .device = DeviceKindOf(deployment) == "cpu" ? "cpu" : "cuda"}};
}

}  // namespace cxr
