// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_folders.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/png.h"

namespace cxr {
namespace {

constexpr uint8_t kWhite = 255;

std::string SizeOf(const GrayImage& image) {
  return absl::StrCat(image.width, " x ", image.height, " pixels");
}

absl::Status CheckKind(const ImageFacts& facts, absl::string_view path) {
  if (facts.photometric == "GRAY" && !facts.has_alpha) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      path, ": found a PNG of kind ", facts.photometric,
      facts.has_alpha ? " with alpha" : "",
      ", expected a label map: gray, each pixel the number of its class"));
}

// Brings back what DecodePng spread over 0 to 255.
void Unspread(int bits, GrayImage* image) {
  const int factor = kWhite / ((1 << bits) - 1);
  if (factor == 1) return;
  for (uint8_t& pixel : image->pixels) {
    pixel = static_cast<uint8_t>(pixel / factor);
  }
}

// Turns masks of 0 and 255, the way most programs save them, into 0 and 1.
void WhiteToOne(GrayImage* image) {
  const bool only_white =
      std::all_of(image->pixels.begin(), image->pixels.end(),
                  [](uint8_t pixel) { return pixel == 0 || pixel == kWhite; });
  if (!only_white) return;
  for (uint8_t& pixel : image->pixels) pixel = pixel == kWhite ? 1 : 0;
}

absl::Status CheckClasses(const GrayImage& image, int classes,
                          absl::string_view path) {
  const auto wrong =
      std::find_if(image.pixels.begin(), image.pixels.end(),
                   [classes](uint8_t pixel) { return pixel >= classes; });
  if (wrong == image.pixels.end()) return absl::OkStatus();
  const int64_t at = wrong - image.pixels.begin();
  return absl::DataLossError(absl::StrCat(
      path, ": row ", at / image.width, ", column ", at % image.width,
      ": found ", *wrong, ", expected a class 0", " to ", classes - 1,
      classes == 2 ? ", or only 0 and 255" : ""));
}

struct PngFiles {
  std::vector<std::string> paths;
  int64_t others = 0;
};

absl::StatusOr<PngFiles> ListPngFiles(const std::string& folder) {
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> all, ListFiles(folder));
  PngFiles files;
  for (const std::string& path : all) {
    if (absl::EndsWithIgnoreCase(path, ".png")) {
      files.paths.push_back(path);
    } else {
      ++files.others;
    }
  }
  if (!files.paths.empty()) return files;
  return absl::NotFoundError(absl::StrCat(
      folder, ": found no file called .png",
      files.others > 0 ? absl::StrCat(" among ", files.others) : "",
      ", expected label maps"));
}

// An error if `from` has a file that is not in `in`.
absl::Status CheckPartners(const std::string& from,
                           const std::vector<std::string>& files,
                           const std::string& in,
                           const std::vector<std::string>& others) {
  std::vector<std::string> alone;
  std::set_difference(files.begin(), files.end(), others.begin(), others.end(),
                      std::back_inserter(alone));
  if (alone.empty()) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat(
      JoinPath(from, alone[0]), ": no file of this name in ", in, ": found ",
      alone.size(), " of ", files.size(), " without, expected none"));
}

// The files of both folders, none scored yet.
absl::StatusOr<FolderScores> MatchFiles(const MaskFolders& folders) {
  if (folders.classes < 2 || folders.classes > 256) {
    return absl::InvalidArgumentError(absl::StrCat(
        "classes: found ", folders.classes, ", expected 2 to 256"));
  }
  CXR_ASSIGN_OR_RETURN(PngFiles truth, ListPngFiles(folders.truth));
  CXR_ASSIGN_OR_RETURN(const PngFiles predicted,
                       ListPngFiles(folders.predicted));
  CXR_RETURN_IF_ERROR(CheckPartners(folders.truth, truth.paths,
                                    folders.predicted, predicted.paths));
  CXR_RETURN_IF_ERROR(CheckPartners(folders.predicted, predicted.paths,
                                    folders.truth, truth.paths));
  return FolderScores{.files = std::move(truth.paths),
                      .other_files = truth.others + predicted.others};
}

absl::StatusOr<MaskPairScore> ScoreFiles(const MaskFolders& folders,
                                         const std::string& file) {
  const std::string truth_path = JoinPath(folders.truth, file);
  const std::string predicted_path = JoinPath(folders.predicted, file);
  CXR_ASSIGN_OR_RETURN(const GrayImage truth,
                       ReadLabelMap(truth_path, folders.classes));
  CXR_ASSIGN_OR_RETURN(const GrayImage predicted,
                       ReadLabelMap(predicted_path, folders.classes));
  if (predicted.width != truth.width || predicted.height != truth.height) {
    return absl::DataLossError(
        absl::StrCat(predicted_path, ": found ", SizeOf(predicted),
                     ", expected the ", SizeOf(truth), " of ", truth_path));
  }
  return ScoreMaskPair(predicted, truth, folders.classes);
}

}  // namespace

absl::StatusOr<GrayImage> ReadLabelMap(absl::string_view path, int classes) {
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  CXR_ASSIGN_OR_RETURN(DecodedImage decoded,
                       DecodePng(bytes, path, SixteenBitRule::kRefuse));
  CXR_RETURN_IF_ERROR(CheckKind(decoded.facts, path));
  Unspread(decoded.facts.bits, &decoded.image);
  if (classes == 2) WhiteToOne(&decoded.image);
  CXR_RETURN_IF_ERROR(CheckClasses(decoded.image, classes, path));
  return std::move(decoded.image);
}

absl::StatusOr<std::vector<std::string>> ListMaskFiles(
    const MaskFolders& folders) {
  CXR_ASSIGN_OR_RETURN(FolderScores scores, MatchFiles(folders));
  return std::move(scores.files);
}

absl::StatusOr<FolderScores> ScoreMaskFolders(const MaskFolders& folders) {
  CXR_ASSIGN_OR_RETURN(FolderScores scores, MatchFiles(folders));
  scores.images.resize(scores.files.size());
  CXR_RETURN_IF_ERROR(ParallelFor(std::ssize(scores.files), folders.threads,
                                  [&](int64_t i) -> absl::Status {
                                    CXR_ASSIGN_OR_RETURN(
                                        scores.images[i],
                                        ScoreFiles(folders, scores.files[i]));
                                    return absl::OkStatus();
                                  }));
  return scores;
}

}  // namespace cxr
