// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/check_files.h"

#include <atomic>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/inspect/counting.h"

namespace cxr {
namespace {

constexpr int kFailuresShown = 20;

absl::string_view FormatText(ImageFormat format) {
  switch (format) {
    case ImageFormat::kPng:
      return "PNG";
    case ImageFormat::kJpeg:
      return "JPEG";
    case ImageFormat::kDicom:
      return "DICOM";
  }
  CXR_CHECK(false) << "format " << static_cast<int>(format);
  return "";
}

// Collects facts of many images, from many threads.
class Collector {
 public:
  void Add(int64_t place, const std::string& image, const ImageFacts& facts,
           bool has_mask) {
    const absl::MutexLock lock(&mutex_);
    ++decoded_;
    if (!facts.warning.empty()) {
      ++warned_;
      Keep(place, {image, facts.warning}, warnings_);
    }
    ++formats_[std::string(FormatText(facts.format))];
    ++bits_[absl::StrCat(facts.bits)];
    ++channels_[absl::StrCat(facts.channels,
                             facts.has_alpha ? " with alpha" : "")];
    ++photometric_[facts.photometric];
    if (!facts.transfer_syntax.empty()) {
      ++syntaxes_[facts.transfer_syntax];
    }
    widths_.push_back(facts.width);
    heights_.push_back(facts.height);
    masks_ += has_mask ? 1 : 0;
  }

  // What LoadReport said of an image; Unimplemented where there are none.
  void AddReport(const absl::Status& status) {
    const absl::MutexLock lock(&mutex_);
    reports_ += status.ok() ? 1 : 0;
    missing_reports_ += status.ok() || absl::IsUnimplemented(status) ? 0 : 1;
  }

  void AddFailure(int64_t place, const std::string& image,
                  const absl::Status& status) {
    const absl::MutexLock lock(&mutex_);
    ++failed_;
    Keep(place, {image, std::string(status.message())}, failures_);
  }

  spec::FoundFiles Found() {
    const absl::MutexLock lock(&mutex_);
    spec::FoundFiles found;
    found.set_decoded(decoded_);
    found.set_failed(failed_);
    found.set_masks(masks_);
    found.set_reports(reports_);
    found.set_missing_reports(missing_reports_);
    found.set_warned(warned_);
    for (const auto& [place, text] : failures_) {
      *found.add_failures() = FailureOf(text);
    }
    for (const auto& [place, text] : warnings_) {
      *found.add_warnings() = FailureOf(text);
    }
    *found.mutable_formats() = FoundCounts(formats_);
    *found.mutable_bits() = FoundCounts(bits_);
    *found.mutable_channels() = FoundCounts(channels_);
    *found.mutable_photometric() = FoundCounts(photometric_);
    *found.mutable_transfer_syntaxes() = FoundCounts(syntaxes_);
    if (decoded_ > 0) {
      *found.mutable_widths() = RangeOf(widths_);
      *found.mutable_heights() = RangeOf(heights_);
    }
    return found;
  }

 private:
  using Counts = std::map<std::string, int64_t>;
  using ImageText = std::pair<std::string, std::string>;
  // The first by their places, so that threads do not change which are told.
  using FirstTexts = std::map<int64_t, ImageText>;

  static void Keep(int64_t place, ImageText text, FirstTexts& texts) {
    texts[place] = std::move(text);
    if (texts.size() > kFailuresShown) {
      texts.erase(std::prev(texts.end()));
    }
  }

  static spec::FoundFailure FailureOf(const ImageText& text) {
    spec::FoundFailure failure;
    failure.set_image(text.first);
    failure.set_message(text.second);
    return failure;
  }

  absl::Mutex mutex_;
  int64_t decoded_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t failed_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t masks_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t reports_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t missing_reports_ ABSL_GUARDED_BY(mutex_) = 0;
  Counts formats_ ABSL_GUARDED_BY(mutex_);
  Counts bits_ ABSL_GUARDED_BY(mutex_);
  Counts channels_ ABSL_GUARDED_BY(mutex_);
  Counts photometric_ ABSL_GUARDED_BY(mutex_);
  Counts syntaxes_ ABSL_GUARDED_BY(mutex_);
  std::vector<int64_t> widths_ ABSL_GUARDED_BY(mutex_);
  std::vector<int64_t> heights_ ABSL_GUARDED_BY(mutex_);
  int64_t warned_ ABSL_GUARDED_BY(mutex_) = 0;
  FirstTexts failures_ ABSL_GUARDED_BY(mutex_);
  FirstTexts warnings_ ABSL_GUARDED_BY(mutex_);
};

absl::Status Unreadable(std::string text, const spec::FoundFiles& found) {
  for (const spec::FoundFailure& failure : found.failures()) {
    absl::StrAppend(&text, "\n  ", failure.message());
  }
  return absl::FailedPreconditionError(text);
}

}  // namespace

absl::StatusOr<spec::FoundFiles> CheckFiles(const Dataset& dataset,
                                            const std::vector<int>& rows,
                                            const CheckFilesOptions& options) {
  const bool has_masks = !dataset.mask_classes().empty();
  Collector collector;
  std::atomic<int64_t> failed = 0;
  const auto too_many = [&] {
    return options.max_failures >= 0 && failed.load() > options.max_failures;
  };
  const absl::Status read = ParallelFor(
      std::ssize(rows), options.threads, [&](int64_t k) -> absl::Status {
        const int i = rows[k];
        collector.AddReport(dataset.LoadReport(i).status());
        const absl::StatusOr<DecodedImage> image = dataset.Decode(i);
        absl::Status status = image.status();
        if (image.ok() && has_masks) {
          status = dataset.LoadMask(i, image->image).status();
        }
        if (!status.ok()) {
          ++failed;
          collector.AddFailure(k, dataset.index().examples[i].id, status);
          return too_many() ? absl::CancelledError() : absl::OkStatus();
        }
        collector.Add(k, dataset.index().examples[i].id, image->facts,
                      has_masks);
        return absl::OkStatus();
      });
  const spec::FoundFiles found = collector.Found();
  if (!read.ok()) {
    return Unreadable(absl::StrCat("more than ", options.max_failures,
                                   " images cannot be read:"),
                      found);
  }
  if (found.decoded() == 0 && found.failed() > 0) {
    return Unreadable(
        absl::StrCat("none of ", found.failed(), " images can be read:"),
        found);
  }
  return found;
}

}  // namespace cxr
