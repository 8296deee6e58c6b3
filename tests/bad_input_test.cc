// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Wrong specs, damaged data and disks that refuse: one clear message, the
// right exit code, and everything works again once the cause is gone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

namespace fs = std::filesystem;

constexpr char kSmoke[] = "run table_nih_cxr8 --rung=smoke";
// What takes the most room of it is features.
constexpr char kPixels[] = "run classify_nih_cxr8_pixels --rung=smoke";
constexpr char kExperiment[] =
    "experiments/classify/classify_nih_cxr8_pixels.textproto";
constexpr char kLabels[] = "cxr/data/samples/nih64/labels.csv";
constexpr char kMosaic[] = "cxr/data/samples/nih64/mosaic_40x25_64px.png";

// Everything that one wrong spec leads to: the whole message, and nothing on
// the disk. ROOT in `message` stands for the copied root.
void ExpectSpecError(const Workplace& place, const std::string& message) {
  const ProgramResult result =
      place.Run("run classify_nih_cxr8_pixels --rung=smoke");
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(absl::StrReplaceAll(result.err, {{place.root(), "ROOT"}}),
            absl::StrCat("cxr: error: ", message, "\n"));
  EXPECT_FALSE(fs::exists(place.store()));
  EXPECT_FALSE(fs::exists(place.out()));
}

TEST(BadInputTest, AWrongLineOfASpecIsShownWithItsPlace) {
  struct Case {
    std::string file;
    std::string from;
    std::string to;
    std::string message;  // Behind "ROOT/" and the file.
  };
  const std::string probe = "experiments/common/smoke_probe.textproto";
  const std::vector<Case> cases = {
      {probe, "epochs: 2", "epoch: 2",
       ":7:24: error: train.linear_probe: no field 'epoch' in "
       "LinearProbeSpec; did you mean 'epochs'?\n"
       "    7 | train { linear_probe { epoch: 2 } }\n"
       "      |                        ^~~~~"},
      {probe, "epochs: 2", "epochs: -2",
       ":7:32: error: train.linear_probe.epochs: found -2, expected >= 1 and "
       "<= 100000 epochs\n"
       "    7 | train { linear_probe { epochs: -2 } }\n"
       "      |                                ^~"},
      {"experiments/families.textproto", "link: \"scan42\"", "",
       ":14:1: error: families[1].link: is not set; nothing that matters has "
       "a default\n"
       "   14 | families {\n"
       "      | ^~~~~~~~"},
  };
  Workplace place;
  place.CopyRoot();
  for (const Case& wrong : cases) {
    SCOPED_TRACE(wrong.to);
    const std::string path = place.Copied(wrong.file);
    const std::string good = Contents(path);
    ReplaceOnce(path, wrong.from, wrong.to);
    ExpectSpecError(place, absl::StrCat("ROOT/", wrong.file, wrong.message));
    Overwrite(path, good);
  }
}

TEST(BadInputTest, WhatOnlyShowsAfterMergingNamesTheExperiment) {
  Workplace place;
  place.CopyRoot();
  const std::string path = place.Copied(kExperiment);
  const std::string good = Contents(path);
  ReplaceOnce(path, "\"nih_cxr8\"", "\"nih_cxr9\"");
  ExpectSpecError(
      place, absl::StrCat("ROOT/", kExperiment,
                          ":10:11: error: include[0]: no fragment 'nih_cxr9'; "
                          "did you mean 'nih_cxr8'? (at rung smoke)\n"
                          "   10 | include: [\"nih_cxr9\", \"pixel_probe\", "
                          "\"official_test\"]\n"
                          "      |           ^~~~~~~~~~"));
  Overwrite(path, good);
  ReplaceOnce(place.Copied("experiments/common/official_test.textproto"),
              "    level: IMAGE_LEVEL\n", "");
  ExpectSpecError(place,
                  absl::StrCat("ROOT/", kExperiment,
                               ":1:1: error: score.classification.level: is "
                               "not set; nothing that matters has a default; "
                               "fragments that set it: chexpert_corrected, "
                               "probe_sweep (at rung smoke)"));
}

