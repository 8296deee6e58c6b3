// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/experiment_rules.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/spec/augmentation_rules.h"
#include "cxr/spec/data_rules.h"
#include "cxr/spec/pretrain_rules.h"
#include "cxr/spec/score_rules.h"

namespace cxr {
namespace {

// The name of the mean over all targets in records.
constexpr absl::string_view kMacro = "macro";

class Checker {
 public:
  explicit Checker(const spec::ExperimentSpec& experiment)
      : experiment_(experiment) {}

  std::vector<FieldProblem> CheckStages() {
    const bool pretrains = experiment_.has_pretrain();
    const bool adapts = experiment_.has_data() || experiment_.has_features() ||
                        experiment_.has_train() || experiment_.has_predict() ||
                        experiment_.has_score();
    if (!pretrains && !adapts) {
      Add("",
          "nothing is declared, expected pretrain, or the stages data, "
          "features, train, predict and score");
    }
    if (adapts) {
      Need(experiment_.has_data(), "data");
      Need(experiment_.has_features(), "features");
      Need(experiment_.has_train(), "train");
      Need(experiment_.has_predict(), "predict");
      Need(experiment_.has_score(), "score");
    }
    CheckBackbone();
    return std::move(problems_);
  }

  std::vector<FieldProblem> Check() {
    if (experiment_.has_backbone()) {
      CheckVit();
    }
    if (experiment_.has_pretrain()) {
      Append(CheckPretraining(experiment_.pretrain(), experiment_.backbone()));
    }
    if (experiment_.has_data()) {
      Append(CheckData(experiment_.data(), "data"));
      CheckFeatures();
      CheckTargets();
      CheckSplit();
      CheckAugmentation();
      CheckMethod();
      Append(CheckScoreSpec(experiment_.score()));
    }
    return std::move(problems_);
  }

 private:
  // An experiment that adapts has all the stages of an adaptation.
  void Need(bool has, absl::string_view stage) {
    if (!has) {
      Add(std::string(stage),
          "is not set; an experiment with one of data, features, train, "
          "predict and score needs all of them");
    }
  }

  void CheckBackbone() {
    const bool vit = experiment_.features().has_vit();
    if ((vit || experiment_.has_pretrain()) && !experiment_.has_backbone()) {
      Add("backbone",
          absl::StrCat("is not set; ", vit ? "features.vit" : "pretrain",
                       " needs one, e.g. include: \"vit_s14\""));
    }
    if (experiment_.has_backbone() && !vit && !experiment_.has_pretrain()) {
      Add("backbone", "is set, but neither pretrain nor features.vit uses it");
    }
  }

  void CheckVit() {
    const spec::VitSpec& backbone = experiment_.backbone();
    if (backbone.width() % backbone.heads() != 0) {
      Add("backbone.heads",
          absl::StrCat("found ", backbone.heads(),
                       ", expected a divisor of the width ", backbone.width()));
    }
    if (backbone.layout() != spec::DINOV2 && backbone.registers() != 0) {
      Add("backbone.registers",
          absl::StrCat("found ", backbone.registers(),
                       ", expected 0: only the layout DINOV2 has registers"));
    }
  }

  void CheckFeatures() {
    const spec::FeaturesSpec& features = experiment_.features();
    const bool raw =
        features.preprocess().normalization() == spec::NO_NORMALIZATION;
    if (raw != features.has_pixels()) {
      Add("features.preprocess.normalization",
          raw ? "found NO_NORMALIZATION, which only features.pixels takes"
              : "expected NO_NORMALIZATION, because features.pixels are in "
                "[0, 1]");
    }
    if (!features.has_vit()) {
      return;
    }
    CheckOutput(features.vit());
    const int patch = experiment_.backbone().patch_size_pixels();
    const int pixels = features.preprocess().input_size_pixels();
    if (pixels % patch != 0) {
      AddInputSize(absl::StrCat("a multiple of the patch ", patch));
    } else if (features.vit().pooled().token() ==
                   spec::TOP_LEFT_PATCH_AS_RELEASED &&
               pixels < 2 * patch) {
      // Without a second patch the mean of the other patches is no number.
      AddInputSize(
          "two patches or more for the token "
          "TOP_LEFT_PATCH_AS_RELEASED");
    }
    const spec::WeightsSpec& weights = features.vit().weights();
    if (weights.has_own_pretraining() != experiment_.has_pretrain()) {
      Add("features.vit.weights",
          experiment_.has_pretrain()
              ? "expected own_pretraining, because this experiment pretrains"
              : "found own_pretraining, but this experiment has no pretrain");
    }
  }

