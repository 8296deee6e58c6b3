// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_COMMAND_LINE_H_
#define TOOLS_COMMAND_LINE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/flags/declare.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// The program's flags; the same name means the same in every verb.
ABSL_DECLARE_FLAG(std::string, rung);
ABSL_DECLARE_FLAG(std::string, protocol);
ABSL_DECLARE_FLAG(std::string, family);
ABSL_DECLARE_FLAG(std::string, deployment);
ABSL_DECLARE_FLAG(std::string, store);
ABSL_DECLARE_FLAG(std::string, out);
ABSL_DECLARE_FLAG(std::string, source);
ABSL_DECLARE_FLAG(std::string, root);
ABSL_DECLARE_FLAG(std::string, data_root);
ABSL_DECLARE_FLAG(std::string, weights_root);
ABSL_DECLARE_FLAG(std::string, dataset);
ABSL_DECLARE_FLAG(std::string, experiment);
ABSL_DECLARE_FLAG(std::string, against);
ABSL_DECLARE_FLAG(bool, index_only);
ABSL_DECLARE_FLAG(bool, augment);
ABSL_DECLARE_FLAG(bool, content);
ABSL_DECLARE_FLAG(std::string, key);
ABSL_DECLARE_FLAG(int32_t, count);
ABSL_DECLARE_FLAG(uint64_t, seed);
ABSL_DECLARE_FLAG(int32_t, max_failures);
ABSL_DECLARE_FLAG(int32_t, threads);
ABSL_DECLARE_FLAG(int32_t, steps);
ABSL_DECLARE_FLAG(int32_t, first_step);
ABSL_DECLARE_FLAG(int32_t, rank);
ABSL_DECLARE_FLAG(int32_t, world);
ABSL_DECLARE_FLAG(std::string, cache);
ABSL_DECLARE_FLAG(bool, pretraining);
ABSL_DECLARE_FLAG(int32_t, patients);
ABSL_DECLARE_FLAG(double, scale);
ABSL_DECLARE_FLAG(double, difficulty);
ABSL_DECLARE_FLAG(bool, defects);
ABSL_DECLARE_FLAG(bool, overwrite);
ABSL_DECLARE_FLAG(std::string, weights);
ABSL_DECLARE_FLAG(std::string, kind);
ABSL_DECLARE_FLAG(std::string, arch);
ABSL_DECLARE_FLAG(int32_t, heads);
ABSL_DECLARE_FLAG(std::string, images);
ABSL_DECLARE_FLAG(std::string, tokens);
ABSL_DECLARE_FLAG(int32_t, image_size);
ABSL_DECLARE_FLAG(std::string, equalize);
ABSL_DECLARE_FLAG(std::string, normalize);
ABSL_DECLARE_FLAG(std::string, precision);
ABSL_DECLARE_FLAG(int32_t, batch);
ABSL_DECLARE_FLAG(std::string, device);
ABSL_DECLARE_FLAG(std::string, labels);
ABSL_DECLARE_FLAG(std::string, scores);
ABSL_DECLARE_FLAG(std::string, compare);
ABSL_DECLARE_FLAG(std::string, truth);
ABSL_DECLARE_FLAG(std::string, pred);
ABSL_DECLARE_FLAG(std::string, profile);
ABSL_DECLARE_FLAG(std::string, level);
ABSL_DECLARE_FLAG(std::string, patient_column);
ABSL_DECLARE_FLAG(std::string, groups);
ABSL_DECLARE_FLAG(std::string, strata);
ABSL_DECLARE_FLAG(std::string, interval);
ABSL_DECLARE_FLAG(std::string, generator);
ABSL_DECLARE_FLAG(std::string, adjust);
ABSL_DECLARE_FLAG(std::string, margin);
ABSL_DECLARE_FLAG(std::string, at_sensitivity);
ABSL_DECLARE_FLAG(std::string, curves);
ABSL_DECLARE_FLAG(int32_t, resamples);
ABSL_DECLARE_FLAG(double, confidence);
ABSL_DECLARE_FLAG(int32_t, classes);
ABSL_DECLARE_FLAG(bool, resolved);
ABSL_DECLARE_FLAG(bool, origin);
ABSL_DECLARE_FLAG(bool, dry_run);
ABSL_DECLARE_FLAG(std::string, format);
ABSL_DECLARE_FLAG(std::string, cell);
ABSL_DECLARE_FLAG(std::string, row);
ABSL_DECLARE_FLAG(std::string, column);
ABSL_DECLARE_FLAG(bool, remove);
ABSL_DECLARE_FLAG(int32_t, max_parallel);
ABSL_DECLARE_FLAG(double, budget_device_hours);
ABSL_DECLARE_FLAG(bool, strict_code);
ABSL_DECLARE_FLAG(std::string, accept_equivalent);

namespace cxr {

struct CommandLine {
  std::vector<std::string> words = {};  // What is no flag, in order.
  bool help = false;                    // --help or -h was given.
  std::vector<std::string> flags = {};  // Names of the flags that were given.
};

// Sets the flags that `args` (without the program's name) give, as --name=value
// or --name value; "--" ends the flags. InvalidArgument for an unknown flag, a
// missing value or one that the flag does not take. Unlike
// absl::ParseCommandLine it leaves the exit code to the program.
absl::StatusOr<CommandLine> ParseCommandLine(
    absl::Span<const char* const> args);

// Those of `names` whose values are not their defaults, as they are given to
// the program; for a shell.
std::string FlagsGiven(absl::Span<const absl::string_view> names);

// InvalidArgument for the first of `names` that was given and does nothing in
// `verb` ("data check"): that would be a misunderstanding.
absl::Status RefuseFlags(absl::string_view verb,
                         absl::Span<const absl::string_view> names);

// One line a flag: "--rung=demo  What it does.".
std::string FlagHelp(absl::Span<const absl::string_view> names);

}  // namespace cxr

#endif  // TOOLS_COMMAND_LINE_H_
