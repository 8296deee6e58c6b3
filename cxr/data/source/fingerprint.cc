// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/fingerprint.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/file_digest.h"
#include "cxr/base/parallel.h"
#include "cxr/base/rng.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/words.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/data/source/stat_cache.h"

namespace cxr {
namespace {

constexpr absl::string_view kAbsent = "absent";

std::string CacheFile(const DataRoots& roots, absl::string_view name) {
  return roots.cache.empty() ? "" : JoinPath(roots.cache, name);
}

struct NamedDigest {
  std::string name;
  std::string digest;
};

std::string Digest(const std::vector<NamedDigest>& files) {
  std::string facts;
  for (const NamedDigest& file : files) {
    absl::StrAppend(&facts, file.name, " ", file.digest, "\n");
  }
  return Sha256Hex(facts);
}

absl::StatusOr<std::vector<NamedDigest>> TableDigests(spec::Source source,
                                                      const DataRoots& roots,
                                                      StatCache& cache) {
  CXR_ASSIGN_OR_RETURN(const std::vector<IndexFile> files,
                       IndexFiles(source, roots));
  std::vector<NamedDigest> digests;
  for (const IndexFile& file : files) {
    CXR_ASSIGN_OR_RETURN(std::string digest, cache.Sha256Of(file.path));
    digests.push_back({.name = file.name, .digest = std::move(digest)});
  }
  return digests;
}

// The bytes of an image, or that it is not there.
absl::StatusOr<std::string> ImageDigest(absl::string_view path,
                                        StatCache& cache) {
  absl::StatusOr<std::string> digest = cache.Sha256Of(path);
  if (!digest.ok() && digest.status().code() == absl::StatusCode::kNotFound) {
    return std::string(kAbsent);
  }
  return digest;
}

absl::StatusOr<std::vector<NamedDigest>> ImageDigests(
    const std::string& folder, const std::vector<std::string>& paths,
    int threads, StatCache& cache) {
  std::vector<NamedDigest> digests(paths.size());
  CXR_RETURN_IF_ERROR(
      ParallelFor(std::ssize(paths), threads, [&](int64_t i) -> absl::Status {
        // Not the folders: they depend on how the archives were unpacked.
        digests[i].name = Basename(paths[i]);
        CXR_ASSIGN_OR_RETURN(
            digests[i].digest,
            ImageDigest(ImagePath(folder, {.path = paths[i]}), cache));
        return absl::OkStatus();
      }));
  return digests;
}

// Where the images of these examples lie; one without a path is in a table.
std::vector<std::string> PathsOf(absl::Span<const Example> examples) {
  std::vector<std::string> paths;
  for (const Example& example : examples) {
    if (!example.path.empty()) {
      paths.push_back(example.path);
    }
  }
  return paths;
}

// Those of some examples.
std::vector<std::string> SampledPaths(const ImageIndex& index) {
  if (index.examples.size() <= kSampledImages) {
    return PathsOf(index.examples);
  }
  const CounterRng rng(/*seed=*/0,
                       absl::StrCat("fingerprint sample/", index.source));
  std::set<uint64_t> places;
  for (uint64_t k = 0; places.size() < kSampledImages; ++k) {
    places.insert(rng.Below(k, index.examples.size()));
  }
  std::vector<Example> sampled;
  for (const uint64_t i : places) {
    sampled.push_back(index.examples[i]);
  }
  return PathsOf(sampled);
}

// The paths that `file` remembers. Nothing if it does not, or if an image is
// not there: some readers look where the images lie, and these may have come
// since.
std::optional<std::vector<std::string>> RememberedPaths(
    const std::string& file, const std::string& folder) {
  const absl::StatusOr<std::string> text = ReadFile(file);
  if (file.empty() || !text.ok()) {
    return std::nullopt;
  }
  std::vector<std::string> paths =
      absl::StrSplit(*text, '\n', absl::SkipEmpty());
  for (const std::string& path : paths) {
    if (!Exists(ImagePath(folder, {.path = path}))) {
      return std::nullopt;
    }
  }
  return paths;
}

// As SampledPaths of the index; remembered in the cache by the digest of the
// tables, because reading an index takes longer than all else here.
absl::StatusOr<std::vector<std::string>> SampledPaths(
    spec::Source source, const DataRoots& roots, absl::string_view tables) {
  const std::string file = CacheFile(
      roots, absl::StrCat("samples/", SourceName(source), "-", tables));
  CXR_ASSIGN_OR_RETURN(const std::string folder, ImageFolder(source, roots));
  if (auto known = RememberedPaths(file, folder)) {
    return *std::move(known);
  }
  CXR_ASSIGN_OR_RETURN(const ImageIndex index, ReadIndex(source, roots));
  std::vector<std::string> paths = SampledPaths(index);
  if (!file.empty() && CreateDirectories(CacheFile(roots, "samples")).ok()) {
    // A cache: if it cannot be written, the next look takes longer.
    ReplaceFile(file, absl::StrJoin(paths, "\n")).IgnoreError();
  }
  return paths;
}

// Over `files` and `more`.
std::string Digest(std::vector<NamedDigest> files,
                   const std::vector<NamedDigest>& more) {
  files.insert(files.end(), more.begin(), more.end());
  return Digest(files);
}

absl::StatusOr<std::string> Sampled(spec::Source source, const DataRoots& roots,
                                    const std::vector<NamedDigest>& tables,
                                    StatCache& cache) {
  if (IsSample(source)) {
    return Digest(tables);  // All images are in there.
  }
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> paths,
                       SampledPaths(source, roots, Digest(tables)));
  CXR_ASSIGN_OR_RETURN(const std::string folder, ImageFolder(source, roots));
  CXR_ASSIGN_OR_RETURN(const std::vector<NamedDigest> images,
                       ImageDigests(folder, paths, /*threads=*/1, cache));
  return Digest(tables, images);
}

// `files` are those of the images of so many examples.
void AddContent(const std::vector<NamedDigest>& tables,
                const std::vector<NamedDigest>& files, int64_t examples,
                spec::DataFingerprint& found) {
  const auto missing =
      std::count_if(files.begin(), files.end(),
                    [](const NamedDigest& d) { return d.digest == kAbsent; });
  found.set_content(Digest(tables, files));
  found.set_content_images(examples - missing);
  found.set_missing_images(missing);
}

void AddParts(const ImageIndex& index, spec::DataFingerprint& found) {
  for (const Part part :
       {Part::kTraining, Part::kValidation, Part::kTest, Part::kNone}) {
    std::vector<std::string> ids;
    for (const Example& example : index.examples) {
      if (example.part == part) {
        ids.push_back(example.id);
      }
    }
    if (ids.empty()) {
      continue;
    }
    std::sort(ids.begin(), ids.end());
    spec::PartDigest& digest = *found.add_parts();
    digest.set_part(std::string(PartTitle(part)));
    digest.set_images(std::ssize(ids));
    digest.set_ids(Sha256Hex(absl::StrJoin(ids, "\n")));
  }
}

void AddKey(const std::string& key, spec::DataFingerprint& found) {
  const auto keyed = [&](const std::string& digest) {
    return digest.empty() ? digest : HmacSha256Hex(key, digest);
  };
  found.set_tables(keyed(found.tables()));
  found.set_sampled(keyed(found.sampled()));
  if (found.has_content()) {
    found.set_content(keyed(found.content()));
  }
  for (spec::FileDigestRecord& file : *found.mutable_files()) {
    file.set_sha256(keyed(file.sha256()));
  }
  for (spec::PartDigest& part : *found.mutable_parts()) {
    part.set_ids(keyed(part.ids()));
  }
}

}  // namespace

