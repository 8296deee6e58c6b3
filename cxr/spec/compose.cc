// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/compose.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/spec/field_values.h"
#include "cxr/spec/merge.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/places.h"
#include "cxr/spec/study.pb.h"

namespace cxr {
namespace {

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Fragments that include each other; nobody reads more.
constexpr size_t kDeepestInclude = 50;

// The entry of a field's value among the places of its message; added if it is
// not there.
FieldPlace& EntryOf(FieldPlace& places, const FieldDescriptor& field, int index,
                    const FieldPlace& origin) {
  for (FieldPlace& entry : places.inner) {
    if (entry.number == field.number() && entry.index == index) {
      return entry;
    }
  }
  places.inner.push_back({.number = field.number(),
                          .index = index,
                          .file = origin.file,
                          .place = origin.place});
  return places.inner.back();
}

void SetSeed(Message& message, const FieldDescriptor& field, uint32_t value) {
  const Reflection& r = *message.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
    r.SetUInt64(&message, &field, value);
  } else {
    CXR_CHECK(field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32)
        << field.full_name();
    r.SetUInt32(&message, &field, value);
  }
}

// Sets the seeds of `axis` in `message` and below; whether there was one.
bool SetSeedsIn(Message& message, FieldPlace& places, spec::SeedAxis axis,
                uint32_t value, const FieldPlace& origin) {
  const Reflection& r = *message.GetReflection();
  bool any = false;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      for (int k = 0; k < ValueCount(message, field); ++k) {
        Message& inner = field.is_repeated()
                             ? *r.MutableRepeatedMessage(&message, &field, k)
                             : *r.MutableMessage(&message, &field);
        any |= SetSeedsIn(inner, EntryOf(places, field, k, origin), axis, value,
                          origin);
      }
      continue;
    }
    const auto& options = field.options();
    // A seed that need not be there stays away.
    if (options.GetExtension(spec::seed_axis) == axis &&
        (r.HasField(message, &field) ||
         !options.GetExtension(spec::may_be_unset))) {
      SetSeed(message, field, value);
      FieldPlace& entry = EntryOf(places, field, 0, origin);
      entry.file = origin.file;
      entry.place = origin.place;
      any = true;
    }
  }
  return any;
}

// The random numbers whose seeds a message has.
void CollectSeeds(const Message& message, std::set<std::string>& names) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const spec::SeedAxis axis = field->options().GetExtension(spec::seed_axis);
    if (axis != spec::SEED_AXIS_UNSPECIFIED) {
      names.insert(spec::SeedAxis_Name(axis));
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      for (int i = 0; i < ValueCount(message, *field); ++i) {
        CollectSeeds(InnerMessage(message, *field, i), names);
      }
    }
  }
}

std::set<std::string> SeedNames(const spec::ExperimentSpec& spec) {
  std::set<std::string> names;
  CollectSeeds(spec, names);
  return names;
}

}  // namespace

void Composer::Add(const Layer& layer) {
  if (layer.file.broken) {
    placed_.broken.insert(layer.file.id);
  }
  const FieldPlace* places = FindWritten(
      layer.file.places, *layer.file.message->GetDescriptor(), layer.field);
  if (places == nullptr) {
    return;  // Not written, so there is nothing in it.
  }
  Include(layer.file, JoinField(layer.field, "include"), layer.spec.include());
  MergePlacesOver(layer.spec, *places, placed_.places);
  MergeOver(layer.spec, placed_.spec);
}

void Composer::Include(
    const SpecFile& file, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& names) {
  for (int i = 0; i < names.size(); ++i) {
    IncludeOne(file, ItemField(field, i), names.Get(i));
  }
}

void Composer::IncludeOne(const SpecFile& file, const std::string& field,
                          const std::string& name) {
  const SpecFile* fragment = catalog_.Find(SpecKind::kFragment, name);
  if (fragment == nullptr) {
    placed_.issues.push_back(
        Locate({.field = field,
                .message = catalog_.ExplainMissing(spec::FRAGMENT, name)},
               file));
    return;
  }
  if (open_.size() >= kDeepestInclude) {
    placed_.issues.push_back(
        Locate({.field = field,
                .message = absl::StrCat("is included through ", kDeepestInclude,
                                        " fragments, expected fewer")},
               file));
    return;
  }
  if (std::find(open_.begin(), open_.end(), name) != open_.end()) {
    placed_.issues.push_back(Locate(
        {.field = field,
         .message = absl::StrCat(
             "includes itself: ", absl::StrJoin(open_, " > "), " > ", name)},
        file));
    return;
  }
  if (!laid_.insert(name).second) {
    return;
  }
  placed_.fragments.insert(name);
  open_.push_back(name);
  Add({.file = *fragment, .spec = fragment->As<spec::ExperimentSpec>()});
  open_.pop_back();
}

void ComposeBase(const SpecCatalog& catalog, absl::string_view name,
                 Composer& composer) {
  const SpecFile* file = catalog.Find(SpecKind::kExperiment, name);
  if (file != nullptr) {
    composer.Add({.file = *file, .spec = file->As<spec::ExperimentSpec>()});
    return;
  }
  const CatalogCell* cell = catalog.FindCell(name);
  CXR_CHECK(cell != nullptr) << name;
  const SpecFile& study_file = *cell->study;
  const auto& study = study_file.As<spec::StudySpec>();
  composer.Include(study_file, "include", study.include());
  composer.Add({.file = study_file, .field = "base", .spec = study.base()});
  composer.placed().spec.set_description(study.description());
  for (const CellPoint& at : cell->cell.points) {
    if (at.axis->has_seeds()) {
      continue;
    }
    const spec::AxisPoint& point = at.axis->points(at.index);
    // A point may name a fragment of the base again, to put it on top.
    composer.Restart();
    composer.Include(study_file, JoinField(at.field, "include"),
                     point.include());
    composer.Add({.file = study_file,
                  .field = JoinField(at.field, "overlay"),
                  .spec = point.overlay()});
  }
}

void ComposeRule(const SpecFile& file, const std::string& field,
                 const spec::OverlayRule& rule, Composer& composer) {
  composer.Restart();
  composer.Add({.file = file,
                .field = JoinField(field, "overlay"),
                .spec = rule.overlay()});
}

void ComposeSeeds(const CatalogCell& cell, PlacedExperiment& placed) {
  const SpecFile& file = *cell.study;
  for (const CellPoint& at : cell.cell.points) {
    if (!at.axis->has_seeds()) {
      continue;
    }
    const spec::SeedPoints& seeds = at.axis->seeds();
    const FieldPlace& origin =
        FindPlace(file.places, *file.message->GetDescriptor(), at.field);
    if (!SetSeedsIn(placed.spec, placed.places, seeds.of(),
                    seeds.values(at.index), origin)) {
      placed.issues.push_back(Locate(
          {.field =
               JoinField(at.field.substr(0, at.field.rfind(".values")), "of"),
           .message =
               absl::StrCat("no seed of ", spec::SeedAxis_Name(seeds.of()),
                            " is in this experiment; there are: ",
                            absl::StrJoin(SeedNames(placed.spec), ", "))},
          file));
    }
  }
}

}  // namespace cxr
