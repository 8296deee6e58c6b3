// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Runs of two processes, each with half of the groups of a batch, against one
// process with all of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ATen/Parallel.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/base/torch_status.h"
#include "cxr/dist/communicator.h"
#include "cxr/dist/share.h"
#include "cxr/dist/testing.h"
#include "cxr/model/distillation/projection_head.h"
#include "cxr/model/random_weights.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr int64_t kImages = 8;
constexpr int64_t kGroup = 2;
constexpr int64_t kGroups = kImages / kGroup;
constexpr int64_t kSteps = 5;
constexpr absl::Duration kTimeout = absl::Seconds(40);

PretrainerOptions Options(Centering centering, at::ScalarType type) {
  PretrainerOptions options;
  options.network.backbone = {
      .width = 8, .depth = 2, .heads = 2, .position_grid = 2};
  options.network.dino_head = {.input_width = 8,
                               .layers = 2,
                               .hidden_width = 6,
                               .bottleneck_width = 4,
                               .prototypes = 12};
  options.network.ibot_head = options.network.dino_head;
  options.losses.centering = centering;
  options.losses.global_images = kImages;
  options.losses.compute_type = type;
  options.losses.chunk_rows = 5;  // No batch fits into one chunk.
  options.rules = {.depth = 2};
  options.schedule = {.steps_per_epoch = 1,
                      .epochs = kSteps,
                      .learning_rate = 1e-3,
                      .min_learning_rate = 1e-4,
                      .weight_decay = 0.05,
                      .weight_decay_end = 0.05,
                      .momentum_start = 0.9,
                      .momentum_end = 0.9,
                      .teacher_temperature_start = 0.05,
                      .teacher_temperature_end = 0.05};
  options.max_gradient_norm = 0.5;
  options.type = type;
  return options;
}

// Groups first ... last - 1 of the batch of a step. Masked patches are not
// shared evenly: the groups' counts differ, and one has none.
PretrainBatch Batch(int64_t step, int64_t first, int64_t last,
                    at::ScalarType type) {
  std::vector<std::vector<GrayImage>> views;
  std::vector<std::vector<BlockMask>> masks;
  for (int64_t i = first * kGroup; i < last * kGroup; ++i) {
    auto& of_image = views.emplace_back();
    for (int view = 0; view < 3; ++view) {
      const int side = view < 2 ? 28 : 14;
      GrayImage image = {.width = side, .height = side};
      for (int p = 0; p < side * side; ++p) {
        image.pixels.push_back(static_cast<uint8_t>(
            (p * (3 + i) + 37 * view + 11 * i + 53 * step) % 256));
      }
      of_image.push_back(std::move(image));
    }
  }
  for (int64_t q = first; q < last; ++q) {
    const uint8_t some = q == 1 ? 0 : 1;
    const uint8_t more = q == 3 ? 1 : 0;
    masks.push_back({{some, more, more, some},
                     {0, 0, 0, 0},
                     {0, some, 0, more},
                     {0, 0, 0, 0}});
  }
  PretrainBatch batch = MakePretrainBatch(views, masks,
                                          {.group_images = kGroup,
                                           .local_count = 1,
                                           .mean = {0.5F, 0.5F, 0.5F},
                                           .std = {0.25F, 0.25F, 0.25F},
                                           .type = type});
  batch.first_group = first;
  return batch;
}

// Fills the student's weights, which the teacher gets too.
void Start(const PretrainerOptions& options, Pretrainer& pretrainer) {
  const c10::NoGradGuard no_grad;
  DistillationNetwork filled(options.network);
  FillRandomWeights(*filled->backbone,
                    {.seed = 1, .linear_std = 0.3, .position_std = 1});
  FillProjectionHead(*filled->dino_head, 2);
  FillProjectionHead(*filled->ibot_head, 3);
  auto parameters = pretrainer.student().named_parameters();
  for (const auto& each : filled->named_parameters()) {
    parameters[each.key()].copy_(each.value());
  }
  pretrainer.CopyToTeacher();
}

std::vector<double> NumbersOf(const StepReport& report) {
  std::vector<double> numbers = {report.dino_local,
                                 report.dino_global,
                                 report.ibot,
                                 report.koleo,
                                 report.teacher_entropy,
                                 report.student_entropy,
                                 report.teacher_information};
  for (const auto& [unit, norm] : report.gradient_norms) {
    numbers.push_back(norm);
  }
  return numbers;
}

void Save(const std::string& path, const std::vector<double>& numbers) {
  ASSERT_OK(WriteFileAtomically(
      path, absl::string_view(reinterpret_cast<const char*>(numbers.data()),
                              numbers.size() * sizeof(double))));
}

