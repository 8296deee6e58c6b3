// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_TESTING_H_
#define CXR_DATA_SOURCE_TESTING_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// Small source folders for the tests of readers.
//
//   const TempDir folder;
//   WriteTree(folder.path(), {{"CheXpert-v1.0/train.csv", "Path,Sex\n"},
//                             {"split.csv.gz", "dicom_id,split\n"}});

namespace cxr {

// Writes files, by their paths relative to `folder`, and the folders they need;
// what is called ".gz" is compressed. A file that is there is replaced.
void WriteTree(absl::string_view folder,
               const std::map<std::string, std::string>& files);

// The remarks of an index by what they say: how often and where first, e.g.
// {"blank views", "2, train.csv:17"}; of the place the name alone.
std::map<std::string, std::string> RemarksOf(const ImageIndex& index);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_TESTING_H_
