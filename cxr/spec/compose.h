// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_COMPOSE_H_
#define CXR_SPEC_COMPOSE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/overlay.pb.h"
#include "cxr/textproto/textproto.h"

// Laying fragments, files, rules and points over each other, each value with
// its place.

namespace cxr {

// An experiment with the place of each of its values.
struct PlacedExperiment {
  spec::ExperimentSpec spec = {};
  FieldPlace places = {};  // FieldPlace::file counts SpecCatalog::files.
  // Names of all fragments in it.
  std::set<std::string> fragments = {};
  // What keeps it from being run, each problem at its place.
  std::vector<SpecIssue> issues = {};
  // Broken files that it needs, by SpecFile::id. If there are any, nothing can
  // be said of it.
  std::set<int> broken = {};
};

// A part of a file that is laid over an experiment.
struct Layer {
  const SpecFile& file;
  std::string field = {};  // Its path in the file; empty for the whole file.
  const spec::ExperimentSpec& spec;
};

// Composes one experiment.
class Composer {
 public:
  // The catalog must outlive the composer.
  explicit Composer(const SpecCatalog& catalog) : catalog_(catalog) {}

  // Lays what the layer includes, then the layer itself.
  void Add(const Layer& layer);

  // Lays the fragments that `names`, the field `field` of `file`, stand for,
  // each after its own includes; none twice until the next Restart.
  void Include(const SpecFile& file, const std::string& field,
               const google::protobuf::RepeatedPtrField<std::string>& names);

  // From here on fragments that were laid before are laid again if they are
  // named again.
  void Restart() { laid_.clear(); }

  // What was composed; issues are those of the includes.
  PlacedExperiment& placed() { return placed_; }

 private:
  void IncludeOne(const SpecFile& file, const std::string& field,
                  const std::string& name);

  const SpecCatalog& catalog_;
  PlacedExperiment placed_;
  std::set<std::string> laid_;
  std::vector<std::string> open_;  // Fragments being laid, outermost first.
};

// A file's experiment, or a cell's base and points but not its seeds.
void ComposeBase(const SpecCatalog& catalog, absl::string_view name,
                 Composer& composer);

// The overlay of a rule, which stands in `file` at `field`.
void ComposeRule(const SpecFile& file, const std::string& field,
                 const spec::OverlayRule& rule, Composer& composer);

// Sets the seeds of a cell: of each axis every seed of its random numbers that
// belongs to what the experiment has. It is an issue if there is none.
void ComposeSeeds(const CatalogCell& cell, PlacedExperiment& placed);

}  // namespace cxr

#endif  // CXR_SPEC_COMPOSE_H_
