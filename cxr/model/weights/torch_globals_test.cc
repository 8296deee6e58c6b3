// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_globals.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace cxr {
namespace {

TEST(TorchGlobalsTest, KnowsWhatTensorsAndPlainValuesNeed) {
  for (const auto& [module, name] :
       std::vector<std::pair<std::string, std::string>>{
           {"torch._utils", "_rebuild_tensor_v2"},
           {"torch._utils", "_rebuild_parameter"},
           {"torch", "FloatStorage"},
           {"torch", "bfloat16"},
           {"torch.storage", "UntypedStorage"},
           {"collections", "OrderedDict"},
           {"argparse", "Namespace"},
           {"numpy.core.multiarray", "scalar"},
           {"__builtin__", "set"},
           {"builtins", "list"},
           {"__torch__", "Outer"},
           {"__torch__.torch.nn.modules.container", "ModuleList"}}) {
    EXPECT_TRUE(IsPlainGlobal(module, name)) << module << "." << name;
  }
}

TEST(TorchGlobalsTest, KnowsNothingElse) {
  for (const auto& [module, name] :
       std::vector<std::pair<std::string, std::string>>{
           {"os", "system"},
           {"nt", "system"},
           {"subprocess", "Popen"},
           {"builtins", "eval"},
           {"__builtin__", "exec"},
           {"builtins", "getattr"},
           {"torch", "load"},
           {"torch", "float"},
           {"torch.storage", "_load_from_bytes"},
           {"torch.nn.modules.activation", "ReLU"},
           {"__torch__x", "Outer"},
           {"x.__torch__", "Outer"},
           {"FloatStorage", "torch"},
           {"", ""}}) {
    EXPECT_FALSE(IsPlainGlobal(module, name)) << module << "." << name;
  }
}

TEST(TorchGlobalsTest, KindsFollowNames) {
  const auto global = [](absl::string_view module, absl::string_view name) {
    return PickleValue{
        .kind = PickleKind::kGlobal, .text = name, .module = module};
  };
  EXPECT_EQ(KindOfStorage(global("torch", "BFloat16Storage")),
            ScalarKind::kBfloat16);
  EXPECT_EQ(KindOfStorage(global("torch", "CharStorage")), ScalarKind::kInt8);
  EXPECT_EQ(KindOfStorage(global("numpy", "CharStorage")), std::nullopt);
  EXPECT_EQ(KindOfDtype(global("torch", "uint8")), ScalarKind::kUint8);
  EXPECT_EQ(KindOfDtype(global("torch", "uint16")), std::nullopt);
  EXPECT_TRUE(IsUntypedStorage(global("torch.storage", "UntypedStorage")));
  EXPECT_EQ(RoleOf(global("torch._utils", "_rebuild_tensor_v3")),
            TorchRole::kTypedTensor);
  EXPECT_EQ(RoleOf(global("__torch__.a", "B")), TorchRole::kScriptObject);
  EXPECT_EQ(RoleOf(global("torch", "Size")), TorchRole::kOther);
}

}  // namespace
}  // namespace cxr
