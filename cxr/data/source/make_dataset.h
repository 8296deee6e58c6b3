// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_MAKE_DATASET_H_
#define CXR_DATA_SOURCE_MAKE_DATASET_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/data.pb.h"

// The switch over all sources: a reader enters the program here.

namespace cxr {

// Where files lie on this machine.
struct DataRoots {
  // The images that come with the program.
  std::string samples = {};
  // The folder that holds a folder a source, named as SourceName: data_root/
  // chexpert ... Empty: there is none.
  std::string data_root = {};
  // The program that decodes DICOM files; empty: they are errors.
  std::string dicom_worker = {};
  // For what is remembered of files between runs; empty: nothing is.
  std::string cache = {};
  // For the sources that the program draws for itself; empty: there is no place
  // for them.
  std::string drawn = {};
};

// "mimic_cxr".
std::string SourceName(spec::Source source);

// Whether the source comes with the program. Then its images are among its
// index files.
bool IsSample(spec::Source source);

// Where the source lies. Unimplemented, as "data: reason", if it is not on this
// machine: it is licensed, or must be fetched.
absl::StatusOr<std::string> SourceFolder(spec::Source source,
                                         const DataRoots& roots);

// Where its images lie: for CheXmask, which has none of its own, where those of
// MIMIC-CXR do.
absl::StatusOr<std::string> ImageFolder(spec::Source source,
                                        const DataRoots& roots);

// A folder that holds a file of this name was drawn by a program.
inline constexpr absl::string_view kSyntheticMarker = "SYNTHETIC";

// Whether the source, or for CheXmask what it has masks of, is marked so; the
// index of its images then says it, too.
bool IsSynthetic(spec::Source source, const DataRoots& roots);

// The files that determine the index of a source, without its images: paths
// that can be opened, in a fixed order, with names that are the same on every
// machine. Unimplemented as above; the reader's errors, NotFound first.
struct IndexFile {
  std::string name = {};
  std::string path = {};
};
absl::StatusOr<std::vector<IndexFile>> IndexFiles(spec::Source source,
                                                  const DataRoots& roots);

// Below, `spec` does not ask for a drawn source: whoever drew it clears that
// and names as data_root where it lies.

// The index alone, all of the source or, for CheXmask, what spec.masks asks
// for; no image need be there. Unimplemented as above; otherwise the reader's
// errors.
absl::StatusOr<ImageIndex> ReadIndex(const spec::DataSpec& spec,
                                     const DataRoots& roots);
absl::StatusOr<ImageIndex> ReadIndex(spec::Source source,
                                     const DataRoots& roots);

// The dataset that `spec` names, all of its images, read as spec.sixteen_bit
// and spec.masks say. Errors as ReadIndex, and NotFound if the source needs the
// decoder of DICOM files and roots name none.
absl::StatusOr<std::unique_ptr<Dataset>> MakeDataset(const spec::DataSpec& spec,
                                                     const DataRoots& roots);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_MAKE_DATASET_H_
