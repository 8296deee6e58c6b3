// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_BUFFER_H_
#define CXR_DATA_CODEC_DICOM_BUFFER_H_

#include <ios>
#include <streambuf>

#include "absl/strings/string_view.h"

// Bytes in memory, which must outlive it, as a std::istream that can seek,
// without a copy of them:
//
//   DicomBuffer buffer(bytes);
//   std::istream stream(&buffer);

namespace cxr {

class DicomBuffer : public std::streambuf {
 public:
  explicit DicomBuffer(absl::string_view bytes);

 protected:
  pos_type seekoff(off_type offset, std::ios_base::seekdir from,
                   std::ios_base::openmode which) override;
  pos_type seekpos(pos_type position, std::ios_base::openmode which) override;
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_BUFFER_H_
