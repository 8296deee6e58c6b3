// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_state.h"

#include <cstring>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/torch_globals.h"

namespace cxr {
namespace {

constexpr int kDeepest = 64;
// A small pickle can share its values so often that walking it never ends.
constexpr int kMaxVisits = 1 << 22;
constexpr size_t kMaxTensors = size_t{1} << 18;
constexpr size_t kMaxNameBytes = 1024;
constexpr size_t kMaxDimensions = 64;

absl::Status Broken(absl::string_view what) {
  return absl::DataLossError(what);
}

absl::Status UnknownKind(const PickleValue& global) {
  return absl::InvalidArgumentError(
      absl::StrCat("found numbers of ",
                   QuotedText(absl::StrCat(global.module, ".", global.text)),
                   ", expected a floating type, whole numbers or bool"));
}

absl::StatusOr<std::vector<int64_t>> Integers(const PickleValue& tuple) {
  if (tuple.kind != PickleKind::kTuple || tuple.items.size() > kMaxDimensions) {
    return Broken(absl::StrCat("expected a tuple of up to ", kMaxDimensions,
                               " whole numbers as shape and strides"));
  }
  std::vector<int64_t> integers;
  for (const PickleValue* const item : tuple.items) {
    if (item->kind != PickleKind::kInteger || item->integer < 0) {
      return Broken("expected whole numbers from 0 in shape and strides");
    }
    integers.push_back(item->integer);
  }
  return integers;
}

// Where the numbers of a tensor lie in its storage, in numbers.
struct Layout {
  int64_t offset = 0;
  std::vector<int64_t> shape = {};
  std::vector<int64_t> strides = {};
};

bool IsContiguous(const Layout& layout) {
  int64_t expected = 1;
  for (size_t i = layout.shape.size(); i-- > 0;) {
    if (layout.shape[i] != 1 && layout.strides[i] != expected) {
      return false;
    }
    expected *= layout.shape[i];
  }
  return true;
}

// One past the last number of a tensor that is not empty.
absl::StatusOr<int64_t> EndOf(const Layout& layout) {
  int64_t end = layout.offset;
  bool overflow = __builtin_add_overflow(end, 1, &end);
  for (size_t i = 0; i < layout.shape.size(); ++i) {
    int64_t step = 0;
    overflow |=
        __builtin_mul_overflow(layout.shape[i] - 1, layout.strides[i], &step);
    overflow |= __builtin_add_overflow(end, step, &end);
  }
  return overflow ? absl::StatusOr<int64_t>(
                        Broken("reaches further than can be counted"))
                  : end;
}

// The numbers of `count`, each of `size` bytes, one after another.
std::string Gather(absl::string_view storage, const Layout& layout,
                   int64_t count, int64_t size) {
  std::string gathered(static_cast<size_t>(count * size), '\0');
  std::vector<int64_t> index(layout.shape.size(), 0);
  int64_t from = layout.offset;
  for (int64_t to = 0; to < count; ++to) {
    std::memcpy(gathered.data() + to * size, storage.data() + from * size,
                static_cast<size_t>(size));
    for (size_t i = index.size(); i-- > 0;) {
      from += layout.strides[i];
      if (++index[i] < layout.shape[i]) {
        break;
      }
      from -= layout.strides[i] * index[i];
      index[i] = 0;
    }
  }
  return gathered;
}

class Collector {
 public:
  Collector(TorchStorages storages, int64_t max_copied_bytes)
      : storages_(storages), copied_bytes_left_(max_copied_bytes) {}

  absl::Status Visit(const PickleValue& value, int depth);
  absl::StatusOr<TorchState> Finish() &&;

 private:
  absl::Status VisitCall(const PickleValue& call, int depth);
  absl::Status VisitEntry(const PickleValue& key, const PickleValue& value,
                          int depth);
  absl::Status VisitEntries(const PickleValue& dict, int depth);
  absl::Status VisitPairs(const PickleValue& list, int depth);
  absl::Status VisitItems(const PickleValue& list, int depth);
  absl::Status VisitBelow(const PickleValue& value, absl::string_view key,
                          int depth);

  // From the arguments of a function that puts tensors together.
  absl::Status Add(const PickleValue& arguments, TorchRole role);
  absl::StatusOr<StoredTensor> Tensor(const PickleValue& arguments,
                                      TorchRole role);
  absl::Status Fill(absl::string_view storage, const Layout& layout,
                    StoredTensor& tensor);

