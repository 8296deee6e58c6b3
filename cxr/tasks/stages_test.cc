// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/stages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/driver.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/harness/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr StageKind kAllKinds[] = {StageKind::kData, StageKind::kFeatures,
                                   StageKind::kTrain, StageKind::kPredict,
                                   StageKind::kScore};

// Seconds of work: the pixels of 60 patients.
constexpr absl::string_view kSmall = R"pb(
  data {
    source: NIH64
    views: [ PA, AP ]
    part: ALL_PARTS
    max_patients: 60
  }
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM
      input_size_pixels: 16
      resampling: PILLOW_BICUBIC
      normalization: NO_NORMALIZATION
    }
    pixels {}
  }
  train {
    targets: [ "Effusion", "View AP" ]
    label_policy: COMPLETE_LABELS
    patient_folds {}
    augmentation { none {} }
    last_epoch {}
    linear_probe {
      optimizer {
        learning_rate: 0.005
        weight_decay: 0
        beta1: 0.9
        beta2: 0.999
        epsilon: 1e-8
        max_gradient_norm: 0
      }
      epochs: 5
      batch_images: 16
      weight_init_std: 0.01
      scaling: STANDARDIZED
      seed: 1
    }
  }
  predict { subset: OUT_OF_FOLD }
  score {
    classification { profile: CXFORMER_FINETUNE level: IMAGE_LEVEL }
    bootstrap { resamples: 20 confidence: 0.95 seed: 0 unit: PATIENT }
  }
)pb";

class StagesTest : public ::testing::Test {
 protected:
  StagesTest() {
    EXPECT_THAT(ParseTextproto(kSmall, experiment_.spec).issues, IsEmpty());
  }

  Plan MakePlan(const TaskOptions& options) const {
    return PlanForTest(
        {experiment_},
        [&](StageKind kind, const spec::ExperimentSpec& stage) {
          return StageInputs(kind, stage, options);
        },
        StageVersion);
  }

  // Runs the experiment into a store of its own below `dir_`.
  DriverResult Run(const std::string& store_name, const TaskOptions& options) {
    const absl::StatusOr<Store> store = Store::Open(dir_.File(store_name));
    EXPECT_OK(store);
    const absl::StatusOr<DriverResult> result =
        RunForTest(MakePlan(options), *store, [&](const StageRequest& request) {
          return RunStage(request, options);
        });
    EXPECT_OK(result);
    return result.ok() ? *result : DriverResult();
  }

  // An artifact of a finished stage of `result`.
  std::string Artifact(const std::string& store_name,
                       const DriverResult& result, size_t stage,
                       const std::string& name) const {
    const absl::StatusOr<std::string> bytes =
        Store::OpenToRead(dir_.File(store_name))
            .ReadArtifact(result.records.at("small")[stage], name);
    EXPECT_OK(bytes);
    return bytes.ok() ? *bytes : "";
  }

  static TaskOptions Options(int threads) {
    return {.roots = {.samples = TestData("cxr/data/samples")},
            .threads = threads};
  }

  // A copy of the samples with one damaged byte in the picture.
  TaskOptions WithCorruptImages() const {
    EXPECT_OK(CreateDirectories(dir_.File("samples/nih64")));
    for (const std::string name : {"labels.csv", "mosaic_40x25_64px.png"}) {
      absl::StatusOr<std::string> bytes =
          ReadFile(TestData(absl::StrCat("cxr/data/samples/nih64/", name)));
      EXPECT_OK(bytes);
      if (name != "labels.csv") {
        (*bytes)[bytes->size() / 2] ^= 1;
      }
      EXPECT_OK(WriteNewFile(dir_.File("samples/nih64/" + name), *bytes));
    }
    return {.roots = {.samples = dir_.File("samples")}};
  }

  TempDir dir_;
  ResolvedExperiment experiment_ = {.name = "small", .rung = "smoke"};
};

TEST_F(StagesTest, VersionsCountFromOne) {
  for (const StageKind kind : kAllKinds) {
    EXPECT_GE(StageVersion(kind), 1) << StageName(kind);
  }
}

// What a stage of `experiment` reads from outside.
absl::StatusOr<std::vector<spec::StageInput>> InputsOf(
    StageKind kind, const spec::ExperimentSpec& experiment,
    const TaskOptions& options) {
  return StageInputs(kind, StageSpec(experiment, kind), options);
}

