// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_BASE_TORCH_AUTOCAST_H_
#define CXR_BASE_TORCH_AUTOCAST_H_

#include "c10/core/DeviceType.h"
#include "c10/core/ScalarType.h"

// Mixed precision for a scope of one thread, as torch.autocast has it: products
// of matrices and attention in `type`, normalisations and losses in float32,
// whatever the parameters are. Casts of parameters are kept until the outermost
// scope ends, so one scope spans one step, not a whole run.
//
//   {
//     const Autocast bf16(device.type(), at::kBFloat16);
//     loss = Loss(student(images));
//   }
//   loss.backward();  // outside: it repeats the types of the forward pass

namespace cxr {

class Autocast {
 public:
  Autocast(c10::DeviceType device, c10::ScalarType type);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  c10::DeviceType device_;
  bool was_enabled_;
  c10::ScalarType last_type_;
};

}  // namespace cxr

#endif  // CXR_BASE_TORCH_AUTOCAST_H_