  TorchStorages storages_;
  int64_t copied_bytes_left_;
  std::string path_;
  int visits_ = 0;
  TorchState state_;
};

absl::Status Collector::Visit(const PickleValue& value, int depth) {
  if (depth > kDeepest || ++visits_ > kMaxVisits) {
    return Broken(
        depth > kDeepest
            ? absl::StrCat(QuotedText(path_), ": is nested deeper than ",
                           kDeepest, " levels")
            : absl::StrCat("holds more than ", kMaxVisits,
                           " values, counted as often as they stand"));
  }
  switch (value.kind) {
    case PickleKind::kDict:
      return VisitEntries(value, depth);
    case PickleKind::kTuple:
    case PickleKind::kList:
      return VisitItems(value, depth);
    case PickleKind::kCall:
      return VisitCall(value, depth);
    case PickleKind::kNone:
    case PickleKind::kBool:
    case PickleKind::kInteger:
    case PickleKind::kBigInteger:
    case PickleKind::kReal:
    case PickleKind::kText:
    case PickleKind::kGlobal:
    case PickleKind::kPersistent:
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status Collector::VisitCall(const PickleValue& call, int depth) {
  const auto& arguments = call.arguments->items;
  const TorchRole role = RoleOf(*call.callee);
  switch (role) {
    case TorchRole::kTensor:
    case TorchRole::kTypedTensor:
      return Add(*call.arguments, role);
    case TorchRole::kWrappedTensor:
      if (arguments.size() < 3 || arguments[0]->kind != PickleKind::kGlobal) {
        return Broken(
            absl::StrCat(QuotedText(path_), ": is no tensor of a class"));
      }
      return Add(*arguments[2], RoleOf(*arguments[0]));
    case TorchRole::kFirstArgument:
      return arguments.empty() ? absl::OkStatus()
                               : Visit(*arguments[0], depth + 1);
    case TorchRole::kDictionary:
      if (!arguments.empty()) {
        CXR_RETURN_IF_ERROR(VisitPairs(*arguments[0], depth));
      }
      return VisitEntries(call, depth);
    case TorchRole::kScriptObject:
      return call.state == nullptr ? absl::OkStatus()
                                   : Visit(*call.state, depth + 1);
    case TorchRole::kOther:
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status Collector::VisitEntry(const PickleValue& key,
                                   const PickleValue& value, int depth) {
  if (key.kind == PickleKind::kText) {
    return VisitBelow(value, key.text, depth);
  }
  return key.kind == PickleKind::kInteger
             ? VisitBelow(value, absl::StrCat(key.integer), depth)
             : absl::OkStatus();
}

absl::Status Collector::VisitEntries(const PickleValue& dict, int depth) {
  for (const auto& [key, value] : dict.entries) {
    CXR_RETURN_IF_ERROR(VisitEntry(*key, *value, depth));
  }
  return absl::OkStatus();
}

// What Python 2 hands to an OrderedDict instead of filling it.
absl::Status Collector::VisitPairs(const PickleValue& list, int depth) {
  for (const PickleValue* const pair : list.items) {
    if (pair->items.size() == 2) {
      CXR_RETURN_IF_ERROR(VisitEntry(*pair->items[0], *pair->items[1], depth));
    }
  }
  return absl::OkStatus();
}

absl::Status Collector::VisitItems(const PickleValue& list, int depth) {
  for (size_t i = 0; i < list.items.size(); ++i) {
    CXR_RETURN_IF_ERROR(VisitBelow(*list.items[i], absl::StrCat(i), depth));
  }
  return absl::OkStatus();
}

absl::Status Collector::VisitBelow(const PickleValue& value,
                                   absl::string_view key, int depth) {
  const size_t length = path_.size();
  if (length + key.size() > kMaxNameBytes) {
    return Broken(absl::StrCat("found a name of more than ", kMaxNameBytes,
                               " bytes: ", QuotedText(path_)));
  }
  absl::StrAppend(&path_, path_.empty() ? "" : ".", key);
  CXR_RETURN_IF_ERROR(Visit(value, depth + 1));
  path_.resize(length);
  return absl::OkStatus();
}

absl::Status Collector::Add(const PickleValue& arguments, TorchRole role) {
  if (state_.tensors.size() == kMaxTensors) {
    return Broken(absl::StrCat("holds more than ", kMaxTensors, " tensors"));
  }
  absl::StatusOr<StoredTensor> tensor = Tensor(arguments, role);
  if (!tensor.ok()) {
    return Annotate(tensor.status(), QuotedText(path_));
  }
  state_.tensors.push_back(*std::move(tensor));
  return absl::OkStatus();
}

absl::StatusOr<StoredTensor> Collector::Tensor(const PickleValue& arguments,
                                               TorchRole role) {
  constexpr size_t kDtype = 6;  // its place in _rebuild_tensor_v3
  const auto& items = arguments.items;
  if ((role != TorchRole::kTensor && role != TorchRole::kTypedTensor) ||
      arguments.kind != PickleKind::kTuple ||
      items.size() < (role == TorchRole::kTensor ? 4 : kDtype + 1) ||
      items[1]->kind != PickleKind::kInteger || items[1]->integer < 0) {
    return Broken("expected a storage, an offset, a shape and strides");
  }
  CXR_ASSIGN_OR_RETURN(const TorchStorageId id, ParseTorchStorageId(*items[0]));
  Layout layout = {.offset = items[1]->integer};
  CXR_ASSIGN_OR_RETURN(layout.shape, Integers(*items[2]));
  CXR_ASSIGN_OR_RETURN(layout.strides, Integers(*items[3]));
  const std::optional<ScalarKind> kind =
      role == TorchRole::kTensor ? id.kind : KindOfDtype(*items[kDtype]);
  if (!kind.has_value()) {
    return UnknownKind(role == TorchRole::kTensor
                           ? *items[0]->arguments->items[1]
                           : *items[kDtype]);
  }
  if (layout.shape.size() != layout.strides.size()) {
    return Broken(absl::StrCat("found ", layout.strides.size(),
                               " strides, expected ", layout.shape.size()));
  }
  CXR_ASSIGN_OR_RETURN(const absl::string_view storage, storages_(id));
  StoredTensor tensor = {.name = path_, .kind = *kind, .shape = layout.shape};
  CXR_RETURN_IF_ERROR(Fill(storage, layout, tensor));
  return tensor;
}

absl::Status Collector::Fill(absl::string_view storage, const Layout& layout,
                             StoredTensor& tensor) {
  const int64_t size = SizeOf(tensor.kind);
  CXR_ASSIGN_OR_RETURN(const int64_t count, CountOf(tensor.shape, tensor.kind));
  if (count == 0) {
    return absl::OkStatus();
  }
  CXR_ASSIGN_OR_RETURN(const int64_t end, EndOf(layout));
  const int64_t held = std::ssize(storage) / size;
  if (end > held) {
    return Broken(
        absl::StrCat("reaches to number ", end, " of a storage of ", held));
  }
  if (IsContiguous(layout)) {
    tensor.bytes = storage.substr(static_cast<size_t>(layout.offset * size),
                                  static_cast<size_t>(count * size));
    return absl::OkStatus();
  }
  if (count * size > copied_bytes_left_) {
    return Broken(
        "is not contiguous, and more would have to be copied than the file "
        "makes likely");
  }
  copied_bytes_left_ -= count * size;
  const auto copy =
      std::make_shared<const std::string>(Gather(storage, layout, count, size));
  tensor.bytes = *copy;
  state_.memory.push_back(copy);
  return absl::OkStatus();
}

absl::StatusOr<TorchState> Collector::Finish() && {
  absl::flat_hash_set<absl::string_view> names;
  for (const StoredTensor& tensor : state_.tensors) {
    if (!names.insert(tensor.name).second) {
      return Broken(absl::StrCat("found two tensors called ",
                                 QuotedText(tensor.name), ", expected one"));
    }
  }
  return std::move(state_);
}

}  // namespace

absl::StatusOr<TorchStorageId> ParseTorchStorageId(const PickleValue& value) {
  // "storage", class, key, device, count of numbers and, in the older form, the
  // storage that this one is part of.
  const PickleValue* const id = value.arguments;
  if (value.kind != PickleKind::kPersistent || id->kind != PickleKind::kTuple ||
      id->items.size() < 5 || id->items[0]->text != "storage" ||
      id->items[1]->kind != PickleKind::kGlobal ||
      id->items[2]->kind != PickleKind::kText ||
      id->items[4]->kind != PickleKind::kInteger) {
    return Broken("expected a storage with its class, key and size");
  }
  if (id->items.size() > 5 && id->items[5]->kind != PickleKind::kNone) {
    return absl::InvalidArgumentError(
        "found a part of a storage, as torch before 0.4 wrote them; load the "
        "file with torch.load and save it again");
  }
  const PickleValue& storage_class = *id->items[1];
  TorchStorageId storage = {.key = id->items[2]->text,
                            .kind = KindOfStorage(storage_class)};
  if (!storage.kind.has_value() && !IsUntypedStorage(storage_class)) {
    return UnknownKind(storage_class);
  }
  const int64_t size = storage.kind.has_value() ? SizeOf(*storage.kind) : 1;
  if (id->items[4]->integer < 0 ||
      __builtin_mul_overflow(id->items[4]->integer, size, &storage.bytes)) {
    return Broken(
        absl::StrCat("found a storage of ", id->items[4]->integer, " numbers"));
  }
  return storage;
}

absl::StatusOr<TorchState> CollectTorchTensors(const PickleValue& root,
                                               TorchStorages storages,
                                               int64_t max_copied_bytes) {
  Collector collector(storages, max_copied_bytes);
  CXR_RETURN_IF_ERROR(collector.Visit(root, 0));
  return std::move(collector).Finish();
}

}  // namespace cxr
