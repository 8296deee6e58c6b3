// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/show_verb.h"

#include <map>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/compose.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/show.h"
#include "tools/command_line.h"
#include "tools/specs.h"

namespace cxr {
namespace {

// So many digits of a digest tell experiments apart.
constexpr size_t kDigestDigits = 12;

std::string ShortDigest(const spec::ExperimentSpec& experiment) {
  return SpecDigest(experiment).substr(0, kDigestDigits);
}

std::string SettingText(const Setting& setting) {
  return absl::StrCat("rung ", setting.rung, ", protocol ", setting.protocol);
}

absl::StatusOr<std::string> ShowExperiment(const SpecLibrary& library,
                                           const std::string& name,
                                           const Setting& setting) {
  CXR_ASSIGN_OR_RETURN(const PlacedExperiment placed,
                       library.ResolvePlaced(name, setting));
  return absl::StrCat("# ", name, " at ", SettingText(setting), "; digest ",
                      ShortDigest(placed.spec), "\n",
                      absl::GetFlag(FLAGS_origin)
                          ? ToTextWithOrigins(placed, library.catalog())
                          : ToText(placed));
}

// A fragment with what it includes, under no rules.
absl::StatusOr<std::string> ShowFragment(const SpecLibrary& library,
                                         const SpecFile& file) {
  CXR_RETURN_IF_ERROR(ToStatus(library.catalog().IssuesOf(file)));
  Composer composer(library.catalog());
  composer.Add({.file = file, .spec = file.As<spec::ExperimentSpec>()});
  PlacedExperiment& placed = composer.placed();
  CXR_RETURN_IF_ERROR(ToStatus(placed.issues));
  placed.spec.clear_include();
  placed.spec.clear_spec_version();
  return absl::StrCat("# the fragment ", file.name, "\n",
                      absl::GetFlag(FLAGS_origin)
                          ? ToTextWithOrigins(placed, library.catalog())
                          : ToText(placed));
}

// The experiments with files, by the digest of what they compute.
std::map<std::string, std::string> NamesByDigest(const SpecLibrary& library,
                                                 const Setting& setting) {
  std::map<std::string, std::string> names;
  for (const std::string& name :
       library.catalog().Names(SpecKind::kExperiment)) {
    const auto resolved = library.Resolve(name, setting);
    if (resolved.ok()) {
      names.emplace(SpecDigest(resolved->spec), name);
    }
  }
  return names;
}

absl::StatusOr<std::string> ShowStudy(const SpecLibrary& library,
                                      const std::string& name,
                                      const Setting& setting) {
  CXR_RETURN_IF_ERROR(library.Study(name).status());
  std::map<std::string, std::string> known = NamesByDigest(library, setting);
  const std::vector<std::string> cells = library.CellNames(name);
  std::string text =
      absl::StrCat("# ", cells.size(), " cells of ", name, " at ",
                   SettingText(setting), "; show each by its name\n");
  for (const std::string& cell : cells) {
    CXR_ASSIGN_OR_RETURN(const ResolvedExperiment resolved,
                         library.Resolve(cell, setting));
    const auto [other, added] = known.emplace(SpecDigest(resolved.spec), cell);
    absl::StrAppend(
        &text, ShortDigest(resolved.spec), "  ", cell,
        added ? "" : absl::StrCat("  (computes what ", other->second, " does)"),
        "\n");
  }
  return text;
}

absl::StatusOr<std::string> Show(const SpecLibrary& library,
                                 const std::string& name) {
  const Setting setting = SettingFlags();
  const bool resolved =
      absl::GetFlag(FLAGS_resolved) || absl::GetFlag(FLAGS_origin);
  const bool is_cell = library.catalog().FindCell(name) != nullptr;
  // A cell has no file to be shown as written.
  if (is_cell || (resolved && library.HasExperiment(name))) {
    return ShowExperiment(library, name, setting);
  }
  if (resolved && library.HasStudy(name)) {
    return ShowStudy(library, name, setting);
  }
  const SpecFile* file = library.FindFile(name);
  if (resolved && file != nullptr && file->kind == SpecKind::kFragment) {
    return ShowFragment(library, *file);
  }
  if (file == nullptr && absl::StrContains(name, '/')) {
    return absl::InvalidArgumentError(
        library.catalog().ExplainMissing(spec::EXPERIMENT, name));
  }
  if (file == nullptr) {
    std::vector<std::string> names = library.TargetNames();
    for (const auto& other : library.catalog().files()) {
      names.push_back(other->name);
    }
    return absl::InvalidArgumentError(NotThere("declaration", name, names));
  }
  return absl::StrCat("# ", file->path, "\n", file->text,
                      absl::EndsWith(file->text, "\n") ? "" : "\n");
}

}  // namespace

ExitCode ShowVerb(absl::string_view program,
                  const std::vector<std::string>& words) {
  if (words.size() != 1) {
    return Fail(
        absl::InvalidArgumentError("show needs one name; see: cxr help show"));
  }
  const absl::StatusOr<SpecLibrary> library = LoadLibrary(program);
  if (!library.ok()) {
    return Fail(library.status());
  }
  const absl::StatusOr<std::string> text = Show(*library, words[0]);
  if (!text.ok()) {
    return Fail(text.status());
  }
  absl::PrintF("%s", *text);
  return ExitCode::kDone;
}

}  // namespace cxr
