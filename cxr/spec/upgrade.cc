// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/upgrade.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/edit.h"
#include "cxr/textproto/place.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

using ::google::protobuf::Descriptor;
using ::google::protobuf::FieldDescriptor;

using Fields = std::vector<SyntaxField>;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

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
    {"features.vit.weights", "features.preprocess", "normalization: IMAGENET"},
    {"features.vit.pooled", "features.preprocess", "normalization: IMAGENET"},
    {"features.pixels", "features.preprocess",
     "normalization: NO_NORMALIZATION"},
    {"features.preprocess.input_size_pixels", "features.preprocess",
     "resampling: PILLOW_BICUBIC"},
    {"features.vit.weights", "features.vit", "registers: KEPT"},
    {"features.vit.pooled.token", "features.vit.pooled", "norm: FINAL_NORM"},
    {"train.targets", "train", "label_policy: COMPLETE_LABELS"},
    {"train.official", "train.official", "official_validation {}"},
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

absl::string_view TextOf(absl::string_view text, TextSpan span) {
  return text.substr(span.begin, span.end - span.begin);
}

// All fields at `path`, from `step` on, in the order of the text.
void Collect(const Fields& fields, const std::vector<std::string>& path,
             size_t step, std::vector<const SyntaxField*>& found) {
  for (const SyntaxField& field : fields) {
    if (field.name != path[step]) {
      continue;
    }
    if (step + 1 == path.size()) {
      found.push_back(&field);
      continue;
    }
    Collect(field.value.fields, path, step + 1, found);
    for (const SyntaxValue& item : field.value.items) {
      Collect(item.fields, path, step + 1, found);
    }
  }
}

// Whether a backbone sets no registers and nothing else.
bool OnlyDropsRegisters(absl::string_view text, const SyntaxField& backbone) {
  const Fields& fields = backbone.value.fields;
  return fields.size() == 1 && fields[0].name == "registers" &&
         TextOf(text, fields[0].value.span) == "0";
}

// What stands for such a backbone: the comments in it come first.
std::string DroppedRegisters(absl::string_view text, TextSpan backbone) {
  const size_t above = text.substr(0, backbone.begin).rfind('\n');
  const size_t line = above == absl::string_view::npos ? 0 : above + 1;
  const absl::string_view head = text.substr(line, backbone.begin - line);
  const size_t first = head.find_first_not_of(" \t");
  const std::string indent(head.substr(0, std::min(first, head.size())));
  std::string result;
  for (const absl::string_view inner :
       absl::StrSplit(TextOf(text, backbone), '\n')) {
    const size_t mark = inner.find('#');
    if (mark != absl::string_view::npos) {
      // Not behind what stands on the line already.
      const bool apart = result.empty() && first != absl::string_view::npos;
      absl::StrAppend(&result, apart ? "\n" + indent : "", inner.substr(mark),
                      "\n", indent);
    }
  }
  return absl::StrCat(result, "registers: DROPPED_AS_RELEASED");
}

// Version 1 had no word for pretrained weights whose registers are left out, as
// those of the released CheXpert configuration are: it took them from the
// backbone, in a file beside that of the backbone.
std::string NameDroppedRegisters(std::string text, const std::string& common) {
  const SyntaxTree tree = ParseSyntax(text);
  const auto find = [&](absl::string_view path) {
    std::vector<const SyntaxField*> found;
    Collect(tree.fields,
            absl::StrSplit(
                absl::StrCat(common, common.empty() ? "" : ".", path), '.'),
            0, found);
    return found;
  };
  if (!find("features.vit.weights.random").empty()) {
    return text;
  }
  const std::vector<const SyntaxField*> found = find("features.vit.backbone");
  // The last one first, so that the other places stay right.
  for (auto it = found.rbegin(); it != found.rend(); ++it) {
    const TextSpan span = (*it)->span;
    // A name right behind the bracket would become a part of the value.
    const bool runs_on =
        span.end < text.size() && absl::ascii_isalpha(text[span.end]);
    if (OnlyDropsRegisters(text, **it)) {
      text.replace(span.begin, span.end - span.begin,
                   DroppedRegisters(text, span) + (runs_on ? " " : ""));
    }
  }
  return text;
}

