// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_DATA_CHOICE_H_
#define TOOLS_DATA_CHOICE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/spec/data.pb.h"
#include "cxr/spec/experiment.pb.h"

// What the command line of `cxr data` asks for.

namespace cxr {

struct DataChoice {
  // Where the source lies: on this machine or, of an experiment with a drawn
  // one, where it was drawn, which ChooseData does if need be.
  DataRoots roots = {};
  // Where other sources lie.
  DataRoots machine = {};
  spec::Source source = spec::SOURCE_UNSPECIFIED;
  // --experiment at --rung and --protocol; none: all of the source.
  std::optional<spec::ExperimentSpec> experiment = {};
  // The experiment's part of the source; without one WholeSource.
  spec::DataSpec data = {};
  int threads = 1;
};

// --dataset, or the one source of --experiment. InvalidArgument for a name that
// is not known, and if neither is given; errors of synth::DrawSource.
absl::StatusOr<DataChoice> ChooseData(absl::string_view program);

// All of a source, images of 16 bits rescaled and masks of any quality.
spec::DataSpec WholeSource(spec::Source source);

// The source called `name` on the command line.
absl::StatusOr<spec::Source> SourceCalled(absl::string_view name);

// The places of the images that the choice selects; of an experiment with a
// split only those it trains on, if so asked.
enum class ChosenPart { kAll, kTraining };
absl::StatusOr<std::vector<int>> ChosenRows(const DataChoice& choice,
                                            const ImageIndex& index,
                                            ChosenPart part);

}  // namespace cxr

#endif  // TOOLS_DATA_CHOICE_H_
