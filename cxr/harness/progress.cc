// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/progress.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"

namespace cxr {
namespace {

// Often enough to look alive, rarely enough to cost nothing.
constexpr absl::Duration kRefresh = absl::Milliseconds(100);

std::string TimeLeft(absl::Duration elapsed, double part) {
  if (part <= 0) {
    return "";
  }
  const double seconds = absl::ToDoubleSeconds(elapsed) * (1 - part) / part;
  return absl::StrFormat(", about %.0f s left", seconds);
}

}  // namespace

Progress::Style Progress::StyleOf(std::FILE* stream) {
  return isatty(fileno(stream)) != 0 ? Style::kTerminal : Style::kPlain;
}

void Progress::Start(int stages) {
  const absl::MutexLock lock(&mutex_);
  stages_ = stages;
  done_ = 0;
  part_ = 0;
  begin_ = absl::Now();
}

void Progress::Begin(absl::string_view stage) {
  const absl::MutexLock lock(&mutex_);
  stage_ = std::string(stage);
  part_ = 0;
  if (style_ == Style::kPlain) {
    absl::FPrintF(stream_, "[%d/%d] %s\n", done_ + 1, stages_, stage_);
    std::fflush(stream_);
  } else {
    Show();
  }
}

void Progress::Within(double part) {
  const absl::MutexLock lock(&mutex_);
  part_ = std::max(part_, part);
  if (style_ == Style::kTerminal && absl::Now() - shown_ >= kRefresh) {
    Show();
  }
}

void Progress::Finished(int done) {
  const absl::MutexLock lock(&mutex_);
  done_ = done;
  part_ = 0;
}

void Progress::End() {
  const absl::MutexLock lock(&mutex_);
  Wipe();
}

void Progress::Say(absl::string_view line) {
  const absl::MutexLock lock(&mutex_);
  Wipe();
  absl::FPrintF(stream_, "cxr: %s\n", line);
  std::fflush(stream_);
}

void Progress::Show() {
  shown_ = absl::Now();
  const double part = (done_ + part_) / std::max(1, stages_);
  const std::string line =
      absl::StrFormat("[%d/%d] %s %.0f %%%s", done_ + 1, stages_, stage_,
                      100 * part_, TimeLeft(shown_ - begin_, part));
  // Spaces wipe what a longer line left.
  const size_t width = std::max(shown_width_, line.size());
  absl::FPrintF(stream_, "\r%-*s", static_cast<int>(width), line);
  std::fflush(stream_);
  shown_width_ = line.size();
}

void Progress::Wipe() {
  if (shown_width_ > 0) {
    absl::FPrintF(stream_, "\r%*s\r", static_cast<int>(shown_width_), "");
    std::fflush(stream_);
    shown_width_ = 0;
  }
}

}  // namespace cxr
