// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/device_sentences.h"

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/report/grammar.h"

namespace cxr::synth {
namespace {

constexpr absl::string_view kTrachealTube =
    "[endotracheal|ET] tube [tip|] [terminates|ends|lies] [2|3|4|5] cm above "
    "the carina";
constexpr absl::string_view kGastricTube =
    "[nasogastric|enteric|orogastric] tube [courses below the "
    "diaphragm|[terminates|ends] in the stomach]";
constexpr absl::string_view kJugularLine =
    "{side} internal jugular [central venous|venous] catheter [terminates|ends|"
    "tip is] in the [lower|mid|upper] SVC";
constexpr absl::string_view kSubclavianLine =
    "{side} subclavian [central venous|venous] catheter [terminates|ends|tip "
    "is] in the [lower|mid|upper] SVC";
constexpr absl::string_view kPicc =
    "{side} PICC [terminates|ends|tip lies] in the [lower|mid] SVC";
constexpr absl::string_view kPacemaker =
    "{side}-sided [pacemaker is in place|pacemaker with [lead tip|a lead] in "
    "the "
    "right ventricle]";
constexpr absl::string_view kPort =
    "{side} chest wall port catheter [terminates|ends] in the [lower|"
    "mid] SVC";
constexpr absl::string_view kChestTube =
    "{side} [chest tube|pigtail pleural catheter] is in place";

constexpr absl::string_view kDoubted =
    "[possible [catheter|tube] projecting over the [right|left] [hemithorax"
    "|chest]|there may be a [catheter|tube] overlying the [right|left] chest]";
constexpr absl::string_view kDenied =
    "[no [support|indwelling] devices [are seen|]|no [catheter or tube|tube or "
    "catheter] is [seen|identified]]";

// Support devices without a name.
constexpr absl::string_view kAffirmed =
    "[support devices|tubes and lines|lines and tubes] [are|] in "
    "[standard|satisfactory|appropriate] position";

// In the order in which they are told.
struct DevicePattern {
  Device device;
  absl::string_view pattern;
};
constexpr DevicePattern kPatterns[] = {
    {Device::kEndotrachealTube, kTrachealTube},
    {Device::kChestTube, kChestTube},
    {Device::kJugularLine, kJugularLine},
    {Device::kSubclavianLine, kSubclavianLine},
    {Device::kNasogastricTube, kGastricTube},
    {Device::kPacemaker, kPacemaker},
    {Device::kPort, kPort},
    {Device::kPicc, kPicc},
};

constexpr size_t kMostDevices = 3;

}  // namespace

std::vector<std::string> DeviceSentences(Mention mention, const Study& study,
                                         RandomKey key) {
  RandomStream stream(key);
  const auto say = [&stream](absl::string_view pattern, const Slots& slots) {
    return AsSentence(Expand(pattern, slots, &stream));
  };
  if (mention == Mention::kNone) return {};
  if (mention == Mention::kNegative) return {say(kDenied, {})};
  if (mention == Mention::kUncertain) return {say(kDoubted, {})};
  std::vector<std::string> sentences;
  for (const DevicePattern& entry : kPatterns) {
    if (!study.devices.Has(entry.device)) continue;
    if (sentences.size() == kMostDevices) break;
    const bool left = study.devices.SideOf(entry.device) > 0;
    sentences.push_back(
        say(entry.pattern, {{"side", left ? "left" : "right"}}));
  }
  // Said in error: then none has a name.
  if (sentences.empty()) sentences.push_back(say(kAffirmed, {}));
  return sentences;
}

std::string DeviceSummary(Mention mention, RandomKey key) {
  RandomStream stream(key);
  switch (mention) {
    case Mention::kPositive:
      return AsSentence(Expand(kAffirmed, {}, &stream));
    case Mention::kUncertain:
      return AsSentence(Expand(kDoubted, {}, &stream));
    case Mention::kNegative:
      return AsSentence(Expand(kDenied, {}, &stream));
    case Mention::kNone:
      break;
  }
  CXR_CHECK(mention != Mention::kNone) << "no devices to sum up";
  return "";
}

}  // namespace cxr::synth
