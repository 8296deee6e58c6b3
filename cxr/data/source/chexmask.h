// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_CHEXMASK_H_
#define CXR_DATA_SOURCE_CHEXMASK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/table/text_at.h"

// CheXmask: lungs and heart in the images of other sources, drawn by a model.
//
//   CXR_ASSIGN_OR_RETURN(const ChexmaskMasks masks, OpenChexmask(folder));
//   CXR_ASSIGN_OR_RETURN(const ImageIndex index,
//                        JoinChexmask(mimic_cxr, masks, /*minimum_rca=*/0.7));
//   CXR_ASSIGN_OR_RETURN(
//       const GrayImage mask,
//       masks.Mask(*masks.Find(index.examples[i].id), width, height));

namespace cxr {

// What is kept in memory of a mask.
struct ChexmaskRow {
  std::string id = {};  // of the image, as its source calls it
  // Estimated Dice without a truth to compare with (reverse classification
  // accuracy): mean and best over reference images.
  double rca_mean = 0.0;
  double rca_max = 0.0;
  int width = 0;       // pixels; 0 where the table does not say
  int height = 0;      // pixels; 0 likewise
  int64_t line = 0;    // of the table
  int64_t offset = 0;  // of the row in the table's text
  int64_t length = 0;  // of the row
};

// A table of masks: some gigabytes, of which Open reads all once, and of which
// Mask reads a row. Both take ten times as long of a gzip file.
class ChexmaskMasks {
 public:
  // Opens OriginalResolution/<source>.csv or Preprocessed/<source>.csv, also
  // with ".gz". Rows without one of the three organs are left out, with a
  // remark; so does the released code. Remarks too: rows whose RCA (Mean) is
  // above their (Max), as the names of the columns were swapped for some:
  // swapped back; rows without Height or Width. DataLoss naming file and line:
  // a column that is missing, a bad cell, an image that stands there twice.
  static absl::StatusOr<ChexmaskMasks> Open(absl::string_view path);

  // Sorted by id.
  const std::vector<ChexmaskRow>& rows() const { return rows_; }
  const std::vector<Remark>& remarks() const { return remarks_; }

  // Place in rows() of the mask of an image; nothing if it has none.
  std::optional<int> Find(absl::string_view id) const;

  // The mask in rows()[row] of an image that has this size: 0 where there is no
  // organ, else 1 + place in kChexmaskOrgans. Drawn from the run lengths if the
  // row states this size; from the landmarks if it states none or the two
  // swapped, for then the run lengths may have been counted in rows of another
  // width. DataLoss naming file and line if it states another size, or cells
  // are bad. Preprocessed masks have 1024 x 1024 pixels and are of no use for
  // images of another size: FailedPrecondition. Safe to call from many threads.
  absl::StatusOr<GrayImage> Mask(int row, int width, int height) const;

 private:
  explicit ChexmaskMasks(absl::string_view path) : path_(path) {}

  // The two halves of Open: all but text_, and text_.
  absl::Status ReadRows();
  absl::Status OpenText();

  // Draws a row's run lengths, or its landmarks.
  absl::Status Draw(const ChexmaskRow& row, bool runs, GrayImage* mask) const;
  std::string Place(const ChexmaskRow& row) const;

  std::string path_;
  std::optional<TextAt> text_;
  std::string header_;  // as a line of CSV
  bool preprocessed_ = false;
  std::vector<ChexmaskRow> rows_;
  std::vector<Remark> remarks_;
};

// The table, relative to `folder`, of the masks of MIMIC-CXR:
// OriginalResolution/MIMIC-CXR-JPG.csv, with or without ".gz", in `folder` or
// in the one folder in it that is named after a version ("0.4"). NotFound
// naming it if there is none; DataLoss if there are several.
absl::StatusOr<std::vector<std::string>> ChexmaskFiles(
    absl::string_view folder);

// Opens that table.
absl::StatusOr<ChexmaskMasks> OpenChexmask(absl::string_view folder);

// The images that have a mask with an rca_mean of at least `minimum_rca` (the
// makers advise 0.7, the released code asks for none, which is 0), in their
// order; the source is called "chexmask". Remarks of both, and how many images
// have no mask or one below. FailedPrecondition if no image is left.
absl::StatusOr<ImageIndex> JoinChexmask(const ImageIndex& images,
                                        const ChexmaskMasks& masks,
                                        double minimum_rca);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_CHEXMASK_H_
