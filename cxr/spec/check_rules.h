// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_CHECK_RULES_H_
#define CXR_SPEC_CHECK_RULES_H_

#include <vector>

#include "cxr/spec/places.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/rung.pb.h"

// What is wrong with a set of rungs or protocols by itself.

namespace cxr {

// Names that stand twice, patterns that are none, and rungs that are not based
// on one above them.
std::vector<FieldProblem> CheckRungs(const spec::RungSet& set);

// Names that stand twice and patterns that are none.
std::vector<FieldProblem> CheckProtocols(const spec::ProtocolSet& set);

}  // namespace cxr

#endif  // CXR_SPEC_CHECK_RULES_H_
