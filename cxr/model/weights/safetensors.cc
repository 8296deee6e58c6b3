// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/safetensors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/byte_reader.h"
#include "nlohmann/json.hpp"

namespace cxr {
namespace {

using Json = nlohmann::json;

// The package refuses longer headers.
constexpr uint64_t kMaxHeaderBytes = 100'000'000;
constexpr size_t kLengthBytes = 8;
constexpr size_t kAlignment = 8;
constexpr absl::string_view kMetadata = "__metadata__";

// In the order in which the package writes them.
constexpr std::array<std::pair<ScalarKind, absl::string_view>, 10> kDtypes = {{
    {ScalarKind::kInt64, "I64"},
    {ScalarKind::kFloat64, "F64"},
    {ScalarKind::kFloat32, "F32"},
    {ScalarKind::kInt32, "I32"},
    {ScalarKind::kBfloat16, "BF16"},
    {ScalarKind::kFloat16, "F16"},
    {ScalarKind::kInt16, "I16"},
    {ScalarKind::kInt8, "I8"},
    {ScalarKind::kUint8, "U8"},
    {ScalarKind::kBool, "BOOL"},
}};

size_t RankOf(ScalarKind kind) {
  const auto* const found =
      std::find_if(kDtypes.begin(), kDtypes.end(),
                   [kind](const auto& dtype) { return dtype.first == kind; });
  CXR_CHECK(found != kDtypes.end()) << ToString(kind);
  return static_cast<size_t>(found - kDtypes.begin());
}

absl::Status Broken(absl::string_view name, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(QuotedText(name), ": ", what));
}

// The header, whose keys differ and which is not deeper than one needs to be.
absl::StatusOr<Json> ParseHeader(absl::string_view text) {
  constexpr int kDeepest = 3;  // header, tensor, shape
  std::array<std::set<std::string>, kDeepest + 1> keys;
  std::string problem;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > kDeepest) {
      return false;  // what is so deep takes no memory
    }
    auto& known = keys[static_cast<size_t>(depth)];
    if (event == Json::parse_event_t::object_start && depth < kDeepest) {
      keys[static_cast<size_t>(depth) + 1].clear();
    } else if (event == Json::parse_event_t::key &&
               !known.insert(parsed.get_ref<const std::string&>()).second) {
      problem = absl::StrCat(
          QuotedText(parsed.get_ref<const std::string&>()),
          ": found twice in the header of safetensors, expected once");
    }
    return true;
  };
  Json header = Json::parse(text.begin(), text.end(), watch, false);
  if (!problem.empty()) {
    return absl::DataLossError(problem);
  }
  if (!header.is_object()) {
    return absl::DataLossError(
        "the header of safetensors is no JSON object, expected one");
  }
  return header;
}

std::optional<std::vector<uint64_t>> Numbers(const Json& entry,
                                             const char* key) {
  const auto found = entry.find(key);
  if (found == entry.end() || !found->is_array()) {
    return std::nullopt;
  }
  std::vector<uint64_t> numbers;
  for (const Json& number : *found) {
    if (!number.is_number_unsigned() ||
        number.get<uint64_t>() > uint64_t{INT64_MAX}) {
      return std::nullopt;
    }
    numbers.push_back(number.get<uint64_t>());
  }
  return numbers;
}

absl::StatusOr<ScalarKind> KindOf(const std::string& name, const Json& entry) {
  const auto found = entry.find("dtype");
  if (found == entry.end() || !found->is_string()) {
    return Broken(name, "has no dtype, expected one");
  }
  const std::string& text = found->get_ref<const std::string&>();
  for (const auto& [kind, dtype] : kDtypes) {
    if (text == dtype) {
      return kind;
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      QuotedText(name), ": found dtype ", QuotedText(text),
      ", expected one of ",
      absl::StrJoin(kDtypes, ", ", [](std::string* out, const auto& dtype) {
        absl::StrAppend(out, dtype.second);
      })));
}

