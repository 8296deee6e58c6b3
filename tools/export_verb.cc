// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/export_verb.h"

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/vit_weights.h"
#include "cxr/tasks/embed/embed_model.h"
#include "tools/command_line.h"
#include "tools/places.h"

namespace cxr {
namespace {

absl::Status RunExport() {
  const std::string kind = absl::GetFlag(FLAGS_kind);
  if (kind != "transformers") {
    return absl::InvalidArgumentError(
        absl::StrCat("--kind: found '", kind, "', expected transformers"));
  }
  const std::string weights = absl::GetFlag(FLAGS_weights);
  const std::string out = absl::GetFlag(FLAGS_out);
  if (weights.empty() || out.empty()) {
    return absl::InvalidArgumentError(
        "export: expected --weights=FILE and --out=DIR; see: cxr help export");
  }
  CXR_ASSIGN_OR_RETURN(const EmbedModel model,
                       OpenEmbedModel({.weights = UserPath(weights),
                                       .arch = absl::GetFlag(FLAGS_arch),
                                       .heads = absl::GetFlag(FLAGS_heads)}));
  const std::string folder = UserPath(out);
  CXR_RETURN_IF_ERROR(ExportHuggingFace(folder, model.vit));
  absl::PrintF("%s: %s of %s as transformers' %s\n", folder, model.arch,
               model.format,
               model.vit->options().registers > 0 ? "Dinov2WithRegistersModel"
                                                  : "Dinov2Model");
  return absl::OkStatus();
}

}  // namespace

ExitCode ExportVerb(const std::vector<std::string>& words) {
  if (!words.empty()) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("export: found '", absl::StrJoin(words, " "),
                     "', expected flags only")));
  }
  return CodeOf(RunExport());
}

}  // namespace cxr
