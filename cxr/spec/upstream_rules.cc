// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/upstream_rules.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/spec/field_values.h"

namespace cxr {
namespace {

// The value of a single field as text; "nothing" if it is not set.
std::string TextOrNothing(const google::protobuf::Message& message,
                          const google::protobuf::FieldDescriptor& field) {
  return ValueCount(message, field) == 0 ? "nothing"
                                         : ValueText(message, field, 0);
}

// Steps until the pretraining's result.
int64_t StepsOf(const spec::PretrainScheduleSpec& schedule) {
  return schedule.stop_after_steps() > 0
             ? schedule.stop_after_steps()
             : int64_t{schedule.epochs()} * schedule.steps_per_epoch();
}

}  // namespace

std::vector<FieldProblem> CheckUpstreamWeights(
    const spec::VitSpec& backbone, const spec::PretrainedWeightsSpec& weights,
    absl::string_view field, const spec::ExperimentSpec& pretraining) {
  std::vector<FieldProblem> problems;
  const auto* descriptor = spec::VitSpec::descriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* each = descriptor->field(i);
    const std::string found = TextOrNothing(backbone, *each);
    const std::string expected = TextOrNothing(pretraining.backbone(), *each);
    if (found != expected) {
      problems.push_back(
          {.field = JoinField("backbone", each->name()),
           .message = absl::StrCat("found ", found, ", expected ", expected,
                                   " as in '", weights.experiment(),
                                   "', whose weights are loaded")});
    }
  }
  const int64_t steps = StepsOf(pretraining.pretrain().schedule());
  const int interval =
      pretraining.pretrain().watch().evaluation_interval_steps();
  if (weights.has_step() && interval > 0 &&
      (weights.step() % interval != 0 || weights.step() >= steps)) {
    problems.push_back(
        {.field = JoinField(field, "step"),
         .message =
             absl::StrCat("found ", weights.step(), ", expected a multiple of ",
                          interval, " below ", steps, ": '",
                          weights.experiment(), "' writes its teacher then")});
  }
  return problems;
}

}  // namespace cxr
