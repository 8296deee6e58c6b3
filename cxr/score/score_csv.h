// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SCORE_CSV_H_
#define CXR_SCORE_SCORE_CSV_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// Tables of a person's own predictions and of the truth: a row an image, which
// the column called "id" names, and a column a class.
//
//   id,edema,effusion        id,edema,effusion,sex
//   img1,0.25,0.5            img2,1,0,F
//   img2,0.75,0.125          img1,0,1,M

namespace cxr {

// n rows and L classes, in the order of the file.
struct IdRows {
  std::string file = {};
  std::vector<std::string> ids = {};      // n >= 1, none twice
  std::vector<int64_t> lines = {};        // n
  std::vector<std::string> classes = {};  // L >= 1
};

struct PredictionTable {
  IdRows rows = {};
  std::vector<std::vector<double>> scores = {};  // (L, n), finite
  // Where the first score outside of [0, 1] is, and what; "" if all are inside.
  std::string outside = {};
};

struct TruthTable {
  IdRows rows = {};
  std::vector<std::vector<uint8_t>> labels = {};  // (L, n), 0 or 1
  std::vector<std::vector<std::string>> texts =
      {};                                // a list a column, of n each
  std::vector<std::string> unused = {};  // columns that were not read
};

// What a score must be.
enum class ScoreType {
  kDouble,
  kFloat,  // within the range of float32
};

// Every column but "id" is a class. Errors are DataLoss with file, line and
// column, and say what was found and what was expected: no column "id" or no
// other, a column without a name, no rows, an empty id or one that stands there
// twice, a class with the name of a mean (macro, micro, weighted), names or ids
// that are not UTF-8, a score that is empty, no number, NaN, infinite or beyond
// `type`.
absl::StatusOr<PredictionTable> ReadPredictions(absl::string_view path,
                                                ScoreType type);

// Reads the labels of the classes of `predictions`, in their order, and
// `text_columns` as they stand there. Other columns are passed over unless they
// may be a class that nobody predicted: a column of 0 and 1 only is an error.
// So is a class without a column, a label that is not 0 or 1 (an empty one,
// too: an image of unknown truth belongs into neither table), and what
// ReadPredictions says of ids and of UTF-8, which text has to be, too.
absl::StatusOr<TruthTable> ReadTruth(
    absl::string_view path, const IdRows& predictions,
    absl::Span<const std::string> text_columns);

// Reads `text_columns` only, of a table without classes; `texts` and `unused`
// of the result are filled. Errors of ids and of UTF-8 as ReadPredictions.
absl::StatusOr<TruthTable> ReadTexts(
    absl::string_view path, absl::Span<const std::string> text_columns);

// rows[i] is the row of `others` with the id of row i. DataLoss naming file and
// line of the first row of either whose id the other does not have, and how
// many such rows there are.
absl::StatusOr<std::vector<int64_t>> MatchIds(const IdRows& rows,
                                              const IdRows& others);

}  // namespace cxr

#endif  // CXR_SCORE_SCORE_CSV_H_
