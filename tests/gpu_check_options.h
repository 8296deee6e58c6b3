// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_GPU_CHECK_OPTIONS_H_
#define TESTS_GPU_CHECK_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "c10/core/Device.h"
#include "cxr/model/vit.h"
#include "nlohmann/json.hpp"

// What the checks of a device work on. Each check is a function of it that
// returns an object for the report; one that judges says so in "ok".

namespace cxr::tests {

// Keeps fields in the order of writing.
using Json = nlohmann::ordered_json;

struct NamedVit {
  std::string name;
  Vit vit;  // float32 on the CPU, weights filled
};

struct GpuCheckOptions {
  c10::Device device{c10::DeviceType::CPU};
  std::vector<NamedVit> models = {};
  int64_t image_pixels = 518;
  // Of images whose positions have to be resized; the crops of pretraining.
  int64_t crop_pixels = 224;
  int64_t parity_batch = 2;
  std::vector<int64_t> speed_batches = {64, 128};
  int warmups = 5;
  int repeats = 20;  // timed ones, of which the median counts
};

}  // namespace cxr::tests

#endif  // TESTS_GPU_CHECK_OPTIONS_H_
