// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/identity.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {
namespace {

spec::StageInput Input(const std::string& stage, const std::string& id) {
  spec::StageInput input;
  input.set_stage(stage);
  input.set_id(id);
  return input;
}

// printf 'stage train\nversion 3\nfield train.seed = 7\ninput data = f00d\n' |
//   sha256sum
TEST(IdentityTest, TheIdIsTheDigestOfOneFactALine) {
  const std::vector<spec::StageInput> inputs = {Input("data", "f00d")};
  EXPECT_EQ(StageId({.stage = "train",
                     .version = 3,
                     .fields = "field train.seed = 7\n",
                     .inputs = inputs}),
            "57a1292e2e36b4bee5b1f1c5bb8008c95a8b9daae4216b7f049aa60f2aa1b92b");
}

TEST(IdentityTest, EveryPartOfTheIdentityCounts) {
  constexpr char kFields[] = "field a = 1\nfield b = 2\n";
  const std::vector<spec::StageInput> inputs = {Input("data", "x")};
  const std::vector<spec::StageInput> other_stage = {Input("files", "x")};
  const std::vector<spec::StageInput> other_id = {Input("data", "y")};
  const std::vector<spec::StageInput> two = {Input("data", "x"),
                                             Input("files", "x")};
  const StageIdentity base{
      .stage = "train", .version = 1, .fields = kFields, .inputs = inputs};
  std::vector<StageIdentity> identities(8, base);
  identities[1].stage = "score";
  identities[2].version = 2;
  identities[3].fields = "field a = 1\nfield b = 3\n";
  identities[4].fields = "";
  identities[5].inputs = other_stage;
  identities[6].inputs = other_id;
  identities[7].inputs = two;
  std::set<std::string> ids;
  for (const StageIdentity& identity : identities) {
    const std::string id = StageId(identity);
    EXPECT_EQ(id.size(), 64u);
    EXPECT_EQ(id, StageId(identity));
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), identities.size());
}

// The id of a train stage with these targets and inputs.
std::string TrainId(const std::vector<std::string>& targets,
                    const std::vector<spec::StageInput>& inputs) {
  spec::ExperimentSpec experiment;
  for (const std::string& target : targets) {
    experiment.mutable_train()->add_targets(target);
  }
  IdentityTexts texts;
  const std::string fields = texts.TextOf(experiment);
  return StageId(
      {.stage = "train", .version = 1, .fields = fields, .inputs = inputs});
}

// Values are quoted, so that no text of a person looks like another line.
TEST(IdentityTest, NoValueForgesAnotherFieldOrInput) {
  EXPECT_NE(TrainId({"a\"\nfield train.targets[1] = \"b"}, {}),
            TrainId({"a", "b"}, {}));
  EXPECT_NE(TrainId({"a\ninput data = x"}, {}),
            TrainId({"a"}, {Input("data", "x")}));
  EXPECT_NE(TrainId({"a\"\ninput data = \"x"}, {}),
            TrainId({"a"}, {Input("data", "x\"")}));
  EXPECT_NE(TrainId({"a, b"}, {}), TrainId({"a", "b"}, {}));
  EXPECT_NE(TrainId({"\\n"}, {}), TrainId({"\n"}, {}));
}

}  // namespace
}  // namespace cxr
