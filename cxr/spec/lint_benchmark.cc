// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Reading and linting the real experiments/ with as many more experiments as
// make the number of files asked for, each at all rungs and protocols. Run in
// the root of the workspace.
#include <string>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/lint.h"

namespace cxr {
namespace {

// A copy of the real files and generated ones, `count` in all.
void FillFolder(const TempDir& folder, int count) {
  const std::string real = TestData("experiments");
  const auto files = ListFiles(real);
  CXR_CHECK(files.ok()) << files.status().ToString();
  int written = 0;
  const auto write = [&](const std::string& file, const std::string& text) {
    const std::string path = folder.File(file);
    CXR_CHECK(CreateDirectories(path.substr(0, path.rfind('/'))).ok()) << path;
    CXR_CHECK(WriteFileAtomically(path, text).ok()) << path;
    ++written;
  };
  for (const std::string& file : *files) {
    if (file != "BUILD") {
      write(file, *ReadFile(JoinPath(real, file)));
    }
  }
  while (written < count) {
    write(absl::StrCat("classify/generated_", written, ".textproto"),
          absl::StrCat("spec_version: 2\n",
                       "include: [\"chexpert\", \"model_s\", \"frozen_probe\", "
                       "\"official_test\"]\n",
                       "description: \"Number ", written, ".\"\n",
                       "train { linear_probe { seed: ", written, " } }\n"));
  }
}

void BM_Lint(benchmark::State& state) {
  const TempDir folder;
  FillFolder(folder, static_cast<int>(state.range(0)));
  int64_t files = 0;
  for (auto _ : state) {
    const auto catalog = SpecCatalog::Load(folder.path());
    CXR_CHECK(catalog.ok()) << catalog.status().ToString();
    const std::vector<SpecIssue> issues = Lint(*catalog);
    CXR_CHECK(issues.empty()) << ToString(issues[0]);
    files += static_cast<int64_t>(catalog->files().size());
  }
  state.SetItemsProcessed(files);
}
BENCHMARK(BM_Lint)->Arg(200)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
