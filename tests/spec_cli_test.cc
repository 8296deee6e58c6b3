// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The verbs that read declarations: lint, show and upgrade.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Five mistakes of five kinds.
constexpr char kBroken[] = R"(spec_version: 2
description: “How wide?”
include: ["nih_cxr8", "frozen_prob", "official_test"]
base {
  backbone { width: 64px }
  train { linear_probe { epoch: 5 scaling: standardized } }
}
axes { axis { name: "seed" seeds { of: HEAD_INIT values: [1, 2] } } }
)";

constexpr char kGood[] = R"(spec_version: 2
description: "Two seeds of the control."
include: ["nih_cxr8", "pixel_probe", "official_test"]
axes { axis { name: "seed" seeds { of: HEAD_INIT values: [1, 2] } } }
)";

constexpr char kStudy[] = "experiments/scale/my_study.textproto";

// The outputs name files of a copy; ROOT stands for it.
std::string WithoutRoot(const Workplace& place, const std::string& text) {
  return absl::StrReplaceAll(text, {{place.root(), "ROOT"}});
}

TEST(SpecCliTest, LintOfTheSpecsFindsNothing) {
  for (const char* words :
       {"lint", "lint experiments/classify/classify_rsna_s.textproto"}) {
    const ProgramResult result = RunApart(absl::StrCat("tools/cxr ", words));
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(result.err, "cxr: 0 errors\n");
  }
}

TEST(SpecCliTest, LintOfWhatIsNoSpecIsAnError) {
  const ProgramResult missing = RunApart("tools/cxr lint nowhere");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(missing.err, "cxr: error: nowhere: no such file\n");
  // "0 errors" for a file that was not looked at would be a lie.
  const ProgramResult other =
      RunApart("tools/cxr lint cxr/data/samples/nih64/labels.csv");
  EXPECT_EQ(other.exit_code, 64);
  EXPECT_THAT(other.err, HasSubstr("labels.csv: not one of the specs"));
}

TEST(SpecCliTest, LintShowsFiveMistakesOfOneFileAtOnce) {
  Workplace place;
  place.CopyRoot();
  Overwrite(place.Copied(kStudy), kBroken);
  const ProgramResult result = place.Run("lint");
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_EQ(result.err, "cxr: 5 errors\n");
  EXPECT_EQ(
      WithoutRoot(place, result.out),
      absl::StrReplaceAll(
          "FILE:2:14: error: found typographic quotes, expected straight "
          "ones: write \"How wide?\"\n"
          "    2 | description: “How wide?”\n"
          "      |              ^~~~~~~~~~~\n"
          "FILE:3:23: error: include[1]: no fragment 'frozen_prob'; did you "
          "mean 'frozen_probe'?\n"
          "    3 | include: [\"nih_cxr8\", \"frozen_prob\", "
          "\"official_test\"]\n"
          "      |                       ^~~~~~~~~~~~~\n"
          "FILE:5:21: error: found '64px', expected a number: write 64, the "
          "unit is part of the field's name\n"
          "    5 |   backbone { width: 64px }\n"
          "      |                     ^~~~\n"
          "FILE:6:26: error: base.train.linear_probe: no field 'epoch' in "
          "LinearProbeSpec; did you mean 'epochs'?\n"
          "    6 |   train { linear_probe { epoch: 5 scaling: standardized } "
          "}\n"
          "      |                          ^~~~~\n"
          "FILE:6:44: error: base.train.linear_probe.scaling: found "
          "'standardized', expected one of NO_SCALING, STANDARDIZED; did you "
          "mean STANDARDIZED?\n"
          "    6 |   train { linear_probe { epoch: 5 scaling: standardized } "
          "}\n"
          "      |                                            ^~~~~~~~~~~~\n",
          {{"FILE", absl::StrCat("ROOT/", kStudy)}}));
}

