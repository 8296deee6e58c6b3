// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Which ids change when a field changes: for every field of the language.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/testing.h"
#include "cxr/spec/options.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;
using ::testing::IsEmpty;
using Path = std::vector<const FieldDescriptor*>;
using Kinds = std::set<StageKind>;
using Ids = std::map<StageKind, std::string>;

bool IsMessage(const FieldDescriptor* field) {
  return field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// A scalar, or a message that has no fields and so says all by being there.
bool IsLeaf(const FieldDescriptor* field) {
  return !IsMessage(field) || field->message_type()->field_count() == 0;
}

std::string TextOf(const Path& path) {
  std::string text;
  for (const FieldDescriptor* field : path) {
    absl::StrAppend(&text, text.empty() ? "" : ".", field->name());
  }
  return text;
}

// Every field below `type`, those of inner messages once for each place where
// they stand.
void AddPaths(const Descriptor* type, Path& path, std::vector<Path>& paths) {
  for (int i = 0; i < type->field_count(); ++i) {
    path.push_back(type->field(i));
    paths.push_back(path);
    if (IsMessage(path.back())) {
      AddPaths(path.back()->message_type(), path, paths);
    }
    path.pop_back();
  }
}

std::vector<Path> AllPaths() {
  std::vector<Path> paths;
  Path path;
  AddPaths(spec::ExperimentSpec::descriptor(), path, paths);
  return paths;
}

// The message that holds the path's last field. It and those around it are
// made if they are not there, in place of other members of their choices; of a
// list it is the first.
Message& HolderOf(const Path& path, Message& root) {
  Message* holder = &root;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const Reflection& r = *holder->GetReflection();
    if (!path[i]->is_repeated()) {
      holder = r.MutableMessage(holder, path[i]);
    } else if (r.FieldSize(*holder, path[i]) > 0) {
      holder = r.MutableRepeatedMessage(holder, path[i], 0);
    } else {
      holder = r.AddMessage(holder, path[i]);
    }
  }
  return *holder;
}

// Adds one of two values to the list `field`.
void Add(Message& m, const FieldDescriptor* field, int which) {
  const Reflection& r = *m.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r.AddInt32(&m, field, 1 + which);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return r.AddDouble(&m, field, which == 0 ? 0.1 : std::nextafter(0.1, 1));
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.AddEnum(&m, field, field->enum_type()->value(1 + which));
    case FieldDescriptor::CPPTYPE_STRING:
      return r.AddString(&m, field, which == 0 ? "a" : "b");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.AddMessage(&m, field);
      return;
    default:
      ADD_FAILURE() << "no value for " << field->full_name();
  }
}

// Sets `field`, which then holds nothing else, to one of two values that are as
// near to each other as its type allows.
void Put(Message& m, const FieldDescriptor* field, int which) {
  const Reflection& r = *m.GetReflection();
  r.ClearField(&m, field);
  if (field->is_repeated()) {
    return Add(m, field, which);
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r.SetInt32(&m, field, 1 + which);
    case FieldDescriptor::CPPTYPE_UINT32:
      return r.SetUInt32(&m, field, 1 + static_cast<unsigned>(which));
    case FieldDescriptor::CPPTYPE_UINT64:
      return r.SetUInt64(&m, field,
                         (1ull << 53) + static_cast<unsigned>(which));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return r.SetDouble(&m, field, which == 0 ? 0.1 : std::nextafter(0.1, 1));
    case FieldDescriptor::CPPTYPE_ENUM:
      return r.SetEnum(&m, field, field->enum_type()->value(which));
    case FieldDescriptor::CPPTYPE_STRING:
      return r.SetString(&m, field, which == 0 ? "a" : "b");
    case FieldDescriptor::CPPTYPE_MESSAGE:
      r.MutableMessage(&m, field);
      return;
    default:
      ADD_FAILURE() << "no value for " << field->full_name();
  }
}