TEST(BadInputTest, TwoSpecsOfOneNameAreAnError) {
  Workplace place;
  place.CopyRoot();
  fs::copy_file(
      place.Copied(kExperiment),
      place.Copied("experiments/common/classify_nih_cxr8_pixels.textproto"));
  ExpectSpecError(place,
                  absl::StrCat("ROOT/experiments/common/"
                               "classify_nih_cxr8_pixels.textproto:1:1: error: "
                               "the name 'classify_nih_cxr8_pixels' is taken "
                               "by ROOT/",
                               kExperiment, "; rename one of them"));
}

TEST(BadInputTest, ASpecThatIsNotNeededMayBeBroken) {
  Workplace place;
  place.CopyRoot();
  Overwrite(place.Copied("experiments/classify/classify_rsna_s.textproto"),
            "half a wo");
  EXPECT_EQ(place.Run("run classify_nih_cxr8_pixels --rung=smoke").exit_code,
            0);
  EXPECT_EQ(place.Run("run classify_rsna_s --rung=smoke").exit_code, 64);
}

TEST(BadInputTest, SpecsThatNoPersonWritesAreErrorsToo) {
  Workplace place;
  place.CopyRoot();
  const std::string path = place.Copied(kExperiment);
  std::string nested;
  for (int i = 0; i < 100000; ++i) {
    nested += "train { ";
  }
  for (const std::string& text : {nested, std::string("\xff\xfe\n"),
                                  std::string("description: \"a\0b\"\n", 20)}) {
    Overwrite(path, text);
    const ProgramResult result = place.Run("lint");
    EXPECT_EQ(result.exit_code, 64);
    EXPECT_THAT(result.out, HasSubstr(absl::StrCat(path, ":1:")));
    EXPECT_LT(result.out.size(), 10000u);
  }
}

// The place's data is broken: exit code 2, the reason once, and a table.
void ExpectDataError(const Workplace& place, const std::string& file,
                     const std::string& reason) {
  const ProgramResult result = place.Run(kSmoke);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(CountLines(result.err, "cxr: error: "), 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr(absl::StrCat(place.Copied(file), reason)));
  EXPECT_THAT(result.out, HasSubstr("83.68 [83.51,83.68]"));
  EXPECT_THAT(result.out, AnyOf(HasSubstr("FAILED"), HasSubstr("MISSING")));
  // A cell says what is missing, not where.
  EXPECT_THAT(result.out, Not(HasSubstr("MISSING(/")));
}

TEST(BadInputTest, DamagedDataFailsClearlyAndRunsOnceItIsRepaired) {
  const Workplace undisturbed;
  const std::string expected = undisturbed.Run(kSmoke).out;
  Workplace place;
  place.CopyRoot();
  const std::string labels = place.Copied(kLabels);
  const std::string mosaic = place.Copied(kMosaic);
  const std::string good_labels = Contents(labels);
  const std::string good_mosaic = Contents(mosaic);

  fs::remove(mosaic);
  ExpectDataError(place, kMosaic, ": cannot open: No such file or directory");
  Overwrite(mosaic, good_mosaic.substr(0, good_mosaic.size() / 2));
  ExpectDataError(place, kMosaic, ": corrupt PNG: the file ends too early");
  Overwrite(mosaic, good_mosaic);
  Overwrite(labels,
            absl::StrReplaceAll(good_labels, {{"Cardiomegaly,1,57,M,PA",
                                               "Cardiomegaly,1,57,Q,PA"}}));
  ExpectDataError(place, kLabels,
                  ":2: Patient Gender: found 'Q', expected F or M");
  Overwrite(labels,
            good_labels.substr(
                0, good_labels.rfind('\n', good_labels.size() - 2) + 1));
  ExpectDataError(place, kLabels, ": found 999 rows, expected 1000");

  Overwrite(labels, good_labels);
  const ProgramResult repaired = place.Run(kSmoke);
  EXPECT_EQ(repaired.exit_code, kSmokeExit) << repaired.err;
  EXPECT_EQ(repaired.out, expected);
  EXPECT_EQ(Contents(place.out() + "/table_nih_cxr8.md"), expected);
}