TEST_F(StagesTest, TheDataStageReadsFilesAndNoOther) {
  for (const StageKind kind : kAllKinds) {
    ASSERT_OK_AND_ASSIGN(const auto inputs,
                         InputsOf(kind, experiment_.spec, Options(1)));
    EXPECT_THAT(inputs, SizeIs(kind == StageKind::kData ? 1 : 0));
  }
}

TEST_F(StagesTest, TheFingerprintIsThatOfTheFiles) {
  ASSERT_OK_AND_ASSIGN(
      const auto original,
      InputsOf(StageKind::kData, experiment_.spec, Options(1)));
  EXPECT_EQ(original[0].stage(), "files");
  EXPECT_THAT(original[0].id(), SizeIs(64));
  ASSERT_OK_AND_ASSIGN(
      const auto changed,
      InputsOf(StageKind::kData, experiment_.spec, WithCorruptImages()));
  EXPECT_NE(original[0].id(), changed[0].id());
}

TEST_F(StagesTest, DataThatAreNotToBeHadAreTheReason) {
  experiment_.spec.mutable_data()->set_source(spec::CHEXPERT);
  EXPECT_THAT(InputsOf(StageKind::kData, experiment_.spec, Options(1)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       AllOf(StartsWith("data: "), HasSubstr("CheXpert"))));
}

TEST_F(StagesTest, WhatIsNotInThisVersionIsTheReason) {
  experiment_.spec.mutable_train()->mutable_segmentation_head();
  EXPECT_THAT(InputsOf(StageKind::kTrain, experiment_.spec, Options(1)),
              StatusIs(absl::StatusCode::kUnimplemented,
                       "train: segmentation is not in this version"));
}

TEST_F(StagesTest, APretrainingNeedsNoData) {
  experiment_.spec.Clear();
  experiment_.spec.mutable_pretrain();
  ASSERT_OK_AND_ASSIGN(
      const std::vector<spec::StageInput> inputs,
      InputsOf(StageKind::kPretrain, experiment_.spec, Options(1)));
  EXPECT_THAT(inputs, IsEmpty());
}

TEST_F(StagesTest, AStageThatIsToldToStopStops) {
  const DriverResult good = Run("store", Options(1));
  FakeStage stage = {.spec = experiment_.spec,
                     .stop = absl::CancelledError("stopped")};
  stage.inputs[{StageKind::kData, "index.csv"}] =
      Artifact("store", good, 0, "index.csv");
  stage.inputs[{StageKind::kFeatures, "features.npy"}] =
      Artifact("store", good, 1, "features.npy");
  for (const StageKind kind : {StageKind::kFeatures, StageKind::kTrain}) {
    EXPECT_THAT(stage.Run(kind,
                          [&](const StageRequest& request) {
                            return RunStage(request, Options(1));
                          }),
                StatusIs(absl::StatusCode::kCancelled, "stopped"));
  }
}

TEST_F(StagesTest, AnExperimentRunsFromImagesToMetrics) {
  const DriverResult result = Run("store", Options(2));
  EXPECT_THAT(result.failed, IsEmpty());
  EXPECT_EQ(result.run, 5);
  const std::vector<spec::RunRecord>& records = result.records.at("small");
  ASSERT_THAT(records, SizeIs(5));
  EXPECT_THAT(records[0].notes(), ElementsAre("data NIH64"));
  const spec::RunRecord& score = records[4];
  std::vector<std::string> metrics;
  for (const spec::MetricValue& value : score.metrics()) {
    metrics.push_back(absl::StrCat(value.metric(), " ", value.target()));
    EXPECT_EQ(value.patients(), 60);
    EXPECT_EQ(value.profile(), "CXFORMER_FINETUNE");
  }
  EXPECT_THAT(metrics,
              ElementsAre("auroc Effusion", "auroc View AP", "auroc macro",
                          "auprc Effusion", "auprc View AP", "auprc macro"));
  // Bedside images look different: pixels tell the views apart well.
  EXPECT_GT(score.metrics(1).value(), 0.8);
}

TEST_F(StagesTest, TwoRunsGiveTheSameBytes) {
  const DriverResult one = Run("one", Options(1));
  const DriverResult two = Run("two", Options(2));
  ASSERT_EQ(one.run, 5);
  ASSERT_EQ(two.run, 5) << "the stores must not share anything";
  const std::string predictions = Artifact("one", one, 3, "predictions.csv");
  EXPECT_GT(predictions.size(), 60u * 20);
  EXPECT_EQ(Artifact("two", two, 3, "predictions.csv"), predictions);
  for (size_t stage = 0; stage < 5; ++stage) {
    const spec::RunRecord& a = one.records.at("small")[stage];
    const spec::RunRecord& b = two.records.at("small")[stage];
    EXPECT_EQ(a.id(), b.id());
    ASSERT_EQ(a.metrics_size(), b.metrics_size());
    for (int k = 0; k < a.metrics_size(); ++k) {
      EXPECT_EQ(ToTextproto(a.metrics(k)), ToTextproto(b.metrics(k)));
    }
  }
}

