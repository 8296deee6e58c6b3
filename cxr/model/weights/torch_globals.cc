// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_globals.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

using Name = std::pair<absl::string_view, absl::string_view>;

constexpr std::array<std::pair<absl::string_view, ScalarKind>, 10> kStorages = {
    {{"DoubleStorage", ScalarKind::kFloat64},
     {"FloatStorage", ScalarKind::kFloat32},
     {"HalfStorage", ScalarKind::kFloat16},
     {"BFloat16Storage", ScalarKind::kBfloat16},
     {"LongStorage", ScalarKind::kInt64},
     {"IntStorage", ScalarKind::kInt32},
     {"ShortStorage", ScalarKind::kInt16},
     {"CharStorage", ScalarKind::kInt8},
     {"ByteStorage", ScalarKind::kUint8},
     {"BoolStorage", ScalarKind::kBool}}};

// Under their full names, which ToString gives.
constexpr ScalarKind kKinds[] = {ScalarKind::kFloat64, ScalarKind::kFloat32,
                                 ScalarKind::kFloat16, ScalarKind::kBfloat16,
                                 ScalarKind::kInt64,   ScalarKind::kInt32,
                                 ScalarKind::kInt16,   ScalarKind::kInt8,
                                 ScalarKind::kUint8,   ScalarKind::kBool};

constexpr std::pair<Name, TorchRole> kRoles[] = {
    {{"torch._utils", "_rebuild_tensor"}, TorchRole::kTensor},
    {{"torch._utils", "_rebuild_tensor_v2"}, TorchRole::kTensor},
    {{"torch._utils", "_rebuild_tensor_v3"}, TorchRole::kTypedTensor},
    {{"torch._tensor", "_rebuild_from_type_v2"}, TorchRole::kWrappedTensor},
    {{"torch._utils", "_rebuild_parameter"}, TorchRole::kFirstArgument},
    {{"torch._utils", "_rebuild_parameter_with_state"},
     TorchRole::kFirstArgument},
    {{"torch.jit._pickle", "build_tensorlist"}, TorchRole::kFirstArgument},
    {{"torch.jit._pickle", "restore_type_tag"}, TorchRole::kFirstArgument},
    {{"collections", "OrderedDict"}, TorchRole::kDictionary},
    {{"collections", "defaultdict"}, TorchRole::kDictionary},
    {{"collections", "Counter"}, TorchRole::kDictionary},
};

// What else stands beside tensors in checkpoints and has no say in them.
constexpr Name kOthers[] = {
    {"torch", "Tensor"},
    {"torch", "Size"},
    {"torch", "device"},
    {"torch.nn.parameter", "Parameter"},
    {"torch.storage", "UntypedStorage"},
    {"torch", "UntypedStorage"},
    // Kinds that we have not: the tensor's name belongs into the message.
    {"torch", "ComplexFloatStorage"},
    {"torch", "ComplexDoubleStorage"},
    {"torch", "complex64"},
    {"torch", "complex128"},
    {"torch", "uint16"},
    {"torch", "uint32"},
    {"torch", "uint64"},
    {"torch", "float8_e4m3fn"},
    {"torch", "float8_e5m2"},
    {"torch.jit._pickle", "build_intlist"},
    {"torch.jit._pickle", "build_doublelist"},
    {"torch.jit._pickle", "build_boollist"},
    {"argparse", "Namespace"},
    {"numpy", "dtype"},
    {"numpy", "ndarray"},
    {"numpy.core.multiarray", "scalar"},
    {"numpy._core.multiarray", "scalar"},
    {"numpy.core.multiarray", "_reconstruct"},
    {"numpy._core.multiarray", "_reconstruct"},
    {"_codecs", "encode"},
};

// Of the module "__builtin__", which Python 3 calls "builtins".
constexpr absl::string_view kBuiltins[] = {
    "bool", "bytearray", "complex", "dict", "float", "frozenset",
    "int",  "list",      "set",     "str",  "tuple"};

bool IsScriptClass(absl::string_view module) {
  return module == "__torch__" || absl::StartsWith(module, "__torch__.");
}

std::optional<ScalarKind> KindOfStorageName(absl::string_view name) {
  for (const auto& [storage, kind] : kStorages) {
    if (name == storage) {
      return kind;
    }
  }
  return std::nullopt;
}

std::optional<ScalarKind> KindOfDtypeName(absl::string_view name) {
  for (const ScalarKind kind : kKinds) {
    if (name == ToString(kind)) {
      return kind;
    }
  }
  return std::nullopt;
}

TorchRole RoleOf(absl::string_view module, absl::string_view name) {
  for (const auto& [known, role] : kRoles) {
    if (known == Name(module, name)) {
      return role;
    }
  }
  return IsScriptClass(module) ? TorchRole::kScriptObject : TorchRole::kOther;
}

}  // namespace

bool IsPlainGlobal(absl::string_view module, absl::string_view name) {
  if (module == "torch" && (KindOfStorageName(name).has_value() ||
                            KindOfDtypeName(name).has_value())) {
    return true;
  }
  if (module == "__builtin__" || module == "builtins") {
    return std::find(std::begin(kBuiltins), std::end(kBuiltins), name) !=
           std::end(kBuiltins);
  }
  return RoleOf(module, name) != TorchRole::kOther ||
         std::find(std::begin(kOthers), std::end(kOthers),
                   Name(module, name)) != std::end(kOthers);
}

std::optional<ScalarKind> KindOfStorage(const PickleValue& global) {
  return global.module == "torch" ? KindOfStorageName(global.text)
                                  : std::nullopt;
}

bool IsUntypedStorage(const PickleValue& global) {
  return global.text == "UntypedStorage";
}

std::optional<ScalarKind> KindOfDtype(const PickleValue& global) {
  return global.module == "torch" ? KindOfDtypeName(global.text) : std::nullopt;
}

TorchRole RoleOf(const PickleValue& global) {
  return RoleOf(global.module, global.text);
}

}  // namespace cxr
