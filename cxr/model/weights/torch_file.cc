// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/torch_file.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/byte_reader.h"
#include "cxr/model/weights/pickle.h"
#include "cxr/model/weights/torch_globals.h"
#include "cxr/model/weights/zip_directory.h"

namespace cxr {
namespace {

// torch/serialization.py: MAGIC_NUMBER, pickled.
constexpr absl::string_view kLegacyMagic(
    "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
constexpr int64_t kLegacyProtocol = 1001;

constexpr absl::string_view kPickle = "/data.pkl";

// Views of few numbers may stand for many; more than this is an attack.
int64_t MaxCopiedBytes(absl::string_view file) {
  return std::max(int64_t{64} << 20, 8 * std::ssize(file));
}

// What stands before "/data.pkl".
absl::StatusOr<std::string> FolderOf(const ZipDirectory& archive) {
  std::vector<std::string> folders;
  for (const ZipEntry& entry : archive.entries()) {
    absl::string_view folder = entry.name;
    if (absl::ConsumeSuffix(&folder, kPickle) &&
        !absl::StrContains(folder, '/')) {
      folders.push_back(std::string(folder));
    }
  }
  if (folders.empty()) {
    return absl::InvalidArgumentError(
        "found a zip archive without data.pkl, expected one of torch.save; "
        "what torch.jit.save of torch before 1.4 wrote must be loaded there "
        "and its state_dict() saved by torch.save");
  }
  return folders.size() == 1 ? absl::StatusOr<std::string>(folders.front())
                             : absl::DataLossError(absl::StrCat(
                                   "zip archive has ", folders.size(),
                                   " data.pkl, expected one"));
}

absl::StatusOr<absl::string_view> Contents(const ZipDirectory& archive,
                                           absl::string_view name) {
  const ZipEntry* const entry = archive.Find(name);
  if (entry == nullptr) {
    return absl::DataLossError(
        absl::StrCat("zip archive has no entry ", QuotedText(name)));
  }
  return entry->stored ? absl::StatusOr<absl::string_view>(entry->bytes)
                       : absl::InvalidArgumentError(absl::StrCat(
                             "zip archive entry ", QuotedText(name),
                             " is compressed or encrypted, expected it as "
                             "torch.save stores it"));
}

absl::Status CheckByteOrder(const ZipDirectory& archive,
                            absl::string_view folder) {
  // Before torch 2.1 there was none, and all files were little-endian.
  const ZipEntry* const order =
      archive.Find(absl::StrCat(folder, "/byteorder"));
  return order == nullptr || order->bytes == "little"
             ? absl::OkStatus()
             : absl::InvalidArgumentError(
                   absl::StrCat("found byte order ", QuotedText(order->bytes),
                                ", expected \"little\""));
}

absl::Status CheckSize(const TorchStorageId& id, int64_t found) {
  return found == id.bytes ? absl::OkStatus()
                           : absl::DataLossError(absl::StrCat(
                                 "storage ", QuotedText(id.key), ": found ",
                                 found, " bytes, expected ", id.bytes));
}

using Storages = absl::flat_hash_map<absl::string_view, absl::string_view>;

// The storages that the pickle refers to, by key.
absl::StatusOr<absl::flat_hash_map<absl::string_view, TorchStorageId>>
StorageIds(const Pickle& pickle) {
  absl::flat_hash_map<absl::string_view, TorchStorageId> ids;
  for (const PickleValue* const value : pickle.persistent) {
    CXR_ASSIGN_OR_RETURN(const TorchStorageId id, ParseTorchStorageId(*value));
    const auto [known, fresh] = ids.emplace(id.key, id);
    if (!fresh &&
        (known->second.kind != id.kind || known->second.bytes != id.bytes)) {
      return absl::DataLossError(
          absl::StrCat("storage ", QuotedText(id.key),
                       " is said to be of two kinds or sizes"));
    }
  }
  return ids;
}

// Reads what follows the pickles: of each key in turn how many numbers its
// storage has, and these.
absl::StatusOr<Storages> ReadStorages(const Pickle& pickle,
                                      const PickleValue& keys,
                                      ByteReader reader) {
  CXR_ASSIGN_OR_RETURN(const auto ids, StorageIds(pickle));
  if (keys.kind != PickleKind::kList) {
    return absl::DataLossError("found no list of storages, expected one");
  }
  Storages storages;
  for (const PickleValue* const key : keys.items) {
    const auto id = ids.find(key->text);
    if (id == ids.end() || key->kind != PickleKind::kText) {
      return absl::DataLossError(absl::StrCat("found a storage ",
                                              QuotedText(key->text),
                                              " that nothing refers to"));
    }
    const TorchStorageId& storage = id->second;
    const int64_t size = storage.kind.has_value() ? SizeOf(*storage.kind) : 1;
    CXR_ASSIGN_OR_RETURN(const uint64_t count, reader.TakeInteger(8));
    if (count != static_cast<uint64_t>(storage.bytes / size)) {
      return absl::DataLossError(
          absl::StrCat("storage ", QuotedText(storage.key), ": found ", count,
                       " numbers, expected ", storage.bytes / size));
    }
    CXR_ASSIGN_OR_RETURN(const absl::string_view bytes,
                         reader.Take(static_cast<uint64_t>(storage.bytes)));
    if (!storages.emplace(storage.key, bytes).second) {
      return absl::DataLossError(
          absl::StrCat("found storage ", QuotedText(storage.key), " twice"));
    }
  }
  return reader.left() == 0
             ? absl::StatusOr<Storages>(std::move(storages))
             : absl::DataLossError(absl::StrCat(
                   "found ", reader.left(), " bytes more, expected the end"));
}

// The next pickle of those that follow each other.
absl::StatusOr<Pickle> NextPickle(ByteReader& reader, absl::string_view bytes) {
  CXR_ASSIGN_OR_RETURN(
      Pickle pickle, ParsePickle(bytes.substr(reader.offset()), IsPlainGlobal));
  CXR_RETURN_IF_ERROR(reader.Take(pickle.size).status());
  return pickle;
}

absl::Status CheckSystem(const PickleValue& protocol,
                         const PickleValue& system) {
  if (protocol.kind != PickleKind::kInteger ||
      protocol.integer != kLegacyProtocol) {
    return absl::InvalidArgumentError(absl::StrCat(
        "found a protocol of torch.save other than ", kLegacyProtocol));
  }
  for (const auto& [key, value] : system.entries) {
    if (key->text == "little_endian" && value->integer != 1) {
      return absl::InvalidArgumentError(
          "found big-endian numbers, expected little-endian ones");
    }
  }
  return absl::OkStatus();
}

}  // namespace

bool IsZip(absl::string_view bytes) {
  return absl::StartsWith(bytes, absl::string_view("PK\3\4", 4));
}

bool IsTorchLegacy(absl::string_view bytes) {
  return absl::StartsWith(bytes, kLegacyMagic);
}

absl::StatusOr<TorchState> ParseTorchZip(absl::string_view bytes) {
  CXR_ASSIGN_OR_RETURN(const ZipDirectory archive, ZipDirectory::Parse(bytes));
  CXR_ASSIGN_OR_RETURN(const std::string folder, FolderOf(archive));
  CXR_RETURN_IF_ERROR(CheckByteOrder(archive, folder));
  CXR_ASSIGN_OR_RETURN(const absl::string_view text,
                       Contents(archive, absl::StrCat(folder, kPickle)));
  CXR_ASSIGN_OR_RETURN(const Pickle pickle, ParsePickle(text, IsPlainGlobal));
  const auto storages =
      [&](const TorchStorageId& id) -> absl::StatusOr<absl::string_view> {
    CXR_ASSIGN_OR_RETURN(
        const absl::string_view storage,
        Contents(archive, absl::StrCat(folder, "/data/", id.key)));
    CXR_RETURN_IF_ERROR(CheckSize(id, std::ssize(storage)));
    return storage;
  };
  return CollectTorchTensors(*pickle.root, storages, MaxCopiedBytes(bytes));
}

absl::StatusOr<TorchState> ParseTorchLegacy(absl::string_view bytes) {
  ByteReader reader(bytes);
  CXR_RETURN_IF_ERROR(reader.Take(kLegacyMagic.size()).status());
  CXR_ASSIGN_OR_RETURN(const Pickle protocol, NextPickle(reader, bytes));
  CXR_ASSIGN_OR_RETURN(const Pickle system, NextPickle(reader, bytes));
  CXR_RETURN_IF_ERROR(CheckSystem(*protocol.root, *system.root));
  CXR_ASSIGN_OR_RETURN(const Pickle pickle, NextPickle(reader, bytes));
  CXR_ASSIGN_OR_RETURN(const Pickle keys, NextPickle(reader, bytes));
  CXR_ASSIGN_OR_RETURN(const Storages by_key,
                       ReadStorages(pickle, *keys.root, reader));
  const auto storages =
      [&](const TorchStorageId& id) -> absl::StatusOr<absl::string_view> {
    const auto found = by_key.find(id.key);
    if (found == by_key.end()) {
      return absl::DataLossError(
          absl::StrCat("found no storage ", QuotedText(id.key)));
    }
    return found->second;
  };
  return CollectTorchTensors(*pickle.root, storages, MaxCopiedBytes(bytes));
}

}  // namespace cxr
