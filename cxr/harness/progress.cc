// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/progress.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "cxr/harness/text_format.h"

namespace cxr {
namespace {

// Often enough to look alive, rarely enough to cost nothing.
constexpr absl::Duration kRefresh = absl::Milliseconds(100);

std::string TimeLeft(absl::Duration elapsed, double part) {
  if (part <= 0) {
    return "";
  }
  const double seconds = absl::ToDoubleSeconds(elapsed) * (1 - part) / part;
  return absl::StrCat(", about ", SecondsText(seconds), " left");
}

}  // namespace

Progress::Style Progress::StyleOf(std::FILE* stream) {
  return isatty(fileno(stream)) != 0 ? Style::kTerminal : Style::kPlain;
}

void Progress::Start(int stages) {
  const absl::MutexLock lock(&mutex_);
  stages_ = stages;
  done_ = 0;
  begun_ = 0;
  part_ = 0;
  part_of_all_ = 0;
  begin_ = absl::Now();
}

void Progress::Begin(absl::string_view stage) {
  const absl::MutexLock lock(&mutex_);
  stage_ = std::string(stage);
  part_ = 0;
  ++begun_;
  if (style_ == Style::kPlain) {
    absl::FPrintF(stream_, "[%d/%d] %s\n", begun_, std::max(begun_, stages_),
                  stage_);
    std::fflush(stream_);
  } else {
    Draw();
  }
}

void Progress::Show(absl::string_view stage, double part, double part_of_all) {
  const absl::MutexLock lock(&mutex_);
  if (stage.empty()) {
    return;
  }
  stage_ = std::string(stage);
  part_ = part;
  part_of_all_ = part_of_all;
  if (style_ == Style::kTerminal && absl::Now() - shown_ >= kRefresh) {
    Draw();
  }
}

void Progress::Finished(int done) {
  const absl::MutexLock lock(&mutex_);
  done_ = done;
  part_ = 0;
  part_of_all_ =
      std::max(part_of_all_, static_cast<double>(done) / std::max(1, stages_));
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

void Progress::Draw() {
  shown_ = absl::Now();
  const std::string line = absl::StrFormat(
      "[%d/%d] %s %.0f %%%s", std::min(done_ + 1, std::max(1, stages_)),
      std::max(1, stages_), stage_, 100 * part_,
      TimeLeft(shown_ - begin_, part_of_all_));
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
