// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/fact_cell.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"
#include "cxr/cost/ledger.h"
#include "cxr/cost/pretrain_cost.h"
#include "cxr/cost/source_size.h"
#include "cxr/cost/vit_cost.h"
#include "reports/result_cell.h"

namespace cxr::reports {
namespace {

constexpr double kMillion = 1e6;
constexpr double kExa = 1e18;
// What the counter behind the published figures takes for an element of a layer
// norm, as multiply-adds (paper section 3, "C+LN").
constexpr double kNormMultiplyAdds = 5;
constexpr absl::string_view kDataStage = "data";

// Two norms a block and the last one.
double NormMultiplyAdds(const spec::VitSpec& vit, int64_t tokens) {
  return kNormMultiplyAdds * (2 * vit.depth() + 1) *
         static_cast<double>(tokens) * vit.width();
}

// The side of the images that pretraining sees, or else the features.
int SideOf(const spec::ExperimentSpec& experiment) {
  return experiment.has_pretrain()
             ? experiment.pretrain().crops().global_size_pixels()
             : experiment.features().preprocess().input_size_pixels();
}

// FLOPs of one forward pass of one image.
double ForwardFlops(const spec::ExperimentSpec& experiment,
                    bool with_attention) {
  const spec::VitSpec& vit = experiment.backbone();
  const int side = SideOf(experiment);
  const Ledger ledger = VitForward(vit, side, vit.registers());
  const double attention =
      with_attention ? 0 : ledger.MultiplyAddsOf(kAttention);
  return 2 * (ledger.MultiplyAdds() - attention +
              NormMultiplyAdds(vit, TokensOf(vit, side, vit.registers())));
}

// A number, and how it was counted.
struct Count {
  double number = 0;
  std::string how = {};
};

absl::StatusOr<Count> CountFlops(const spec::CountedCell& cell,
                                 const spec::ExperimentSpec& experiment) {
  if (!experiment.has_pretrain() &&
      (!cell.has_seen_images() || cell.quantity() == spec::TRAINING_EXAFLOPS)) {
    return absl::InvalidArgumentError(
        "it has no pretraining, whose images could be counted");
  }
  const int64_t images = cell.has_seen_images()
                             ? cell.seen_images()
                             : PretrainImages(experiment.pretrain());
  const std::string seen = absl::StrCat(WithCommas(images), " images");
  if (cell.quantity() == spec::TRAINING_EXAFLOPS) {
    return Count{
        .number =
            static_cast<double>(images) / kExa *
            PretrainImage(experiment.backbone(), experiment.pretrain()).Flops(),
        .how = absl::StrCat("all passes of student and teacher with their "
                            "heads on ",
                            seen)};
  }
  const bool with_attention = cell.quantity() == spec::FORWARD_EXAFLOPS;
  return Count{
      .number = static_cast<double>(images) / kExa *
                ForwardFlops(experiment, with_attention),
      .how = absl::StrCat("one forward pass at ", SideOf(experiment),
                          " pixels ", with_attention ? "with" : "without",
                          " products of attention, layer norms at 5 "
                          "an element, on ",
                          seen)};
}

absl::StatusOr<Count> CountNumber(const spec::CountedCell& cell,
                                  const spec::ExperimentSpec& experiment) {
  if (!experiment.has_backbone()) {
    return absl::InvalidArgumentError("it has no backbone");
  }
  if (cell.quantity() == spec::PARAMETERS) {
    const int64_t parameters = VitParameters(experiment.backbone());
    return Count{.number = static_cast<double>(parameters) / kMillion,
                 .how = absl::StrCat(WithCommas(parameters),
                                     " weights and biases of the backbone")};
  }
  return CountFlops(cell, experiment);
}

// "CheXpert (191,010 training, 202 validation, 518 test images)".
std::string SourceText(const spec::ExperimentSpec& experiment) {
  const SourceSize size = SizeOf(experiment.data());
  std::vector<std::string> lists;
  const auto add = [&](int64_t images, absl::string_view list) {
    if (images > 0) lists.push_back(absl::StrCat(WithCommas(images), list));
  };
  add(size.training_images, " training");
  add(size.validation_images, " validation");
  add(size.test_images, " test");
  return absl::StrCat(SourceLabel(experiment.data().source()), " (",
                      absl::StrJoin(lists, ", "), ")");
}

spec::TableCell Failed(spec::TableCell cell, const std::string& experiment,
                       absl::string_view reason) {
  cell.set_status(spec::FAILED_RESULT);
  cell.set_text("FAILED");
  cell.set_reason(std::string(reason));
  cell.add_notes(absl::StrCat(experiment, ": ", reason, "."));
  return cell;
}

// What the data stage of a run noted, without "data ".
std::string FoundText(const ExperimentResult& result) {
  for (const spec::RunRecord& record : result.records) {
    if (record.stage() != kDataStage || record.notes().empty()) continue;
    const auto& metrics = result.records.back().metrics();
    return absl::StrCat(
        absl::StripPrefix(record.notes(0), "data "),
        metrics.empty() ? ""
                        : absl::StrCat(" (", WithCommas(metrics[0].images()),
                                       " images scored)"));
  }
  return "";
}

}  // namespace

spec::TableCell CountedCellOf(
    const spec::ColumnSpec& column, const spec::CellSpec& spec,
    const std::map<std::string, spec::ExperimentSpec>& declared) {
  spec::TableCell cell = EmptyCell(spec.column());
  std::vector<std::string> texts;
  for (const std::string& name : spec.counted().experiments()) {
    const auto experiment = declared.find(name);
    if (experiment == declared.end()) {
      return Failed(cell, name, "its declaration is not at hand");
    }
    if (spec.counted().quantity() == spec::DATA_SOURCES) {
      texts.push_back(SourceText(experiment->second));
      continue;
    }
    const absl::StatusOr<Count> count =
        CountNumber(spec.counted(), experiment->second);
    if (!count.ok()) {
      return Failed(cell, name, count.status().message());
    }
    cell.set_value(count->number);
    texts.push_back(absl::StrFormat("%.*f%s", column.decimals(), count->number,
                                    column.suffix()));
    cell.add_notes(absl::StrCat(spec.column(), ": ", count->how, ", as ", name,
                                " is declared for the paper's rung."));
  }
  cell.set_status(spec::TEXT);
  cell.set_text(absl::StrJoin(texts, ", "));
  return cell;
}

spec::TableCell FoundCellOf(const spec::CellSpec& spec,
                            const ResultMap& results) {
  spec::TableCell cell = EmptyCell(spec.column());
  std::vector<std::string> texts;
  std::vector<std::string> reasons;
  for (const std::string& name : spec.found().experiments()) {
    const ExperimentResult* result = FindResult(results, name);
    std::string text = result == nullptr ? "" : FoundText(*result);
    if (text.empty()) {
      const std::string reason = result == nullptr          ? "not run"
                                 : !result->missing.empty() ? result->missing
                                                            : result->failed;
      reasons.push_back(absl::StrCat(name, ": ", reason));
      continue;
    }
    cell.add_experiments(name);
    cell.set_synthetic(cell.synthetic() || IsSynthetic(*result));
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }
  if (!reasons.empty()) {
    cell.set_reason(absl::StrJoin(reasons, "; "));
    cell.add_notes(absl::StrCat(spec.column(), ": ", cell.reason(), "."));
  }
  cell.set_status(texts.empty() ? spec::MISSING_RESULT : spec::TEXT);
  cell.set_text(texts.empty() ? "MISSING" : absl::StrJoin(texts, ", "));
  return cell;
}

}  // namespace cxr::reports
