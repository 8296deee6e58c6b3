// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/pickle.h"
#include "cxr/model/weights/pickle_testing.h"
#include "cxr/model/weights/torch_globals.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr int64_t kMaxCopied = 100;

// The numbers 0 to 5, whatever the key.
absl::StatusOr<absl::string_view> SixBytes(const TorchStorageId& id) {
  if (id.bytes != 6) {
    return absl::DataLossError("six bytes are here");
  }
  return absl::string_view("\0\1\2\3\4\5", 6);
}

// Names and numbers; of uint8 in all tests.
using Tensors = std::map<std::string, std::string>;

absl::StatusOr<Tensors> Collect(absl::string_view opcodes) {
  const std::string bytes = Pickled(opcodes);
  const absl::StatusOr<Pickle> pickle = ParsePickle(bytes, IsPlainGlobal);
  EXPECT_OK(pickle);
  const absl::StatusOr<TorchState> state =
      CollectTorchTensors(*pickle->root, SixBytes, kMaxCopied);
  if (!state.ok()) {
    return state.status();
  }
  Tensors tensors;
  for (const StoredTensor& tensor : state->tensors) {
    EXPECT_EQ(tensor.kind, ScalarKind::kUint8);
    std::string& shown = tensors[tensor.name];
    for (const char number : tensor.bytes) {
      shown.push_back(static_cast<char>('0' + number));
    }
  }
  return tensors;
}

void ExpectError(absl::string_view opcodes, absl::StatusCode code,
                 absl::string_view text) {
  EXPECT_THAT(Collect(opcodes), StatusIs(code, HasSubstr(std::string(text))));
}

std::string SixStorage() { return PickledStorage("ByteStorage", "0", 6); }

std::string Tuple(const std::vector<int32_t>& integers) {
  std::string opcodes = "(";
  for (const int32_t integer : integers) {
    absl::StrAppend(&opcodes, PickledInteger(integer));
  }
  return opcodes + "t";
}

std::string Tensor(int32_t offset, const std::vector<int32_t>& shape,
                   const std::vector<int32_t>& strides) {
  return PickledTensor(SixStorage(), offset, Tuple(shape), Tuple(strides));
}

// {"a": ...}
std::string UnderA(absl::string_view value) {
  return absl::StrCat("}", PickledText("a"), value, "s");
}

TEST(TorchStateTest, TensorsAreViewsOfStorages) {
  const auto numbers = [](int32_t offset, const std::vector<int32_t>& shape,
                          const std::vector<int32_t>& strides) {
    return Collect(Tensor(offset, shape, strides)).value_or(Tensors())[""];
  };
  EXPECT_EQ(numbers(0, {2, 3}, {3, 1}), "012345");
  EXPECT_EQ(numbers(0, {3, 2}, {1, 3}), "031425");
  EXPECT_EQ(numbers(1, {2, 2}, {3, 1}), "1245");
  EXPECT_EQ(numbers(0, {3}, {2}), "024");
  EXPECT_EQ(numbers(2, {2, 3}, {1, 0}), "222333");
  EXPECT_EQ(numbers(5, {}, {}), "5");
  // Strides over one number mean nothing.
  EXPECT_EQ(numbers(4, {1, 2, 1}, {99, 1, 99}), "45");
  EXPECT_EQ(numbers(6, {0, 9}, {9, 1}), "");
  EXPECT_EQ(numbers(0, {2, 1, 3}, {1, 7, 2}), "024135");
}

TEST(TorchStateTest, TensorsStayInTheirStorages) {
  const auto code = absl::StatusCode::kDataLoss;
  ExpectError(UnderA(Tensor(0, {7}, {1})), code,
              "\"a\": reaches to number 7 of a storage of 6");
  ExpectError(Tensor(6, {}, {}), code, "reaches to number 7");
  ExpectError(Tensor(1, {2, 3}, {3, 1}), code, "reaches to number 7");
  ExpectError(Tensor(-1, {}, {}), code, "an offset");
  ExpectError(Tensor(5, {2}, {-1}), code, "from 0");
  ExpectError(Tensor(0, {-2}, {1}), code, "from 0");
  ExpectError(Tensor(0, {2}, {}), code, "0 strides, expected 1");
  const int32_t most = 0x7FFFFFFF;
  ExpectError(Tensor(0, {most, most, most}, {0, 0, 0}), code, "counted");
  ExpectError(Tensor(most, {most, most}, {most, most}), code, "reaches to");
  ExpectError(Tensor(0, {101}, {0}), code, "not contiguous");
  EXPECT_OK(Collect(Tensor(0, {100}, {0})));
  ExpectError(
      Tensor(0, std::vector<int32_t>(65, 1), std::vector<int32_t>(65, 1)), code,
      "up to 64");
}

TEST(TorchStateTest, ReachIsCountedWithoutOverflow) {
  // Twice 2^62 numbers apart.
  const std::string far = "\x8a\x08" + std::string(7, '\0') + "\x40";
  ExpectError(PickledTensor(SixStorage(), 0, Tuple({3, 1}),
                            absl::StrCat("(", far, far, "t")),
              absl::StatusCode::kDataLoss, "further than can be counted");
}

