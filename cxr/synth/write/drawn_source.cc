// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/write/drawn_source.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/file_lock.h"
#include "cxr/base/status_macros.h"
#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/write/write_source.h"

namespace cxr::synth {
namespace {

constexpr absl::Duration kPoll = absl::Milliseconds(50);
constexpr size_t kDigits = 16;  // of a digest, in a folder's name

SynthOptions OptionsOf(const spec::DrawnSpec& drawn) {
  return {.seed = drawn.seed(),
          .patients = drawn.patients(),
          .scale = drawn.scale(),
          .difficulty = drawn.difficulty(),
          .headers = true};
}

// One folder for all sources of equal options: so a table of masks finds the
// images that it is of.
std::string FolderOf(const spec::DrawnSpec& drawn, const DataRoots& roots) {
  // Seventeen digits tell any two numbers apart.
  const std::string options = absl::StrFormat(
      "patients %d\nscale %.17g\ndifficulty %.17g\nseed %d\ngenerator %d\n",
      drawn.patients(), drawn.scale(), drawn.difficulty(), drawn.seed(),
      kGeneratorVersion);
  return JoinPath(roots.drawn, Sha256Hex(options).substr(0, kDigits));
}

// The lock of the source called `name`, and the wait for it.
absl::StatusOr<FileLock> LockSource(const std::string& folder,
                                    const std::string& name,
                                    const DrawingOptions& options) {
  const std::string path = JoinPath(folder, absl::StrCat(".", name, ".lock"));
  while (true) {
    absl::StatusOr<FileLock> lock =
        FileLock::Acquire(path, absl::ZeroDuration());
    if (!absl::IsUnavailable(lock.status())) {
      return lock;
    }
    if (options.progress) {
      CXR_RETURN_IF_ERROR(options.progress(0));
    }
    absl::SleepFor(kPoll);
  }
}

absl::Status DrawOne(spec::Source source, const SynthOptions& synth,
                     const std::string& folder, const DrawingOptions& options) {
  const std::string name = SourceName(source);
  // It appears whole, so who finds it needs no lock.
  if (Exists(JoinPath(JoinPath(folder, name), kSyntheticMarker))) {
    return absl::OkStatus();
  }
  CXR_RETURN_IF_ERROR(CreateDirectories(folder));
  CXR_ASSIGN_OR_RETURN(const FileLock lock, LockSource(folder, name, options));
  WriteOptions where{.data_root = folder, .threads = options.threads};
  if (options.progress) {
    where.progress = [&options](int64_t done, int64_t all) {
      return options.progress(static_cast<double>(done) /
                              static_cast<double>(all));
    };
  }
  return WriteSource(source, synth, where).status();
}

}  // namespace

std::string DrawnText(const spec::DrawnSpec& drawn) {
  return absl::StrCat("drawn: ", drawn.patients(), " patients, scale ",
                      drawn.scale(), ", difficulty ", drawn.difficulty(),
                      ", seed ", drawn.seed(), ", generator ", GeneratorText());
}

std::string GeneratorText() {
  return absl::StrCat("version ", kGeneratorVersion);
}

absl::Status CheckPlaceForDrawn(const DataRoots& roots) {
  return roots.drawn.empty()
             ? absl::UnimplementedError(
                   "data: there is no place for images that are drawn; set "
                   "CXR_DATA_CACHE to a folder")
             : absl::OkStatus();
}

absl::StatusOr<OpenedSource> DrawSource(const spec::DataSpec& data,
                                        const DrawingOptions& options) {
  OpenedSource opened{.data = data, .roots = options.roots};
  if (!data.has_drawn()) {
    return opened;
  }
  CXR_RETURN_IF_ERROR(CheckPlaceForDrawn(options.roots));
  opened.roots.data_root = FolderOf(data.drawn(), options.roots);
  opened.data.clear_drawn();
  std::vector<spec::Source> sources = {data.source()};
  if (data.source() == spec::CHEXMASK) {
    sources.insert(sources.begin(), spec::MIMIC_CXR);
  }
  for (const spec::Source source : sources) {
    CXR_RETURN_IF_ERROR(DrawOne(source, OptionsOf(data.drawn()),
                                opened.roots.data_root, options));
  }
  return opened;
}

}  // namespace cxr::synth
