// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/merge.h"

#include <google/protobuf/descriptor.h>

#include <vector>

#include "cxr/base/check.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Removes what of `base` the overlay replaces as a whole, so that a plain
// MergeFrom afterwards gives the declared rules.
void ClearReplaced(const Message& overlay, Message& base) {
  const Reflection& from = *overlay.GetReflection();
  const Reflection& to = *base.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  from.ListFields(overlay, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->is_repeated()) {
      to.ClearField(&base, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
               to.HasField(base, field)) {
      ClearReplaced(from.GetMessage(overlay, field),
                    *to.MutableMessage(&base, field));
    }
  }
}

}  // namespace

void MergeOver(const Message& overlay, Message& base) {
  CXR_CHECK(overlay.GetDescriptor() == base.GetDescriptor())
      << overlay.GetTypeName() << " over " << base.GetTypeName();
  ClearReplaced(overlay, base);
  base.MergeFrom(overlay);
}

}  // namespace cxr