// The plan of one experiment; any pretraining that it names is there.
Ids IdsOf(const spec::ExperimentSpec& experiment) {
  const auto upstream =
      [](absl::string_view name) -> absl::StatusOr<ResolvedExperiment> {
    return ExperimentForTest(std::string(name), PretrainingText());
  };
  const Plan plan = BuildPlan({{.name = "own", .spec = experiment}},
                              {.inputs = OneFile,
                               .version = [](StageKind) { return 1; },
                               .upstream = upstream});
  Ids ids;
  for (const int place : plan.stages_of.at("own")) {
    ids[plan.At(place).kind] = plan.At(place).id;
  }
  return ids;
}

Kinds KindsOf(const Ids& ids) {
  Kinds kinds;
  for (const auto& [kind, id] : ids) {
    kinds.insert(kind);
  }
  return kinds;
}

// Kinds of which an id was added, removed or changed.
Kinds Changed(const Ids& before, const Ids& after) {
  Kinds changed;
  for (const StageKind kind : AllStageKinds()) {
    const auto a = before.find(kind);
    const auto b = after.find(kind);
    const bool differs = (a == before.end()) != (b == after.end()) ||
                         (a != before.end() && a->second != b->second);
    if (differs) {
      changed.insert(kind);
    }
  }
  return changed;
}

// What declares the top-level field `name`, if the experiment has these stages.
Kinds DeclaredBy(const std::string& name, const spec::ExperimentSpec& e,
                 const Kinds& stages) {
  using enum StageKind;
  const StageKind runs_backbone =
      stages.contains(kFeatures) ? kFeatures : kTrain;
  const std::map<std::string, Kinds> declared = {
      {"backbone", e.features().has_vit() ? Kinds{kPretrain, runs_backbone}
                                          : Kinds{kPretrain}},
      {"pretrain", {kPretrain}},
      {"data", {kData}},
      {"features", {runs_backbone}},
      {"train", {kTrain}},
      {"predict", {kPredict}},
      {"score", {kScore}}};
  const auto it = declared.find(name);
  return it == declared.end() ? Kinds() : it->second;
}

// Those, and all that reads them. After data every stage reads the one before
// it; a pretraining is read by the same experiment if it says so.
Kinds Reached(const Kinds& declared, const spec::ExperimentSpec& e,
              const Kinds& stages) {
  using enum StageKind;
  Kinds reached;
  bool flows = declared.contains(kPretrain) &&
               e.features().vit().weights().has_own_pretraining();
  for (const StageKind kind : AllStageKinds()) {
    if (kind == kPretrain || kind == kData) {
      if (declared.contains(kind)) {
        reached.insert(kind);
      }
    } else if (flows || declared.contains(kind) || declared.contains(kData)) {
      flows = true;
      reached.insert(kind);
    }
  }
  std::erase_if(reached,
                [&](StageKind kind) { return !stages.contains(kind); });
  return reached;
}

Kinds Expected(const Path& path, const spec::ExperimentSpec& e,
               const Ids& ids) {
  for (const FieldDescriptor* field : path) {
    if (field->options().GetExtension(spec::field_class) != spec::IDENTITY) {
      return {};
    }
  }
  const Kinds stages = KindsOf(ids);
  return Reached(DeclaredBy(path[0]->name(), e, stages), e, stages);
}

// Fields whose presence decides whether there is a features stage.
bool DecidesFeatures(const FieldDescriptor* field) {
  constexpr absl::string_view kNames[] = {"TrainSpec.fine_tune",
                                          "TrainSpec.augmentation",
                                          "TrainSpec.segmentation_head",
                                          "TrainSpec.report_decoder",
                                          "AugmentationSpec.none",
                                          "AugmentationSpec.pipeline",
                                          "FeaturesSpec.vit",
                                          "VitFeaturesSpec.pooled"};
  return std::find(std::begin(kNames), std::end(kNames),
                   absl::StripPrefix(field->full_name(), "cxr.spec.")) !=
         std::end(kNames);
}

