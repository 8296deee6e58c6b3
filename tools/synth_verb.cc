// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/synth_verb.h"

#include <unistd.h>

#include <cstdio>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/with_commas.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/synth/emit/plan_source.h"
#include "cxr/synth/write/write_source.h"
#include "tools/command_line.h"
#include "tools/data_choice.h"
#include "tools/data_roots.h"
#include "tools/places.h"
#include "tools/synth_pictures.h"

namespace cxr {
namespace {

constexpr int kMostPatients = 999'999;  // MIMIC's ids have six digits for them

absl::Status OutOfRange(absl::string_view flag, double found,
                        absl::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("--", flag, ": found ", found, ", expected ", expected));
}

int Threads() {
  const int threads = absl::GetFlag(FLAGS_threads);
  return threads > 0 ? threads : AvailableThreads();
}

absl::StatusOr<double> Difficulty() {
  const double difficulty = absl::GetFlag(FLAGS_difficulty);
  if (!(difficulty > 0.0 && difficulty <= 4.0)) {
    return OutOfRange("difficulty", difficulty, "more than 0, at most 4");
  }
  return difficulty;
}

absl::StatusOr<synth::SynthOptions> ChosenOptions() {
  synth::SynthOptions options{.seed = absl::GetFlag(FLAGS_seed),
                              .patients = absl::GetFlag(FLAGS_patients),
                              .scale = absl::GetFlag(FLAGS_scale),
                              .defects = absl::GetFlag(FLAGS_defects)};
  CXR_ASSIGN_OR_RETURN(options.difficulty, Difficulty());
  if (options.patients < 1 || options.patients > kMostPatients) {
    return absl::InvalidArgumentError(
        absl::StrCat("--patients: found ", options.patients, ", expected 1 to ",
                     kMostPatients));
  }
  if (!(options.scale >= 0.01 && options.scale <= 1.0)) {
    return OutOfRange("scale", options.scale, "0.01 to 1");
  }
  return options;
}

// --dataset: a source or all of those that can be drawn.
absl::StatusOr<std::vector<spec::Source>> ChosenSources() {
  const std::string name = absl::GetFlag(FLAGS_dataset);
  if (name == "all") {
    return synth::DrawnSources();
  }
  if (name.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("--dataset is missing: expected all, or one of ",
                     absl::StrJoin(synth::DrawnSources(), ", ",
                                   [](std::string* out, spec::Source source) {
                                     absl::StrAppend(out, SourceName(source));
                                   })));
  }
  CXR_ASSIGN_OR_RETURN(const spec::Source source, SourceCalled(name));
  return std::vector<spec::Source>{source};
}

// Tells a person at a terminal how far a source is, twice a second.
class ProgressLine {
 public:
  explicit ProgressLine(std::string name)
      : name_(std::move(name)), shown_(isatty(STDERR_FILENO) != 0) {}

  ~ProgressLine() {
    if (shown_) {
      absl::FPrintF(stderr, "\r\033[K");
    }
  }

  void Show(int64_t done, int64_t all) {
    const absl::Time now = absl::Now();
    if (shown_ && now - last_ > absl::Milliseconds(500)) {
      last_ = now;
      absl::FPrintF(stderr, "\r\033[K%s: %s of %s files", name_,
                    WithCommas(done), WithCommas(all));
    }
  }

 private:
  std::string name_;
  bool shown_;
  absl::Time last_ = absl::InfinitePast();
};

absl::Status Draw(spec::Source source, const synth::SynthOptions& options,
                  const std::string& data_root) {
  const std::string name = SourceName(source);
  const absl::Time start = absl::Now();
  synth::WriteOptions where{.data_root = data_root,
                            .overwrite = absl::GetFlag(FLAGS_overwrite),
                            .threads = Threads()};
  synth::WrittenSource written;
  {
    ProgressLine line(name);
    where.progress = [&line](int64_t done, int64_t all) {
      line.Show(done, all);
      return absl::OkStatus();
    };
    CXR_ASSIGN_OR_RETURN(written, synth::WriteSource(source, options, where));
  }
  if (written.was_there) {
    absl::PrintF("%s: there already, drawn by the same options\n", name);
    return absl::OkStatus();
  }
  absl::PrintF("%s: %s images, %s files, %.1f MB in %.1f s\n", name,
               WithCommas(written.images), WithCommas(written.files),
               written.bytes / 1e6, absl::ToDoubleSeconds(absl::Now() - start));
  std::fflush(stdout);
  return absl::OkStatus();
}

absl::Status DrawSources() {
  // $CXR_DATA_ROOT is where real images lie: a place to write to is said.
  const std::string data_root = absl::GetFlag(FLAGS_data_root);
  if (data_root.empty()) {
    return absl::InvalidArgumentError(
        "--data_root is missing: in which folder shall the sources be drawn?");
  }
  CXR_ASSIGN_OR_RETURN(const synth::SynthOptions options, ChosenOptions());
  CXR_ASSIGN_OR_RETURN(const std::vector<spec::Source> sources,
                       ChosenSources());
  for (const spec::Source source : sources) {
    CXR_RETURN_IF_ERROR(Draw(source, options, UserPath(data_root)));
  }
  if (sources == std::vector<spec::Source>{spec::CHEXMASK}) {
    absl::PrintF(
        "chexmask has no images of its own: its masks are those of "
        "--dataset=mimic_cxr with the same flags\n");
  }
  return absl::OkStatus();
}

absl::Status DrawPictures(absl::string_view program) {
  const std::string out = absl::GetFlag(FLAGS_out);
  if (out.empty()) {
    return absl::InvalidArgumentError(
        "--out is missing: in which folder shall the page be written?");
  }
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  PicturesOptions options{.folder = UserPath(out),
                          .roots = DataRootsBelow(root, program),
                          .seed = absl::GetFlag(FLAGS_seed),
                          .images = absl::GetFlag(FLAGS_count),
                          .threads = Threads()};
  CXR_ASSIGN_OR_RETURN(options.difficulty, Difficulty());
  if (options.images < 1) {
    return OutOfRange("count", options.images, "1 or more");
  }
  CXR_RETURN_IF_ERROR(WriteSynthPictures(options));
  absl::PrintF("%s/index.html\n", options.folder);
  return absl::OkStatus();
}

absl::Status RunSynth(absl::string_view program,
                      const std::vector<std::string>& words) {
  if (words.empty()) {
    CXR_RETURN_IF_ERROR(RefuseFlags("synth", {"out", "count"}));
    return DrawSources();
  }
  if (words == std::vector<std::string>{"pictures"}) {
    CXR_RETURN_IF_ERROR(
        RefuseFlags("synth pictures",
                    {"dataset", "patients", "scale", "defects", "overwrite"}));
    return DrawPictures(program);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("synth: found '", absl::StrJoin(words, " "),
                   "', expected nothing, which draws sources, or pictures"));
}

}  // namespace

ExitCode SynthVerb(absl::string_view program,
                   const std::vector<std::string>& words) {
  return CodeOf(RunSynth(program, words));
}

}  // namespace cxr
