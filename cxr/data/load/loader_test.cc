// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "cxr/base/rng.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int64_t kImages = 23;
constexpr int64_t kBatch = 4;
constexpr int64_t kSteps = 40;

// What an item is made of, and something that depends on nothing else.
absl::StatusOr<std::string> Describe(const Slot& slot) {
  const CounterRng rng(5, absl::StrCat("test.", slot.position));
  if (rng.Below(0, 4) == 0) {  // Items differ in how long they take.
    absl::SleepFor(absl::Microseconds(300));
  }
  return absl::StrCat(slot.position, "/", slot.epoch, "/", slot.image);
}

// Images 3, 10 and 17 are damaged in three ways.
absl::StatusOr<std::string> SomeDamaged(const Slot& slot) {
  switch (slot.image) {
    case 3:
      return absl::DataLossError("3.png: cut off");
    case 10:
      return absl::NotFoundError("10.png: no such file");
    case 17:
      return absl::UnimplementedError("17.dcm: unknown coding");
    default:
      return Describe(slot);
  }
}

using Texts = std::vector<std::vector<std::string>>;

struct Run {
  int threads = 1;
  int64_t first_step = 0;
  int rank = 0;
  int world = 1;
  int64_t max_failures = 3;
};

LoaderOptions OptionsOf(const Run& run) {
  return {.threads = run.threads,
          .prefetch_batches = 3,
          .first_step = run.first_step,
          .end_step = kSteps,
          .max_failures = run.max_failures,
          .seed = 11,
          .images = kImages};
}

// Every batch from run.first_step on.
Texts Batches(const Run& run, Loader<std::string>::Make make) {
  const ShuffledStream stream(11, kImages);
  Loader<std::string> loader(
      OptionsOf(run),
      [&](int64_t step) {
        return stream.Slots(
            RankShare(StreamBatch(step, kBatch), run.rank, run.world));
      },
      std::move(make));
  Texts batches;
  for (int64_t step = run.first_step; step < kSteps; ++step) {
    absl::StatusOr<std::vector<std::string>> batch = loader.Next();
    EXPECT_OK(batch);
    if (!batch.ok()) {
      break;
    }
    batches.push_back(*std::move(batch));
  }
  return batches;
}

TEST(LoaderTest, BatchesComeInOrder) {
  const Texts batches = Batches({}, Describe);
  const ShuffledStream stream(11, kImages);
  ASSERT_EQ(batches.size(), size_t{kSteps});
  for (int64_t step = 0; step < kSteps; ++step) {
    const std::vector<Slot> slots = stream.Slots(StreamBatch(step, kBatch));
    ASSERT_EQ(batches[step].size(), size_t{kBatch});
    for (int64_t i = 0; i < kBatch; ++i) {
      EXPECT_EQ(batches[step][i], *Describe(slots[i]));
    }
  }
}

TEST(LoaderTest, TheNumberOfThreadsChangesNothing) {
  const Texts alone = Batches({.threads = 1}, SomeDamaged);
  for (const int threads : {2, 7}) {
    EXPECT_EQ(Batches({.threads = threads}, SomeDamaged), alone);
  }
}

TEST(LoaderTest, AResumedStreamGoesOnAsIfItHadNotStopped) {
  const Texts whole = Batches({.threads = 2}, SomeDamaged);
  for (const int64_t step : {1, 6, 39}) {
    EXPECT_EQ(Batches({.threads = 2, .first_step = step}, SomeDamaged),
              Texts(whole.begin() + step, whole.end()));
  }
}

TEST(LoaderTest, AnyWorldHasTheSameGlobalBatches) {
  const Texts alone = Batches({}, SomeDamaged);
  for (const int world : {2, 4}) {
    Texts together(kSteps);
    for (int rank = 0; rank < world; ++rank) {
      const Texts share =
          Batches({.threads = 2, .rank = rank, .world = world}, SomeDamaged);
      for (int64_t step = 0; step < kSteps; ++step) {
        together[step].insert(together[step].end(), share[step].begin(),
                              share[step].end());
      }
    }
    EXPECT_EQ(together, alone);
  }
}

