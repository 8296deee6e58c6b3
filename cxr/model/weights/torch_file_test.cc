// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/pickle_testing.h"
#include "cxr/model/weights/zip_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

std::string Data(absl::string_view name) {
  return *ReadFile(TestData(absl::StrCat("cxr/model/weights/testdata/", name)));
}

// {"a": a tensor of one number in storage 0}
std::string OneTensor() {
  return Pickled(absl::StrCat(
      "}", PickledText("a"),
      PickledTensor(PickledStorage("ByteStorage", "0", 1), 0, ")", ")"), "s"));
}

using Entries = std::vector<std::pair<std::string, std::string>>;

void ExpectZipError(const Entries& entries, absl::StatusCode code,
                    absl::string_view text) {
  EXPECT_THAT(ParseTorchZip(MakeZip(entries)),
              StatusIs(code, HasSubstr(std::string(text))));
}

TEST(TorchFileTest, FormsAreToldByFirstBytes) {
  EXPECT_TRUE(IsZip(Data("zip.pth")));
  EXPECT_FALSE(IsTorchLegacy(Data("zip.pth")));
  EXPECT_TRUE(IsTorchLegacy(Data("legacy.pth")));
  EXPECT_FALSE(IsZip(Data("legacy.pth")));
  EXPECT_FALSE(IsTorchLegacy(Pickled("N")));
}

TEST(TorchFileTest, ZipIsReadWithoutCopies) {
  const std::string archive = MakeZip({{"x/data.pkl", OneTensor()},
                                       {"x/byteorder", "little"},
                                       {"x/data/0", "7"}});
  ASSERT_OK_AND_ASSIGN(const TorchState state, ParseTorchZip(archive));
  ASSERT_EQ(state.tensors.size(), 1u);
  EXPECT_EQ(state.tensors[0].name, "a");
  EXPECT_EQ(state.tensors[0].bytes, "7");
  EXPECT_GE(state.tensors[0].bytes.data(), archive.data());
  EXPECT_LT(state.tensors[0].bytes.data(), archive.data() + archive.size());
  EXPECT_TRUE(state.memory.empty());
}

TEST(TorchFileTest, OtherZipsAreErrors) {
  const std::string pickle = OneTensor();
  ExpectZipError({{"word/document.xml", ""}},
                 absl::StatusCode::kInvalidArgument, "without data.pkl");
  ExpectZipError({{"x/code/data.pkl", pickle}},
                 absl::StatusCode::kInvalidArgument, "without data.pkl");
  ExpectZipError({{"x/data.pkl", pickle}, {"y/data.pkl", pickle}},
                 absl::StatusCode::kDataLoss, "2 data.pkl");
  ExpectZipError({{"x/data.pkl", pickle}, {"y/data/0", "7"}},
                 absl::StatusCode::kDataLoss, "no entry \"x/data/0\"");
  ExpectZipError({{"x/data.pkl", pickle}, {"x/data/0", "77"}},
                 absl::StatusCode::kDataLoss,
                 "\"0\": found 2 bytes, expected 1");
  ExpectZipError(
      {{"x/data.pkl", pickle}, {"x/data/0", "7"}, {"x/byteorder", "big"}},
      absl::StatusCode::kInvalidArgument, "byte order \"big\"");
  std::string compressed = MakeZip({{"x/data.pkl", pickle}});
  compressed[compressed.rfind("PK\1\2") + 10] = 8;
  EXPECT_THAT(ParseTorchZip(compressed),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"x/data.pkl\" is compressed")));
}

TEST(TorchFileTest, MaliciousPicklesAreDenied) {
  const std::string call = absl::StrCat(PickledGlobal("posix", "system"),
                                        PickledText("echo"), "\x85R");
  ExpectZipError({{"x/data.pkl", Pickled(call)}},
                 absl::StatusCode::kPermissionDenied, "\"posix.system\"");
  // In each of the pickles of the older form.
  const std::string magic = Data("legacy.pth").substr(0, 15);
  const std::string protocol = Pickled("M\xE9\x03");
  for (const std::string& before :
       {magic, magic + protocol, magic + protocol + Pickled("}"),
        magic + protocol + Pickled("}") + Pickled("}")}) {
    EXPECT_THAT(ParseTorchLegacy(before + Pickled(call)),
                StatusIs(absl::StatusCode::kPermissionDenied,
                         HasSubstr("\"posix.system\"")));
  }
}

