// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_MASK_FOLDERS_H_
#define CXR_SCORE_MASK_FOLDERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/image.h"
#include "cxr/score/mask_scores.h"

// Folders of label maps, PNG files whose pixels are classes.
//
//   CXR_ASSIGN_OR_RETURN(
//       const FolderScores ours,
//       ScoreMaskFolders({.truth = "truth", .predicted = "ours"}));

namespace cxr {

struct MaskFolders {
  std::string truth = {};
  std::string predicted = {};
  int classes = 4;  // 2 to 256, the background included
  int threads = 1;  // >= 1; results and errors are the same for any number
};

struct FolderScores {
  // Paths inside the folders, sorted, and what is in them, in the same order.
  std::vector<std::string> files = {};
  std::vector<MaskPairScore> images = {};
  // Files of the two folders together that are not called .png.
  int64_t other_files = 0;
};

// The label map in a file: pixels 0 to classes-1 as they are stored, which must
// be gray of 1, 2, 4 or 8 bits without alpha. With two classes a map without a
// 1 may have 255 for it. Errors of ReadFile and DecodePng; DataLoss naming the
// file and the pixel for another kind of image or value.
absl::StatusOr<GrayImage> ReadLabelMap(absl::string_view path, int classes);

// The files that ScoreMaskFolders would score, as it names them; its error, if
// it would have one before it reads the first.
absl::StatusOr<std::vector<std::string>> ListMaskFiles(
    const MaskFolders& folders);

// Scores each file of one folder against that of the same path in the other, at
// any depth.
//
// InvalidArgument if `classes` is out of range. NotFound if a folder is not
// there, has no PNG files, or lacks one that the other has. DataLoss as
// ReadLabelMap, and if two sizes differ. The text names files.
absl::StatusOr<FolderScores> ScoreMaskFolders(const MaskFolders& folders);

}  // namespace cxr

#endif  // CXR_SCORE_MASK_FOLDERS_H_
