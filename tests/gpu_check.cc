// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Everything worth knowing of a device before a long run on it, as one JSON
// file: gpu_check --device=auto --out=gpu.json [--quick]. Exits with 1 if a
// check failed or says that it is not ok.

#include <chrono>
#include <cstdio>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/random_weights.h"
#include "cxr/model/vit.h"
#include "tests/gpu_check_options.h"
#include "tests/gpu_forward.h"
#include "tests/gpu_pretrain.h"
#include "tests/gpu_speed.h"
#include "torch/version.h"

ABSL_FLAG(std::string, device, "auto", "auto, cpu, cuda or cuda:N");
ABSL_FLAG(std::string, out, "", "the JSON file to write; stdout if empty");
ABSL_FLAG(bool, quick, false, "a tiny model and images: seconds on a CPU");

namespace cxr::tests {
namespace {

struct Check {
  absl::string_view name;  // of its object in the report
  Json (*run)(const GpuCheckOptions& options);
};

// In the order in which they run.
constexpr Check kChecks[] = {
    {"parity", CheckParity},
    {"bfloat16", CheckBfloat16},
    {"double_run", CheckDoubleRun},
    {"attention", MeasureAttention},
    {"forward", MeasureForward},
    {"transfer", MeasureTransfer},
    {"pretrain_parity", CheckPretrainParity},
    {"pretrain", MeasurePretrain},
};

NamedVit Model(absl::string_view name, const VitOptions& options) {
  Vit vit(options);
  FillRandomWeights(*vit, {.seed = 7});
  return {.name = std::string(name), .vit = vit};
}

GpuCheckOptions QuickOptions(c10::Device device) {
  return {
      .device = device,
      .models = {Model(
          "tiny", {.width = 64, .depth = 2, .heads = 2, .position_grid = 5})},
      .image_pixels = 70,
      .crop_pixels = 42,
      .speed_batches = {2, 4},
      .warmups = 1,
      .repeats = 3};
}

GpuCheckOptions FullOptions(c10::Device device) {
  return {.device = device,
          .models = {Model("S", VitSmall14()), Model("B", VitBase14())}};
}

// The check's object, or why there is none, and how long it took.
Json RunCheck(const Check& check, const GpuCheckOptions& options) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  const absl::StatusOr<Json> result =
      CatchTorch(check.name, [&] { return check.run(options); });
  Json report = result.ok() ? *result : Json::object();
  if (!result.ok()) {
    report["ok"] = false;
    report["error"] = std::string(result.status().message());
  }
  report["seconds"] =
      std::chrono::duration<double>(Clock::now() - start).count();
  return report;
}

absl::StatusOr<Json> RunChecks() {
  CXR_ASSIGN_OR_RETURN(const c10::Device device,
                       OpenDevice(absl::GetFlag(FLAGS_device)));
  const bool quick = absl::GetFlag(FLAGS_quick);
  CXR_ASSIGN_OR_RETURN(
      const GpuCheckOptions options, CatchTorch("making the models", [&] {
        return quick ? QuickOptions(device) : FullOptions(device);
      }));
  Json report = {{"program", "cxr"},
                 {"ok", true},
                 {"device", DescribeDevice(device)},
                 {"torch", TORCH_VERSION}};
  if (device.is_cpu()) report["no_cuda"] = CudaStatus().ToString();
  for (const Check& check : kChecks) {
    const std::string name(check.name);
    const Json result = RunCheck(check, options);
    const bool ok = result.value("ok", true);
    if (!ok) report["ok"] = false;
    std::fprintf(stderr, "%-15s %s %.1f s\n", name.c_str(),
                 ok ? "ok    " : "NOT OK", result["seconds"].get<double>());
    report[name] = result;
  }
  return report;
}

absl::Status Write(const Json& report) {
  const std::string text = report.dump(/*indent=*/2) + "\n";
  const std::string out = absl::GetFlag(FLAGS_out);
  if (!out.empty()) return WriteFileAtomically(out, text);
  std::fputs(text.c_str(), stdout);
  return absl::OkStatus();
}

int Main() {
  const absl::StatusOr<Json> report = RunChecks();
  const absl::Status status = report.ok() ? Write(*report) : report.status();
  if (!status.ok()) {
    std::fprintf(stderr, "gpu_check: %s\n", status.ToString().c_str());
    return 1;
  }
  return report->value("ok", false) ? 0 : 1;
}

}  // namespace
}  // namespace cxr::tests

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "gpu_check [--device=auto] [--out=FILE] [--quick]");
  absl::ParseCommandLine(argc, argv);
  return cxr::tests::Main();
}
