// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/data_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cxr/base/testing.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DataStageTest : public ::testing::Test {
 protected:
  DataStageTest() {
    constexpr absl::string_view kSpec = R"pb(
      data {
        source: NIH64
        views: [ PA ]
        max_patients: 6
      }
    )pb";
    EXPECT_THAT(ParseTextproto(kSpec, stage_.spec).issues, IsEmpty());
  }

  absl::StatusOr<StageOutput> Run(const std::string& samples) const {
    return stage_.Run(StageKind::kData, [&](const StageRequest& request) {
      return RunDataStage(request, {.roots = {.samples = samples}});
    });
  }

  FakeStage stage_;
};

TEST_F(DataStageTest, TheIndexHoldsWhatTheSpecAsksFor) {
  ASSERT_OK_AND_ASSIGN(const StageOutput output,
                       Run(TestData("cxr/data/samples")));
  EXPECT_THAT(output.notes, ElementsAre("data NIH64"));
  ASSERT_THAT(output.artifacts, SizeIs(1));
  EXPECT_EQ(output.artifacts[0].name, "index.csv");
  ASSERT_OK_AND_ASSIGN(
      const SelectedIndex selected,
      SelectedIndexFromCsv(output.artifacts[0].bytes, "index.csv"));
  EXPECT_THAT(selected.index.examples, Each(Field(&Example::view, View::kPa)));
  std::set<std::string> patients;
  for (const Example& example : selected.index.examples) {
    patients.insert(example.patient_id);
  }
  EXPECT_THAT(patients, SizeIs(6));
}

TEST_F(DataStageTest, DataThatAreNotThereAreNotFound) {
  const TempDir empty;
  EXPECT_THAT(Run(empty.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(empty.path())));
}

}  // namespace
}  // namespace cxr
