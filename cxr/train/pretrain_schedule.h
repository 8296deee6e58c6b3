// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TRAIN_PRETRAIN_SCHEDULE_H_
#define CXR_TRAIN_PRETRAIN_SCHEDULE_H_

#include <cstdint>

namespace cxr {

// The curves of a pretraining (paper section 2.7; dinov2/utils/utils.py,
// CosineScheduler). Epochs are turned into whole steps as int(epochs *
// steps_per_epoch) does.
struct PretrainScheduleOptions {
  int64_t steps_per_epoch = 0;
  int64_t epochs = 0;
  double warmup_epochs = 0;
  double learning_rate = 0;
  double min_learning_rate = 0;
  double weight_decay = 0;
  double weight_decay_end = 0;
  double momentum_start = 0;
  double momentum_end = 0;
  double teacher_temperature_start = 0;
  double teacher_temperature_end = 0;
  double teacher_warmup_epochs = 0;
  double freeze_prototypes_epochs = 0;
};

struct PretrainRates {
  double learning_rate = 0;
  double prototype_learning_rate = 0;  // 0 while prototypes are frozen
  double weight_decay = 0;
  double momentum = 0;  // of the teacher
  double teacher_temperature = 0;
};

// Those of step `step`, counted from 0; after the last one the ends of the
// curves.
PretrainRates RatesAt(const PretrainScheduleOptions& options, int64_t step);

}  // namespace cxr

#endif  // CXR_TRAIN_PRETRAIN_SCHEDULE_H_
