// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/upgrade.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/spec/edit.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

struct Move {
  absl::string_view path;
  absl::string_view parent;
  absl::string_view name;
};

struct Insert {
  absl::string_view where;
  absl::string_view parent;
  absl::string_view field;
};

// Version 2: the backbone is shared by pretraining and features; an optimiser
// is a message of its own; scores have a task.
constexpr Move kMovesTo2[] = {
    {"features.vit.backbone", "", "backbone"},
    {"features.vit.last_layers", "features.vit.pooled", "last_layers"},
    {"features.vit.token", "features.vit.pooled", "token"},
    {"train.linear_probe.learning_rate", "train.linear_probe.optimizer",
     "learning_rate"},
    {"train.linear_probe.weight_decay", "train.linear_probe.optimizer",
     "weight_decay"},
    {"train.linear_probe.beta1", "train.linear_probe.optimizer", "beta1"},
    {"train.linear_probe.beta2", "train.linear_probe.optimizer", "beta2"},
    {"train.linear_probe.epsilon", "train.linear_probe.optimizer", "epsilon"},
    {"score.profile", "score.classification", "profile"},
};

// What version 1 always did.
constexpr Insert kInsertsTo2[] = {
    {"backbone.width", "backbone", "layout: DINOV2"},
    {"data.source", "data", "part: ALL_PARTS"},
    {"features.vit", "features.preprocess", "normalization: IMAGENET"},
    {"features.pixels", "features.preprocess",
     "normalization: NO_NORMALIZATION"},
    {"features.preprocess.input_size_pixels", "features.preprocess",
     "resampling: PILLOW_BICUBIC"},
    {"features.vit.weights", "features.vit", "registers: KEPT"},
    {"features.vit.pooled.token", "features.vit.pooled", "norm: FINAL_NORM"},
    {"train.targets", "train", "label_policy: COMPLETE_LABELS"},
    {"train.official", "train.official", "validation: OFFICIAL_VALIDATION"},
    {"train.official", "train", "augmentation { none {} }"},
    {"train.official", "train", "last_epoch {}"},
    {"train.patient_folds", "train", "augmentation { none {} }"},
    {"train.patient_folds", "train", "last_epoch {}"},
    {"train.linear_probe.optimizer.weight_decay",
     "train.linear_probe.optimizer", "max_gradient_norm: 0"},
    {"score.classification.profile", "score.classification",
     "level: IMAGE_LEVEL"},
    {"score.classification.profile", "", "protocol: AS_PUBLISHED"},
};

std::string RewriteTo2(std::string text, const std::string& common) {
  for (const Move& move : kMovesTo2) {
    text = MoveField(text, {.common = common,
                            .path = std::string(move.path),
                            .parent = std::string(move.parent),
                            .name = std::string(move.name)});
  }
  for (const Insert& insert : kInsertsTo2) {
    text = InsertField(text, {.common = common,
                              .where = std::string(insert.where),
                              .parent = std::string(insert.parent),
                              .field = std::string(insert.field)});
  }
  return text;
}

std::string UpgradeTo2(std::string text, SpecKind kind) {
  switch (kind) {
    case SpecKind::kExperiment:
    case SpecKind::kFragment:
      text = RewriteTo2(std::move(text), "");
      break;
    case SpecKind::kRungs:
      text = RewriteTo2(std::move(text), "rungs.rules.overlay");
      break;
    default:
      break;  // Other kinds only got their version.
  }
  return InsertFirst(text, "spec_version: 2");
}

absl::string_view TextOf(absl::string_view text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

// The version that a text says it has; 1 was the one without a version.
absl::StatusOr<int> VersionOf(absl::string_view text, const SyntaxTree& tree) {
  for (const SyntaxField& field : tree.fields) {
    if (field.name == "spec_version") {
      int version = 0;
      if (!absl::SimpleAtoi(TextOf(text, field.value.span), &version) ||
          version < 2 || version > kSpecVersion) {
        return absl::InvalidArgumentError(
            absl::StrCat("spec_version: expected 2 to ", kSpecVersion));
      }
      return version;
    }
  }
  return 1;
}

}  // namespace

absl::StatusOr<std::string> Upgrade(absl::string_view text, SpecKind kind) {
  const SyntaxTree tree = ParseSyntax(text);
  for (const TextIssue& issue : tree.issues) {
    if (!issue.warning) {
      return absl::InvalidArgumentError(absl::StrCat(
          issue.place.line, ":", issue.place.column, ": ", issue.message));
    }
  }
  absl::StatusOr<int> version = VersionOf(text, tree);
  if (!version.ok()) {
    return version.status();
  }
  std::string result(text);
  if (*version < 2) {
    result = UpgradeTo2(std::move(result), kind);
  }
  return result;
}

}  // namespace cxr
