// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle_testing.h"

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

std::string LittleEndianBytes(uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) {
    bytes.push_back(static_cast<char>(value >> 8 * i & 0xFF));
  }
  return bytes;
}

}  // namespace

std::string Pickled(absl::string_view opcodes) {
  return absl::StrCat("\x80\x02", opcodes, ".");
}

std::string PickledText(absl::string_view text) {
  return absl::StrCat(
      "X", LittleEndianBytes(static_cast<uint32_t>(text.size())), text);
}

std::string PickledInteger(int32_t integer) {
  return absl::StrCat("J", LittleEndianBytes(static_cast<uint32_t>(integer)));
}

std::string PickledGlobal(absl::string_view module, absl::string_view name) {
  return absl::StrCat("c", module, "\n", name, "\n");
}

std::string PickledStorage(absl::string_view storage_class,
                           absl::string_view key, int32_t count) {
  return absl::StrCat("(", PickledText("storage"),
                      PickledGlobal("torch", storage_class), PickledText(key),
                      PickledText("cpu"), PickledInteger(count), "tQ");
}

std::string PickledTensor(absl::string_view storage, int32_t offset,
                          absl::string_view shape, absl::string_view strides) {
  return absl::StrCat(PickledGlobal("torch._utils", "_rebuild_tensor_v2"), "(",
                      storage, PickledInteger(offset), shape, strides, "\x89",
                      PickledGlobal("collections", "OrderedDict"), ")RtR");
}

}  // namespace cxr
