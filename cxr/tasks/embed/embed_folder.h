// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_EMBED_EMBED_FOLDER_H_
#define CXR_TASKS_EMBED_EMBED_FOLDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/tasks/embed/embed_model.h"

namespace cxr {

struct EmbedFolderOptions {
  std::string images = {};  // a folder, with all folders below it
  std::string out = {};     // the safetensors file to write
  // Which of "cls" (n, C), "registers" (n, R, C) and "patches" (n, N, C).
  std::vector<std::string> tokens = {};
  // That go through the model at once; 0: as suits the device. The number
  // changes no bit on the CPU, and more than fill its caches only take memory.
  int batch_images = 0;
  // CPU threads. Each works on batches of its own: the number changes no bit.
  int threads = 1;
  std::string device = "cpu";     // as OpenDevice takes it
  bool bfloat16 = false;          // linear maps and attention by autocast
  std::string dicom_worker = {};  // the program that decodes DICOM files
};

struct EmbedFolderResult {
  int64_t images = 0;
  double seconds = 0;
  std::string device = {};
};

// Features of all images (PNG, JPEG, DICOM) below a folder, in the order of
// their names, after the model's final norm, in float32. The file also says
// which images ("files", one a line), which weights and how images were
// prepared. It appears when it is complete; features go to the disk as they are
// made, so memory does not grow with the number of images.
//
// InvalidArgument if there are no images, or for tokens the model lacks; errors
// of an image name its file.
absl::StatusOr<EmbedFolderResult> EmbedFolder(
    const EmbedModel& model, const EmbedFolderOptions& options);

}  // namespace cxr

#endif  // CXR_TASKS_EMBED_EMBED_FOLDER_H_