TEST(SpecCliTest, ANewFileIsLintedShownAndRun) {
  Workplace place;
  place.CopyRoot();
  Overwrite(place.Copied(kStudy), kGood);
  EXPECT_EQ(place.Run("lint").out, "");
  const ProgramResult cells = place.Run("show my_study --resolved");
  EXPECT_THAT(cells.out,
              AllOf(StartsWith("# 2 cells of my_study at rung demo, protocol "
                               "as_published"),
                    HasSubstr("  my_study/seed=1\n"),
                    HasSubstr("  my_study/seed=2\n")));
  const ProgramResult run = place.Run("run my_study --rung=smoke");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("# my_study\n\nTwo seeds of the "
                                       "control.\n"),
                             HasSubstr("| seed | Macro AUROC % "),
                             HasSubstr("\n| 1    | ")));
  // One cell alone is a target too, and was run already.
  const ProgramResult cell = place.Run("run my_study/seed=2 --rung=smoke");
  EXPECT_EQ(cell.exit_code, 0) << cell.err;
  EXPECT_THAT(cell.err, HasSubstr("5 stages reused, 0 run"));
  EXPECT_TRUE(fs::exists(place.out() + "/my_study.seed=2.md"));
}

TEST(SpecCliTest, ShowNamesTheOriginOfEachValue) {
  const ProgramResult result = RunApart(
      "tools/cxr show classify_chexpert_s --resolved --origin --rung=paper");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out,
              AllOf(StartsWith("# classify_chexpert_s at rung paper, protocol "
                               "as_published; digest "),
                    HasSubstr("    registers: DROPPED_AS_RELEASED "),
                    HasSubstr("# experiments/common/registers_dropped"
                              ".textproto:10\n"),
                    HasSubstr("  width: 384 "),
                    HasSubstr("# experiments/common/vit_s14.textproto:10\n")));
  // Every value and every empty message has one.
  EXPECT_EQ(CountLines(result.out, "  # experiments/"),
            CountLines(result.out, ": ") + CountLines(result.out, " {}"));
}

TEST(SpecCliTest, ShowUnderOtherRulesShowsOtherValues) {
  const ProgramResult corrected = RunApart(
      "tools/cxr show classify_chexpert_s --resolved --rung=paper "
      "--protocol=corrected");
  EXPECT_THAT(
      corrected.out,
      AllOf(HasSubstr("registers: KEPT"), HasSubstr("CLASS_TOKEN"),
            HasSubstr("label_policy: U_ONES"), HasSubstr("protocol: CORRECTED"),
            Not(HasSubstr("_AS_RELEASED"))));
}

TEST(SpecCliTest, ShowOfAFileIsTheFile) {
  const std::string path = "experiments/tables/table_ablation.textproto";
  EXPECT_EQ(RunApart("tools/cxr show table_ablation").out,
            absl::StrCat("# ", path, "\n", Contents(path)));
  const ProgramResult unknown = RunApart("tools/cxr show table_ablatoin");
  EXPECT_EQ(unknown.exit_code, 64);
  EXPECT_EQ(unknown.err,
            "cxr: error: no declaration 'table_ablatoin'; did you mean "
            "'table_ablation'?\n");
}

TEST(SpecCliTest, UpgradeRewritesOldFilesAndNoOthers) {
  Workplace place;
  place.CopyRoot();
  const std::string path = place.Copied(kStudy);
  const std::string old = place.Copied("experiments/classify/old.textproto");
  Overwrite(path, kGood);
  const std::string text =
      "# Mine.\n\n"
      "include: [\"nih_cxr8\", \"pixel_probe\", \"official_test\"]\n"
      "train { linear_probe { learning_rate: 1e-4 } }  # Slow.\n";
  Overwrite(old, text);
  EXPECT_EQ(place.Run("lint").exit_code, 64);
  const ProgramResult dry = place.Run("upgrade --dry_run");
  EXPECT_EQ(dry.exit_code, 0) << dry.err;
  EXPECT_EQ(Contents(old), text);
  const ProgramResult result = place.Run("upgrade");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, old + "\n");
  EXPECT_EQ(Contents(old),
            "# Mine.\n\n"
            "spec_version: 2\n\n"
            "include: [\"nih_cxr8\", \"pixel_probe\", \"official_test\"]\n"
            "train { linear_probe { optimizer { learning_rate: 1e-4 } } }  "
            "# Slow.\n");
  EXPECT_EQ(Contents(path), kGood);
  EXPECT_EQ(place.Run("lint").out, "");
}

TEST(SpecCliTest, UpgradeWritesNothingIfOneFileIsNotUnderstood) {
  Workplace place;
  place.CopyRoot();
  const std::string old = place.Copied("experiments/classify/a_old.textproto");
  Overwrite(old, "train { targets: 'x' }\n");
  Overwrite(place.Copied("experiments/classify/b_broken.textproto"),
            "train { targets 'x'\n");
  const ProgramResult result = place.Run("upgrade");
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_THAT(result.err, AllOf(HasSubstr("b_broken.textproto:1:"),
                                HasSubstr("nothing was written")));
  EXPECT_EQ(Contents(old), "train { targets: 'x' }\n");
}

