// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/image_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/file_faults.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kKey[] = "0123abcd equalised";
constexpr int64_t kImages = 30;

// Images of various sizes; 7 and 20 are damaged, 9 is empty.
absl::StatusOr<GrayImage> MakeImage(int64_t i) {
  if (i == 7) {
    return absl::DataLossError("7.png: cut off");
  }
  if (i == 20) {
    return absl::NotFoundError("20.png: no such file");
  }
  const int width = i == 9 ? 0 : static_cast<int>(3 + 11 * i % 17);
  const int height = static_cast<int>(2 + 5 * i % 13);
  GrayImage image{.width = width, .height = height};
  for (int k = 0; k < width * height; ++k) {
    image.pixels.push_back(static_cast<uint8_t>((i * 31 + k * 7) % 256));
  }
  return image;
}

absl::Status Build(const std::string& path, int threads = 2) {
  return BuildImageCache(
      {.path = path, .key = kKey, .images = kImages, .threads = threads},
      MakeImage);
}

std::string Bytes(const std::string& path) {
  absl::StatusOr<std::string> bytes = ReadFile(path);
  EXPECT_OK(bytes);
  return *std::move(bytes);
}

TEST(ImageCacheTest, GivesBackPixelsAndErrors) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path));
  ASSERT_OK_AND_ASSIGN(const ImageCache cache, ImageCache::Open(path, kKey));
  ASSERT_EQ(cache.images(), kImages);
  for (int64_t i = 0; i < kImages; ++i) {
    SCOPED_TRACE(i);
    const absl::StatusOr<GrayImage> expected = MakeImage(i);
    const absl::StatusOr<GrayView> view = cache.Image(i);
    ASSERT_EQ(view.status(), expected.status());
    if (view.ok()) {
      EXPECT_EQ(view->width, expected->width);
      EXPECT_EQ(view->height, expected->height);
      EXPECT_EQ(view->stride, expected->width);
      const size_t size = expected->pixels.size();
      EXPECT_EQ(std::vector<uint8_t>(view->pixels, view->pixels + size),
                expected->pixels);
    }
  }
}

TEST(ImageCacheTest, TheNumberOfThreadsChangesNoByte) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path, /*threads=*/1));
  const std::string alone = Bytes(path);
  for (const int threads : {2, 7}) {
    ASSERT_OK(Build(path, threads));
    EXPECT_EQ(Bytes(path), alone);
  }
}

TEST(ImageCacheTest, ACacheOfNoImagesIsOne) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(BuildImageCache({.path = path}, MakeImage));
  ASSERT_OK_AND_ASSIGN(const ImageCache cache, ImageCache::Open(path, ""));
  EXPECT_EQ(cache.images(), 0);
}

TEST(ImageCacheTest, AnotherKeyIsNoMatch) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path));
  EXPECT_THAT(ImageCache::Open(path, "ffff equalised"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       absl::StrCat(path,
                                    ": a cache of \"0123abcd equalised\", not "
                                    "of \"ffff equalised\"")));
}

TEST(ImageCacheTest, WhatIsNotThereIsNotFound) {
  const TempDir dir;
  EXPECT_THAT(ImageCache::Open(dir.File("none"), kKey),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

TEST(ImageCacheTest, AnotherFormatSaysSo) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path));
  std::string bytes = Bytes(path);
  bytes[8] = 9;
  ASSERT_OK(ReplaceFile(path, bytes));
  EXPECT_THAT(ImageCache::Open(path, kKey),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("format 9; this program knows 1")));
}

TEST(ImageCacheTest, EveryTruncationIsDataLoss) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path));
  const std::string bytes = Bytes(path);
  for (size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
    ASSERT_OK(ReplaceFile(path, bytes.substr(0, size)));
    EXPECT_THAT(ImageCache::Open(path, kKey),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)))
        << size;
  }
}

