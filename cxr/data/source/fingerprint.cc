// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/fingerprint.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
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

// Some images of an index whose images are files, ascending.
std::vector<std::string> SampledPaths(const ImageIndex& index) {
  const CounterRng rng(/*seed=*/0,
                       absl::StrCat("fingerprint sample/", index.source));
  std::set<uint64_t> places;
  if (index.examples.size() <= kSampledImages) {
    for (size_t i = 0; i < index.examples.size(); ++i) {
      places.insert(i);
    }
  } else {
    for (uint64_t k = 0; places.size() < kSampledImages; ++k) {
      places.insert(rng.Below(k, index.examples.size()));
    }
  }
  std::vector<std::string> paths;
  for (const uint64_t i : places) {
    if (!index.examples[i].path.empty()) {
      paths.push_back(index.examples[i].path);
    }
  }
  return paths;
}

// The same; read from the cache where equal tables were read before, because
// reading an index takes longer than all else here.
absl::StatusOr<std::vector<std::string>> SampledPaths(
    spec::Source source, const DataRoots& roots, absl::string_view tables) {
  const std::string file = CacheFile(
      roots, absl::StrCat("samples/", SourceName(source), "-", tables));
  if (const absl::StatusOr<std::string> known = ReadFile(file);
      !file.empty() && known.ok()) {
    return std::vector<std::string>(
        absl::StrSplit(*known, '\n', absl::SkipEmpty()));
  }
  CXR_ASSIGN_OR_RETURN(const ImageIndex index, ReadIndex(source, roots));
  std::vector<std::string> paths = SampledPaths(index);
  if (!file.empty() && CreateDirectories(CacheFile(roots, "samples")).ok()) {
    // A cache: if it cannot be written, the next look takes longer.
    ReplaceFile(file, absl::StrJoin(paths, "\n")).IgnoreError();
  }
  return paths;
}

absl::StatusOr<std::string> Sampled(spec::Source source, const DataRoots& roots,
                                    std::vector<NamedDigest> digests,
                                    StatCache& cache) {
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> paths,
                       SampledPaths(source, roots, Digest(digests)));
  CXR_ASSIGN_OR_RETURN(const std::string folder, ImageFolder(source, roots));
  for (const std::string& path : paths) {
    CXR_ASSIGN_OR_RETURN(std::string digest,
                         ImageDigest(ImagePath(folder, {.path = path}), cache));
    digests.push_back({.name = path, .digest = std::move(digest)});
  }
  return Digest(digests);
}

// Every image of an index.
absl::Status AddContent(const ImageIndex& index, const std::string& folder,
                        int threads, std::vector<NamedDigest> digests,
                        StatCache& cache, spec::DataFingerprint& found) {
  const size_t tables = digests.size();
  digests.resize(tables + index.examples.size());
  CXR_RETURN_IF_ERROR(ParallelFor(
      std::ssize(index.examples), threads, [&](int64_t i) -> absl::Status {
        const Example& example = index.examples[i];
        NamedDigest& image = digests[tables + i];
        image.name = example.path;
        CXR_ASSIGN_OR_RETURN(image.digest,
                             ImageDigest(ImagePath(folder, example), cache));
        return absl::OkStatus();
      }));
  const auto missing =
      std::count_if(digests.begin(), digests.end(),
                    [](const NamedDigest& d) { return d.digest == kAbsent; });
  found.set_content(Digest(digests));
  found.set_content_images(std::ssize(index.examples) - missing);
  found.set_missing_images(missing);
  return absl::OkStatus();
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
    digest.set_part(part == Part::kNone ? "no list"
                                        : std::string(PartText(part)));
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
    CXR_ASSIGN_OR_RETURN(const std::string folder, ImageFolder(source, roots));
    CXR_RETURN_IF_ERROR(AddContent(index, folder, options.threads,
                                   std::move(tables), cache, found));
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