std::string RewriteTo2(std::string text, const std::string& common) {
  text = NameDroppedRegisters(std::move(text), common);
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

// Whether files of this kind have more to change than their version.
bool IsRewritten(SpecKind kind) {
  return kind == SpecKind::kExperiment || kind == SpecKind::kFragment ||
         kind == SpecKind::kRungs;
}

const SyntaxField* VersionField(const SyntaxTree& tree) {
  for (const SyntaxField& field : tree.fields) {
    if (field.name == "spec_version") {
      return &field;
    }
  }
  return nullptr;
}

std::string StampVersion2(std::string text) {
  const SyntaxTree tree = ParseSyntax(text);
  const SyntaxField* field = VersionField(tree);
  if (field == nullptr) {
    return InsertFirst(text, "spec_version: 2");
  }
  const TextSpan span = field->value.span;
  return text.replace(span.begin, span.end - span.begin, "2");
}

std::string UpgradeTo2(std::string text, SpecKind kind) {
  if (IsRewritten(kind)) {
    text = RewriteTo2(std::move(text),
                      kind == SpecKind::kRungs ? "rungs.rules.overlay" : "");
  }
  return StampVersion2(std::move(text));
}

// Whether all lines end as on Windows.
bool HasCarriageReturns(absl::string_view text) {
  size_t lines = 0;
  for (size_t at = text.find('\n'); at != absl::string_view::npos;
       at = text.find('\n', at + 1)) {
    if (at == 0 || text[at - 1] != '\r') {
      return false;
    }
    ++lines;
  }
  return lines > 0;
}

// The same with the mark at the start and the ends of lines kept.
std::string UpgradeBytesTo2(absl::string_view text, SpecKind kind) {
  const bool marked = absl::StartsWith(text, kByteOrderMark);
  text.remove_prefix(marked ? kByteOrderMark.size() : 0);
  const bool returns = HasCarriageReturns(text);
  std::string result(text);
  if (returns) {
    absl::StrReplaceAll({{"\r\n", "\n"}}, &result);
  }
  result = UpgradeTo2(std::move(result), kind);
  if (returns) {
    absl::StrReplaceAll({{"\n", "\r\n"}}, &result);
  }
  return absl::StrCat(marked ? kByteOrderMark : "", result);
}

std::string Place(absl::string_view text, TextSpan span) {
  const TextPlace place = LineIndex(text).PlaceOf(span);
  return absl::StrCat(place.line, ":", place.column, ": ");
}

// A field that one message sets twice, and where it does first.
struct Twice {
  const SyntaxField* first = nullptr;
  const SyntaxField* again = nullptr;
};

// `type` is null in messages that only version 1 had, where nothing was
// repeated.
std::optional<Twice> FindTwice(const Fields& fields, const Descriptor* type,
                               SpecKind kind) {
  absl::flat_hash_map<absl::string_view, const SyntaxField*> seen;
  for (const SyntaxField& field : fields) {
    const FieldDescriptor* known =
        type == nullptr ? nullptr : type->FindFieldByName(field.name);
    const bool once =
        known == nullptr ? IsRewritten(kind) : !known->is_repeated();
    const auto [first, is_new] = seen.emplace(field.name, &field);
    if (once && !is_new) {
      return Twice{first->second, &field};
    }
    const Descriptor* inner =
        known == nullptr ? nullptr : known->message_type();
    std::optional<Twice> below = FindTwice(field.value.fields, inner, kind);
    for (const SyntaxValue& item : field.value.items) {
      below = below ? below : FindTwice(item.fields, inner, kind);
    }
    if (below) {
      return below;
    }
  }
  return std::nullopt;
}

// Only the first of two would be rewritten.
absl::Status CheckOnce(absl::string_view text, const SyntaxTree& tree,
                       SpecKind kind) {
  const auto twice =
      FindTwice(tree.fields, NewSpec(kind)->GetDescriptor(), kind);
  if (!twice) {
    return absl::OkStatus();
  }
  const LineIndex index(text);
  return absl::InvalidArgumentError(absl::StrCat(
      Place(text, twice->again->name_span), "found '", twice->again->name,
      "' again, expected it once: it is set at line ",
      index.LineOf(twice->first->name_span.begin)));
}

// The first field of that name anywhere.
const SyntaxField* FindNamed(const Fields& fields, absl::string_view name) {
  for (const SyntaxField& field : fields) {
    const SyntaxField* inner = FindNamed(field.value.fields, name);
    for (const SyntaxValue& item : field.value.items) {
      inner = inner == nullptr ? FindNamed(item.fields, name) : inner;
    }
    if (field.name == name || inner != nullptr) {
      return field.name == name ? &field : inner;
    }
  }
  return nullptr;
}

// A text that was half rewritten by hand: a field is at its old place and at
// its new one. `tree` is that of `text`, as it was.
absl::Status CheckResult(absl::string_view text, const SyntaxTree& tree,
                         absl::string_view result, SpecKind kind) {
  const SyntaxTree now = ParseSyntax(result);
  const auto twice =
      FindTwice(now.fields, NewSpec(kind)->GetDescriptor(), kind);
  if (!twice) {
    return absl::OkStatus();
  }
  const std::string& name = twice->again->name;
  const SyntaxField* field = FindNamed(tree.fields, name);
  return absl::InvalidArgumentError(absl::StrCat(
      Place(text, field == nullptr ? TextSpan() : field->name_span), "found '",
      name, "' at its place in version 1 and at that in version ", kSpecVersion,
      ", expected one of them"));
}

// The version that a text says it has; 1 was the one without a version.
absl::StatusOr<int> VersionOf(absl::string_view text, const SyntaxTree& tree) {
  const SyntaxField* field = VersionField(tree);
  if (field == nullptr) {
    return 1;
  }
  const absl::string_view value = TextOf(text, field->value.span);
  if (value == "1" || value == "2") {
    return value == "1" ? 1 : 2;
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Place(text, field->value.span), "spec_version: found ",
                   value, ", expected 1 or ", kSpecVersion));
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
  CXR_ASSIGN_OR_RETURN(const int version, VersionOf(text, tree));
  if (version == kSpecVersion || tree.fields.empty()) {
    return std::string(text);
  }
  CXR_RETURN_IF_ERROR(CheckOnce(text, tree, kind));
  std::string result = UpgradeBytesTo2(text, kind);
  CXR_RETURN_IF_ERROR(CheckResult(text, tree, result, kind));
  return result;
}

}  // namespace cxr