  void AddInputSize(absl::string_view expected) {
    Add("features.preprocess.input_size_pixels",
        absl::StrCat("found ",
                     experiment_.features().preprocess().input_size_pixels(),
                     ", expected ", expected));
  }

  void CheckOutput(const spec::VitFeaturesSpec& vit) {
    const int depth = experiment_.backbone().depth();
    if (vit.pooled().last_layers() > depth) {
      AddTooDeep("features.vit.pooled.last_layers", vit.pooled().last_layers());
    }
    if (vit.patches().layer_from_end() > depth) {
      AddTooDeep("features.vit.patches.layer_from_end",
                 vit.patches().layer_from_end());
    }
    if (experiment_.backbone().registers() == 0 &&
        vit.registers() != spec::KEPT) {
      Add("features.vit.registers",
          absl::StrCat("found ", spec::RegisterUse_Name(vit.registers()),
                       ", expected KEPT: this backbone has no registers"));
    }
  }

  void AddTooDeep(std::string field, int found) {
    Add(std::move(field),
        absl::StrCat("found ", found, ", expected at most the depth ",
                     experiment_.backbone().depth()));
  }

  // Targets name columns of tables and rows of records.
  void CheckTargets() {
    const spec::TrainSpec& train = experiment_.train();
    const bool classifies = IsClassification(train);
    if (classifies == train.targets().empty()) {
      Add("train.targets", classifies
                               ? "is empty, expected the names of label columns"
                               : "is set, but only classification has targets");
    }
    if (classifies != train.has_label_policy()) {
      Add("train.label_policy",
          classifies ? "is not set; nothing that matters has a default"
                     : "is set, but only classification reads labels");
    }
    const bool readers = train.label_policy() == spec::MAJORITY ||
                         train.label_policy() == spec::AT_LEAST_ONE;
    if (readers && experiment_.data().source() != spec::VINDR) {
      Add("train.label_policy",
          absl::StrCat("found ", spec::LabelPolicy_Name(train.label_policy()),
                       ", expected it with VINDR only, whose images several "
                       "people read"));
    }
    std::set<std::string> known;
    for (int i = 0; i < train.targets_size(); ++i) {
      const std::string& target = train.targets(i);
      if (target.empty() || target == kMacro) {
        Add(ItemField("train.targets", i),
            absl::StrCat("found '", target, "', expected a label's name"));
      } else if (!known.insert(target).second) {
        Add(ItemField("train.targets", i),
            absl::StrCat("'", target, "' stands there twice"));
      }
    }
  }

  void CheckSplit() {
    const spec::TrainSpec& train = experiment_.train();
    const bool folds = train.has_patient_folds();
    const bool out_of_fold =
        experiment_.predict().subset() == spec::OUT_OF_FOLD;
    if (folds != out_of_fold) {
      Add("predict.subset",
          folds ? "expected OUT_OF_FOLD, because train.patient_folds tests "
                  "every image out of fold"
                : "expected TEST, because train.official has no folds");
    }
    if (folds && (train.has_best_epoch() || train.has_probe_sweep())) {
      Add(train.has_best_epoch() ? "train.best_epoch" : "train.probe_sweep",
          train.has_best_epoch()
              ? "needs validation images, and train.patient_folds has none; "
                "expected last_epoch {}"
              : "needs validation images, and train.patient_folds has none");
    }
    if (!folds && train.has_probe_sweep() && train.has_last_epoch()) {
      Add("train.last_epoch",
          "expected best_epoch, by which train.probe_sweep chooses among its "
          "probes");
    }
    if (train.official().has_training_sample()) {
      Append(CheckSample(train.official().training_sample(),
                         "train.official.training_sample"));
    }
    if (train.official().has_declared_test() &&
        experiment_.data().source() != spec::RSNA) {
      Add("train.official.declared_test",
          "is set, but only RSNA has no test images of its own");
    }
  }