TEST(BadInputTest, AStoreThatIsAFileIsAStoreError) {
  const Workplace place;
  Overwrite(place.store(), "a file");
  const ProgramResult result = place.Run(kSmoke);
  EXPECT_EQ(result.exit_code, 74);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err, absl::StrCat("cxr: error: ", place.store(),
                                     "/stages: cannot create folder: Not a "
                                     "directory\n"));
  EXPECT_EQ(Contents(place.store()), "a file");
}

// Starts a command for which the rights of folders count, even if the test
// runs as root: then without the right to overrule them.
std::string WithoutOverride(const std::string& command) {
  return geteuid() == 0
             ? absl::StrCat(
                   "setpriv --bounding-set=-dac_override,-dac_read_search "
                   "--inh-caps=-dac_override,-dac_read_search ",
                   command)
             : command;
}

TEST(BadInputTest, AReadOnlyPlaceIsAStoreErrorAndWorksOnceItIsWritable) {
  const Workplace place;
  fs::create_directory(place.store());
  fs::create_directory(place.out());
  fs::permissions(place.store(), fs::perms(0555));
  fs::permissions(place.out(), fs::perms(0555));
  ASSERT_NE(
      RunApart(WithoutOverride("touch " + place.store() + "/x")).exit_code, 0)
      << "the folder can be written all the same";
  const std::string run = WithoutOverride(place.Command(kSmoke));
  const ProgramResult store = RunApart(run);
  EXPECT_EQ(store.exit_code, 74);
  EXPECT_EQ(store.out, "");
  EXPECT_EQ(CountLines(store.err, "cxr: error: "), 1);
  EXPECT_THAT(store.err,
              AllOf(HasSubstr(absl::StrCat("cxr: error: ", place.store())),
                    HasSubstr(": cannot create folder: Permission denied\n")));

  fs::permissions(place.store(), fs::perms(0755));
  const ProgramResult out = RunApart(run);
  EXPECT_EQ(out.exit_code, 74);
  EXPECT_THAT(out.out, HasSubstr("**CheXformer(S)**"));
  EXPECT_EQ(CountLines(out.err, "cxr: error: "), 1);
  EXPECT_THAT(out.err,
              AllOf(HasSubstr(absl::StrCat("cxr: error: ", place.out())),
                    HasSubstr(": Permission denied\n")));
  EXPECT_TRUE(fs::is_empty(place.out()));

  fs::permissions(place.out(), fs::perms(0755));
  const ProgramResult after = RunApart(run);
  EXPECT_EQ(after.exit_code, kSmokeExit) << after.err;
  EXPECT_EQ(after.out, out.out);
  EXPECT_EQ(Contents(place.out() + "/table_nih_cxr8.md"), out.out);
}

TEST(BadInputTest, AnOutputFolderThatIsAFileIsToldAfterTheTable) {
  const Workplace place;
  Overwrite(place.out(), "a file");
  const ProgramResult result = place.Run(kSmoke);
  EXPECT_EQ(result.exit_code, 74);
  EXPECT_THAT(result.out, HasSubstr("**CheXformer(S)**"));
  EXPECT_THAT(result.err,
              HasSubstr(absl::StrCat("cxr: error: ", place.out(),
                                     ": cannot create folder: Not a "
                                     "directory\n")));
  EXPECT_EQ(Contents(place.out()), "a file");
}

// The run of a place whose files may have so many blocks. Both outputs are a
// pipe, because the limit counts for files.
CommandResult RunLimited(const Workplace& place, int blocks) {
  return RunCommand(absl::StrCat("(ulimit -f ", blocks, "; exec ",
                                 place.Command(kPixels), ")"));
}

// Whatever was begun and not ended, but for attempts: those may stay until gc.
void ExpectNoHalfFiles(const Workplace& place) {
  EXPECT_EQ(RunApart("find " + place.store() + " -name '*.tmp.*'").out, "");
  EXPECT_EQ(RunApart("find " + place.store() + " -name lease").out, "");
}