absl::StatusOr<std::string> FingerprintFiles(spec::Source source,
                                             const DataRoots& roots) {
  StatCache cache(CacheFile(roots, "digests.csv"));
  CXR_ASSIGN_OR_RETURN(std::vector<NamedDigest> tables,
                       TableDigests(source, roots, cache));
  CXR_ASSIGN_OR_RETURN(std::string fingerprint,
                       Sampled(source, roots, std::move(tables), cache));
  cache.Save();
  return fingerprint;
}

absl::StatusOr<spec::DataFingerprint> Fingerprint(
    spec::Source source, const DataRoots& roots,
    const FingerprintOptions& options) {
  StatCache cache(CacheFile(roots, "digests.csv"));
  spec::DataFingerprint found;
  found.set_source(SourceName(source));
  found.set_keyed(IsRestricted(source));
  CXR_ASSIGN_OR_RETURN(std::vector<NamedDigest> tables,
                       TableDigests(source, roots, cache));
  for (const NamedDigest& table : tables) {
    spec::FileDigestRecord& file = *found.add_files();
    file.set_name(table.name);
    file.set_sha256(table.digest);
  }
  found.set_tables(Digest(tables));
  CXR_ASSIGN_OR_RETURN(std::string sampled,
                       Sampled(source, roots, tables, cache));
  found.set_sampled(std::move(sampled));
  CXR_ASSIGN_OR_RETURN(const ImageIndex index, ReadIndex(source, roots));
  AddParts(index, found);
  if (options.content) {
    // Apart, because it is large: a plan reads the other one alone.
    StatCache images(
        CacheFile(roots, absl::StrCat("content-", SourceName(source), ".csv")));
    CXR_ASSIGN_OR_RETURN(const std::string folder, ImageFolder(source, roots));
    CXR_ASSIGN_OR_RETURN(
        const std::vector<NamedDigest> files,
        ImageDigests(folder, PathsOf(index.examples), options.threads, images));
    images.Save();
    AddContent(tables, files, std::ssize(index.examples), found);
  }
  cache.Save();
  if (found.keyed()) {
    AddKey(options.key, found);
  }
  return found;
}

bool IsRestricted(spec::Source source) {
  switch (source) {
    case spec::CHEXPERT:
    case spec::MIMIC_CXR:
    case spec::PADCHEST:
    case spec::BRAX:
    case spec::VINDR:
    case spec::CHEXMASK:
      return true;
    default:
      return false;
  }
}

}  // namespace cxr
