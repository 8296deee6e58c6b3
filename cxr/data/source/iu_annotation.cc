// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_annotation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/iu_xml.h"

namespace cxr {
namespace {

using Json = nlohmann::json;

// Reads nothing, but learns where the text is no JSON; without exceptions the
// library says only that it is none.
class ErrorPlace final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    position_ = position;
    return false;
  }

  size_t position() const { return position_; }

 private:
  size_t position_ = 0;
};

// The value of `key` in `object` if it is an array.
const Json::array_t* FindArray(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it == object.end() ? nullptr : it->get_ptr<const Json::array_t*>();
}

const std::string* FindString(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it == object.end() ? nullptr : it->get_ptr<const std::string*>();
}

// Whether `path` names something below the folder it is relative to.
bool StaysInside(absl::string_view path) {
  const std::vector<absl::string_view> steps = absl::StrSplit(path, '/');
  return std::all_of(steps.begin(), steps.end(), IsPlainFileName);
}

absl::StatusOr<IuStudy> ReadStudy(const Json& item) {
  const std::string* id = FindString(item, "id");
  const std::string* report = FindString(item, "report");
  const Json::array_t* images = FindArray(item, "image_path");
  if (id == nullptr || id->empty() || report == nullptr || images == nullptr) {
    return absl::DataLossError(
        absl::StrCat("found no ",
                     images == nullptr   ? "list image_path"
                     : report == nullptr ? "text report"
                                         : "text id",
                     ", expected id, report and image_path"));
  }
  IuStudy study{.id = *id, .report = *report};
  for (const Json& image : *images) {
    const auto* path = image.get_ptr<const std::string*>();
    if (path == nullptr || !StaysInside(*path)) {
      return absl::DataLossError(absl::StrCat(
          "image_path: found ",
          image.dump(-1, ' ', false, Json::error_handler_t::replace),
          ", expected a path like CXR1_IM-0001/0.png"));
    }
    study.images.push_back(*path);
  }
  return study;
}

absl::StatusOr<Json> ParseJson(absl::string_view text, absl::string_view name) {
  Json json = Json::parse(text.begin(), text.end(), /*cb=*/nullptr,
                          /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    ErrorPlace place;
    Json::sax_parse(text.begin(), text.end(), &place);
    const size_t end = std::min(place.position(), text.size());
    return absl::DataLossError(absl::StrCat(
        name, ":", 1 + std::count(text.begin(), text.begin() + end, '\n'),
        ": found what is no JSON at byte ", place.position(),
        ", expected an object with train, val and test"));
  }
  return json;
}

}  // namespace

absl::StatusOr<std::vector<IuStudy>> ParseIuAnnotation(absl::string_view text,
                                                       absl::string_view name) {
  constexpr std::array<std::pair<const char*, Part>, 3> kParts = {
      {{"train", Part::kTraining},
       {"val", Part::kValidation},
       {"test", Part::kTest}}};
  CXR_ASSIGN_OR_RETURN(const Json json, ParseJson(text, name));
  std::vector<IuStudy> studies;
  for (const auto& [key, part] : kParts) {
    const Json::array_t* items = FindArray(json, key);
    if (items == nullptr) {
      return absl::DataLossError(
          absl::StrCat(name, ": found no list '", key,
                       "', expected the lists train, val and test"));
    }
    for (size_t i = 0; i < items->size(); ++i) {
      absl::StatusOr<IuStudy> study = ReadStudy((*items)[i]);
      if (!study.ok()) {
        return Annotate(study.status(),
                        absl::StrCat(name, ": ", key, "[", i, "]"));
      }
      study->part = part;
      studies.push_back(*std::move(study));
    }
  }
  return studies;
}

}  // namespace cxr
