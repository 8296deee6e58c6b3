// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_CATALOG_H_
#define CXR_SPEC_CATALOG_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/spec_file.h"
#include "cxr/spec/study.h"

// All declarations below one folder, by kind and name, each as it was written.

namespace cxr {

// A cell of a study is an experiment without a file of its own.
struct CatalogCell {
  const SpecFile* study = nullptr;
  StudyCell cell = {};
};

class SpecCatalog {
 public:
  // Reads every "*.textproto" below `folder`. A file's place decides what it
  // declares (KindOf); its name is the declaration's name and unique over all
  // of `folder`. Fails only if there is no such file or `folder` cannot be
  // listed; what is wrong with the files is found by issues().
  static absl::StatusOr<SpecCatalog> Load(absl::string_view folder);

  // The same of files that are already read; SpecText::id does not matter.
  explicit SpecCatalog(std::vector<SpecText> texts);

  // What reading the files one by one found, and name collisions.
  const std::vector<SpecIssue>& issues() const { return issues_; }

  // Those of one file.
  std::vector<SpecIssue> IssuesOf(const SpecFile& file) const;

  // Those that leave nothing to be trusted: of the rungs, the protocols and the
  // families, and names that two files claim.
  std::vector<SpecIssue> FatalIssues() const;

  const std::vector<std::unique_ptr<SpecFile>>& files() const { return files_; }

  // Null if there is no such declaration.
  const SpecFile* Find(SpecKind kind, absl::string_view name) const;
  const CatalogCell* FindCell(absl::string_view name) const;
  const spec::RungSpec* FindRung(absl::string_view name) const;
  const spec::ProtocolSpec* FindProtocol(absl::string_view name) const;

  // The one file of its kind (rungs, protocols, families), or null.
  const SpecFile* FindOnly(SpecKind kind) const;

  // Whether `file` is one of the files that were read, by the file behind all
  // links.
  bool HasFile(absl::string_view file) const;

  // Sorted; of experiments the files alone.
  std::vector<std::string> Names(SpecKind kind) const;

  // The cells of a study in its order; none if the study has problems.
  std::vector<std::string> CellNames(absl::string_view study) const;

  // What is run for the result `name`: itself, or of a cell's name without its
  // axes of seeds ("STUDY/axis=point") the cells of all seeds, in the order of
  // the study. None if there is no such result.
  std::vector<std::string> ExperimentsOf(absl::string_view name) const;

  // Whether `name` is such a cell without its axes of seeds.
  bool IsOfSeeds(absl::string_view name) const;

  // Whether there is something that is run for the result `name`, or it may be
  // in a broken study; and why not.
  bool HasResult(absl::string_view name) const;
  std::string ExplainMissingResult(absl::string_view name) const;

  // Whether what a name of this kind refers to is there; true of the cells of
  // a broken study, which are not known.
  bool Has(spec::Reference kind, absl::string_view name) const;

  // Adds the fragments that a message includes, itself or through others.
  void AddFragmentsOf(const google::protobuf::Message& message,
                      std::set<std::string>& fragments) const;

  // Why `name` is no such thing, and what is near it.
  std::string ExplainMissing(spec::Reference kind,
                             absl::string_view name) const;

  // Files and cells.
  bool HasExperiment(absl::string_view name) const;
  std::vector<std::string> ExperimentNames() const;

 private:
  void Read(SpecText text);
  void AddCells(const SpecFile& study);
  std::string ExplainMissingCell(absl::string_view study,
                                 absl::string_view name,
                                 std::vector<std::string> known) const;

  std::vector<SpecIssue> issues_;
  std::vector<SpecIssue> collisions_;
  std::vector<std::unique_ptr<SpecFile>> files_;
  std::map<std::pair<SpecKind, std::string>, const SpecFile*> by_name_;
  std::map<std::string, const SpecFile*> any_kind_;
  std::map<std::string, CatalogCell> cells_;
  std::map<std::string, std::vector<std::string>> cells_of_;
  // By names without the axes of seeds.
  std::map<std::string, std::vector<std::string>> seeds_of_;
};

}  // namespace cxr

#endif  // CXR_SPEC_CATALOG_H_
