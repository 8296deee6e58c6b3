// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_RESOLVE_H_
#define CXR_SPEC_RESOLVE_H_

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/compose.h"
#include "cxr/spec/fragment_hints.h"
#include "cxr/spec/overlay.pb.h"

// From a name to one complete experiment. In this order, each over the one
// before: the fragments of the experiment (a fragment's own includes before
// it, none twice), its own fields, the rules of the protocol, the rules of the
// rung. Of a cell: the fragments and the base of the study, then its points;
// the seeds of its axes come last of all, over the rung's.

namespace cxr {

// Under which rules an experiment is resolved.
struct Setting {
  std::string rung = "demo";
  std::string protocol = "as_published";

  friend bool operator<(const Setting& a, const Setting& b) {
    return std::tie(a.rung, a.protocol) < std::tie(b.rung, b.protocol);
  }
};

class Resolver {
 public:
  // The catalog must outlive the resolver.
  explicit Resolver(const SpecCatalog& catalog);

  // The experiment `name`, which the catalog has, under rules that it has. If
  // it has no issues, it is complete and obeys all rules.
  PlacedExperiment Resolve(absl::string_view name,
                           const Setting& setting) const;

  // The fragments of the experiment `name` of which a value still stands,
  // whoever includes them, without those that rules add. Rules go by them.
  std::set<std::string> FragmentsOf(absl::string_view name) const;

  // Which rules of the setting hold for an experiment of these fragments, as
  // text: equal texts mean equal results.
  std::string RulesFor(const std::set<std::string>& fragments,
                       const Setting& setting) const;

  // Whether the rule's pattern names one of the fragments.
  bool Matches(const spec::OverlayRule& rule,
               const std::set<std::string>& fragments) const;

 private:
  PlacedExperiment ResolveAlone(absl::string_view name,
                                const Setting& setting) const;
  // Without the seeds of a cell, and what is wrong with that.
  PlacedExperiment ResolveUnseeded(absl::string_view name,
                                   const Setting& setting) const;
  // Adds what is wrong with a composed experiment.
  void Check(absl::string_view name, PlacedExperiment& placed) const;
  const PlacedExperiment& Upstream(const std::string& name,
                                   const Setting& setting) const;
  void CheckUpstream(absl::string_view name, const Setting& setting,
                     PlacedExperiment& placed) const;

  const SpecCatalog& catalog_;
  FragmentHints hints_;
  // The fragments whose whole names a pattern matches.
  std::map<std::string, std::set<std::string>> fragments_of_pattern_;
  // Pretrainings that others name, each resolved once.
  mutable std::map<std::pair<std::string, Setting>, PlacedExperiment> upstream_;
  // Cells that differ in seeds alone are composed once. The newest few.
  mutable std::map<std::pair<std::string, Setting>, PlacedExperiment> unseeded_;
};

}  // namespace cxr

#endif  // CXR_SPEC_RESOLVE_H_
