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
  void Add(const ImageFacts& facts, bool has_mask) {
    const absl::MutexLock lock(&mutex_);
    ++decoded_;
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

  void AddFailure(int64_t place, const std::string& image,
                  const absl::Status& status) {
    const absl::MutexLock lock(&mutex_);
    ++failed_;
    failures_[place] = {image, std::string(status.message())};
    if (failures_.size() > kFailuresShown) {
      failures_.erase(std::prev(failures_.end()));
    }
  }

  spec::FoundFiles Found() {
    const absl::MutexLock lock(&mutex_);
    spec::FoundFiles found;
    found.set_decoded(decoded_);
    found.set_failed(failed_);
    found.set_masks(masks_);
    for (const auto& [place, failure] : failures_) {
      spec::FoundFailure& item = *found.add_failures();
      item.set_image(failure.first);
      item.set_message(failure.second);
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

  absl::Mutex mutex_;
  int64_t decoded_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t failed_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t masks_ ABSL_GUARDED_BY(mutex_) = 0;
  Counts formats_ ABSL_GUARDED_BY(mutex_);
  Counts bits_ ABSL_GUARDED_BY(mutex_);
  Counts channels_ ABSL_GUARDED_BY(mutex_);
  Counts photometric_ ABSL_GUARDED_BY(mutex_);
  Counts syntaxes_ ABSL_GUARDED_BY(mutex_);
  std::vector<int64_t> widths_ ABSL_GUARDED_BY(mutex_);
  std::vector<int64_t> heights_ ABSL_GUARDED_BY(mutex_);
  // The first by their places, so that threads do not change which are told.
  std::map<int64_t, std::pair<std::string, std::string>> failures_
      ABSL_GUARDED_BY(mutex_);
};

absl::Status TooMany(int64_t limit, const spec::FoundFiles& found) {
  std::string text =
      absl::StrCat("more than ", limit, " images cannot be read:");
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
        const absl::StatusOr<DecodedImage> image = dataset.Decode(i);
        absl::Status status = image.status();
        if (image.ok() && has_masks) {
          status = dataset.LoadMask(i).status();
        }
        if (!status.ok()) {
          ++failed;
          collector.AddFailure(k, dataset.index().examples[i].id, status);
          return too_many() ? absl::CancelledError() : absl::OkStatus();
        }
        collector.Add(image->facts, has_masks);
        return absl::OkStatus();
      });
  const spec::FoundFiles found = collector.Found();
  return read.ok() ? absl::StatusOr<spec::FoundFiles>(found)
                   : TooMany(options.max_failures, found);
}

}  // namespace cxr
