// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TESTS_BACKGROUND_H_
#define TESTS_BACKGROUND_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "cxr/base/testing.h"
#include "tests/program.h"

// A program that runs while its test looks at it, interrupts it or kills it.
//
//   Background run(place.Command("run table_classification"));
//   EXPECT_TRUE(WaitUntil([&] { return fs::exists(place.store()); }));
//   run.Signal(SIGINT);
//   const std::optional<ProgramResult> result = run.Wait(absl::Seconds(10));

namespace cxr::tests {

class Background {
 public:
  // Starts a program with its words, and nothing else for a shell to do. It and
  // what it starts are a group of processes of their own.
  explicit Background(const std::string& command);
  // Kills the whole group.
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  // To the program alone, as `kill` does.
  void Signal(int signal) const;
  // To all of the group, as a terminal does on Ctrl-C.
  void SignalGroup(int signal) const;

  // Its outputs and its exit code; none if it still runs after `patience`.
  std::optional<ProgramResult> Wait(absl::Duration patience);

  // How many processes of the group have not ended.
  int Living() const;

  // Those that have not ended of the program (0), of what it started (1), of
  // what those started (2), and so on.
  std::vector<pid_t> Generation(int number) const;

 private:
  TempDir outputs_;
  pid_t pid_ = 0;
  std::optional<int> exit_code_;
};

// Asks again and again; false if the answer is still no after `patience`.
bool WaitUntil(absl::FunctionRef<bool()> question,
               absl::Duration patience = absl::Seconds(30));

}  // namespace cxr::tests

#endif  // TESTS_BACKGROUND_H_