// One entry of the header; its bytes are those of `numbers` that it names.
absl::StatusOr<StoredTensor> ParseEntry(const std::string& name,
                                        const Json& entry,
                                        absl::string_view numbers) {
  if (!entry.is_object()) {
    return Broken(name, "is no JSON object, expected dtype, shape and place");
  }
  CXR_ASSIGN_OR_RETURN(const ScalarKind kind, KindOf(name, entry));
  const auto shape = Numbers(entry, "shape");
  const auto place = Numbers(entry, "data_offsets");
  if (!shape || !place || place->size() != 2) {
    return Broken(name, "expected a shape and two data_offsets, whole numbers");
  }
  const uint64_t begin = (*place)[0];
  const uint64_t end = (*place)[1];
  if (begin > end || end > numbers.size()) {
    return Broken(name,
                  absl::StrCat("found numbers at bytes ", begin, " to ", end,
                               ", expected places from 0 to ", numbers.size()));
  }
  StoredTensor tensor = {.name = name,
                         .kind = kind,
                         .shape = {shape->begin(), shape->end()},
                         .bytes = numbers.substr(begin, end - begin)};
  const absl::StatusOr<int64_t> count = CountOf(tensor.shape, kind);
  if (!count.ok()) {
    return Broken(name, count.status().message());
  }
  if (tensor.bytes.size() != static_cast<uint64_t>(*count * SizeOf(kind))) {
    return Broken(
        name, absl::StrCat("found ", tensor.bytes.size(), " bytes, expected ",
                           *count * SizeOf(kind), " of ", ToString(tensor)));
  }
  return tensor;
}

absl::StatusOr<std::map<std::string, std::string>> ParseMetadata(
    const Json& entry) {
  if (!entry.is_object()) {
    return Broken(kMetadata, "is no JSON object, expected texts by name");
  }
  std::map<std::string, std::string> metadata;
  for (const auto& [key, value] : entry.items()) {
    if (!value.is_string()) {
      return Broken(kMetadata, absl::StrCat("found no text under ",
                                            QuotedText(key), ", expected one"));
    }
    metadata[key] = value.get_ref<const std::string&>();
  }
  return metadata;
}

// Every byte of `numbers` belongs to one tensor.
absl::Status CheckCovered(const std::vector<StoredTensor>& tensors,
                          absl::string_view numbers) {
  std::vector<std::tuple<size_t, size_t, absl::string_view>> places;
  for (const StoredTensor& tensor : tensors) {
    const auto begin =
        static_cast<size_t>(tensor.bytes.data() - numbers.data());
    places.emplace_back(begin, begin + tensor.bytes.size(), tensor.name);
  }
  std::sort(places.begin(), places.end());
  size_t expected = 0;
  for (const auto& [begin, end, name] : places) {
    if (begin != expected) {
      return Broken(
          name, absl::StrCat("found its numbers at byte ", begin, ", expected ",
                             expected, ", where those before it end"));
    }
    expected = end;
  }
  return expected == numbers.size()
             ? absl::OkStatus()
             : absl::DataLossError(absl::StrCat("found ", numbers.size(),
                                                " bytes of numbers, expected ",
                                                expected));
}

std::string Quote(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// In the order of the file; ends the program if they are no file.
std::vector<StoredTensor> Ordered(std::vector<StoredTensor> tensors) {
  std::sort(tensors.begin(), tensors.end(),
            [](const StoredTensor& a, const StoredTensor& b) {
              return std::make_pair(RankOf(a.kind), a.name) <
                     std::make_pair(RankOf(b.kind), b.name);
            });
  std::set<absl::string_view> names;
  for (const StoredTensor& tensor : tensors) {
    CXR_CHECK(names.insert(tensor.name).second && tensor.name != kMetadata)
        << "two tensors are called " << tensor.name;
    const auto count = CountOf(tensor.shape, tensor.kind);
    CXR_CHECK(count.ok() &&
              std::ssize(tensor.bytes) == *count * SizeOf(tensor.kind))
        << tensor.name << ": " << tensor.bytes.size() << " bytes of "
        << ToString(tensor);
  }
  return tensors;
}

}  // namespace

