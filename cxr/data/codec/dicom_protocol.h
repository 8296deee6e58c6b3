// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_PROTOCOL_H_
#define CXR_DATA_CODEC_DICOM_PROTOCOL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_tags.h"

// What a program and its DICOM worker say to each other over a socket. A
// request is a head of kDicomHeadBytes; the file that it is about lies in the
// memory that they share. An answer is such a head and a body of the length
// that the head states; the pixels lie in the memory, in place of the file.
//
// Both ends come from one build on one machine, so numbers are as in memory;
// the version tells when they do not. Neither end trusts the other: what does
// not decode is DataLoss, and what decodes is encoded to the same bytes.

namespace cxr {

inline constexpr size_t kDicomHeadBytes = 16;

// The number of the worker's open file that is the shared memory.
inline constexpr int kDicomMemoryFile = 3;

enum class DicomAction : uint8_t { kDecode = 1, kReadTags = 2 };

// What a worker found in one file: an error, or its tags and, for kDecode, its
// image. On the way the image has a size and no pixels.
struct DicomAnswer {
  absl::Status status = {};
  DicomTags tags = {};
  DecodedImage decoded = {};
};

struct DicomRequest {
  DicomAction action = DicomAction::kDecode;
  size_t length = 0;  // bytes of the file
};

// InvalidArgument for more bytes than the shared memory holds.
absl::StatusOr<std::string> EncodeRequest(const DicomRequest& request);
absl::StatusOr<DicomRequest> DecodeRequest(absl::string_view head);

// A whole answer, head and body.
std::string EncodeAnswer(const DicomAnswer& answer);
// The length of the answer's body.
absl::StatusOr<size_t> DecodeAnswerHead(absl::string_view head);
absl::StatusOr<DicomAnswer> DecodeAnswer(absl::string_view body);

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_PROTOCOL_H_
