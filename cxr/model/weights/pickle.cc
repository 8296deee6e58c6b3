// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle.h"

#include <bit>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/model/weights/byte_reader.h"
#include "cxr/model/weights/pickle_stack.h"
#include "cxr/model/weights/stored_tensor.h"

// Opcodes as in Python's Lib/pickletools.py.

namespace cxr {
namespace {

constexpr int kMaxSteps = 1 << 22;
constexpr uint64_t kProtocol = 2;

class Machine {
 public:
  Machine(absl::string_view bytes, PickleGlobals globals)
      : reader_(bytes), globals_(globals) {}

  absl::StatusOr<Pickle> Run();

 private:
  absl::Status Step(char opcode);
  absl::Status StepNumber(char opcode);
  absl::Status StepContainer(char opcode);
  absl::Status StepMemo(char opcode);
  absl::Status StepObject(char opcode);

  absl::Status ReadProtocol();
  absl::Status PushInteger(int64_t integer);
  absl::Status PushText(int length_bytes);
  absl::Status PushLong();
  absl::Status PushGlobal();
  absl::Status PushPersistent();

  ByteReader reader_;
  PickleGlobals globals_;
  PickleStack stack_;
  std::vector<const PickleValue*> persistent_;
};

absl::Status Machine::PushInteger(int64_t integer) {
  CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                       stack_.Push(PickleKind::kInteger));
  value->integer = integer;
  return absl::OkStatus();
}

absl::Status Machine::PushText(int length_bytes) {
  CXR_ASSIGN_OR_RETURN(const uint64_t length,
                       reader_.TakeInteger(length_bytes));
  CXR_ASSIGN_OR_RETURN(const absl::string_view text, reader_.Take(length));
  CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                       stack_.Push(PickleKind::kText));
  value->text = text;
  return absl::OkStatus();
}

// An integer in two's complement of as few bytes as hold it.
absl::Status Machine::PushLong() {
  CXR_ASSIGN_OR_RETURN(const uint64_t length, reader_.TakeInteger(1));
  CXR_ASSIGN_OR_RETURN(const absl::string_view bytes, reader_.Take(length));
  if (length > 8) {
    return stack_.Push(PickleKind::kBigInteger).status();
  }
  if (length == 0) {
    return PushInteger(0);
  }
  const int unused = 64 - 8 * static_cast<int>(length);
  return PushInteger(std::bit_cast<int64_t>(LittleEndian(bytes) << unused) >>
                     unused);
}

absl::Status Machine::PushGlobal() {
  CXR_ASSIGN_OR_RETURN(const absl::string_view module, reader_.TakeLine());
  CXR_ASSIGN_OR_RETURN(const absl::string_view name, reader_.TakeLine());
  if (!globals_(module, name)) {
    return absl::PermissionDeniedError(absl::StrCat(
        "found an import of ", QuotedText(absl::StrCat(module, ".", name)),
        ", expected only what tensors and plain values need"));
  }
  CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                       stack_.Push(PickleKind::kGlobal));
  value->module = module;
  value->text = name;
  return absl::OkStatus();
}

absl::Status Machine::PushPersistent() {
  CXR_ASSIGN_OR_RETURN(const PickleValue* const id, stack_.Pop());
  CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                       stack_.Push(PickleKind::kPersistent));
  value->arguments = id;
  persistent_.push_back(value);
  return absl::OkStatus();
}

absl::Status Machine::StepNumber(char opcode) {
  switch (opcode) {
    case 'N':
      return stack_.Push(PickleKind::kNone).status();
    case '\x88':    // NEWTRUE
    case '\x89': {  // NEWFALSE
      CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                           stack_.Push(PickleKind::kBool));
      value->integer = opcode == '\x88' ? 1 : 0;
      return absl::OkStatus();
    }
    case 'J': {  // BININT
      CXR_ASSIGN_OR_RETURN(const uint64_t bits, reader_.TakeInteger(4));
      return PushInteger(std::bit_cast<int32_t>(static_cast<uint32_t>(bits)));
    }
    case 'K':    // BININT1
    case 'M': {  // BININT2
      CXR_ASSIGN_OR_RETURN(const uint64_t bits,
                           reader_.TakeInteger(opcode == 'K' ? 1 : 2));
      return PushInteger(static_cast<int64_t>(bits));
    }
    case '\x8a':  // LONG1
      return PushLong();
    default: {  // BINFLOAT, 'G', which alone has its highest byte first
      CXR_ASSIGN_OR_RETURN(const uint64_t bits, reader_.TakeInteger(8));
      CXR_ASSIGN_OR_RETURN(PickleValue* const value,
                           stack_.Push(PickleKind::kReal));
      value->real = std::bit_cast<double>(__builtin_bswap64(bits));
      return absl::OkStatus();
    }
  }
}