TEST(LoaderTest, OnlyTheSlotsOfDamagedImagesChange) {
  const Texts damaged = Batches({.threads = 2}, SomeDamaged);
  const Texts whole = Batches({.threads = 2}, Describe);
  int changed = 0;
  for (int64_t step = 0; step < kSteps; ++step) {
    for (int64_t i = 0; i < kBatch; ++i) {
      const std::string& text = whole[step][i];
      const bool unusable = text.ends_with("/3") || text.ends_with("/10") ||
                            text.ends_with("/17");
      EXPECT_EQ(damaged[step][i] != text, unusable) << text;
      EXPECT_FALSE(damaged[step][i].ends_with("/10"));
      changed += unusable ? 1 : 0;
    }
  }
  EXPECT_GE(changed, 18);  // 3 in each of the 6 whole epochs
}

// One pass over a few images, one a batch.
struct Pass {
  int64_t images = 0;
  int64_t max_failures = 0;
  int threads = 2;
};

std::unique_ptr<Loader<std::string>> MakePass(const Pass& pass,
                                              Loader<std::string>::Make make) {
  return std::make_unique<Loader<std::string>>(
      LoaderOptions{.threads = pass.threads,
                    .end_step = pass.images,
                    .max_failures = pass.max_failures,
                    .images = pass.images},
      [](int64_t step) { return PassSlots(StreamBatch(step, 1)); },
      std::move(make));
}

TEST(LoaderTest, FailuresAreCountedAndListed) {
  const auto loader = MakePass({.images = 12, .max_failures = 2}, SomeDamaged);
  for (int i = 0; i < 12; ++i) {
    EXPECT_OK(loader->Next());
  }
  EXPECT_EQ(loader->failures().images(), 2);
  ASSERT_EQ(loader->failures().listed().size(), 2u);
  EXPECT_EQ(loader->failures().listed()[0].image, 3);
  EXPECT_THAT(loader->failures().listed()[1].status,
              StatusIs(absl::StatusCode::kNotFound, "10.png: no such file"));
  EXPECT_EQ(loader->statistics().items, 12);
  EXPECT_GT(loader->statistics().waiting_seconds, 0.0);
}

TEST(LoaderTest, OneFailureTooManyIsAnErrorOfItsBatchForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 7}) {
    const auto loader = MakePass(
        {.images = 20, .max_failures = 2, .threads = threads}, SomeDamaged);
    for (int i = 0; i < 17; ++i) {
      EXPECT_OK(loader->Next());
    }
    const auto error = StatusIs(
        absl::StatusCode::kDataLoss,
        HasSubstr("17.dcm: unknown coding: image 17 is 3 of at most 2"));
    EXPECT_THAT(loader->Next(), error);
    EXPECT_THAT(loader->Next(), error);
  }
}

TEST(LoaderTest, APassForWhichEveryImageCountsStopsAtTheFirstFailure) {
  const auto loader = MakePass({.images = 5}, SomeDamaged);
  for (int i = 0; i < 3; ++i) {
    EXPECT_OK(loader->Next());
  }
  EXPECT_THAT(loader->Next(), StatusIs(absl::StatusCode::kDataLoss,
                                       HasSubstr("3.png: cut off")));
}

TEST(LoaderTest, ADatasetWithoutAUsableImageIsAnErrorAndNotALoop) {
  const auto loader = MakePass({.images = 5, .max_failures = 100},
                               [](const Slot&) -> absl::StatusOr<std::string> {
                                 return absl::NotFoundError("no disk");
                               });
  EXPECT_THAT(loader->Next(),
              StatusIs(absl::StatusCode::kNotFound,
                       "none of 5 images can be used: no disk"));
}

TEST(LoaderTest, ALargeDatasetWithoutAUsableImageIsGivenUpSoon) {
  std::string text;
  for (const int threads : {1, 2, 7}) {
    std::atomic<int64_t> tried = 0;
    const auto loader = MakePass(
        {.images = 1000000, .max_failures = 1000000, .threads = threads},
        [&](const Slot& slot) -> absl::StatusOr<std::string> {
          ++tried;
          return absl::NotFoundError(absl::StrCat(slot.image, ".png: no disk"));
        });
    const absl::Status status = loader->Next().status();
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound,
                                 HasSubstr("100 images in a row cannot be "
                                           "used, the last: ")));
    EXPECT_EQ(loader->failures().images(), 100);
    EXPECT_EQ(
        status.message(),
        absl::StrCat("100 images in a row cannot be used, the last: ",
                     loader->failures().listed()[99].image, ".png: no disk"));
    EXPECT_TRUE(text.empty() || status.message() == text) << text;
    text = std::string(status.message());
    // Two batches are made ahead, and some are begun before the error is seen.
    EXPECT_LE(tried.load(), 100 * (3 + threads));
  }
}

