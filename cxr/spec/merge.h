// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_MERGE_H_
#define CXR_SPEC_MERGE_H_

#include <google/protobuf/message.h>

#include "cxr/textproto/textproto.h"

// Laying one spec over another.

namespace cxr {

// Merges `overlay` over `base`, which has the same type: a set single value
// replaces, a message merges field by field, a non-empty repeated field
// replaces the whole of the other (plain MergeFrom would append), and setting
// one member of a oneof clears the others.
void MergeOver(const google::protobuf::Message& overlay,
               google::protobuf::Message& base);

// The same for the places of their values: `overlay_places` has the shape of
// `overlay`, `base_places` that of `base`, before the messages are merged.
void MergePlacesOver(const google::protobuf::Message& overlay,
                     const FieldPlace& overlay_places, FieldPlace& base_places);

}  // namespace cxr

#endif  // CXR_SPEC_MERGE_H_
