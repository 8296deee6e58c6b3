// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_STDERR_H_
#define CXR_DATA_CODEC_DICOM_STDERR_H_

#include <string>
#include <vector>

// Keeps what the program prints on stderr while the object lives. GDCM prints
// its messages there, and the JPEG library inside it has no other place. One
// at a time.

namespace cxr {

class DicomStderr {
 public:
  DicomStderr();
  ~DicomStderr();
  DicomStderr(const DicomStderr&) = delete;
  DicomStderr& operator=(const DicomStderr&) = delete;

  // The lines so far, without empty ones. None if the system has no memory for
  // them: then all is printed as usual.
  std::vector<std::string> Lines() const;

 private:
  int kept_ = -1;   // where stderr leads meanwhile
  int usual_ = -1;  // where it led before
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_STDERR_H_
