// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_DATA_ROOTS_H_
#define TOOLS_DATA_ROOTS_H_

#include "absl/strings/string_view.h"
#include "cxr/data/source/make_dataset.h"

namespace cxr {

// Where data lie on this machine: samples and the decoder of DICOM below
// `root`, as FindRoot gives it, or beside the program; sources in --data_root,
// else $CXR_DATA_ROOT; what is remembered of files in $CXR_DATA_CACHE, else
// $XDG_CACHE_HOME/cxr/data, else ~/.cache/cxr/data, nowhere if none is set;
// sources that the program draws for itself in drawn/ there.
DataRoots DataRootsBelow(absl::string_view root, absl::string_view program);

}  // namespace cxr

#endif  // TOOLS_DATA_ROOTS_H_
