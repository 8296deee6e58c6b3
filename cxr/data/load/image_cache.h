// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_LOAD_IMAGE_CACHE_H_
#define CXR_DATA_LOAD_IMAGE_CACHE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/image.h"
#include "cxr/data/image/image_view.h"

// Decoded images in one file, which costs a copy where decoding costs
// milliseconds.
//
//   const std::string key = absl::StrCat(fingerprint, " equalised 1024");
//   CXR_RETURN_IF_ERROR(BuildImageCache(
//       {.path = path, .key = key, .images = n, .threads = 8},
//       [&](int64_t i) { return MakeImage(i); }));
//   CXR_ASSIGN_OR_RETURN(const ImageCache cache, ImageCache::Open(path, key));
//   CXR_ASSIGN_OR_RETURN(const GrayView image, cache.Image(i));
//
// The file: a header (magic number, version, key, number of images), the pixels
// of one image after another, a table with the place and size of each image or
// the error it met, and an end that says where the table begins and carries a
// SHA-256 of header and table. Numbers are little-endian.

namespace cxr {

struct ImageCacheOptions {
  std::string path = {};
  // Says in words what the pixels depend on: the fingerprint of the source and
  // the recipe.
  std::string key = {};
  int64_t images = 0;
  int threads = 1;
};

// Writes the images that `make`, which is called from many threads, gives for
// 0 .. images - 1. Those it cannot make for reasons of their own
// (IsImageFailure) are recorded with their error; other errors end the work.
// The file appears under its name when it is complete, and replaces one that is
// there: of several processes, on whatever hosts, that build it each may win.
// ResourceExhausted, with nothing left behind, if the disk is full; one that is
// killed leaves a file `path`.tmp.* behind.
absl::Status BuildImageCache(
    const ImageCacheOptions& options,
    absl::FunctionRef<absl::StatusOr<GrayImage>(int64_t)> make);

// A cache, mapped into memory. Safe to use from many threads.
class ImageCache {
 public:
  // NotFound if there is no such file; FailedPrecondition if it was made with
  // another key or by another version of the format; DataLoss if it is cut off
  // or its header or table is damaged (that of pixels goes unnoticed).
  static absl::StatusOr<ImageCache> Open(absl::string_view path,
                                         absl::string_view key);

  int64_t images() const { return images_; }

  // Image `i`, not copied, valid as long as this object. The error that was
  // recorded if it could not be made.
  absl::StatusOr<GrayView> Image(int64_t i) const;

 private:
  struct Unmap {
    size_t bytes;
    void operator()(const uint8_t* begin) const;
  };
  using Mapping = std::unique_ptr<const uint8_t, Unmap>;

  static absl::StatusOr<Mapping> Map(const std::string& path);

  explicit ImageCache(Mapping mapping) : mapping_(std::move(mapping)) {}

  // Sets table_ and images_.
  absl::Status Check(absl::string_view path, absl::string_view key);

  absl::string_view Bytes() const;

  Mapping mapping_;
  int64_t table_ = 0;  // where it begins
  int64_t images_ = 0;
};

}  // namespace cxr

#endif  // CXR_DATA_LOAD_IMAGE_CACHE_H_
