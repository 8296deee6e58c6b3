// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_LIBRARY_H_
#define CXR_SPEC_LIBRARY_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/table.pb.h"

// All declarations below one folder.
//
//   CXR_ASSIGN_OR_RETURN(const SpecLibrary library,
//                        SpecLibrary::Load("experiments"));
//   for (const SpecIssue& issue : library.Lint()) Print(ToString(issue));
//   CXR_ASSIGN_OR_RETURN(const ResolvedExperiment experiment,
//                        library.Resolve("classify_rsna_s", "demo"));

namespace cxr {

// A spec and the file it was read from.
template <typename Message>
struct SpecFile {
  std::string file = {};
  Message message = {};
};

// An experiment with all includes and the rung's rules merged.
struct ResolvedExperiment {
  std::string name = {};
  std::string rung = {};
  spec::ExperimentSpec spec = {};
};

class SpecLibrary {
 public:
  // Reads every "*.textproto" below `folder`. The sub-folder decides what a
  // file declares: common/ fragments, tables/ tables, published/ published
  // tables, deployments/ deployments, rungs.textproto and families.textproto
  // themselves, every other sub-folder experiments. A file's name is the
  // declaration's name and unique over all of `folder`. Fails only if a file
  // cannot be read; what is wrong inside the files is found by issues().
  static absl::StatusOr<SpecLibrary> Load(absl::string_view folder);

  // What reading the files found: unreadable text, unknown fields, wrong
  // types, values out of range, name collisions.
  const std::vector<SpecIssue>& issues() const { return issues_; }

  // issues() and everything that shows after merging: unknown includes, unset
  // fields, rules between fields, references to what is not there; at every
  // rung.
  std::vector<SpecIssue> Lint() const;

  // InvalidArgument with one issue a line if `name` does not resolve at
  // `rung`, or with the known names if there is no such experiment or rung.
  absl::StatusOr<ResolvedExperiment> Resolve(absl::string_view name,
                                             absl::string_view rung) const;

  // InvalidArgument with the known names if there is no such declaration; for a
  // table also with what does not fit between it and what it refers to.
  absl::StatusOr<spec::TableSpec> Table(absl::string_view name) const;
  absl::StatusOr<spec::PublishedValues> Published(absl::string_view name) const;
  absl::StatusOr<spec::DeploymentSpec> Deployment(absl::string_view name) const;
  absl::StatusOr<spec::FamilySpec> Family(absl::string_view id) const;
  absl::StatusOr<spec::RungSpec> Rung(absl::string_view name) const;

  bool HasTable(absl::string_view name) const;
  bool HasExperiment(absl::string_view name) const;

  // Whether `file` is one of the files that were read, by the file behind all
  // links.
  bool HasFile(absl::string_view file) const;

  // Every experiment and table, for messages.
  std::vector<std::string> TargetNames() const;

 private:
  template <typename Message>
  using ByName = std::map<std::string, SpecFile<Message>>;

  absl::Status ReadOne(absl::string_view folder, const std::string& relative);
  template <typename Message>
  void Add(const std::string& file, absl::string_view text,
           ByName<Message>& target);
  std::vector<SpecIssue> MergeIncludes(const spec::ExperimentSpec& spec,
                                       const std::string& file,
                                       spec::ExperimentSpec& merged) const;
  std::vector<SpecIssue> ResolveInto(const std::string& name,
                                     const spec::RungSpec& rung,
                                     spec::ExperimentSpec& resolved) const;
  void LintTable(const std::string& name, std::vector<SpecIssue>& issues) const;
  void LintRungs(std::vector<SpecIssue>& issues) const;
  std::string RungFile() const;

  std::vector<SpecIssue> issues_;
  std::map<std::string, std::string> file_of_name_;
  ByName<spec::ExperimentSpec> experiments_;
  ByName<spec::ExperimentSpec> fragments_;
  ByName<spec::TableSpec> tables_;
  ByName<spec::PublishedValues> published_;
  ByName<spec::DeploymentSpec> deployments_;
  ByName<spec::RungSet> rung_sets_;
  ByName<spec::FamilySet> family_sets_;
};

}  // namespace cxr

#endif  // CXR_SPEC_LIBRARY_H_
