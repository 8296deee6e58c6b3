// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fuzz.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/lint.h"
#include "cxr/spec/upgrade.h"

namespace cxr {
namespace {

constexpr absl::string_view kRungs =
    "spec_version: 2 rungs { name: 'paper' description: 'all' "
    "judges_sanity_checks: true rules { including: 'pix.*' overlay { train { "
    "linear_probe { epochs: 2 } } } } }";
constexpr absl::string_view kProtocols =
    "spec_version: 2 protocols { name: 'as_published' description: 'quirks' }";
constexpr absl::string_view kFamilies =
    "spec_version: 2 families { id: 'a' display: 'A' link: 'a' }";
constexpr absl::string_view kFragment =
    "spec_version: 2 include: 'fuzzed' features { pixels {} }";
constexpr absl::string_view kExperiment =
    "spec_version: 2 include: ['pixels', 'fuzzed'] train { targets: 'x' }";
constexpr absl::string_view kPublished =
    "spec_version: 2 source: 's' columns: 'Model' rows { key: 's' cells { "
    "text: 'S' } }";

// The fuzzed text among a few good files that refer to it and to which it may
// refer.
std::vector<SpecText> Files(SpecKind kind, std::string text) {
  const auto file = [](const char* name, SpecKind of, absl::string_view body) {
    return SpecText{.path = absl::StrCat(name, ".textproto"),
                    .kind = of,
                    .text = std::string(body)};
  };
  std::vector<SpecText> files;
  if (kind != SpecKind::kRungs) {
    files.push_back(file("rungs", SpecKind::kRungs, kRungs));
  }
  if (kind != SpecKind::kProtocols) {
    files.push_back(file("protocols", SpecKind::kProtocols, kProtocols));
  }
  if (kind != SpecKind::kFamilies) {
    files.push_back(file("families", SpecKind::kFamilies, kFamilies));
  }
  files.push_back(file("pixels", SpecKind::kFragment, kFragment));
  files.push_back(file("classify", SpecKind::kExperiment, kExperiment));
  files.push_back(file("published", SpecKind::kPublished, kPublished));
  files.push_back(file("fuzzed", kind, text));
  return files;
}

void CheckIssues(const std::vector<SpecIssue>& issues) {
  for (const SpecIssue& issue : issues) {
    CXR_CHECK(issue.line >= 1 && issue.column >= 1) << ToString(issue);
    CXR_CHECK(!issue.message.empty() && !issue.file.empty());
  }
}

// An upgraded text is of this version, so it stays as it is.
void CheckUpgrade(const std::string& text, SpecKind kind) {
  const absl::StatusOr<std::string> once = Upgrade(text, kind);
  if (once.ok()) {
    const absl::StatusOr<std::string> twice = Upgrade(*once, kind);
    CXR_CHECK(twice.ok()) << twice.status().ToString() << " in " << *once;
    CXR_CHECK(*twice == *once) << *once;
  }
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  constexpr int kKinds = static_cast<int>(cxr::SpecKind::kFamilies) + 1;
  const auto kind = static_cast<cxr::SpecKind>(data[0] % kKinds);
  const std::string text(data + 1, data + size);
  const cxr::SpecCatalog catalog(cxr::Files(kind, text));
  cxr::CheckIssues(cxr::Lint(catalog));
  cxr::CheckUpgrade(text, kind);
  return 0;
}
