// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/device_sentences.h"

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/report/grammar.h"

namespace cxr::synth {
namespace {

constexpr absl::string_view kTrachealTube =
    "[endotracheal|ET] tube [tip|] [terminates|ends|lies] [2|3|4|5] cm above "
    "the carina";
constexpr absl::string_view kGastricTube =
    "[nasogastric|enteric|orogastric] tube [courses below the "
    "diaphragm|[terminates|ends] in the stomach]";
constexpr absl::string_view kCentralCatheter =
    "[right|right|left] [internal jugular|subclavian] [central venous "
    "catheter|venous catheter] [terminates|ends|tip is] in the [lower|mid|"
    "upper] SVC";
constexpr absl::string_view kPicc =
    "[right|left] PICC [terminates|ends|tip lies] in the [lower|mid] SVC";
constexpr absl::string_view kPacemaker =
    "[left|left|right]-sided [pacemaker is in place|dual-lead pacemaker with "
    "leads in the right atrium and right ventricle|single-lead pacemaker with "
    "tip in the right ventricle]";
constexpr absl::string_view kPort =
    "[right|left] chest wall port catheter [terminates|ends] in the [lower|"
    "mid] SVC";
constexpr absl::string_view kChestTube =
    "{side} [chest tube|pigtail pleural catheter] is in place";

constexpr absl::string_view kDoubted =
    "[possible [catheter|tube] projecting over the [right|left] [hemithorax"
    "|chest]|there may be a [catheter|tube] overlying the [right|left] chest]";
constexpr absl::string_view kDenied =
    "[no [support|indwelling] devices [are seen|]|no [catheter or tube|tube or "
    "catheter] is [seen|identified]]";

// Devices, the likeliest of each setting first, with their chances.
struct DeviceChance {
  absl::string_view pattern;
  double chance;
};
constexpr DeviceChance kIntensiveCare[] = {{kTrachealTube, 0.60},
                                           {kCentralCatheter, 0.60},
                                           {kGastricTube, 0.50},
                                           {kPicc, 0.20},
                                           {kPacemaker, 0.10}};
constexpr DeviceChance kElsewhere[] = {
    {kPacemaker, 0.45}, {kPicc, 0.30}, {kPort, 0.25}, {kCentralCatheter, 0.10}};

constexpr size_t kMostDevices = 3;

}  // namespace

std::vector<std::string> DeviceSentences(Mention mention, const Study& study,
                                         RandomKey key) {
  RandomStream stream(key);
  const bool left = stream.Sign() + 2 * study.side[Finding::kPneumothorax] > 0;
  const Slots slots = {{"side", left ? "left" : "right"}};
  const auto say = [&](absl::string_view pattern) {
    return AsSentence(Expand(pattern, slots, &stream));
  };
  if (mention == Mention::kNone) return {};
  if (mention == Mention::kNegative) return {say(kDenied)};
  if (mention == Mention::kUncertain) return {say(kDoubted)};
  std::vector<std::string> sentences;
  const auto add = [&](const DeviceChance& device) {
    const bool chosen = stream.Chance(device.chance);
    const std::string sentence = say(device.pattern);
    if (chosen && sentences.size() < kMostDevices) {
      sentences.push_back(sentence);
    }
  };
  if (study.setting == Setting::kIntensiveCare) {
    for (const DeviceChance& device : kIntensiveCare) add(device);
  } else {
    for (const DeviceChance& device : kElsewhere) add(device);
  }
  const double drain =
      study.severity[Finding::kPneumothorax] >= kPresentFrom ? 0.4 : 0.02;
  add({kChestTube, drain});
  if (sentences.empty()) sentences.push_back(say(kCentralCatheter));
  return sentences;
}

std::string DeviceSummary(Mention mention, RandomKey key) {
  RandomStream stream(key);
  switch (mention) {
    case Mention::kPositive:
      return AsSentence(
          Expand("[support devices|tubes and lines|lines and tubes] [are|] in "
                 "[standard|satisfactory|appropriate] position",
                 {}, &stream));
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
