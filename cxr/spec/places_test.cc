// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/places.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

// "line:column" of the place of `path`.
std::string PlaceOf(const char* text, const char* path) {
  spec::ExperimentSpec experiment;
  const ParsedTextproto parsed = ParseTextproto(text, experiment);
  EXPECT_TRUE(parsed.issues.empty());
  const FieldPlace& place =
      FindPlace(parsed.places, *experiment.GetDescriptor(), path);
  return place.number == 0
             ? "root"
             : absl::StrCat(place.place.line, ":", place.place.column);
}

TEST(PlacesTest, PathsAreJoined) {
  EXPECT_EQ(JoinField("", "a"), "a");
  EXPECT_EQ(JoinField("a.b", "c"), "a.b.c");
  EXPECT_EQ(ItemField("a.b", 2), "a.b[2]");
}

TEST(PlacesTest, AFieldIsWhereItsValueStands) {
  constexpr char kText[] =
      "data {\n"
      "  source: RSNA\n"
      "  views: [PA,\n"
      "          AP]\n"
      "}\n";
  EXPECT_EQ(PlaceOf(kText, "data"), "1:1");
  EXPECT_EQ(PlaceOf(kText, "data.source"), "2:11");
  EXPECT_EQ(PlaceOf(kText, "data.views[0]"), "3:11");
  EXPECT_EQ(PlaceOf(kText, "data.views[1]"), "4:11");
}

TEST(PlacesTest, ItemsOfRepeatedMessagesAreToldApart) {
  constexpr char kText[] =
      "pretrain {\n"
      "  data { source: RSNA }\n"
      "  data { source: BRAX }\n"
      "}\n";
  EXPECT_EQ(PlaceOf(kText, "pretrain.data[0].source"), "2:18");
  EXPECT_EQ(PlaceOf(kText, "pretrain.data[1].source"), "3:18");
}

TEST(PlacesTest, WhatWasNotWrittenIsWhereItWouldBe) {
  constexpr char kText[] = "data {\n  source: RSNA\n}\nfeatures { vit {} }\n";
  EXPECT_EQ(PlaceOf(kText, "data.max_patients"), "1:1");
  EXPECT_EQ(PlaceOf(kText, "data.views[3]"), "1:1");
  EXPECT_EQ(PlaceOf(kText, "features.vit.weights.random.seed"), "4:12");
  EXPECT_EQ(PlaceOf(kText, "train.linear_probe"), "root");
  EXPECT_EQ(PlaceOf(kText, ""), "root");
}

TEST(PlacesTest, AChoiceOrNoFieldIsItsMessage) {
  constexpr char kText[] = "\nfeatures {\n}\n";
  EXPECT_EQ(PlaceOf(kText, "features.extractor"), "2:1");
  EXPECT_EQ(PlaceOf(kText, "features.nothing.at.all"), "2:1");
  EXPECT_EQ(PlaceOf(kText, "features[x].preprocess"), "root");
}

TEST(PlacesTest, AFileIsWrittenIntoEveryPlace) {
  spec::ExperimentSpec experiment;
  ParsedTextproto parsed =
      ParseTextproto("data { source: RSNA views: [PA, AP] }", experiment);
  SetFile(7, parsed.places);
  EXPECT_EQ(parsed.places.file, 7);
  for (const char* path : {"data", "data.source", "data.views[1]"}) {
    EXPECT_EQ(FindPlace(parsed.places, *experiment.GetDescriptor(), path).file,
              7)
        << path;
  }
}

}  // namespace
}  // namespace cxr
