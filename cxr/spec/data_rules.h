// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_DATA_RULES_H_
#define CXR_SPEC_DATA_RULES_H_

#include <string>
#include <vector>

#include "cxr/spec/data.pb.h"
#include "cxr/spec/places.h"

namespace cxr {

// That the random part of patients whose path is `field` is a part: all of them
// are written by leaving it out, so that the same images have one identity.
std::vector<FieldProblem> CheckSample(const spec::PatientSampleSpec& sample,
                                      const std::string& field);

// Rules between the fields of one source of images, whose path is `field`.
std::vector<FieldProblem> CheckData(const spec::DataSpec& data,
                                    const std::string& field);

}  // namespace cxr

#endif  // CXR_SPEC_DATA_RULES_H_
