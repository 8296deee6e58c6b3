// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(FileTest, ReadsBackWhatWasWritten) {
  const TempDir dir;
  const std::string bytes("a\0b\n", 4);
  ASSERT_OK(WriteFileAtomically(dir.File("x"), bytes));
  ASSERT_OK_AND_ASSIGN(const std::string read, ReadFile(dir.File("x")));
  EXPECT_EQ(read, bytes);
}

TEST(FileTest, ReplacesAndLeavesNoNeighbour) {
  const TempDir dir;
  ASSERT_OK(WriteFileAtomically(dir.File("x"), "old"));
  ASSERT_OK(WriteFileAtomically(dir.File("x"), "new"));
  EXPECT_EQ(*ReadFile(dir.File("x")), "new");
  EXPECT_THAT(*ListFiles(dir.path()), ElementsAre("x"));
}

TEST(FileTest, PiecesLieOneAfterAnother) {
  const TempDir dir;
  ASSERT_OK(WritePiecesAtomically(dir.File("x"), {"ab", "", "c"}));
  EXPECT_EQ(*ReadFile(dir.File("x")), "abc");
  ASSERT_OK(WritePiecesAtomically(dir.File("x"), {}));
  EXPECT_EQ(*ReadFile(dir.File("x")), "");
  EXPECT_THAT(*ListFiles(dir.path()), ElementsAre("x"));
}

TEST(FileTest, MissingFileNamesPathFirst) {
  EXPECT_THAT(ReadFile("/nowhere/x"), StatusIs(absl::StatusCode::kNotFound,
                                               StartsWith("/nowhere/x: ")));
}

TEST(FileTest, FullDiskIsResourceExhausted) {
  // /dev/full answers every write with ENOSPC.
  EXPECT_THAT(WriteFileAtomically("/dev/full/x", "bytes"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("full")));
  EXPECT_THAT(ErrnoStatus(ENOSPC, "cannot write", "x"),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       StartsWith("x: cannot write")));
}

TEST(FileTest, NewFileRefusesToReplace) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("x"), "1"));
  EXPECT_THAT(WriteNewFile(dir.File("x"), "2"),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("x")));
  EXPECT_EQ(*ReadFile(dir.File("x")), "1");
}

TEST(FileTest, RenameRefusesAFolderWithContents) {
  const TempDir dir;
  ASSERT_OK(CreateDirectories(dir.File("a")));
  ASSERT_OK(CreateDirectories(dir.File("b")));
  ASSERT_OK(WriteNewFile(dir.File("b/kept"), "1"));
  EXPECT_THAT(Rename(dir.File("a"), dir.File("b")),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("rename")));
  EXPECT_TRUE(Exists(dir.File("b/kept")));
}

TEST(FileTest, ListsFilesBelowSorted) {
  const TempDir dir;
  ASSERT_OK(CreateDirectories(dir.File("sub/deep")));
  ASSERT_OK(WriteNewFile(dir.File("sub/deep/b"), ""));
  ASSERT_OK(WriteNewFile(dir.File("a"), ""));
  EXPECT_THAT(*ListFiles(dir.path()), ElementsAre("a", "sub/deep/b"));
  // A link to nothing is listed, so that it can be complained about; a loop is
  // not walked.
  ASSERT_EQ(symlink("/nowhere", dir.File("z").c_str()), 0);
  ASSERT_EQ(symlink(dir.path().c_str(), dir.File("sub/loop").c_str()), 0);
  EXPECT_THAT(*ListFiles(dir.path()), ElementsAre("a", "sub/deep/b", "z"));
  EXPECT_EQ(Canonical(dir.File("sub/loop/a")), Canonical(dir.File("a")));
  EXPECT_THAT(ListFiles(dir.File("none")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

TEST(FileTest, NamesOfPaths) {
  EXPECT_EQ(JoinPath("a", "b/c.txt"), "a/b/c.txt");
  EXPECT_EQ(JoinPath("a", "/b"), "/b");
  EXPECT_EQ(Basename("a/b.textproto"), "b.textproto");
  EXPECT_EQ(Stem("a/b.textproto"), "b");
}

TEST(FileTest, AppendingKeepsWhatIsThere) {
  const TempDir dir;
  ASSERT_OK(AppendToFile(dir.File("log"), "one\n"));
  ASSERT_OK(AppendToFile(dir.File("log"), "two\n"));
  EXPECT_EQ(*ReadFile(dir.File("log")), "one\ntwo\n");
}

TEST(FileTest, OneOfSeveralCreatesAFolder) {
  const TempDir dir;
  ASSERT_OK(CreateDirectory(dir.File("a")));
  EXPECT_THAT(CreateDirectory(dir.File("a")),
              StatusIs(absl::StatusCode::kAlreadyExists, ::testing::_));
  EXPECT_THAT(CreateDirectory(dir.File("b/c")),
              StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TEST(FileTest, ALinkIsTheSameFile) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("a"), "bytes"));
  ASSERT_OK(LinkOrCopy(dir.File("a"), dir.File("b")));
  ASSERT_OK(RemoveAll(dir.File("a")));
  EXPECT_EQ(*ReadFile(dir.File("b")), "bytes");
  EXPECT_THAT(LinkOrCopy(dir.File("a"), dir.File("c")),
              StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TEST(FileTest, AFolderIsListedByName) {
  const TempDir dir;
  ASSERT_OK(WriteNewFile(dir.File("b"), ""));
  ASSERT_OK(CreateDirectory(dir.File("a")));
  EXPECT_THAT(*ListFolder(dir.path()), ::testing::ElementsAre("a", "b"));
  EXPECT_THAT(ListFolder(dir.File("c")),
              StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TEST(FileTest, AReplacedFileHoldsTheNewBytesAndNothingIsLeft) {
  const TempDir dir;
  ASSERT_OK(ReplaceFile(dir.File("a"), "old"));
  ASSERT_OK(ReplaceFile(dir.File("a"), "new"));
  EXPECT_EQ(*ReadFile(dir.File("a")), "new");
  EXPECT_THAT(*ListFolder(dir.path()), ::testing::ElementsAre("a"));
}

TEST(FileTest, NumberedEntriesAreSortedByNumber) {
  const TempDir dir;
  for (const char* name : {"10", "9", "0", "-1", "1.tmp", "x", "2147483648"}) {
    ASSERT_OK(CreateDirectory(dir.File(name)));
  }
  EXPECT_THAT(NumbersIn(dir.path()), ::testing::ElementsAre(9, 10));
  EXPECT_THAT(NumbersIn(dir.File("nowhere")), ::testing::IsEmpty());
}

}  // namespace
}  // namespace cxr
