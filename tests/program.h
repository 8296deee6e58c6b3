// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_PROGRAM_H_
#define TESTS_PROGRAM_H_

#include <map>
#include <set>
#include <string>

#include "cxr/base/testing.h"

// The program as a person meets it: a process with words, files and an exit
// code.
//
//   const Workplace place;
//   const ProgramResult result = place.Run("run table_classification");
//   EXPECT_EQ(result.exit_code, 0) << result.err;

namespace cxr::tests {

// How a run of the classification table ends at rung smoke: its numbers mean
// nothing, so its sanity checks do not judge it.
inline constexpr int kSmokeExit = 0;

struct ProgramResult {
  int exit_code = 0;  // 128 + number if a signal ended it.
  std::string out = {};
  std::string err = {};
};

// Runs a shell command and keeps its two outputs apart.
ProgramResult RunApart(const std::string& command);

// A folder for one test with a store, an output folder and, if asked for, its
// own copy of specs and samples.
class Workplace {
 public:
  // What the program remembers of files, and sources that it draws for itself,
  // lie in one place for all tests of a program.
  Workplace();

  std::string File(const std::string& name) const { return dir_.File(name); }
  std::string store() const { return File("store"); }
  std::string out() const { return File("out"); }
  std::string root() const { return File("root"); }

  // Gives the place its own experiments/ and samples, writable whatever the
  // originals are; from now on the program reads those.
  void CopyRoot();
  // Path of a file of that copy, e.g. Copied("experiments/rungs.textproto").
  std::string Copied(const std::string& name) const;

  // The shell command that starts the program here: `words`, a verb first;
  // behind it those of --store, --out and, with a copy, --root that it takes.
  std::string Command(const std::string& words) const;
  ProgramResult Run(const std::string& words) const {
    return RunApart(Command(words));
  }

 private:
  TempDir dir_;
  bool has_root_ = false;
};

// Contents of a file; a failure of the test and "" if it cannot be read.
std::string Contents(const std::string& path);

// Makes `path` hold `bytes`.
void Overwrite(const std::string& path, const std::string& bytes);

// Replaces the only occurrence of `from` in a file; a failure of the test if
// there is none or another.
void ReplaceOnce(const std::string& path, const std::string& from,
                 const std::string& to);

// The complete stages of a store, as "STAGE/ID". A failure of the test if what
// says so does not name an attempt and the digest of its record.
std::set<std::string> CompleteStages(const std::string& store);

// How many attempts there are of each stage, complete or not, by "STAGE/ID".
std::map<std::string, int> AttemptsIn(const std::string& store);

// What the complete stages of a store have computed, as digest by
// "STAGE/ID/FILE": every file of the attempt that counts but its record and its
// log, which hold times.
std::map<std::string, std::string> ArtifactsIn(const std::string& store);

// How many stages of each kind a run executed, by what it says on stderr, e.g.
// {{"train", 3}, {"score", 3}}.
std::map<std::string, int> Executed(const std::string& err);

// How many lines of `text` hold `part`.
int CountLines(const std::string& text, const std::string& part);

}  // namespace cxr::tests

#endif  // TESTS_PROGRAM_H_
