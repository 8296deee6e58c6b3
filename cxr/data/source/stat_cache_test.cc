// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/stat_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The cache with the digest of every file replaced, so that what comes from it
// shows.
void Forge(const std::string& cache, const std::string& digest) {
  std::string text = *ReadFile(cache);
  text.replace(text.find(digest), digest.size(), std::string(64, 'f'));
  ASSERT_OK(WriteFileAtomically(cache, text));
}

class StatCacheTest : public ::testing::Test {
 protected:
  // A file whose last change lies so far back that it is remembered.
  void WriteSettled(const std::string& bytes) {
    ASSERT_OK(WriteFileAtomically(file_, bytes));
    absl::SleepFor(absl::Seconds(3.1));
  }

  const TempDir dir_;
  const std::string file_ = dir_.File("table.csv");
  const std::string cache_ = dir_.File("deep/digests.csv");
};

TEST_F(StatCacheTest, AKnownFileIsNotReadAgain) {
  WriteSettled("one");
  StatCache first(cache_);
  EXPECT_EQ(*first.Sha256Of(file_), Sha256Hex("one"));
  first.Save();
  Forge(cache_, Sha256Hex("one"));
  StatCache second(cache_);
  EXPECT_EQ(*second.Sha256Of(file_), std::string(64, 'f'));
  ASSERT_OK(WriteFileAtomically(file_, "two"));
  EXPECT_EQ(*second.Sha256Of(file_), Sha256Hex("two"));
}

TEST_F(StatCacheTest, AYoungFileIsReadEveryTime) {
  ASSERT_OK(WriteFileAtomically(file_, "one"));
  StatCache cache(cache_);
  EXPECT_EQ(*cache.Sha256Of(file_), Sha256Hex("one"));
  cache.Save();
  EXPECT_FALSE(Exists(cache_));
}

TEST_F(StatCacheTest, SavingKeepsWhatOthersSavedAndDropsWhatIsGone) {
  const std::string other = dir_.File("other, with a comma.csv");
  const std::string gone = dir_.File("gone.csv");
  ASSERT_OK(WriteFileAtomically(other, "two"));
  ASSERT_OK(WriteFileAtomically(gone, "three"));
  WriteSettled("one");
  StatCache before(cache_);
  EXPECT_OK(before.Sha256Of(gone));
  before.Save();
  StatCache mine(cache_);
  StatCache theirs(cache_);
  EXPECT_OK(mine.Sha256Of(file_));
  EXPECT_OK(theirs.Sha256Of(file_));
  EXPECT_OK(theirs.Sha256Of(other));
  theirs.Save();
  Forge(cache_, Sha256Hex("one"));
  Forge(cache_, Sha256Hex("two"));
  ASSERT_OK(RemoveAll(gone));
  mine.Save();
  StatCache after(cache_);
  EXPECT_EQ(*after.Sha256Of(file_), Sha256Hex("one"));
  EXPECT_EQ(*after.Sha256Of(other), std::string(64, 'f'));
  EXPECT_THAT(*ReadFile(cache_), Not(HasSubstr("gone.csv")));
}

TEST_F(StatCacheTest, ADamagedOrUnwritableCacheIsAnEmptyOne) {
  ASSERT_OK(WriteFileAtomically(file_, "one"));
  ASSERT_OK(CreateDirectories(dir_.File("deep")));
  ASSERT_OK(WriteFileAtomically(cache_, "file,stamp\n\"open"));
  StatCache damaged(cache_);
  EXPECT_EQ(*damaged.Sha256Of(file_), Sha256Hex("one"));
  StatCache nowhere("/proc/none/digests.csv");
  EXPECT_EQ(*nowhere.Sha256Of(file_), Sha256Hex("one"));
  nowhere.Save();
  StatCache without("");
  EXPECT_EQ(*without.Sha256Of(file_), Sha256Hex("one"));
  without.Save();
  EXPECT_THAT(without.Sha256Of(dir_.File("gone")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("gone")));
}

}  // namespace
}  // namespace cxr