TEST(SpecCliTest, UpgradeTakesOnlySpecsBelowExperiments) {
  Workplace place;
  place.CopyRoot();
  const std::string text = "train { official {} }\n";
  for (const char* name :
       {"my.textproto", "experiments/a.cfg", "my_experiments/b.textproto"}) {
    const std::string path = place.Copied(name);
    fs::create_directories(fs::path(path).parent_path());
    Overwrite(path, text);
    const ProgramResult result = place.Run("upgrade " + path);
    EXPECT_EQ(result.exit_code, 64);
    EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", path,
                                       ": not a spec below experiments/\n"
                                       "nothing was written\n"));
    EXPECT_EQ(Contents(path), text);
  }
  const std::string folder = place.Copied("experiments/classify");
  const ProgramResult result = place.Run("upgrade " + folder);
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", folder,
                                     ": is a folder, expected a file\n"
                                     "nothing was written\n"));
  const ProgramResult missing = place.Run("upgrade nowhere");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.err, StartsWith("cxr: error: nowhere: no such file"));
}

TEST(SpecCliTest, UpgradeGoesByTheLastFolderExperiments) {
  const Workplace place;
  const std::string path =
      place.File("experiments/common/experiments/tables/t.textproto");
  fs::create_directories(fs::path(path).parent_path());
  // A table, in which this field means nothing and is not rewritten.
  Overwrite(path, "train { official {} }\n");
  EXPECT_EQ(place.Run("upgrade " + path).exit_code, 0);
  EXPECT_EQ(Contents(path), "spec_version: 2\n\ntrain { official {} }\n");
}

TEST(SpecCliTest, UpgradeKeepsPermissionsAndCountsAFileOnce) {
  const Workplace place;
  const std::string folder = place.File("experiments/classify");
  fs::create_directories(folder);
  const std::string path = folder + "/old.textproto";
  Overwrite(path, "description: 'd'\n");
  fs::permissions(path, static_cast<fs::perms>(0660));
  fs::create_symlink("old.textproto", folder + "/link.textproto");
  const ProgramResult result = place.Run(
      absl::StrCat("upgrade ", path, " ", folder, "/../classify/old.textproto ",
                   folder, "/link.textproto"));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, path + "\n");
  EXPECT_EQ(result.err, "cxr: 1 of 1 files rewritten in version 2\n");
  EXPECT_EQ(Contents(path), "spec_version: 2\n\ndescription: 'd'\n");
  EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0660));
  EXPECT_TRUE(fs::is_symlink(folder + "/link.textproto"));
}

TEST(SpecCliTest, UpgradeWritesNothingIfOneFileCannotBeWritten) {
  const Workplace place;
  const std::string folder = place.File("experiments/classify");
  fs::create_directories(folder);
  const std::string first = folder + "/a.textproto";
  // No longer name fits beside it.
  const std::string last =
      absl::StrCat(folder, "/", std::string(243, 'b'), ".textproto");
  for (const std::string& path : {first, last}) {
    Overwrite(path, "description: 'd'\n");
  }
  const ProgramResult result =
      place.Run(absl::StrCat("upgrade ", first, " ", last));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, HasSubstr("\nnothing was written\n"));
  EXPECT_EQ(Contents(first), "description: 'd'\n");
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(entry.path().extension(), ".textproto") << entry.path();
  }
}

TEST(SpecCliTest, UpgradeRefusesWhatSetsAFieldTwiceOrIsOfNoVersion) {
  const Workplace place;
  const std::string folder = place.File("experiments/classify");
  fs::create_directories(folder);
  const std::string twice = folder + "/twice.textproto";
  const std::string other = folder + "/version.textproto";
  Overwrite(twice, "train { official {} }\ntrain { targets: 'x' }\n");
  Overwrite(other, "spec_version: 3\n");
  const ProgramResult result =
      place.Run(absl::StrCat("upgrade ", twice, " ", other));
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_EQ(
      result.err,
      absl::StrCat("cxr: error: ", twice,
                   ":2:1: found 'train' again, expected it once: it is set at "
                   "line 1\n",
                   other,
                   ":1:15: spec_version: found 3, expected 1 or 2\n"
                   "nothing was written\n"));
}

}  // namespace
}  // namespace cxr::tests