TEST(TorchStateTest, NamesAreKeysPlacesAndAttributes) {
  const std::string one = Tensor(1, {}, {});
  EXPECT_THAT(*Collect(UnderA(UnderA(one))), ElementsAre(Pair("a.a", "1")));
  EXPECT_THAT(*Collect(UnderA(absl::StrCat("](N", one, "e"))),
              ElementsAre(Pair("a.1", "1")));
  EXPECT_THAT(*Collect(absl::StrCat("}K\7", one, "s")),
              ElementsAre(Pair("7", "1")));
  EXPECT_THAT(*Collect(absl::StrCat(PickledGlobal("__torch__.m", "M"), ")\x81",
                                    UnderA(one), "b")),
              ElementsAre(Pair("a", "1")));
  const std::string ordered = PickledGlobal("collections", "OrderedDict");
  EXPECT_THAT(*Collect(absl::StrCat(ordered, ")R", PickledText("b"), one, "s")),
              ElementsAre(Pair("b", "1")));
  // As Python 2 wrote it.
  EXPECT_THAT(*Collect(absl::StrCat(ordered, "](](U\1c", one, "ee\x85R")),
              ElementsAre(Pair("c", "1")));
}

TEST(TorchStateTest, WhatIsNoTensorIsPassedOver) {
  EXPECT_THAT(*Collect("N"), IsEmpty());
  EXPECT_THAT(*Collect(UnderA("](K\1G12345678\x88N)e")), IsEmpty());
  EXPECT_THAT(*Collect(absl::StrCat("})", Tensor(0, {}, {}), "s")), IsEmpty());
  EXPECT_THAT(*Collect(absl::StrCat(PickledGlobal("argparse", "Namespace"),
                                    ")\x81", UnderA(Tensor(0, {}, {})), "b")),
              IsEmpty());
}

TEST(TorchStateTest, NamesStandOnce) {
  const std::string one = Tensor(1, {}, {});
  ExpectError(
      absl::StrCat("}(", PickledText("a"), one, PickledText("a"), one, "u"),
      absl::StatusCode::kDataLoss, "two tensors called \"a\"");
  ExpectError(absl::StrCat("}(", PickledText("a.a"), one, PickledText("a"),
                           UnderA(one), "u"),
              absl::StatusCode::kDataLoss, "two tensors called \"a.a\"");
}

TEST(TorchStateTest, UntypedStoragesAreReadByTheirTensorsKind) {
  const std::string storage = absl::StrCat(
      "(", PickledText("storage"),
      PickledGlobal("torch.storage", "UntypedStorage"), PickledText("0"),
      PickledText("cpu"), PickledInteger(6), "tQ");
  const auto tensor = [&](absl::string_view dtype) {
    return absl::StrCat(PickledGlobal("torch._utils", "_rebuild_tensor_v3"),
                        "(", storage, PickledInteger(1), Tuple({2}), Tuple({1}),
                        "\x89N", PickledGlobal("torch", dtype), "tR");
  };
  EXPECT_THAT(*Collect(tensor("uint8")), ElementsAre(Pair("", "12")));
  ExpectError(tensor("float32"), absl::StatusCode::kDataLoss,
              "reaches to number 3 of a storage of 1");
  ExpectError(UnderA(tensor("uint16")), absl::StatusCode::kInvalidArgument,
              "\"a\": found numbers of \"torch.uint16\"");
}

TEST(TorchStateTest, OddStoragesAreErrors) {
  const auto with = [](const std::string& storage) {
    return PickledTensor(storage, 0, ")", ")");
  };
  ExpectError(with("N"), absl::StatusCode::kDataLoss, "expected a storage");
  ExpectError(with("NQ"), absl::StatusCode::kDataLoss, "expected a storage");
  ExpectError(with("(" + PickledText("module") + "tQ"),
              absl::StatusCode::kDataLoss, "expected a storage");
  ExpectError(with(PickledStorage("ByteStorage", "0", -6)),
              absl::StatusCode::kDataLoss, "-6 numbers");
  ExpectError(with(PickledStorage("ByteStorage", "0", 7)),
              absl::StatusCode::kDataLoss, "six bytes");
  ExpectError(with(PickledStorage("ComplexFloatStorage", "0", 6)),
              absl::StatusCode::kInvalidArgument, "ComplexFloatStorage");
  std::string part = SixStorage();
  part.insert(part.size() - 2, ")");
  ExpectError(with(part), absl::StatusCode::kInvalidArgument, "before 0.4");
}

TEST(TorchStateTest, BombsEndAtABound) {
  std::string deep = "N";
  for (int i = 0; i < 70; ++i) {
    deep += "\x85";
  }
  ExpectError(deep, absl::StatusCode::kDataLoss, "nested deeper than 64");
  // A list in itself.
  ExpectError(std::string("]q\0h\0a", 6), absl::StatusCode::kDataLoss,
              "nested deeper");
  // 2^40 values in forty pairs.
  std::string pairs = "N";
  for (int i = 0; i < 40; ++i) {
    pairs += "q\1h\1\x86";
  }
  ExpectError(pairs, absl::StatusCode::kDataLoss, "counted as often");
  ExpectError(absl::StrCat("}", PickledText(std::string(1025, 'x')), "Ns"),
              absl::StatusCode::kDataLoss, "a name of more than 1024");
}

}  // namespace
}  // namespace cxr
