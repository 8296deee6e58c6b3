// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/source_tree.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace cxr::tests {
namespace {

namespace fs = std::filesystem;

void WriteText(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

fs::path FreshFolder(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(SourceTreeTest, PathIsCutIntoFolderNameAndStem) {
  EXPECT_EQ(FolderOf("cxr/base/file.cc"), "cxr/base");
  EXPECT_EQ(NameOf("cxr/base/file.cc"), "file.cc");
  EXPECT_EQ(StemOf("cxr/base/file.cc"), "cxr/base/file");
  EXPECT_EQ(FolderOf("BUILD"), "");
  EXPECT_EQ(StemOf("a.b/BUILD"), "a.b/BUILD");
}

TEST(SourceTreeTest, FinalNewlineOpensNoLine) {
  EXPECT_EQ(SplitLines("a\nb\n").size(), 2u);
  EXPECT_EQ(SplitLines("a\n\n").size(), 2u);
  EXPECT_EQ(SplitLines("").size(), 0u);
}

TEST(SourceTreeTest, ProblemNamesPathAndLine) {
  EXPECT_EQ(ProblemAt("a/b.cc", 7, "bad"), "a/b.cc:7: bad");
}

TEST(IgnoreRulesTest, UnanchoredPatternMatchesAtAnyDepth) {
  IgnoreRules rules;
  rules.Add("", "# comment\n*.pyc\n**/cache\n");
  EXPECT_TRUE(rules.Ignores("a/b/x.pyc", false));
  EXPECT_TRUE(rules.Ignores("a/cache", true));
  EXPECT_FALSE(rules.Ignores("a/x.py", false));
}

TEST(IgnoreRulesTest, AnchoredPatternMatchesFromItsOwnFolder) {
  IgnoreRules rules;
  rules.Add("", "/build\n");
  rules.Add("sub", "out/x.txt\n");
  EXPECT_TRUE(rules.Ignores("build", true));
  EXPECT_FALSE(rules.Ignores("a/build", true));
  EXPECT_TRUE(rules.Ignores("sub/out/x.txt", false));
  EXPECT_FALSE(rules.Ignores("out/x.txt", false));
}

TEST(IgnoreRulesTest, LastMatchingPatternDecides) {
  IgnoreRules rules;
  rules.Add("", "*.log\n!keep.log\n");
  EXPECT_TRUE(rules.Ignores("a.log", false));
  EXPECT_FALSE(rules.Ignores("keep.log", false));
}

TEST(IgnoreRulesTest, FolderPatternSparesFiles) {
  IgnoreRules rules;
  rules.Add("", "out/\n");
  EXPECT_TRUE(rules.Ignores("a/out", true));
  EXPECT_FALSE(rules.Ignores("a/out", false));
}

TEST(SourceTreeTest, WalkSkipsHiddenIgnoredAndBuiltFiles) {
  const fs::path root = FreshFolder("source_tree_walk");
  WriteText(root / "cxr/a.cc", "text");
  WriteText(root / "cxr/image.png", "bytes");
  WriteText(root / "cxr/results/b.cc", "kept: only the root's is skipped");
  WriteText(root / "results/c.cc", "");
  WriteText(root / "bazel-out/d.cc", "");
  WriteText(root / ".git/e.cc", "");
  WriteText(root / ".gitignore", "scratch/\n");
  WriteText(root / "cxr/scratch/f.cc", "");
  fs::create_directory_symlink(root / "cxr", root / "link");
  std::vector<std::string> paths;
  for (const SourceFile& file : ReadSourceTree(root)) {
    paths.push_back(file.path);
  }
  EXPECT_EQ(paths, (std::vector<std::string>{"cxr/a.cc", "cxr/image.png",
                                             "cxr/results/b.cc"}));
}

TEST(SourceTreeTest, OnlySourceTextIsRead) {
  const fs::path root = FreshFolder("source_tree_text");
  WriteText(root / "BUILD", "package()\n");
  WriteText(root / "image.png", "bytes");
  const std::vector<SourceFile> files = ReadSourceTree(root);
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].text, "package()\n");
  EXPECT_EQ(files[1].text, "");
}

TEST(SourceTreeTest, RootIsWhereTheWorkspaceLinkPoints) {
  const fs::path root = FreshFolder("source_tree_root");
  const fs::path runfiles = FreshFolder("source_tree_runfiles");
  WriteText(root / "WORKSPACE", "");
  fs::create_directories(runfiles / "cxr");
  fs::create_symlink(root / "WORKSPACE", runfiles / "cxr/WORKSPACE");
  setenv("TEST_SRCDIR", runfiles.c_str(), 1);
  setenv("TEST_WORKSPACE", "cxr", 1);
  EXPECT_EQ(FindWorkspaceRoot(), fs::canonical(root));
}

}  // namespace
}  // namespace cxr::tests
