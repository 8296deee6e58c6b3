// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_LIBRARY_H_
#define CXR_SPEC_LIBRARY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/compose.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/resolve.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"

// All declarations below one folder, by name, for whoever runs or shows them.
//
//   CXR_ASSIGN_OR_RETURN(const SpecLibrary library,
//                        SpecLibrary::Load("experiments"));
//   CXR_ASSIGN_OR_RETURN(const ResolvedExperiment experiment,
//                        library.Resolve("classify_rsna_s", {.rung = "demo"}));

namespace cxr {

// An experiment with all includes and all rules merged.
struct ResolvedExperiment {
  std::string name = {};
  std::string rung = {};
  std::string protocol = {};
  spec::ExperimentSpec spec = {};
};

// Every function that looks for a name fails with InvalidArgument: with the
// nearest of the known names, or all of them, if there is no such thing; with
// all that is wrong with the files that it needs, if they are broken. Other
// files may be broken.
class SpecLibrary {
 public:
  // Reads every "*.textproto" below `folder`; see SpecCatalog::Load. Fails also
  // with InvalidArgument if it finds what leaves nothing to be trusted (see
  // SpecCatalog::FatalIssues).
  static absl::StatusOr<SpecLibrary> Load(absl::string_view folder);

  const SpecCatalog& catalog() const { return *catalog_; }

  // The experiment or cell `name`. InvalidArgument with all problems if it
  // does not resolve under these rules.
  absl::StatusOr<ResolvedExperiment> Resolve(absl::string_view name,
                                             const Setting& setting) const;

  // Each of `names`, in order, on at most `threads` threads.
  std::vector<absl::StatusOr<ResolvedExperiment>> ResolveAll(
      const std::vector<std::string>& names, const Setting& setting,
      int threads) const;

  // The same with the place of every value.
  absl::StatusOr<PlacedExperiment> ResolvePlaced(absl::string_view name,
                                                 const Setting& setting) const;

  // InvalidArgument also if the table does not fit what it refers to.
  absl::StatusOr<spec::TableSpec> Table(absl::string_view name) const;

  absl::StatusOr<spec::PublishedValues> Published(absl::string_view name) const;
  absl::StatusOr<spec::DeploymentSpec> Deployment(absl::string_view name) const;
  absl::StatusOr<spec::StudySpec> Study(absl::string_view name) const;
  absl::StatusOr<spec::FamilySpec> Family(absl::string_view id) const;
  absl::StatusOr<spec::RungSpec> Rung(absl::string_view name) const;
  absl::StatusOr<spec::ProtocolSpec> Protocol(absl::string_view name) const;

  // The names of a study's cells, in its order.
  std::vector<std::string> CellNames(absl::string_view study) const {
    return catalog_->CellNames(study);
  }

  bool HasTable(absl::string_view name) const;
  bool HasStudy(absl::string_view name) const;
  bool HasExperiment(absl::string_view name) const;

  // The file that declares `name`, of any kind; null if there is none.
  const SpecFile* FindFile(absl::string_view name) const;

  // Every experiment, study and table; not the cells.
  std::vector<std::string> TargetNames() const;

 private:
  explicit SpecLibrary(SpecCatalog catalog);

  absl::Status CheckSetting(const Setting& setting) const;
  absl::StatusOr<PlacedExperiment> ResolveWith(const Resolver& resolver,
                                               absl::string_view name,
                                               const Setting& setting) const;

  // On the heap, because the resolver points to it.
  std::unique_ptr<SpecCatalog> catalog_;
  std::unique_ptr<Resolver> resolver_;
};

}  // namespace cxr

#endif  // CXR_SPEC_LIBRARY_H_