TEST_F(StagesTest, CorruptImagesFailTheExperimentAndAreNamed) {
  const DriverResult result = Run("store", WithCorruptImages());
  EXPECT_THAT(result.records, IsEmpty());
  EXPECT_THAT(std::string(result.failed.at("small").message()),
              HasSubstr(dir_.File("samples/nih64/mosaic_40x25_64px.png")));
}

TEST_F(StagesTest, ImagesThatGoBadAfterTheIndexFailTheFeatures) {
  const DriverResult good = Run("store", Options(1));
  FakeStage stage = {.spec = experiment_.spec};
  stage.inputs[{StageKind::kData, "index.csv"}] =
      Artifact("store", good, 0, "index.csv");
  const TaskOptions corrupt = WithCorruptImages();
  EXPECT_THAT(
      stage.Run(StageKind::kFeatures,
                [&](const StageRequest& request) {
                  return RunStage(request, corrupt);
                }),
      StatusIs(absl::StatusCode::kDataLoss,
               HasSubstr(dir_.File("samples/nih64/mosaic_40x25_64px.png"))));
}

class DrawnIdentityTest : public StagesTest {
 protected:
  DrawnIdentityTest() {
    experiment_.spec.mutable_data()->set_source(spec::CHEXPERT);
    spec::DrawnSpec& drawn = *experiment_.spec.mutable_data()->mutable_drawn();
    drawn.set_patients(9);
    drawn.set_scale(0.1);
    drawn.set_difficulty(1);
    drawn.set_seed(7);
  }

  // Of its data stage.
  std::string Id(const TaskOptions& options) const {
    const Plan plan = MakePlan(options);
    EXPECT_OK(plan.stages[0].available);
    return plan.stages[0].id;
  }

  TaskOptions Drawing() const {
    TaskOptions options = Options(1);
    options.roots.drawn = dir_.File("drawn");
    return options;
  }
};

TEST_F(DrawnIdentityTest, APlanDrawsAndReadsNothing) {
  const std::string id = Id(Drawing());
  EXPECT_FALSE(Exists(dir_.File("drawn")));
  TaskOptions others = Drawing();
  others.roots.data_root = "/elsewhere";
  others.roots.drawn = dir_.File("another place");
  others.roots.cache = dir_.File("cache");
  EXPECT_EQ(Id(others), id);
}

TEST_F(DrawnIdentityTest, EveryOptionCounts) {
  std::set<std::string> ids = {Id(Drawing())};
  spec::DrawnSpec& drawn = *experiment_.spec.mutable_data()->mutable_drawn();
  drawn.set_patients(8);
  ids.insert(Id(Drawing()));
  drawn.set_scale(0.2);
  ids.insert(Id(Drawing()));
  drawn.set_difficulty(2);
  ids.insert(Id(Drawing()));
  drawn.set_seed(6);
  ids.insert(Id(Drawing()));
  EXPECT_THAT(ids, SizeIs(5));
}

TEST_F(StagesTest, BundledWeightsCountByTheirBytes) {
  spec::ExperimentSpec stage;
  stage.mutable_features()
      ->mutable_vit()
      ->mutable_weights()
      ->mutable_bundled()
      ->set_file("w.safetensors");
  stage.mutable_features()->mutable_vit()->mutable_pooled();
  TaskOptions options = Options(1);
  options.program_root = dir_.path();
  std::set<std::string> digests;
  for (const char* bytes : {"some", "other"}) {
    EXPECT_OK(ReplaceFile(dir_.File("w.safetensors"), bytes));
    ASSERT_OK_AND_ASSIGN(const std::vector<spec::StageInput> inputs,
                         StageInputs(StageKind::kFeatures, stage, options));
    ASSERT_THAT(inputs, SizeIs(1));
    EXPECT_EQ(inputs[0].stage(), "weights");
    digests.insert(inputs[0].id());
  }
  EXPECT_THAT(digests, SizeIs(2));
}

}  // namespace
}  // namespace cxr
