// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/textproto/textproto.h"

// Our reader beside protobuf's own, both with the places of all values. A spec
// has about 2 kB, and a generated one 100 kB.

namespace cxr {
namespace {

using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::TextFormat;

// At least `bytes` of text: the fields of FileDescriptorProto itself, each in a
// message of its own, over and over.
std::string TextOfSize(int64_t bytes) {
  const google::protobuf::Descriptor& type = *FileDescriptorProto::descriptor();
  std::string text;
  for (int i = 0; text.size() < static_cast<size_t>(bytes); ++i) {
    FileDescriptorProto one;
    type.field(i % type.field_count())
        ->CopyTo(one.add_message_type()->add_field());
    absl::StrAppend(&text, ToTextproto(one));
  }
  return text;
}

void SetBytes(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(text.size()));
}

void BM_OurReader(benchmark::State& state) {
  const std::string text = TextOfSize(state.range(0));
  for (auto unused : state) {
    FileDescriptorProto message;
    const ParsedTextproto parsed = ParseTextproto(text, message);
    CXR_CHECK(parsed.issues.empty());
    benchmark::DoNotOptimize(parsed.places.inner.data());
  }
  SetBytes(state, text);
}
BENCHMARK(BM_OurReader)->Arg(2000)->Arg(100000);

void BM_ProtobufReader(benchmark::State& state) {
  const std::string text = TextOfSize(state.range(0));
  for (auto unused : state) {
    FileDescriptorProto message;
    TextFormat::ParseInfoTree places;
    TextFormat::Parser parser;
    parser.AllowUnknownField(true);
    parser.WriteLocationsTo(&places);
    CXR_CHECK(parser.ParseFromString(text, &message));
    benchmark::DoNotOptimize(&places);
  }
  SetBytes(state, text);
}
BENCHMARK(BM_ProtobufReader)->Arg(2000)->Arg(100000);

}  // namespace
}  // namespace cxr
