// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// A dicom_worker that obeys: the file that it is asked about is a word that
// says what to do. For tests of what a real one may do to its caller.
//
//   whoami    answers with its process id as PatientID
//   files     answers with the number of its open files as PatientID
//   pixel     answers with an image of one pixel of level 7
//   no        answers with an Unimplemented error
//   nothing   answers with no pixels
//   full      says ResourceExhausted
//   invalid   says InvalidArgument
//   worn      says ResourceExhausted unless it is the first request
//   spoil     answers as whoami, and is killed over the next request
//   segv, abort, exit3, hang, garbage, corrupt, part: no answer, or a bad one

#include <dirent.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "cxr/data/codec/dicom_memory.h"
#include "cxr/data/codec/dicom_protocol.h"

namespace cxr {
namespace {

std::string ReceiveHead() {
  std::string head(kDicomHeadBytes, '\0');
  if (read(STDIN_FILENO, head.data(), head.size()) !=
      static_cast<ssize_t>(head.size())) {
    std::exit(0);
  }
  return head;
}

void Send(const std::string& bytes) {
  if (write(STDOUT_FILENO, bytes.data(), bytes.size()) !=
      static_cast<ssize_t>(bytes.size())) {
    std::exit(1);
  }
}

// Without that which counts them.
int OpenFiles() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (const dirent* entry = readdir(folder)) {
    count += entry->d_name[0] != '.' ? 1 : 0;
  }
  closedir(folder);
  return count - 1;
}

DicomAnswer Pixel(const std::string& patient_id) {
  return {
      .tags = {.patient_id = patient_id},
      .decoded = {.image = {.width = 1, .height = 1}, .facts = {.bits = 12}}};
}

DicomAnswer AnswerTo(const std::string& word, bool is_first) {
  if (word == "files") {
    return Pixel(absl::StrCat(OpenFiles()));
  }
  if (word == "no") {
    return {.status = absl::UnimplementedError("DICOM: no")};
  }
  if (word == "nothing") {
    return {};
  }
  if (word == "full" || (word == "worn" && !is_first)) {
    return {.status = absl::ResourceExhaustedError("DICOM: no memory")};
  }
  if (word == "invalid") {
    return {.status = absl::InvalidArgumentError("DICOM: odd")};
  }
  return Pixel(absl::StrCat(getpid()));
}

// What gives no answer.
void Misbehave(const std::string& word) {
  if (word == "segv") {
    std::signal(SIGSEGV, SIG_DFL);  // A sanitizer would handle it.
    std::raise(SIGSEGV);
  } else if (word == "abort") {
    std::raise(SIGABRT);
  } else if (word == "exit3") {
    std::exit(3);
  } else if (word == "hang") {
    pause();
  } else if (word == "garbage") {
    Send("Segmentation fault (core dumped)");
  } else if (word == "corrupt") {
    std::string answer = EncodeAnswer(Pixel("1"));
    answer[kDicomHeadBytes] = 99;  // There is no such status.
    Send(answer);
  } else if (word == "part") {
    const std::string answer = EncodeAnswer(Pixel("1"));
    Send(answer.substr(0, answer.size() / 2));
    std::exit(0);
  }
}

[[noreturn]] void Serve(const DicomMemory& memory) {
  bool is_spoilt = false;
  for (bool is_first = true; true; is_first = false) {
    const absl::StatusOr<DicomRequest> request = DecodeRequest(ReceiveHead());
    if (!request.ok()) {
      std::exit(2);
    }
    const std::string word(memory.bytes(), request->length);
    if (is_spoilt) {
      std::raise(SIGKILL);
    }
    is_spoilt = word == "spoil";
    Misbehave(word);
    const DicomAnswer answer = AnswerTo(word, is_first);
    memory.bytes()[0] = 7;
    Send(EncodeAnswer(answer));
  }
}

}  // namespace
}  // namespace cxr

int main() { cxr::Serve(*cxr::DicomMemory::Open(cxr::kDicomMemoryFile)); }
