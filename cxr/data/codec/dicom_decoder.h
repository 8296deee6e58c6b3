// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_DECODER_H_
#define CXR_DATA_CODEC_DICOM_DECODER_H_

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_process.h"
#include "cxr/data/codec/dicom_protocol.h"
#include "cxr/data/codec/dicom_tags.h"

// DICOM files as gray images, decoded in other processes, so that a file that
// makes the codec crash, hang or take all memory is an error of that file and
// nothing else.
//
//   CXR_ASSIGN_OR_RETURN(const std::unique_ptr<DicomDecoder> decoder,
//                        DicomDecoder::Create({.worker = path}));
//   CXR_ASSIGN_OR_RETURN(DecodedImage image, decoder->Decode(bytes, name));

namespace cxr {

struct DicomDecoderOptions {
  // The path of the program dicom_worker.
  std::string worker = {};
  // At most so many run at once; further callers wait for one.
  int processes = 1;
  // What one file may take, waiting for a process not counted.
  std::chrono::seconds timeout = std::chrono::seconds(60);
};

// Safe to call from many threads. Workers start when they are first needed and
// are replaced after a failure; what one file does has no influence on what is
// said of another.
class DicomDecoder {
  struct Passkey {};

 public:
  // NotFound or PermissionDenied if the worker is not there or no program.
  static absl::StatusOr<std::unique_ptr<DicomDecoder>> Create(
      DicomDecoderOptions options);

  DicomDecoder(Passkey, DicomDecoderOptions options);

  // The image in `bytes`, a whole DICOM file, in 8 bits as voi.h says. Errors
  // begin with `name`: DataLoss for what is not DICOM or is damaged, is too
  // large or takes too much memory, or what the codec died of;
  // DeadlineExceeded and Unimplemented for what is too much for it;
  // Unavailable or ResourceExhausted if no worker can be started.
  absl::StatusOr<DecodedImage> Decode(absl::string_view bytes,
                                      absl::string_view name) const;

  // What the header says; `bytes` may end where the pixels begin.
  absl::StatusOr<DicomTags> ReadTags(absl::string_view bytes,
                                     absl::string_view name) const;

 private:
  // Takes an idle worker (null if none has started yet), waiting for a free
  // place; Release gives the place back, with a worker or null.
  std::unique_ptr<DicomProcess> Acquire() const;
  void Release(std::unique_ptr<DicomProcess> process) const;

  absl::StatusOr<DicomAnswer> Ask(DicomAction action, absl::string_view bytes,
                                  absl::string_view name) const;

  const DicomDecoderOptions options_;
  mutable absl::Mutex mutex_;
  mutable int free_places_ ABSL_GUARDED_BY(mutex_);
  mutable std::vector<std::unique_ptr<DicomProcess>> idle_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_DECODER_H_