// Two experiments that differ in the last field of the path alone.
void ExpectReach(const Path& path, const char* what,
                 const spec::ExperimentSpec& before,
                 const spec::ExperimentSpec& after) {
  const Ids old_ids = IdsOf(before);
  const Ids new_ids = IdsOf(after);
  Kinds changed = Changed(old_ids, new_ids);
  Kinds expected = Expected(path, before, old_ids);
  expected.merge(Expected(path, after, new_ids));
  if (DecidesFeatures(path.back())) {
    changed.erase(StageKind::kFeatures);
    expected.erase(StageKind::kFeatures);
  }
  const auto names = [](const Kinds& kinds) {
    std::string text;
    for (const StageKind kind : kinds) {
      absl::StrAppend(&text, StageName(kind), " ");
    }
    return text;
  };
  EXPECT_EQ(names(changed), names(expected)) << TextOf(path) << ": " << what;
}

// A value of the field against another, against none, and one more of a list.
void CheckPath(const Path& path, const spec::ExperimentSpec& base) {
  const FieldDescriptor* field = path.back();
  spec::ExperimentSpec one = base;
  spec::ExperimentSpec none = base;
  Put(HolderOf(path, one), field, 0);
  Message& holder = HolderOf(path, none);
  holder.GetReflection()->ClearField(&holder, field);
  ExpectReach(path, "set", none, one);
  ExpectReach(path, "removed", one, none);
  if (!IsMessage(field)) {
    spec::ExperimentSpec other = base;
    Put(HolderOf(path, other), field, 1);
    ExpectReach(path, "changed", one, other);
  }
  if (field->is_repeated()) {
    spec::ExperimentSpec longer = one;
    Add(HolderOf(path, longer), field, 0);
    ExpectReach(path, "lengthened", one, longer);
  }
}

// Whether the base has what the path begins with.
bool BelongsTo(const Path& path, const spec::ExperimentSpec& base) {
  const bool whole_stage = path.size() == 1 && IsMessage(path[0]);
  return !whole_stage &&
         (!IsMessage(path[0]) || base.GetReflection()->HasField(base, path[0]));
}

// The bases cover pixels, random and own weights, and pretraining alone.
class IdentityPropertyTest : public testing::TestWithParam<int> {
 public:
  static spec::ExperimentSpec Base(int which) {
    switch (which) {
      case 0:
        return Layered({kPixelProbe});
      case 1:
        return Layered({kPixelProbe, kVitOverlay});
      case 2:
        return Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
      case 3:
        return Layered({PretrainingText()});
      default:
        // The backbone runs in train and predict.
        return Layered({kPixelProbe, kVitOverlay, kOwnPretraining,
                        "train { fine_tune { backbone_learning_rate: 1e-6 "
                        "backbone_gradient: TRAINED } }"});
    }
  }
};