// All but the pixels: a change there cannot lead out of the file.
TEST(ImageCacheTest, EveryChangeOfHeaderTableAndEndIsNoticed) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  ASSERT_OK(Build(path));
  const std::string bytes = Bytes(path);
  const size_t head = 24 + sizeof(kKey) - 1;
  const size_t table = bytes.size() - 80 - 24 * kImages;
  int changes = 0;
  for (size_t place = 0; place < bytes.size(); ++place) {
    if (place >= head && place < table) {
      continue;
    }
    std::string changed = bytes;
    changed[place] = static_cast<char>(changed[place] ^ 0x40);
    ASSERT_OK(ReplaceFile(path, changed));
    EXPECT_FALSE(ImageCache::Open(path, kKey).ok()) << place;
    ++changes;
  }
  EXPECT_EQ(changes, static_cast<int>(head + 24 * kImages + 80));
}

TEST(ImageCacheTest, ErrorsThatAreNotAnImagesOwnEndTheWork) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  EXPECT_THAT(
      BuildImageCache(
          {.path = path, .key = kKey, .images = kImages, .threads = 2},
          [](int64_t i) -> absl::StatusOr<GrayImage> {
            if (i == 5) {
              return absl::PermissionDeniedError("5.png: no access");
            }
            return MakeImage(i);
          }),
      StatusIs(absl::StatusCode::kPermissionDenied, "5.png: no access"));
  EXPECT_THAT(*ListFolder(dir.path()), ElementsAre());
}

int FullDisk(FileStep step, absl::string_view) {
  return step == FileStep::kWrite ? ENOSPC : 0;
}

int NoRename(FileStep step, absl::string_view) {
  return step == FileStep::kRename ? EACCES : 0;
}

TEST(ImageCacheTest, AFullDiskLeavesNothingBehindAndTheOldCacheAsItWas) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  for (const bool old : {false, true}) {
    if (old) {
      ASSERT_OK(Build(path));
    }
    SetFileFaultHook(FullDisk);
    const absl::Status full = Build(path);
    SetFileFaultHook(NoRename);
    const absl::Status stuck = Build(path);
    SetFileFaultHook(nullptr);
    EXPECT_THAT(full, StatusIs(absl::StatusCode::kResourceExhausted,
                               HasSubstr("No space left")));
    EXPECT_THAT(stuck, StatusIs(absl::StatusCode::kPermissionDenied,
                                HasSubstr("cannot rename")));
    EXPECT_EQ(ListFolder(dir.path())->size(), old ? 1u : 0u);
  }
  EXPECT_OK(ImageCache::Open(path, kKey));
}

std::set<std::string>& CreatedFiles() {
  static std::set<std::string> files;
  return files;
}

int NoteCreated(FileStep step, absl::string_view path) {
  if (step == FileStep::kCreate) {
    CreatedFiles().insert(std::string(path));
  }
  return 0;
}

TEST(ImageCacheTest, EachBuildHasATemporaryFileOfItsOwn) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  CreatedFiles().clear();
  SetFileFaultHook(NoteCreated);
  const absl::Status first = Build(path);
  const absl::Status second = Build(path);
  SetFileFaultHook(nullptr);
  ASSERT_OK(first);
  ASSERT_OK(second);
  const std::string start = absl::StrCat(path, ".tmp.", getpid(), ".");
  ASSERT_EQ(CreatedFiles().size(), 2u);
  for (const std::string& file : CreatedFiles()) {
    ASSERT_THAT(file, StartsWith(start));
    EXPECT_EQ(file.size(), start.size() + 16);
    EXPECT_EQ(file.find_first_not_of("0123456789abcdef", start.size()),
              std::string::npos);
  }
  EXPECT_THAT(*ListFolder(dir.path()), ElementsAre("cache"));
}

TEST(ImageCacheTest, SeveralProcessesMayBuildTheSameCache) {
  const TempDir dir;
  const std::string path = dir.File("cache");
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool fine = true;
      for (int k = 0; k < 5; ++k) {
        fine = fine && Build(path).ok() && ImageCache::Open(path, kKey).ok();
      }
      _exit(fine ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  EXPECT_THAT(*ListFolder(dir.path()), ElementsAre("cache"));
  ASSERT_OK_AND_ASSIGN(const ImageCache cache, ImageCache::Open(path, kKey));
  EXPECT_OK(cache.Image(0));
}

}  // namespace
}  // namespace cxr