TEST(BadInputTest, AFileThatMayNotGrowIsAStoreErrorAndTheNextRunSucceeds) {
  const Workplace place;
  // The plan is too much already.
  const CommandResult plan = RunLimited(place, 4);
  EXPECT_EQ(plan.exit_code, 74);
  EXPECT_THAT(plan.output,
              MatchesRegex(absl::StrCat("cxr: error: ", place.store(),
                                        "/runs/1/plan.textproto[^ \n]*: cannot "
                                        "write: File too large\n")));
  EXPECT_THAT(AttemptsIn(place.store()), IsEmpty());
  ExpectNoHalfFiles(place);
  // Now only what a stage gives, which another process writes.
  const CommandResult stage = RunLimited(place, 400);
  EXPECT_EQ(stage.exit_code, 74);
  EXPECT_EQ(CountLines(stage.output, "cxr: error: "), 1);
  EXPECT_THAT(stage.output,
              MatchesRegex(absl::StrCat(
                  "(.|\n)*cxr: error: ", place.store(),
                  "/stages/features/[^ \n]*/features.npy: cannot write: File "
                  "too large\n")));
  ExpectNoHalfFiles(place);
  const size_t finished = CompleteStages(place.store()).size();
  EXPECT_GT(finished, 0u);
  EXPECT_LT(finished, AttemptsIn(place.store()).size());
  EXPECT_THAT(place.Run("status").out, HasSubstr("broken: its store"));
  const ProgramResult after = place.Run(kPixels);
  EXPECT_EQ(after.exit_code, kSmokeExit) << after.err;
  EXPECT_THAT(after.err,
              HasSubstr(absl::StrCat("cxr: ", finished, " stages reused, ")));
  // Now only the table is too much.
  fs::remove_all(place.out());
  const CommandResult table = RunLimited(place, 0);
  EXPECT_EQ(table.exit_code, 74);
  EXPECT_THAT(table.output,
              AllOf(HasSubstr(after.out), HasSubstr(": File too large\n")));
  EXPECT_TRUE(fs::is_empty(place.out()));
}

TEST(BadInputTest, AFullDiskIsAStoreErrorAndWithRoomTheRunGoesOn) {
  const Workplace place;
  fs::create_directory(place.store());
  const std::string run = place.Command(kPixels);
  const ProgramResult result = RunApart(absl::StrCat(
      "unshare -m sh -c 'mount -t tmpfs -o size=400k none ", place.store(),
      " || exit 99; ", run, "; echo first $?; mount -o remount,size=64m ",
      place.store(), " || exit 99; ", run, "'"));
  if (result.out.empty()) {
    GTEST_SKIP() << "may not mount here: " << result.err
                 << "; AFileThatMayNotGrow... still tests a full disk";
  }
  EXPECT_EQ(result.exit_code, kSmokeExit) << result.err;
  EXPECT_THAT(result.out, HasSubstr("first 74\n"));
  EXPECT_EQ(CountLines(result.err, "cxr: error: "), 1) << result.err;
  EXPECT_EQ(CountLines(result.err, ": cannot write: No space left on device"),
            1);
  // What was finished before stays.
  EXPECT_THAT(result.err, Not(HasSubstr("cxr: 0 stages reused")));
  EXPECT_THAT(result.err, HasSubstr(" stages reused, "));
}

TEST(BadInputTest, AFullStandardOutputIsAnError) {
  for (const char* words :
       {"help", "help run", "render table_datasets --source=published",
        "run classify_rsna_s --rung=smoke"}) {
    const Workplace place;
    const ProgramResult result =
        RunApart(absl::StrCat(place.Command(words), " >/dev/full"));
    EXPECT_EQ(result.exit_code, 74) << words;
    EXPECT_THAT(result.err, HasSubstr("No space left on device")) << words;
  }
}

}  // namespace
}  // namespace cxr::tests