std::string SafetensorsHeader(
    const std::vector<StoredTensor>& tensors,
    const std::map<std::string, std::string>& metadata) {
  std::vector<std::string> entries;
  if (!metadata.empty()) {
    const auto format = [](std::string* out, const auto& entry) {
      absl::StrAppend(out, Quote(entry.first), ":", Quote(entry.second));
    };
    entries.push_back(absl::StrCat("\"", kMetadata, "\":{",
                                   absl::StrJoin(metadata, ",", format), "}"));
  }
  int64_t begin = 0;
  for (const StoredTensor& tensor : tensors) {
    const auto count = CountOf(tensor.shape, tensor.kind);
    CXR_CHECK(count.ok()) << tensor.name << ": " << count.status();
    const int64_t end = begin + *count * SizeOf(tensor.kind);
    entries.push_back(
        absl::StrCat(Quote(tensor.name), ":{\"dtype\":\"",
                     kDtypes[RankOf(tensor.kind)].second, "\",\"shape\":[",
                     absl::StrJoin(tensor.shape, ","), "],\"data_offsets\":[",
                     begin, ",", end, "]}"));
    begin = end;
  }
  std::string text = absl::StrCat("{", absl::StrJoin(entries, ","), "}");
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  std::string header;
  for (size_t i = 0; i < kLengthBytes; ++i) {
    header.push_back(static_cast<char>(text.size() >> 8 * i & 0xFF));
  }
  return header + text;
}

absl::StatusOr<SafetensorsContents> ParseSafetensors(absl::string_view bytes) {
  ByteReader reader(bytes);
  CXR_ASSIGN_OR_RETURN(const uint64_t length, reader.TakeInteger(kLengthBytes));
  if (length > kMaxHeaderBytes) {
    return absl::DataLossError(absl::StrCat("found a header of safetensors of ",
                                            length, " bytes, expected up to ",
                                            kMaxHeaderBytes));
  }
  CXR_ASSIGN_OR_RETURN(const absl::string_view text, reader.Take(length));
  CXR_ASSIGN_OR_RETURN(const Json header, ParseHeader(text));
  const absl::string_view numbers = bytes.substr(reader.offset());
  SafetensorsContents contents;
  for (const auto& [name, entry] : header.items()) {
    if (name == kMetadata) {
      CXR_ASSIGN_OR_RETURN(contents.metadata, ParseMetadata(entry));
    } else {
      CXR_ASSIGN_OR_RETURN(StoredTensor tensor,
                           ParseEntry(name, entry, numbers));
      contents.tensors.push_back(std::move(tensor));
    }
  }
  CXR_RETURN_IF_ERROR(CheckCovered(contents.tensors, numbers));
  return contents;
}

std::string ToSafetensors(std::vector<StoredTensor> tensors,
                          const std::map<std::string, std::string>& metadata) {
  tensors = Ordered(std::move(tensors));
  std::string bytes = SafetensorsHeader(tensors, metadata);
  for (const StoredTensor& tensor : tensors) {
    absl::StrAppend(&bytes, tensor.bytes);
  }
  return bytes;
}

absl::Status WriteSafetensors(
    absl::string_view path, std::vector<StoredTensor> tensors,
    const std::map<std::string, std::string>& metadata) {
  tensors = Ordered(std::move(tensors));
  const std::string header = SafetensorsHeader(tensors, metadata);
  std::vector<absl::string_view> pieces = {header};
  for (const StoredTensor& tensor : tensors) {
    pieces.push_back(tensor.bytes);
  }
  return WritePiecesAtomically(path, pieces);
}

}  // namespace cxr