std::vector<double> Load(const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  EXPECT_OK(bytes);
  if (!bytes.ok()) return {};
  std::vector<double> numbers(bytes->size() / sizeof(double));
  std::copy(bytes->begin(), bytes->end(),
            reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

// What all of the state is after the steps.
std::vector<double> StateOf(Pretrainer& pretrainer) {
  std::vector<double> numbers;
  for (const auto& [name, tensor] : pretrainer.State()) {
    const at::Tensor flat =
        tensor.detach().to(at::kDouble).contiguous().flatten();
    const double* first = flat.const_data_ptr<double>();
    numbers.insert(numbers.end(), first, first + flat.numel());
  }
  return numbers;
}

// Trains in `world` processes and leaves losses and state in files of `dir`.
void Train(int world, const PretrainerOptions& options, const TempDir& dir) {
  EXPECT_THAT(
      RunProcesses(
          world,
          [&](int rank) {
            at::set_num_threads(1);
            ASSERT_OK(CheckShare(kGroups, world));
            ASSERT_OK_AND_ASSIGN(
                const std::unique_ptr<Communicator> processes,
                Communicator::Create(
                    FileRendezvous(rank, world, dir.File("meet")), at::kCPU,
                    kTimeout));
            const ProcessSums sums = {
                .sum = [&](at::Tensor& tensor) { processes->Sum(tensor); },
                .begin =
                    [&](const at::Tensor& tensor) {
                      return processes->BeginSum(tensor);
                    }};
            Pretrainer pretrainer(options);
            Start(options, pretrainer);
            const int64_t share = kGroups / world;
            std::vector<double> losses;
            for (int64_t step = 0; step < kSteps; ++step) {
              const StepReport report =
                  pretrainer
                      .Step({Batch(step, rank * share, (rank + 1) * share,
                                   options.type)},
                            step, world > 1 ? sums : ProcessSums())
                      .Read();
              for (const double number : NumbersOf(report)) {
                losses.push_back(number);
              }
            }
            EXPECT_OK(processes->Close());
            Save(dir.File(absl::StrCat("losses.", world, ".", rank)), losses);
            Save(dir.File(absl::StrCat("state.", world, ".", rank)),
                 StateOf(pretrainer));
          }),
      Each(0));
}

// The largest difference, as a part of the number if that is more than 1.
double Furthest(const std::vector<double>& found,
                const std::vector<double>& expected) {
  EXPECT_EQ(found.size(), expected.size());
  EXPECT_FALSE(found.empty());
  double furthest = 0;
  for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    furthest = std::max(furthest, std::abs(found[i] - expected[i]) /
                                      std::max(1.0, std::abs(expected[i])));
  }
  return furthest;
}

struct Case {
  std::string name;
  Centering centering = Centering::kMovingAverage;
  at::ScalarType type = at::kDouble;
  double loss_tolerance = 1e-10;
  double state_tolerance = 1e-10;
};

class TwoProcessesTest : public testing::TestWithParam<Case> {};

TEST_P(TwoProcessesTest, EqualOne) {
  const Case& test = GetParam();
  const PretrainerOptions options = Options(test.centering, test.type);
  const TempDir dir;
  Train(1, options, dir);
  Train(2, options, dir);
  const std::vector<double> losses = Load(dir.File("losses.1.0"));
  const std::vector<double> state = Load(dir.File("state.1.0"));
  EXPECT_LT(Furthest(Load(dir.File("losses.2.0")), losses),
            test.loss_tolerance);
  EXPECT_LT(Furthest(Load(dir.File("state.2.0")), state), test.state_tolerance);
  // Ranks do not drift apart.
  EXPECT_EQ(Load(dir.File("losses.2.1")), Load(dir.File("losses.2.0")));
  EXPECT_EQ(Load(dir.File("state.2.1")), Load(dir.File("state.2.0")));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, TwoProcessesTest,
    testing::Values(Case{.name = "centering"},
                    Case{.name = "sinkhorn",
                         .centering = Centering::kSinkhornKnopp},
                    Case{.name = "centering_float32",
                         .type = at::kFloat,
                         .loss_tolerance = 1e-5,
                         .state_tolerance = 1e-4},
                    Case{.name = "sinkhorn_float32",
                         .centering = Centering::kSinkhornKnopp,
                         .type = at::kFloat,
                         .loss_tolerance = 1e-5,
                         .state_tolerance = 1e-4}),
    [](const auto& info) { return info.param.name; });

class KilledProcessTest : public testing::TestWithParam<int64_t> {};

// Killed in the forward pass, where centres are summed, and in the backward
// pass.
TEST_P(KilledProcessTest, EndsTheOthersStepWithItsName) {
  const int64_t sums_before = GetParam();
  const PretrainerOptions options =
      Options(Centering::kMovingAverage, at::kFloat);
  const TempDir dir;
  EXPECT_THAT(
      RunProcesses(
          2,
          [&](int rank) {
            at::set_num_threads(1);
            ASSERT_OK_AND_ASSIGN(
                const std::unique_ptr<Communicator> processes,
                Communicator::Create(FileRendezvous(rank, 2, dir.File("meet")),
                                     at::kCPU, kTimeout));
            Pretrainer pretrainer(options);
            Start(options, pretrainer);
            const auto step = [&](int64_t number, int64_t left) {
              // Within a step, not between two.
              const auto perhaps_die = [&] {
                if (rank == 1 && left-- == 0) kill(getpid(), SIGKILL);
              };
              const ProcessSums sums = {
                  .sum =
                      [&](at::Tensor& tensor) {
                        perhaps_die();
                        processes->Sum(tensor);
                      },
                  .begin =
                      [&](const at::Tensor& tensor) {
                        perhaps_die();
                        return processes->BeginSum(tensor);
                      }};
              return CatchTorch("training step", [&] {
                pretrainer.Step(
                    {Batch(number, 2 * rank, 2 * rank + 2, options.type)},
                    number, sums);
              });
            };
            EXPECT_OK(step(0, /*left=*/1000));
            const auto start = std::chrono::steady_clock::now();
            EXPECT_THAT(step(1, sums_before),
                        StatusIs(absl::StatusCode::kInternal,
                                 HasSubstr("rank 1 does not answer")));
            EXPECT_LT(std::chrono::steady_clock::now() - start,
                      absl::ToChronoNanoseconds(kTimeout));
            EXPECT_THAT(processes->failure(),
                        StatusIs(absl::StatusCode::kUnavailable,
                                 HasSubstr("rank 1 does not answer")));
          }),
      ElementsAre(0, 128 + SIGKILL));
}

INSTANTIATE_TEST_SUITE_P(Sums, KilledProcessTest, testing::Values(1, 3));

}  // namespace
}  // namespace cxr
