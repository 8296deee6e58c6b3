// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/render_verb.h"

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/store.h"
#include "reports/grid.h"
#include "reports/published_grid.h"
#include "tools/command_line.h"
#include "tools/places.h"
#include "tools/planning.h"
#include "tools/setup.h"
#include "tools/specs.h"
#include "tools/target.h"

namespace cxr {
namespace {

absl::StatusOr<std::string> Published(const SpecLibrary& library,
                                      absl::string_view name) {
  CXR_ASSIGN_OR_RETURN(const spec::TableSpec table, library.Table(name));
  CXR_ASSIGN_OR_RETURN(const spec::PublishedValues published,
                       library.Published(table.published()));
  CXR_ASSIGN_OR_RETURN(const spec::FamilySpec family,
                       library.Family(absl::GetFlag(FLAGS_family)));
  CXR_ASSIGN_OR_RETURN(const reports::Grid grid,
                       reports::PublishedGrid(published, family));
  return reports::ToMarkdown(grid);
}

absl::StatusOr<std::string> FromStore(const SpecLibrary& library,
                                      absl::string_view name,
                                      absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(const Target target, FindTarget(library, name));
  CXR_ASSIGN_OR_RETURN(const Machine machine, MakeMachine(library, program));
  CXR_ASSIGN_OR_RETURN(const std::string store_path, StorePath());
  const Store store = Store::OpenToRead(store_path);
  CXR_ASSIGN_OR_RETURN(
      const RenderedTarget rendered,
      RenderTarget(library, target,
                   ToResults(CollectRecords(
                       PlanTarget(library, target, machine), store))));
  return rendered.markdown;
}

}  // namespace

ExitCode RenderVerb(absl::string_view program,
                    const std::vector<std::string>& words) {
  const std::string source = absl::GetFlag(FLAGS_source);
  if (words.size() != 1 || (source != "published" && source != "results")) {
    return Fail(absl::InvalidArgumentError(
        words.size() != 1 ? "render needs one table; see: cxr help render"
                          : absl::StrCat("--source: found '", source,
                                         "', expected results or published")));
  }
  const absl::StatusOr<SpecLibrary> library = LoadLibrary(program);
  if (!library.ok()) {
    return Fail(library.status());
  }
  const absl::StatusOr<std::string> text =
      source == "published" ? Published(*library, words[0])
                            : FromStore(*library, words[0], program);
  if (!text.ok()) {
    return Fail(text.status());
  }
  absl::PrintF("%s", *text);
  return ExitCode::kDone;
}

}  // namespace cxr
