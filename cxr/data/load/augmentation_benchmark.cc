// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The published pretraining's ten crops of one decoded radiograph on one core,
// and what training images of the probe and of segmentation cost.
// testdata/time_augmentation.py sets torchvision's time beside the first.

#include <benchmark/benchmark.h>

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/resize.h"
#include "cxr/data/load/augmentation.h"
#include "cxr/data/load/multi_crop.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/spec/library.h"

namespace cxr {
namespace {

template <typename T>
T Value(absl::StatusOr<T> value) {
  CXR_CHECK(value.ok()) << value.status();
  return *std::move(value);
}

spec::ExperimentSpec Experiment(const std::string& name) {
  const SpecLibrary library = Value(SpecLibrary::Load(TestData("experiments")));
  return Value(library.Resolve(name, {.rung = "paper"})).spec;
}

// A real radiograph, of 1024 x 1024 pixels by nature.
GrayImage Radiograph(int width, int height) {
  const std::string path = TestData("cxr/data/testdata/nih/00009285_000.png");
  return ResizeBicubic(Value(DecodePngGray(Value(ReadFile(path)), path)), width,
                       height);
}

// Arguments: width, height, whether the image is equalised each time.
void BM_PublishedCrops(benchmark::State& state) {
  const MultiCrop crops =
      Value(MultiCrop::Create(Experiment("pretrain_s").pretrain().crops()));
  const GrayImage image = Radiograph(static_cast<int>(state.range(0)),
                                     static_cast<int>(state.range(1)));
  const spec::Equalization equalization =
      state.range(2) == 1 ? spec::OPENCV_HISTOGRAM : spec::NO_EQUALIZATION;
  int64_t sample = 0;
  for (auto unused : state) {
    benchmark::DoNotOptimize(
        crops.Make(Equalize(image, equalization), {.sample = sample++}));
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_PublishedCrops)
    ->Unit(benchmark::kMillisecond)
    ->Args({1024, 1024, 0})
    ->Args({1024, 1024, 1})
    ->Args({3000, 2500, 0})
    ->Args({3000, 2500, 1});

// One training image of the probe, from an equalised one.
void BM_ProbeImage(benchmark::State& state) {
  const spec::ExperimentSpec spec = Experiment("classify_chexpert_s");
  const Augmentation augmentation = Value(Augmentation::Create(
      spec.train().augmentation().pipeline(),
      {.size_pixels = spec.features().preprocess().input_size_pixels(),
       .resampling = spec.features().preprocess().resampling()}));
  const GrayImage image = Radiograph(1024, 1024);
  int64_t sample = 0;
  for (auto unused : state) {
    benchmark::DoNotOptimize(augmentation.Apply(
        image,
        augmentation.Draw({.sample = sample++}, image.width, image.height)));
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_ProbeImage)->Unit(benchmark::kMillisecond);

// One training image and mask of segmentation, from the evaluation's square.
void BM_SegmentationImage(benchmark::State& state) {
  const spec::ExperimentSpec spec = Experiment("segment_chexmask_s");
  const spec::PreprocessSpec& preprocess = spec.features().preprocess();
  const Augmentation augmentation =
      Value(Augmentation::Create(spec.train().augmentation().pipeline(),
                                 {.size_pixels = preprocess.input_size_pixels(),
                                  .resampling = preprocess.resampling()}));
  const GrayImage image = Value(Preprocess(Radiograph(1024, 1024), preprocess));
  int64_t sample = 0;
  for (auto unused : state) {
    benchmark::DoNotOptimize(augmentation.ApplyWithMask(
        image, image,
        augmentation.Draw({.sample = sample++}, image.width, image.height)));
  }
  state.SetItemsProcessed(state.iterations());  // images
}
BENCHMARK(BM_SegmentationImage)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