TEST_P(IdentityPropertyTest,
       AFieldReachesItsStageAndWhatReadsItAndNothingElse) {
  const spec::ExperimentSpec base = Base(GetParam());
  for (const Path& path : AllPaths()) {
    if (BelongsTo(path, base)) {
      CheckPath(path, base);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Bases, IdentityPropertyTest, testing::Range(0, 5));

TEST(IdentityPropertyCoverageTest, EveryFieldIsCheckedInSomeBase) {
  int checked = 0;
  int without_trace = 0;
  std::set<std::string> leaves;
  for (int which = 0; which < 5; ++which) {
    const spec::ExperimentSpec base = IdentityPropertyTest::Base(which);
    for (const Path& path : AllPaths()) {
      if (!BelongsTo(path, base)) {
        continue;
      }
      ++checked;
      spec::ExperimentSpec one = base;
      Put(HolderOf(path, one), path.back(), 0);
      without_trace += Expected(path, one, IdsOf(one)).empty() ? 1 : 0;
      if (IsLeaf(path.back())) {
        leaves.insert(path.back()->full_name());
      }
    }
  }
  EXPECT_GT(checked, 1000);
  EXPECT_GT(without_trace, 30);
  std::set<const Descriptor*> types;
  AddMessages(spec::ExperimentSpec::descriptor(), types);
  std::set<std::string> not_checked;
  for (const Descriptor* type : types) {
    for (int i = 0; i < type->field_count(); ++i) {
      if (IsLeaf(type->field(i)) &&
          !leaves.contains(type->field(i)->full_name())) {
        not_checked.insert(type->field(i)->full_name());
      }
    }
  }
  EXPECT_THAT(not_checked, IsEmpty());
  EXPECT_GT(leaves.size(), 180u);
}

// "experiment stage" of every stage whose id differs.
std::set<std::string> ChangedStages(
    const std::vector<ResolvedExperiment>& before,
    const std::vector<ResolvedExperiment>& after) {
  const Plan old_plan = PlanForTest(before);
  const Plan new_plan = PlanForTest(after);
  std::set<std::string> changed;
  for (const auto& [name, places] : new_plan.stages_of) {
    const std::vector<int>& old_places = old_plan.stages_of.at(name);
    EXPECT_EQ(old_places.size(), places.size());
    for (size_t i = 0; i < places.size(); ++i) {
      const PlannedStage& stage = new_plan.At(places[i]);
      if (old_plan.At(old_places[i]).id != stage.id) {
        changed.insert(absl::StrCat(name, " ", StageName(stage.kind)));
      }
    }
  }
  return changed;
}

// Two with a pretraining of their own, one on the first one's, one on pixels.
std::vector<ResolvedExperiment> SomeExperiments() {
  std::vector<ResolvedExperiment> experiments = {
      {.name = "first",
       .spec = Layered({kPixelProbe, kVitOverlay, kOwnPretraining})},
      {.name = "second",
       .spec = Layered({kPixelProbe, kVitOverlay, kOwnPretraining,
                        "pretrain { data_seed: 9 }"})},
      {.name = "on_first",
       .spec = Layered({kPixelProbe, kVitOverlay,
                        "features { vit { weights { pretrained { "
                        "experiment: 'first' } } } }"})},
      {.name = "pixels", .spec = Layered({kPixelProbe})}};
  return experiments;
}

TEST(IdentityOfEditsTest, ACropSizeReachesThatPretrainingAndWhatDependsOnIt) {
  std::vector<ResolvedExperiment> edited = SomeExperiments();
  edited[0].spec.mutable_pretrain()->mutable_crops()->set_global_size_pixels(
      126);
  EXPECT_EQ(ChangedStages(SomeExperiments(), edited),
            std::set<std::string>(
                {"first pretrain", "first features", "first train",
                 "first predict", "first score", "on_first features",
                 "on_first train", "on_first predict", "on_first score"}));
}

TEST(IdentityOfEditsTest, AScorerReachesScoresAlone) {
  std::vector<ResolvedExperiment> edited = SomeExperiments();
  for (ResolvedExperiment& experiment : edited) {
    experiment.spec.mutable_score()->mutable_classification()->set_level(
        spec::PATIENT_MAX);
  }
  EXPECT_EQ(ChangedStages(SomeExperiments(), edited),
            std::set<std::string>({"first score", "second score",
                                   "on_first score", "pixels score"}));
}

TEST(IdentityOfEditsTest, WatchingATrainingReachesNothing) {
  std::vector<ResolvedExperiment> edited = SomeExperiments();
  spec::PretrainWatchSpec& watch =
      *edited[0].spec.mutable_pretrain()->mutable_watch();
  watch.set_evaluation_interval_steps(3);
  watch.set_nearest_neighbors(20);
  watch.set_checkpoint_interval_steps(1);
  watch.set_checkpoints_kept(5);
  EXPECT_THAT(ChangedStages(SomeExperiments(), edited), IsEmpty());
  edited[0].spec.mutable_pretrain()->clear_watch();
  EXPECT_THAT(ChangedStages(SomeExperiments(), edited), IsEmpty());
}

TEST(IdentityOfEditsTest, WordsReachNothing) {
  std::vector<ResolvedExperiment> edited = SomeExperiments();
  for (ResolvedExperiment& experiment : edited) {
    experiment.spec.set_description("new");
    experiment.spec.set_protocol(spec::CORRECTED);
    experiment.spec.add_include("pixels");
  }
  EXPECT_THAT(ChangedStages(SomeExperiments(), edited), IsEmpty());
}

}  // namespace
}  // namespace cxr
