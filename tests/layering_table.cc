// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/layering_table.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

// `uses` names packages and libraries; `*` is everything but what nobody may
// depend on. The standard library goes without saying. Who may see cxr/spec
// sees messages, and so may use the protobuf runtime.
struct Row {
  absl::string_view package;
  absl::string_view uses;
};

constexpr Row kTable[] = {
    {"metrics", "absl re2"},
    {"cxr/base", "absl re2 protobuf zlib openssl"},
    {"cxr/textproto", "absl protobuf cxr/base"},
    {"cxr/spec", "absl protobuf cxr/base cxr/textproto"},
    {"cxr/cost", "absl protobuf cxr/spec cxr/base"},
    {"cxr/harness", "absl protobuf cxr/spec cxr/textproto cxr/base"},
    {"cxr/text", "absl re2 sentencepiece utf8proc json cxr/base"},
    {"cxr/data", "absl protobuf codec zlib xml json cxr/spec cxr/base"},
    {"cxr/synth",
     "absl protobuf json cxr/spec cxr/base cxr/data cxr/synth/dicom"},
    {"cxr/synth/dicom", "absl codec cxr/base cxr/data"},
    {"cxr/ops", "absl aten cxr/base"},
    {"cxr/cuda", "aten c10d cuda nccl cxr/ops"},
    {"cxr/model",
     "absl protobuf aten torch zlib json cxr/spec cxr/base cxr/text cxr/ops"},
    {"cxr/dist", "absl aten c10d gloo cxr/base"},
    {"cxr/train",
     "absl protobuf aten torch cxr/spec cxr/base cxr/data cxr/model cxr/ops "
     "cxr/dist"},
    {"cxr/score", "absl protobuf cxr/spec cxr/base cxr/text cxr/data metrics"},
    {"cxr/tasks",
     "absl protobuf re2 json aten torch c10d cxr/base cxr/cost cxr/data "
     "cxr/dist "
     "cxr/harness cxr/model cxr/ops cxr/score cxr/spec cxr/synth cxr/text "
     "cxr/textproto cxr/train metrics"},
    {"reports",
     "absl protobuf cxr/spec cxr/textproto cxr/cost cxr/score cxr/base "
     "metrics"},
    {"experiments", ""},
    {"tools", "*"},
    {"tests", "*"},
};

// Nobody depends on these, not even those who may use everything.
constexpr absl::string_view kNobodyUses[] = {"cxr/cuda", "experiments", "tools",
                                             "tests"};

// Single files that may use more than their package.
constexpr Row kSeams[] = {
    {"cxr/base/device_probe", "aten torch"},
    {"cxr/base/torch_autocast", "aten torch"},
    {"cxr/base/torch_device", "aten torch"},
    {"cxr/base/torch_status", "aten torch"},
    {"cxr/base/torch_testing", "aten torch"},
};

constexpr absl::string_view kTorchFree[] = {
    "metrics",   "reports",  "cxr/spec", "cxr/harness", "cxr/cost",
    "cxr/score", "cxr/base", "cxr/text", "cxr/data",
};

// Which library a prefix of an include path belongs to; first match wins.
constexpr Row kIncludePrefixes[] = {
    {"absl/", "absl"},
    {"re2/", "re2"},
    {"google/protobuf/", "protobuf"},
    {"torch/csrc/distributed/", "c10d"},
    {"c10/cuda/", "cuda"},
    {"ATen/cuda/", "cuda"},
    {"torch/", "torch"},
    {"ATen/", "aten"},
    {"c10/", "aten"},
    {"cuda", "cuda"},
    {"nccl", "nccl"},
    {"gloo/", "gloo"},
    {"gtest/", "gtest"},
    {"gmock/", "gtest"},
    {"benchmark/", "benchmark"},
    {"png.h", "codec"},
    {"jpeglib.h", "codec"},
    {"turbojpeg.h", "codec"},
    {"opencv2/", "codec"},
    {"gdcm", "codec"},
    {"dcmtk/", "codec"},
    {"openjpeg.h", "codec"},
    {"zlib.h", "zlib"},
    {"libdeflate.h", "zlib"},
    {"openssl/", "openssl"},
    {"pugixml", "xml"},
    {"nlohmann/", "json"},
    {"sentencepiece", "sentencepiece"},
    {"utf8proc.h", "utf8proc"},
    {"archive", "archive"},
};

