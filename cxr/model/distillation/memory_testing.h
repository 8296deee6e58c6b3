// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_DISTILLATION_MEMORY_TESTING_H_
#define CXR_MODEL_DISTILLATION_MEMORY_TESTING_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>

#include "c10/core/Allocator.h"
#include "c10/util/ThreadLocalDebugInfo.h"

namespace cxr {

// The most bytes of tensors on the CPU that lived at one time during
// `function`, those from before left out.
inline int64_t PeakBytes(const std::function<void()>& function) {
  class Counter final : public c10::MemoryReportingInfoBase {
   public:
    void reportMemoryUsage(void*, int64_t bytes, size_t, size_t,
                           c10::Device) override {
      live_ += bytes;
      peak_ = std::max(peak_, live_);
    }
    bool memoryProfilingEnabled() const override { return true; }
    int64_t peak() const { return peak_; }

   private:
    int64_t live_ = 0;
    int64_t peak_ = 0;
  };
  const auto counter = std::make_shared<Counter>();
  const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, counter);
  function();
  return counter->peak();
}

}  // namespace cxr

#endif  // CXR_MODEL_DISTILLATION_MEMORY_TESTING_H_
