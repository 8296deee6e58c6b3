// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexpert_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The header of BRAX, where Lung Lesion stands before Lung Opacity.
TEST(ChexpertLabelsTest, NamesAreInTheOrderOfTheTable) {
  ASSERT_OK_AND_ASSIGN(
      const CsvReader table,
      CsvReader::FromText(
          ",PngPath,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung "
          "Lesion,Lung Opacity,Edema,Consolidation,Pneumonia,Atelectasis,"
          "Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support "
          "Devices,Rows\n",
          "t.csv"));
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names,
                       ChexpertLabelNames(table));
  EXPECT_THAT(
      names, ElementsAre("No Finding", "Enlarged Cardiomediastinum",
                         "Cardiomegaly", "Lung Lesion", "Lung Opacity", "Edema",
                         "Consolidation", "Pneumonia", "Atelectasis",
                         "Pneumothorax", "Pleural Effusion", "Pleural Other",
                         "Fracture", "Support Devices"));
}

TEST(ChexpertLabelsTest, MissingLabelIsDataLoss) {
  ASSERT_OK_AND_ASSIGN(
      const CsvReader table,
      CsvReader::FromText("Path,Atelectasis,Cardiomegaly\n", "t.csv"));
  EXPECT_THAT(
      ChexpertLabelNames(table),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("'Consolidation'")));
}

}  // namespace
}  // namespace cxr