constexpr Row kRepositories[] = {
    {"com_google_absl", "absl"},
    {"com_google_protobuf", "protobuf"},
    {"com_googlesource_code_re2", "re2"},
    {"com_google_googletest", "gtest"},
    {"com_github_google_benchmark", "benchmark"},
    {"png", "codec"},
    {"jpeg", "codec"},
    {"libdeflate", "zlib"},
    {"opencv", "codec"},
    {"gdcm", "codec"},
    {"openjpeg", "codec"},
    {"pugixml", "xml"},
    {"nlohmann_json", "json"},
};

bool IsIn(absl::string_view path, absl::string_view folder) {
  return path == folder || absl::StartsWith(path, absl::StrCat(folder, "/"));
}

bool ListHolds(absl::string_view list, absl::string_view what) {
  const std::vector<absl::string_view> words = absl::StrSplit(list, ' ');
  return std::find(words.begin(), words.end(), what) != words.end();
}

// gtest and benchmark belong to tests and to what only tests use.
bool IsForTests(absl::string_view stem) {
  return absl::EndsWith(stem, "_test") || absl::EndsWith(stem, "_benchmark") ||
         absl::EndsWith(stem, "_smoketest") || absl::EndsWith(stem, "testing");
}

// `cxr/base/torch_status_test` is on the seam of `cxr/base/torch_status`.
bool IsOnSeam(absl::string_view stem, absl::string_view seam) {
  return stem == seam || stem == absl::StrCat(seam, "_test");
}

}  // namespace

std::string PackageOf(absl::string_view path) {
  absl::string_view best;
  for (const Row& row : kTable) {
    if (IsIn(path, row.package) && row.package.size() > best.size()) {
      best = row.package;
    }
  }
  return std::string(best);
}

bool IsOurs(absl::string_view path) {
  return IsIn(path, "cxr") || !PackageOf(path).empty();
}

std::string LibraryOfInclude(absl::string_view path) {
  for (const Row& row : kIncludePrefixes) {
    if (absl::StartsWith(path, row.package)) return std::string(row.uses);
  }
  return "std";
}

std::string LibraryOfRepository(absl::string_view repository) {
  for (const Row& row : kRepositories) {
    if (row.package == repository) return std::string(row.uses);
  }
  return std::string(repository);
}

bool MayUse(absl::string_view stem, absl::string_view needed) {
  const std::string package = PackageOf(stem);
  if (needed == "std" || needed == package) return true;
  if (needed == "gtest" || needed == "benchmark") return IsForTests(stem);
  for (const Row& seam : kSeams) {
    if (IsOnSeam(stem, seam.package) && ListHolds(seam.uses, needed)) {
      return true;
    }
  }
  if (std::find(std::begin(kNobodyUses), std::end(kNobodyUses), needed) !=
      std::end(kNobodyUses)) {
    return false;
  }
  for (const Row& row : kTable) {
    if (row.package != package) continue;
    return row.uses == "*" || ListHolds(row.uses, needed);
  }
  return false;
}

bool IsTorch(absl::string_view library) {
  return library == "aten" || library == "torch" || library == "c10d";
}

bool IsTorchFree(absl::string_view stem) {
  for (const Row& seam : kSeams) {
    if (IsOnSeam(stem, seam.package)) return false;
  }
  for (absl::string_view package : kTorchFree) {
    if (IsIn(stem, package)) return true;
  }
  return false;
}

}  // namespace cxr::tests
