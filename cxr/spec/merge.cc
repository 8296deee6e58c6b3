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

// Whether `entry` gives way when the overlay sets `field`.
bool GivesWay(const FieldPlace& entry, const FieldDescriptor& field) {
  if (entry.number == field.number()) {
    return true;
  }
  const auto* choice = field.real_containing_oneof();
  const FieldDescriptor* other =
      field.containing_type()->FindFieldByNumber(entry.number);
  return choice != nullptr && other != nullptr &&
         other->real_containing_oneof() == choice;
}

// The entry of a single field, or null.
FieldPlace* EntryOf(FieldPlace& places, int number) {
  for (FieldPlace& entry : places.inner) {
    if (entry.number == number) {
      return &entry;
    }
  }
  return nullptr;
}

}  // namespace

void MergePlacesOver(const Message& overlay, const FieldPlace& overlay_places,
                     FieldPlace& base_places) {
  const auto* type = overlay.GetDescriptor();
  for (const FieldPlace& entry : overlay_places.inner) {
    const FieldDescriptor* field = type->FindFieldByNumber(entry.number);
    CXR_CHECK(field != nullptr) << type->full_name() << " " << entry.number;
    const bool merges = !field->is_repeated() &&
                        field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    FieldPlace* known = merges ? EntryOf(base_places, entry.number) : nullptr;
    if (known != nullptr) {
      known->place = entry.place;
      known->file = entry.file;
      MergePlacesOver(overlay.GetReflection()->GetMessage(overlay, field),
                      entry, *known);
      continue;
    }
    if (entry.index == 0) {
      std::erase_if(base_places.inner, [&](const FieldPlace& old) {
        return GivesWay(old, *field);
      });
    }
    base_places.inner.push_back(entry);
  }
}

void MergeOver(const Message& overlay, Message& base) {
  CXR_CHECK(overlay.GetDescriptor() == base.GetDescriptor())
      << overlay.GetTypeName() << " over " << base.GetTypeName();
  ClearReplaced(overlay, base);
  base.MergeFrom(overlay);
}

}  // namespace cxr