TEST(TorchFileTest, EveryTruncationIsDataLoss) {
  const std::string zip = Data("zip.pth");
  for (size_t size = 0; size < zip.size(); ++size) {
    EXPECT_THAT(ParseTorchZip(zip.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected")))
        << size;
  }
  const std::string legacy = Data("legacy.pth");
  for (size_t size = 0; size < legacy.size(); ++size) {
    EXPECT_THAT(ParseTorchLegacy(legacy.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut off")))
        << size;
  }
  EXPECT_THAT(ParseTorchLegacy(legacy + "x"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("1 bytes more")));
}

// The older form around `pickle`, with the list of keys and what follows.
std::string Legacy(absl::string_view keys, absl::string_view numbers,
                   absl::string_view system = "}") {
  return absl::StrCat(Data("legacy.pth").substr(0, 15), Pickled("M\xE9\x03"),
                      Pickled(system), OneTensor(), Pickled(keys), numbers);
}

TEST(TorchFileTest, OlderFormsThatContradictThemselvesAreErrors) {
  const std::string key = PickledText("0");
  const std::string numbers = LittleEndianText(1, 8) + "7";
  EXPECT_OK(ParseTorchLegacy(Legacy("]" + key + "a", numbers)));
  const auto expect = [](const std::string& bytes, absl::StatusCode code,
                         absl::string_view text) {
    EXPECT_THAT(ParseTorchLegacy(bytes),
                StatusIs(code, HasSubstr(std::string(text))));
  };
  const auto loss = absl::StatusCode::kDataLoss;
  expect(Legacy("]", ""), loss, "no storage \"0\"");
  expect(Legacy("N", ""), loss, "no list of storages");
  expect(Legacy("]" + PickledText("1") + "a", numbers), loss,
         "that nothing refers to");
  expect(Legacy("](" + key + key + "e", numbers + numbers), loss, "twice");
  expect(Legacy("]" + key + "a", LittleEndianText(uint64_t{1} << 63, 8) + "7"),
         loss, "found 9223372036854775808 numbers, expected 1");
  const auto system = [](absl::string_view value) {
    return absl::StrCat("}", PickledText("little_endian"), value, "s");
  };
  EXPECT_OK(ParseTorchLegacy(Legacy("]" + key + "a", numbers, system("\x88"))));
  expect(Legacy("]" + key + "a", numbers, system("\x89")),
         absl::StatusCode::kInvalidArgument, "big-endian");
  expect(Data("legacy.pth").substr(0, 15) + Pickled("N") + Pickled("}"),
         absl::StatusCode::kInvalidArgument, "other than 1001");
  // One storage of two kinds.
  const std::string two = absl::StrReplaceAll(
      Legacy("]" + key + "a", numbers),
      {{OneTensor(),
        Pickled(absl::StrCat("(", PickledStorage("ByteStorage", "0", 4),
                             PickledStorage("FloatStorage", "0", 1), "t"))}});
  expect(two, loss, "two kinds or sizes");
}

TEST(TorchFileTest, AnyByteMayBeWrong) {
  for (const absl::string_view name : {"zip.pth", "legacy.pth", "script.pt"}) {
    const std::string good = Data(name);
    for (size_t i = 0; i < good.size(); ++i) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << i % 8));
      const absl::StatusOr<TorchState> state =
          IsZip(good) ? ParseTorchZip(bytes) : ParseTorchLegacy(bytes);
      EXPECT_TRUE(state.ok() || !state.status().message().empty()) << i;
    }
  }
}

}  // namespace
}  // namespace cxr
