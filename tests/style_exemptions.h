// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_STYLE_EXEMPTIONS_H_
#define TESTS_STYLE_EXEMPTIONS_H_

#include "absl/strings/string_view.h"

// Files that may do what others may not, each with its reason.

namespace cxr::tests {

struct Exemption {
  absl::string_view path;
  absl::string_view reason;
};

// The files that turn another library's exceptions into a Status.
inline constexpr Exemption kCatchSeams[] = {
    {"cxr/base/torch_status.cc", "LibTorch throws c10::Error"},
    {"cxr/data/codec/dicom_pixels.cc", "GDCM throws std::exception"},
};

// Sources with a header and no test of their own.
inline constexpr Exemption kUntestedSources[] = {
    {"cxr/data/codec/dicom_testing.cc",
     "the tests of DICOM fail if it is wrong"},
    {"cxr/data/table/table_testing.cc", "tests of tables fail if it is wrong"},
    {"cxr/model/block.cc", "vit_test compares every block with transformers"},
    {"cxr/dist/testing.cc", "the tests of cxr/dist fail if it is wrong"},
    {"cxr/model/testing.cc", "the goldens fail if it is wrong"},
    {"cxr/spec/testing.cc", "the tests of cxr/spec fail if it is wrong"},
    {"cxr/tasks/classify/testing.cc", "the stages' tests fail if it is wrong"},
    {"cxr/tasks/pretrain/testing.cc", "the stage's tests fail if it is wrong"},
    {"cxr/textproto/binder.cc", "a part of textproto.cc, whose test it has"},
    {"cxr/textproto/parser.cc", "a part of syntax.cc, whose test it has"},
    {"tests/source_trees.cc", "data_cli_test fails if it is wrong"},
    {"tools/data_choice.cc", "tests/data_cli_test runs the program"},
    {"tools/data_roots.cc", "tests/data_cli_test runs the program"},
    {"tools/data_verb.cc", "tests/data_cli_test runs the program"},
    {"tools/embed_verb.cc", "tests/embed_cli_test runs the program"},
    {"tools/export_verb.cc", "tests/embed_cli_test runs the program"},
    {"tools/help_verb.cc", "tests/cli_test runs the program"},
    {"tools/import_verb.cc", "tests/results_cli_test runs the program"},
    {"tools/lint_verb.cc", "tests/spec_cli_test runs the program"},
    {"tools/pictures_verb.cc", "tests/results_cli_test runs the program"},
    {"tools/planning.cc", "tests/plan_cli_test runs the program"},
    {"tools/predictions_verb.cc", "tests/results_cli_test runs the program"},
    {"tools/process.cc", "tests/cli_test runs the program"},
    {"tools/render_target.cc", "tests/cli_test runs the program"},
    {"tools/render_verb.cc", "tests/cli_test runs the program"},
    {"tools/report_verb.cc", "tests/report_cli_test runs the program"},
    {"tools/run_part.cc", "tests/run_cli_test runs the program"},
    {"tools/run_processes.cc", "tests/processes_cli_test runs the program"},
    {"tools/run_verb.cc", "tests/cli_test runs the program"},
    {"tools/score_classification.cc", "tests/score_cli_test runs the program"},
    {"tools/score_segmentation.cc",
     "tests/score_masks_cli_test runs the program"},
    {"tools/score_verb.cc", "tests/score_cli_test runs the program"},
    {"tools/setup.cc", "tests/cli_test runs the program"},
    {"tools/show_verb.cc", "tests/spec_cli_test runs the program"},
    {"tools/specs.cc", "tests/spec_cli_test runs the program"},
    {"tools/store_verbs.cc", "tests/run_cli_test runs the program"},
    {"tools/synth_pictures.cc", "tests/synth_cli_test runs the program"},
    {"tools/synth_verb.cc", "tests/synth_cli_test runs the program"},
    {"tools/target.cc", "tests/cli_test runs the program"},
    {"tools/upgrade_verb.cc", "tests/spec_cli_test runs the program"},
    {"tools/verb_help.cc", "tests/cli_test runs the program"},
};

}  // namespace cxr::tests

#endif  // TESTS_STYLE_EXEMPTIONS_H_
