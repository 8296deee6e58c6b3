// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_INDEX_CSV_H_
#define CXR_DATA_INDEX_INDEX_CSV_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/spec/data.pb.h"

// The images an experiment sees, as a file that a person can read.

namespace cxr {

// An index of some of a dataset's images. `rows[i]` is the place of
// index.examples[i] in the dataset's own index.
struct SelectedIndex {
  ImageIndex index = {};
  std::vector<int> rows = {};
};

// The images of `all` that `spec` asks for. FailedPrecondition if there are
// none.
absl::StatusOr<SelectedIndex> Select(const ImageIndex& all,
                                     const spec::DataSpec& spec);

// One line an image: row,id,patient,view,sex,age,fold and a column a label;
// what is not known is empty.
std::string ToCsv(const SelectedIndex& selected);

// DataLoss naming `name` and the line if `text` is not what ToCsv writes. The
// source is not in the file: it stays empty.
absl::StatusOr<SelectedIndex> SelectedIndexFromCsv(absl::string_view text,
                                                   absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_INDEX_CSV_H_