TEST(LoaderTest, ASlotMayNeedAllTriesButOne) {
  std::atomic<int> tried = 0;
  const auto loader = MakePass(
      {.images = 1000, .max_failures = 1000, .threads = 1},
      [&](const Slot&) -> absl::StatusOr<std::string> {
        return ++tried < 100
                   ? absl::StatusOr<std::string>(absl::NotFoundError("torn"))
                   : "fine";
      });
  EXPECT_EQ(loader->Next()->at(0), "fine");
}

TEST(LoaderTest, OtherErrorsStopAtTheirPosition) {
  for (const int threads : {1, 7}) {
    const auto loader =
        MakePass({.images = 20, .max_failures = 20, .threads = threads},
                 [](const Slot& slot) -> absl::StatusOr<std::string> {
                   if (slot.image >= 6) {
                     return absl::PermissionDeniedError(
                         absl::StrCat(slot.image, ".png: no access"));
                   }
                   return "fine";
                 });
    for (int i = 0; i < 6; ++i) {
      EXPECT_OK(loader->Next());
    }
    EXPECT_THAT(loader->Next(), StatusIs(absl::StatusCode::kPermissionDenied,
                                         "6.png: no access"));
  }
}

TEST(LoaderTest, NoMoreIsMadeThanIsToBePrefetched) {
  std::atomic<int> made = 0;
  std::atomic<int> made_beyond = 0;
  Loader<int> loader(
      {.threads = 7, .prefetch_batches = 2, .end_step = 1000},
      [](int64_t step) { return PassSlots(StreamBatch(step, 5)); },
      [&](const Slot& slot) -> absl::StatusOr<int> {
        ++made;
        made_beyond += slot.position >= 15 ? 1 : 0;
        return static_cast<int>(slot.position);
      });
  ASSERT_OK_AND_ASSIGN(const std::vector<int> batch, loader.Next());
  EXPECT_THAT(batch, ElementsAre(0, 1, 2, 3, 4));
  while (made.load() < 15) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(made.load(), 15);
  EXPECT_EQ(made_beyond.load(), 0);
}

TEST(LoaderTest, EndsWhileThreadsAreAtWorkOrWait) {
  absl::Notification begun;
  std::atomic<bool> first = true;
  {
    Loader<int> loader(
        {.threads = 3, .prefetch_batches = 1, .end_step = 1000},
        [](int64_t step) { return PassSlots(StreamBatch(step, 2)); },
        [&](const Slot&) -> absl::StatusOr<int> {
          if (first.exchange(false)) {
            begun.Notify();
          }
          absl::SleepFor(absl::Milliseconds(5));
          return 0;
        });
    begun.WaitForNotification();
  }
  EXPECT_FALSE(first.load());
}

TEST(LoaderTest, EmptySharesAreEmptyBatches) {
  Loader<int> loader(
      {.threads = 2, .end_step = 3},
      [](int64_t step) {
        return PassSlots({step / 2, (step + 1) / 2});
      },
      [](const Slot& slot) -> absl::StatusOr<int> {
        return static_cast<int>(slot.position);
      });
  EXPECT_TRUE(loader.Next()->empty());
  EXPECT_THAT(*loader.Next(), ElementsAre(0));
  EXPECT_TRUE(loader.Next()->empty());
}

TEST(LoaderTest, ItemsMayBeOnlyMovable) {
  Loader<std::unique_ptr<int>> loader(
      {.threads = 2, .end_step = 2},
      [](int64_t step) { return PassSlots(StreamBatch(step, 2)); },
      [](const Slot& slot) -> absl::StatusOr<std::unique_ptr<int>> {
        return std::make_unique<int>(static_cast<int>(slot.image));
      });
  EXPECT_OK(loader.Next());
  ASSERT_OK_AND_ASSIGN(const std::vector<std::unique_ptr<int>> batch,
                       loader.Next());
  EXPECT_EQ(*batch[1], 3);
}

TEST(LoaderDeathTest, AskingForMoreThanThereIsIsAProgrammersError) {
  const auto loader = MakePass({.images = 1}, Describe);
  EXPECT_OK(loader->Next());
  EXPECT_DEATH(loader->Next().IgnoreError(), "step 1 is the end");
}

}  // namespace
}  // namespace cxr
