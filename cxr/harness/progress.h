// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_PROGRESS_H_
#define CXR_HARNESS_PROGRESS_H_

#include <cstdio>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace cxr {

// Shows how far a run is: on a terminal one line that is rewritten, with the
// time left; elsewhere one plain line a stage. Safe from any thread.
class Progress {
 public:
  enum class Style { kTerminal, kPlain };

  // Style of a stream: kTerminal if it is a terminal.
  static Style StyleOf(std::FILE* stream);

  Progress(std::FILE* stream, Style style) : stream_(stream), style_(style) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // There are `stages` stages to run.
  void Start(int stages);
  // One of them begins.
  void Begin(absl::string_view stage);
  // `stage`, which was begun, is done to `part`; all stages together, weighed
  // by what they cost, to `part_of_all`. From 0 to 1.
  void Show(absl::string_view stage, double part, double part_of_all);
  // `done` stages are over.
  void Finished(int done);
  // All are over; a terminal's line is wiped.
  void End();
  // A line of its own that stays.
  void Say(absl::string_view line);

 private:
  void Draw() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Wipe() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::FILE* const stream_;
  const Style style_;
  absl::Mutex mutex_;
  int stages_ ABSL_GUARDED_BY(mutex_) = 0;
  int done_ ABSL_GUARDED_BY(mutex_) = 0;
  int begun_ ABSL_GUARDED_BY(mutex_) = 0;
  double part_ ABSL_GUARDED_BY(mutex_) = 0;
  double part_of_all_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string stage_ ABSL_GUARDED_BY(mutex_);
  absl::Time begin_ ABSL_GUARDED_BY(mutex_);
  absl::Time shown_ ABSL_GUARDED_BY(mutex_);
  size_t shown_width_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace cxr

#endif  // CXR_HARNESS_PROGRESS_H_