  void CheckAugmentation() {
    const spec::AugmentationSpec& augmentation =
        experiment_.train().augmentation();
    if (augmentation.has_pipeline()) {
      Append(CheckPipeline(augmentation.pipeline(),
                           "train.augmentation.pipeline"));
    }
  }

  // What a method reads, keeps and is scored by.
  void CheckMethod() {
    const spec::TrainSpec& train = experiment_.train();
    const bool classifies = IsClassification(train);
    const spec::FeaturesSpec& features = experiment_.features();
    if (classifies && features.vit().has_patches()) {
      Add("features.vit.patches",
          "expected pooled, which classification "
          "learns from");
    }
    if (!classifies && !features.vit().has_patches()) {
      Add("features", absl::StrCat("expected vit.patches, which ", MethodName(),
                                   " learns from"));
    }
    const bool dice = train.best_epoch().metric() == spec::BEST_MEAN_DICE;
    const bool ranking =
        train.best_epoch().metric() == spec::BEST_MACRO_AUROC ||
        train.best_epoch().metric() == spec::BEST_MACRO_AUPRC;
    if ((dice && !train.has_segmentation_head()) || (ranking && !classifies)) {
      Add("train.best_epoch.metric",
          absl::StrCat("found ",
                       spec::SelectionMetric_Name(train.best_epoch().metric()),
                       ", which ", MethodName(), " does not have"));
    }
    const spec::ScoreSpec& score = experiment_.score();
    if (score.has_classification() != classifies ||
        score.has_segmentation() != train.has_segmentation_head()) {
      Add("score.task", absl::StrCat("expected that of ", MethodName()));
    }
    if (train.has_fine_tune() &&
        (!train.has_linear_probe() || !features.has_vit())) {
      Add("train.fine_tune", "needs train.linear_probe and features.vit");
    }
    const spec::SegmentationHeadSpec& head = train.segmentation_head();
    if (train.has_segmentation_head() &&
        head.cross_entropy_weight() + head.dice_weight() <= 0) {
      Add("train.segmentation_head",
          "cross_entropy_weight and dice_weight are both 0, expected a weight "
          "above 0");
    }
    if (train.has_report_decoder() != experiment_.predict().has_decoding()) {
      Add("predict.decoding", train.has_report_decoder()
                                  ? "is not set; report generation needs it"
                                  : "is set, but no report is generated");
    }
  }

  // The field that the oneof `method` has set.
  std::string MethodName() const {
    const auto* descriptor = spec::TrainSpec::descriptor();
    const auto* field =
        experiment_.train().GetReflection()->GetOneofFieldDescriptor(
            experiment_.train(), descriptor->FindOneofByName("method"));
    return absl::StrCat("train.", field->name());
  }

  void Append(std::vector<FieldProblem> problems) {
    for (FieldProblem& problem : problems) {
      problems_.push_back(std::move(problem));
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::ExperimentSpec& experiment_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckStages(const spec::ExperimentSpec& experiment) {
  return Checker(experiment).CheckStages();
}

std::vector<FieldProblem> CheckExperiment(
    const spec::ExperimentSpec& experiment) {
  return Checker(experiment).Check();
}

bool IsClassification(const spec::TrainSpec& train) {
  return train.has_linear_probe() || train.has_probe_sweep();
}

}  // namespace cxr
