// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/padchest_report.h"

#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/report/grammar.h"

namespace cxr::synth {
namespace {

// Spanish names of the findings in the order of the enumerators, words cut to
// stems. Sides and lobes are left out: mentions do not say
// them.
constexpr std::array<absl::string_view, kFindings> kStems = {
    "[ensanch|aument] mediastin",
    "[elong|dilat] aort",
    "aument arteri pulmon",
    "desplaz [mediastin|traque]",
    "[cardiomegali|aument silu cardiac]",
    "[opac|aument dens] pulmon",
    "infiltr [alveol|pulmon]",
    "consolid [pulmon|]",
    "neumoni",
    "nodul pulmon",
    "mas pulmon",
    "[cavit|lesion cavit] pulmon",
    "[quist|bull] pulmon",
    "[granulom calcific|calcific] pulmon",
    "[tuberculos|cambi tuberculos]",
    "[edem pulmon|redistribu vascul]",
    "patron intersticial",
    "[fibros|cambi fibrot] pulmon",
    "atelectasi [lamin|]",
    "derram [pleural|]",
    "engros pleural",
    "neumotorax",
    "[enfisem|signos epoc|hiperinsufl] [pulmon|]",
    "herni hiat",
    "fractur costal",
    "fractur clavicul",
    "{device}",
};

// Of devices; sides are left out here, too.
struct DeviceStem {
  Device device;
  absl::string_view stem;
};
constexpr DeviceStem kDeviceStems[] = {
    {Device::kEndotrachealTube, "tub endotraqueal"},
    {Device::kJugularLine, "cateter ven central yugul"},
    {Device::kSubclavianLine, "cateter ven central subclavi"},
    {Device::kPicc, "cateter ven central acces perifer"},
    {Device::kPort, "cateter ven central reservori"},
    {Device::kPacemaker, "marcapas"},
    {Device::kNasogastricTube, "sond nasogastr"},
    {Device::kChestTube, "tub toracic"},
};

std::string DeviceStems(const DeviceSet& devices) {
  std::vector<absl::string_view> stems;
  for (const DeviceStem& entry : kDeviceStems) {
    if (devices.Has(entry.device)) stems.push_back(entry.stem);
  }
  // Said in error: then none has a name.
  return stems.empty() ? "dispositiv soport" : absl::StrJoin(stems, " ");
}

std::string SentenceOf(Finding finding, Mention mention,
                       const std::string& devices, RandomStream* stream) {
  const std::string name =
      Expand(kStems[static_cast<int>(finding)], {{"device", devices}}, stream);
  const Slots slots = {{"name", name}};
  switch (mention) {
    case Mention::kPositive:
      return Expand("[{name}|{name}|se observ {name}]", slots, stream);
    case Mention::kUncertain:
      return Expand("[posibl {name}|sugest {name}|{name} a descart]", slots,
                    stream);
    case Mention::kNegative:
      return Expand("[sin|no se observ|no] {name}", slots, stream);
    case Mention::kNone:
      break;
  }
  return "";
}

}  // namespace

std::string PadchestReport(const Study& study, const Mentions& mentions,
                           RandomKey key) {
  const std::string devices = DeviceStems(study.devices);
  std::vector<std::string> sentences;
  bool told = false;
  for (int i = 0; i < kFindings; ++i) {
    const Mention mention = mentions[FindingAt(i)];
    if (mention == Mention::kNone) continue;
    told = told || mention != Mention::kNegative;
    RandomStream stream(key.Child("padchest sentence", i));
    sentences.push_back(SentenceOf(FindingAt(i), mention, devices, &stream));
  }
  RandomStream stream(key.Child("padchest frame"));
  const std::string normal = Expand(
      "[sin hallazg [patolog|signific]|torax sin alter|estudi dentr "
      "normal]",
      {}, &stream);
  if (!told) sentences.insert(sentences.begin(), normal);
  if (told && stream.Chance(0.2)) {
    sentences.push_back(
        Expand("[sin cambi respect previ|rest sin "
               "particular]",
               {}, &stream));
  }
  std::string report;
  for (const std::string& sentence : sentences) {
    const std::vector<absl::string_view> words =
        absl::StrSplit(sentence, ' ', absl::SkipEmpty());
    absl::StrAppend(&report, report.empty() ? "" : " ",
                    absl::StrJoin(words, " "), " .");
  }
  return report;
}

}  // namespace cxr::synth
