// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_DICOM_PROCESS_H_
#define CXR_DATA_CODEC_DICOM_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/dicom_memory.h"
#include "cxr/data/codec/dicom_protocol.h"

namespace cxr {

// A running dicom_worker with the socket and the memory that lead to it, for
// one thread at a time. The worker inherits no other file of this program but
// stderr, and ends with the object.
class DicomProcess {
  struct Passkey {};

 public:
  // Starts the program at the path `worker`, with `timeout` for each request.
  // Unavailable or ResourceExhausted, with the path first, if it cannot.
  static absl::StatusOr<std::unique_ptr<DicomProcess>> Start(
      const std::string& worker, std::chrono::seconds timeout);

  DicomProcess(Passkey, pid_t pid, int socket, DicomMemory memory,
               std::chrono::seconds timeout)
      : pid_(pid),
        socket_(socket),
        memory_(std::move(memory)),
        timeout_(timeout) {}
  ~DicomProcess();
  DicomProcess(const DicomProcess&) = delete;
  DicomProcess& operator=(const DicomProcess&) = delete;

  // What the worker says of `file`. An error (DeadlineExceeded after the
  // timeout, DataLoss if it died or made no sense) is about the worker, which
  // is of no more use then; its text goes on from "the DICOM codec ".
  absl::StatusOr<DicomAnswer> Ask(DicomAction action, absl::string_view file);

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  absl::Status Wait(short events, Deadline deadline) const;
  absl::Status Send(absl::string_view bytes, Deadline deadline);
  absl::StatusOr<std::string> Receive(size_t count, Deadline deadline);
  // The worker has closed its end; waits for it and says how it ended.
  absl::Status Ended();
  // Ends the worker, however it is; what the system says of that.
  int Reap();

  pid_t pid_;  // 0 once the worker has been reaped
  int socket_;
  DicomMemory memory_;
  std::chrono::seconds timeout_;
};

}  // namespace cxr

#endif  // CXR_DATA_CODEC_DICOM_PROCESS_H_
