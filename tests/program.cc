// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/program.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

// Follows links, because Bazel hands a test its data as links, and makes all
// writable, because what Bazel builds is not.
void CopyWritable(const std::string& from, const std::string& to) {
  std::error_code error;
  fs::create_directories(fs::path(to).parent_path(), error);
  fs::copy(from, to, fs::copy_options::recursive, error);
  EXPECT_FALSE(error) << from << ": " << error.message();
  fs::permissions(to, fs::perms::owner_all, fs::perm_options::add, error);
  for (const auto& entry : fs::recursive_directory_iterator(to)) {
    fs::permissions(
        entry.path(),
        entry.is_directory() ? fs::perms::owner_all : fs::perms::owner_write,
        fs::perm_options::add, error);
    EXPECT_FALSE(error) << entry.path() << ": " << error.message();
  }
}

// The number with which `complete` begins.
std::string CompletedAttempt(const std::string& stage_folder) {
  const std::string text = Contents(stage_folder + "/complete");
  return text.substr(0, text.find(' '));
}

// The flags that say where a verb finds and leaves things.
std::set<absl::string_view> PlaceFlags(absl::string_view verb) {
  if (verb == "help") {
    return {};
  }
  if (verb == "status" || verb == "watch" || verb == "gc") {
    return {"store"};
  }
  if (verb == "plan" || verb == "why" || verb == "render" || verb == "import" ||
      verb == "pictures" || verb == "predictions") {
    return {"store", "root"};
  }
  if (verb == "run") {
    return {"store", "out", "root"};
  }
  return {"root"};
}

}  // namespace

ProgramResult RunApart(const std::string& command) {
  const TempDir dir;
  ProgramResult result;
  result.exit_code =
      RunCommand(absl::StrCat("{ ", command, "; } >", dir.File("out"), " 2>",
                              dir.File("err")))
          .exit_code;
  result.out = Contents(dir.File("out"));
  result.err = Contents(dir.File("err"));
  return result;
}

Workplace::Workplace() {
  const std::string cache = JoinPath(::testing::TempDir(), "data_cache");
  setenv("CXR_DATA_CACHE", cache.c_str(), /*overwrite=*/0);
}

void Workplace::CopyRoot() {
  CopyWritable("experiments", Copied("experiments"));
  CopyWritable("cxr/data/samples", Copied("cxr/data/samples"));
  has_root_ = true;
}

std::string Workplace::Copied(const std::string& name) const {
  return absl::StrCat(root(), "/", name);
}

std::string Workplace::Command(const std::string& words) const {
  const size_t end = words.find(' ');
  const std::string verb = words.substr(0, end);
  std::string command = absl::StrCat("tools/cxr ", verb);
  const std::set<absl::string_view> flags = PlaceFlags(verb);
  if (flags.contains("store")) {
    absl::StrAppend(&command, " --store=", store());
  }
  if (flags.contains("out")) {
    absl::StrAppend(&command, " --out=", out());
  }
  if (flags.contains("root") && has_root_) {
    absl::StrAppend(&command, " --root=", root());
  }
  return end == std::string::npos ? command : command + words.substr(end);
}

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void Overwrite(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  EXPECT_TRUE(file.good()) << path;
}

void ReplaceOnce(const std::string& path, const std::string& from,
                 const std::string& to) {
  std::string text = Contents(path);
  const size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << path << " lacks " << from;
  ASSERT_EQ(text.find(from, at + 1), std::string::npos)
      << path << " has " << from << " twice";
  Overwrite(path, text.replace(at, from.size(), to));
}

std::set<std::string> CompleteStages(const std::string& store) {
  std::set<std::string> complete;
  for (const auto& [stage, attempts] : AttemptsIn(store)) {
    const std::string folder = absl::StrCat(store, "/stages/", stage);
    if (Exists(folder + "/complete")) {
      const std::string attempt = CompletedAttempt(folder);
      EXPECT_EQ(Contents(folder + "/complete"),
                absl::StrCat(attempt, " ",
                             Sha256Hex(Contents(absl::StrCat(
                                 folder, "/", attempt, "/record.textproto"))),
                             "\n"))
          << folder;
      complete.insert(stage);
    }
  }
  return complete;
}

std::map<std::string, int> AttemptsIn(const std::string& store) {
  std::map<std::string, int> attempts;
  const fs::path root = fs::path(store) / "stages";
  if (!fs::exists(root)) {
    return attempts;
  }
  for (const auto& stage : fs::directory_iterator(root)) {
    for (const auto& id : fs::directory_iterator(stage)) {
      int& count = attempts[fs::relative(id, root).string()];
      for (const auto& entry : fs::directory_iterator(id)) {
        count += entry.is_directory() ? 1 : 0;
      }
    }
  }
  return attempts;
}

std::map<std::string, std::string> ArtifactsIn(const std::string& store) {
  std::map<std::string, std::string> artifacts;
  for (const std::string& stage : CompleteStages(store)) {
    const std::string folder = absl::StrCat(store, "/stages/", stage);
    const std::string attempt =
        absl::StrCat(folder, "/", CompletedAttempt(folder));
    const absl::StatusOr<std::vector<std::string>> files = ListFiles(attempt);
    EXPECT_OK(files);
    for (const std::string& file :
         files.ok() ? *files : std::vector<std::string>()) {
      // How fast a pretraining was, no two runs have in common.
      // A run killed after its record was written leaves its checkpoints.
      if (file != "record.textproto" && file != "log" && file != "speed.csv" &&
          file.rfind("checkpoints/", 0) != 0) {
        artifacts[absl::StrCat(stage, "/", file)] =
            Sha256Hex(Contents(absl::StrCat(attempt, "/", file)));
      }
    }
  }
  return artifacts;
}

std::map<std::string, int> Executed(const std::string& err) {
  std::map<std::string, int> stages;
  for (const absl::string_view line : absl::StrSplit(err, '\n')) {
    // "[2/31] features classify_nih_cxr8_s".
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (absl::StartsWith(line, "[") && words.size() > 1) {
      ++stages[words[1]];
    }
  }
  return stages;
}

int CountLines(const std::string& text, const std::string& part) {
  int count = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    count += absl::StrContains(line, part) ? 1 : 0;
  }
  return count;
}

}  // namespace cxr::tests
