// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_FILE_DATASET_H_
#define CXR_DATA_SOURCE_FILE_DATASET_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/source/dataset.h"

namespace cxr {

struct FileDatasetOptions {
  std::string folder = {};  // what the paths of the index are relative to
  SixteenBitRule sixteen_bit = SixteenBitRule::kRefuse;
  // For DICOM files; none: they are errors.
  std::unique_ptr<DicomDecoder> dicom = nullptr;
  // Where the source has reports: that on image `i`, which `example` tells of.
  std::function<absl::StatusOr<std::string>(int i, const Example& example)>
      report = nullptr;
};

// A dataset whose images are files of their own. Where the file of an image is
// missing and one of its name with the ending .jpg is there, that one is taken:
// so the released code prepares its sources.
class FileDataset : public Dataset {
 public:
  FileDataset(ImageIndex index, FileDatasetOptions options);

  const ImageIndex& index() const override { return index_; }
  absl::StatusOr<DecodedImage> Decode(int i) const override;
  absl::StatusOr<std::string> LoadReport(int i) const override;

 private:
  const ImageIndex index_;
  const FileDatasetOptions options_;
};

// The path at which the image lies, or should lie.
std::string ImagePath(absl::string_view folder, const Example& example);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_FILE_DATASET_H_