absl::Status Machine::StepContainer(char opcode) {
  switch (opcode) {
    case '(':
      stack_.Mark();
      return absl::OkStatus();
    case ')':
      return stack_.PushTuple({});
    case '\x85':    // TUPLE1
    case '\x86':    // TUPLE2
    case '\x87': {  // TUPLE3
      CXR_ASSIGN_OR_RETURN(
          auto items, stack_.PopMany(static_cast<size_t>(opcode - '\x84')));
      return stack_.PushTuple(std::move(items));
    }
    case 't': {  // TUPLE
      CXR_ASSIGN_OR_RETURN(auto items, stack_.PopToMark());
      return stack_.PushTuple(std::move(items));
    }
    case ']':
      return stack_.Push(PickleKind::kList).status();
    case '}':
      return stack_.Push(PickleKind::kDict).status();
    case 'a': {  // APPEND
      CXR_ASSIGN_OR_RETURN(const auto item, stack_.PopMany(1));
      return stack_.Append(item);
    }
    case 's': {  // SETITEM
      CXR_ASSIGN_OR_RETURN(const auto items, stack_.PopMany(2));
      return stack_.SetItems(items);
    }
    default: {  // APPENDS, 'e', and SETITEMS, 'u'
      CXR_ASSIGN_OR_RETURN(const auto items, stack_.PopToMark());
      return opcode == 'e' ? stack_.Append(items) : stack_.SetItems(items);
    }
  }
}

absl::Status Machine::StepMemo(char opcode) {
  switch (opcode) {
    case 'q':    // BINPUT
    case 'r': {  // LONG_BINPUT
      CXR_ASSIGN_OR_RETURN(const uint64_t key,
                           reader_.TakeInteger(opcode == 'q' ? 1 : 4));
      return stack_.Remember(key);
    }
    default: {  // BINGET, 'h', and LONG_BINGET, 'j'
      CXR_ASSIGN_OR_RETURN(const uint64_t key,
                           reader_.TakeInteger(opcode == 'h' ? 1 : 4));
      return stack_.Recall(key);
    }
  }
}

absl::Status Machine::StepObject(char opcode) {
  switch (opcode) {
    case 'c':
      return PushGlobal();
    case 'Q':
      return PushPersistent();
    case 'b':
      return stack_.SetState();
    case '0':
      return stack_.Pop().status();
    case '1':  // POP_MARK
      return stack_.PopToMark().status();
    default:  // REDUCE, 'R', and NEWOBJ, '\x81'
      return stack_.Call();
  }
}

absl::Status Machine::Step(char opcode) {
  if (absl::StrContains("NJKMG\x88\x89\x8a", opcode)) {
    return StepNumber(opcode);
  }
  if (absl::StrContains("()]}aestu\x85\x86\x87", opcode)) {
    return StepContainer(opcode);
  }
  if (absl::StrContains("qrhj", opcode)) {
    return StepMemo(opcode);
  }
  if (absl::StrContains("cQb01R\x81", opcode)) {
    return StepObject(opcode);
  }
  switch (opcode) {
    case 'X':  // BINUNICODE
    case 'T':  // BINSTRING
      return PushText(4);
    case 'U':  // SHORT_BINSTRING
      return PushText(1);
    case '\x80':
      return ReadProtocol();
    default:
      return absl::DataLossError(
          absl::StrFormat("found opcode 0x%02x, expected those of protocol 2",
                          static_cast<uint8_t>(opcode)));
  }
}

absl::Status Machine::ReadProtocol() {
  CXR_ASSIGN_OR_RETURN(const uint64_t protocol, reader_.TakeInteger(1));
  return protocol == kProtocol ? absl::OkStatus()
                               : absl::InvalidArgumentError(absl::StrCat(
                                     "found a pickle of protocol ", protocol,
                                     ", expected 2, as torch.save writes"));
}

absl::StatusOr<Pickle> Machine::Run() {
  for (int step = 0; step < kMaxSteps; ++step) {
    const size_t place = reader_.offset();
    CXR_ASSIGN_OR_RETURN(const absl::string_view opcode, reader_.Take(1));
    if (opcode == ".") {
      CXR_ASSIGN_OR_RETURN(const PickleValue* const root, stack_.Last());
      return Pickle{.values = stack_.TakeValues(),
                    .root = root,
                    .persistent = std::move(persistent_),
                    .size = reader_.offset()};
    }
    if (const absl::Status done = Step(opcode[0]); !done.ok()) {
      return Annotate(done, absl::StrCat("pickle at byte ", place));
    }
  }
  return absl::DataLossError(
      absl::StrCat("found a pickle of more steps, expected up to ", kMaxSteps));
}

}  // namespace

absl::StatusOr<Pickle> ParsePickle(absl::string_view bytes,
                                   PickleGlobals globals) {
  return Machine(bytes, globals).Run();
}

}  // namespace cxr
