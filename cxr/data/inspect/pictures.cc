// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/pictures.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/base/rng.h"
#include "cxr/data/index/words.h"
#include "cxr/data/inspect/lettering.h"

namespace cxr {
namespace {

// As many as stand below an image of the usual size.
constexpr size_t kCaptionLetters = SheetOptions().cell_pixels / kLetterWidth;

std::string Described(const ImageIndex& index, const Example& example) {
  std::vector<std::string> words;
  if (index.synthetic) {
    words.emplace_back("SYNTHETIC");
  }
  for (const absl::string_view word :
       {ViewText(example.view), SexText(example.sex), PartText(example.part)}) {
    if (!word.empty()) {
      words.emplace_back(word);
    }
  }
  if (example.age_years != kUnknownAge) {
    words.push_back(absl::StrCat(example.age_years, " y"));
  }
  return absl::StrJoin(words, " ");
}

std::string Labels(const ImageIndex& index, int i) {
  std::vector<std::string> positive;
  for (int k = 0; k < std::ssize(index.label_names); ++k) {
    const float value = index.Label(i, k);
    if (value > 0) {
      positive.push_back(value < 1 ? absl::StrCat(index.label_names[k], "?")
                                   : index.label_names[k]);
    } else if (value == kUncertain) {
      positive.push_back(absl::StrCat(index.label_names[k], "?"));
    }
  }
  return positive.empty() ? "" : absl::StrJoin(positive, ", ");
}

SheetCell Failure(const Example& example, const absl::Status& status) {
  return {.captions = {example.id, std::string(status.message())}};
}

SheetCell ImageCell(const Dataset& dataset, int i) {
  const ImageIndex& index = dataset.index();
  const Example& example = index.examples[i];
  absl::StatusOr<GrayImage> image = dataset.LoadImage(i);
  if (!image.ok()) {
    return Failure(example, image.status());
  }
  SheetCell cell{.image = *std::move(image)};
  if (!dataset.mask_classes().empty()) {
    absl::StatusOr<GrayImage> mask = dataset.LoadMask(i, cell.image);
    if (!mask.ok()) {
      return Failure(example, mask.status());
    }
    cell.mask = *std::move(mask);
  }
  const auto first = std::lower_bound(
      index.boxes.begin(), index.boxes.end(), i,
      [](const FindingBox& box, int place) { return box.example < place; });
  for (auto box = first; box != index.boxes.end() && box->example == i; ++box) {
    cell.boxes.push_back(*box);
  }
  cell.captions = {example.id, Described(index, example), Labels(index, i)};
  return cell;
}

// `text` in lines of at most kCaptionLetters, cut between words.
std::vector<std::string> Wrapped(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view word :
       absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (lines.empty() ||
        lines.back().size() + 1 + word.size() > kCaptionLetters) {
      lines.emplace_back(word);
    } else {
      absl::StrAppend(&lines.back(), " ", word);
    }
  }
  return lines;
}

std::vector<std::string> DrawnCaptions(const std::string& title,
                                       const std::string& drawn) {
  std::vector<std::string> lines = {title};
  for (std::string& line : Wrapped(drawn)) {
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::vector<int> SomeOf(const std::vector<int>& rows, int count,
                        uint64_t seed) {
  std::vector<int> some;
  for (const int64_t place :
       Permutation(CounterRng(seed, "images shown"), std::ssize(rows))) {
    if (std::ssize(some) == count) {
      break;
    }
    some.push_back(rows[place]);
  }
  std::sort(some.begin(), some.end());
  return some;
}

std::vector<SheetCell> ImageCells(const Dataset& dataset,
                                  const std::vector<int>& rows) {
  std::vector<SheetCell> cells;
  for (const int i : rows) {
    cells.push_back(ImageCell(dataset, i));
  }
  return cells;
}

std::vector<SheetCell> TrainingCells(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const TrainingViews& views,
                                     uint64_t seed) {
  std::vector<SheetCell> cells;
  for (const int i : rows) {
    SheetCell original = ImageCell(dataset, i);
    const auto made =
        views.Make(original.image, {.seed = seed, .epoch = 0, .sample = i});
    cells.push_back(std::move(original));
    for (int view = 0; view < views.views(); ++view) {
      if (!made.ok()) {
        cells.push_back(Failure(dataset.index().examples[i], made.status()));
        continue;
      }
      cells.push_back({.image = (*made)[view].image,
                       .captions = DrawnCaptions(absl::StrCat("view ", view),
                                                 (*made)[view].drawn)});
    }
  }
  return cells;
}

}  // namespace cxr
