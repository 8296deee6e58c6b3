// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_BUILD_STYLE_H_
#define TESTS_BUILD_STYLE_H_

#include "tests/source_tree.h"

namespace cxr::tests {

// The habits of BUILD files: a comment with the folder's role under the
// licence; attributes in the order name, testonly, srcs, hdrs, copts, data,
// visibility, deps (others may stand anywhere); deps sorted, own ones first,
// then the workspace's, then external ones; one header a library; no glob of
// sources. Files under tools/third_party describe other projects and are only
// asked for the comment.
Problems CheckBuildStyle(const SourceFile& file);

}  // namespace cxr::tests

#endif  // TESTS_BUILD_STYLE_H_
