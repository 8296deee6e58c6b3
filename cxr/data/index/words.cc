// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/words.h"

#include "cxr/base/check.h"

namespace cxr {
namespace {

template <typename Enum, int kCount>
std::optional<Enum> Find(const Enum (&all)[kCount],
                         absl::string_view (*text_of)(Enum),
                         absl::string_view text) {
  for (const Enum value : all) {
    if (text_of(value) == text) {
      return value;
    }
  }
  return std::nullopt;
}

constexpr View kViews[] = {View::kUnknown,  View::kPa,      View::kAp,
                           View::kApSupine, View::kFrontal, View::kLateral,
                           View::kOther};
constexpr Sex kSexes[] = {Sex::kUnknown, Sex::kFemale, Sex::kMale};
constexpr Part kParts[] = {Part::kNone, Part::kTraining, Part::kValidation,
                           Part::kTest};

}  // namespace

absl::string_view ViewText(View view) {
  switch (view) {
    case View::kUnknown:
      return "";
    case View::kPa:
      return "PA";
    case View::kAp:
      return "AP";
    case View::kApSupine:
      return "AP supine";
    case View::kFrontal:
      return "frontal";
    case View::kLateral:
      return "lateral";
    case View::kOther:
      return "other";
  }
  CXR_CHECK(false) << "view " << static_cast<int>(view);
  return "";
}

absl::string_view SexText(Sex sex) {
  switch (sex) {
    case Sex::kUnknown:
      return "";
    case Sex::kFemale:
      return "F";
    case Sex::kMale:
      return "M";
  }
  CXR_CHECK(false) << "sex " << static_cast<int>(sex);
  return "";
}

absl::string_view PartText(Part part) {
  switch (part) {
    case Part::kNone:
      return "";
    case Part::kTraining:
      return "training";
    case Part::kValidation:
      return "validation";
    case Part::kTest:
      return "test";
  }
  CXR_CHECK(false) << "part " << static_cast<int>(part);
  return "";
}

absl::string_view PartTitle(Part part) {
  return part == Part::kNone ? "no list" : PartText(part);
}

std::optional<View> ViewOfText(absl::string_view text) {
  return Find(kViews, ViewText, text);
}

std::optional<Sex> SexOfText(absl::string_view text) {
  return Find(kSexes, SexText, text);
}

std::optional<Part> PartOfText(absl::string_view text) {
  return Find(kParts, PartText, text);
}

}  // namespace cxr
