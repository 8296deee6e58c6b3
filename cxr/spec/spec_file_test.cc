// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/spec_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Read {
  std::unique_ptr<SpecFile> file;
  std::vector<std::string> issues;
};

Read ReadText(const std::string& text, SpecKind kind = SpecKind::kExperiment) {
  std::vector<SpecIssue> issues;
  Read read{.file = ReadSpec(
                {.id = 7, .path = "x/a.textproto", .kind = kind, .text = text},
                issues),
            .issues = {}};
  for (const SpecIssue& issue : issues) {
    read.issues.push_back(ToString(issue));
  }
  return read;
}

TEST(SpecFileTest, ThePlaceOfAFileSaysWhatItDeclares) {
  EXPECT_EQ(KindOf("common/a.textproto"), SpecKind::kFragment);
  EXPECT_EQ(KindOf("scale/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("ablate/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("external/deep/a.textproto"), SpecKind::kStudy);
  EXPECT_EQ(KindOf("rungs.textproto"), SpecKind::kRungs);
  EXPECT_EQ(KindOf("mine/rungs.textproto"), SpecKind::kExperiment);
  EXPECT_EQ(KindOf("mine/a.textproto"), SpecKind::kExperiment);
  EXPECT_EQ(KindOf("commons/a.textproto"), SpecKind::kExperiment);
}

TEST(SpecFileTest, AGoodFileHasItsMessageAndPlaces) {
  const Read read = ReadText("spec_version: 2\ndata {\n  max_patients: 3\n}\n");
  EXPECT_THAT(read.issues, IsEmpty());
  EXPECT_FALSE(read.file->broken);
  EXPECT_EQ(read.file->name, "a");
  EXPECT_EQ(read.file->As<spec::ExperimentSpec>().data().max_patients(), 3);
  const SpecIssue issue =
      Locate({.field = "data.max_patients", .message = "m"}, *read.file);
  EXPECT_EQ(ToString(issue),
            "x/a.textproto:3:17: error: data.max_patients: m\n"
            "    3 |   max_patients: 3\n"
            "      |                 ^");
}

TEST(SpecFileTest, ThePlaceOfWhatIsNotWrittenIsThatAroundIt) {
  const Read read = ReadText("spec_version: 2\ndata {}\n");
  EXPECT_THAT(
      ToString(Locate({.field = "data.source", .message = "m"}, *read.file)),
      HasSubstr("x/a.textproto:2:1: error: data.source: m\n"));
  EXPECT_EQ(
      ToString(Locate({.field = "score.task", .message = "m"}, *read.file)),
      "x/a.textproto:1:1: error: score.task: m");
}

TEST(SpecFileTest, AVersionIsNeededAndMustBeThisOne) {
  EXPECT_THAT(
      ReadText("data {}").issues,
      ElementsAre("x/a.textproto:1:1: error: spec_version: is not set, "
                  "expected spec_version: 2; if the file was written for an "
                  "older program: cxr upgrade x/a.textproto"));
  EXPECT_THAT(ReadText("spec_version: 1").issues,
              ElementsAre(HasSubstr("found 1, expected spec_version: 2; if")));
  EXPECT_THAT(ReadText("spec_version: 3").issues,
              ElementsAre(HasSubstr("found 3, expected 2: the file was "
                                    "written for a newer program")));
}

TEST(SpecFileTest, WhatIsWholeByItselfMustBeComplete) {
  const Read table =
      ReadText("spec_version: 2 published: 'p'", SpecKind::kTable);
  EXPECT_THAT(table.issues, ElementsAre(HasSubstr("title: is not set")));
  EXPECT_TRUE(table.file->broken);
  EXPECT_THAT(ReadText("spec_version: 2", SpecKind::kFragment).issues,
              IsEmpty());
}

TEST(SpecFileTest, AFileInTheWrongFolderIsToldWhereToGo) {
  EXPECT_THAT(
      ReadText("spec_version: 2 title: 't' published: 'p'").issues,
      ElementsAre("x/a.textproto:1:1: error: found a table, but files here are "
                  "read as an experiment; move it to experiments/tables/"));
}

TEST(SpecFileTest, ALargeFileIsNoSpec) {
  const Read read = ReadText(std::string((1 << 20) + 1, '#'));
  EXPECT_THAT(read.issues, ElementsAre(HasSubstr("expected a spec of at most "
                                                 "1048576")));
  EXPECT_TRUE(read.file->broken);
}

TEST(SpecFileTest, AWarningBreaksNothing) {
  const Read read = ReadText("spec_version:\t2\n");
  EXPECT_THAT(read.issues, ElementsAre(HasSubstr("1:14: warning: ")));
  EXPECT_FALSE(read.file->broken);
}

}  // namespace
}  // namespace cxr
