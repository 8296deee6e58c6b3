// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/padchest_labels.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/check.h"
#include "cxr/synth/emit/chexpert_cells.h"
#include "cxr/synth/patient/devices.h"

namespace cxr::synth {
namespace {

// Names and UMLS concepts are those of PadChest's published trees of labels and
// locations; not all have a concept.
struct Word {
  Finding finding;
  absl::string_view label;
  absl::string_view concept_id;
  absl::string_view place;  // empty: none is given
  absl::string_view place_concept_id;
  bool has_side;
};

constexpr std::array<Word, kFindings> kWords = {{
    {Finding::kEnlargedCardiomediastinum, "mediastinal enlargement", "C2021206",
     "mediastinum", "C0025066", false},
    {Finding::kAorticEnlargement, "aortic elongation", "", "aortic", "C0003483",
     false},
    {Finding::kEnlargedPulmonaryArtery, "pulmonary artery enlargement",
     "C2072932", "hilar", "C0205150", false},
    {Finding::kMediastinalShift, "mediastinal shift", "C0264576", "", "",
     false},
    {Finding::kCardiomegaly, "cardiomegaly", "C0018800", "cardiac", "C1522601",
     false},
    {Finding::kLungOpacity, "alveolar pattern", "C1332240", "lung field",
     "C0225759", true},
    {Finding::kInfiltration, "infiltrates", "C0277877", "lung field",
     "C0225759", true},
    {Finding::kConsolidation, "consolidation", "C0521530", "lobar", "C0225752",
     true},
    {Finding::kPneumonia, "pneumonia", "C0032285", "lobar", "C0225752", true},
    {Finding::kNodule, "nodule", "C0034079", "lung field", "C0225759", true},
    {Finding::kMass, "pulmonary mass", "C0149726", "lung field", "C0225759",
     true},
    {Finding::kCavity, "cavitation", "C0578537", "lung field", "C0225759",
     true},
    {Finding::kCyst, "cyst", "C2073485", "lung field", "C0225759", true},
    {Finding::kCalcification, "calcified densities", "C2203586", "lung field",
     "C0225759", true},
    {Finding::kTuberculosis, "tuberculosis", "C0041296", "upper lobe",
     "C0225756", true},
    {Finding::kEdema, "pulmonary edema", "C0034063", "perihilar", "C0225702",
     false},
    {Finding::kInterstitialDisease, "interstitial pattern", "C2073538",
     "lower lung field", "", false},
    {Finding::kFibrosis, "pulmonary fibrosis", "C0034069", "basal", "C1282378",
     false},
    {Finding::kAtelectasis, "laminar atelectasis", "", "basal", "C1282378",
     true},
    {Finding::kPleuralEffusion, "pleural effusion", "C2073625",
     "costophrenic angle", "C0230151", true},
    {Finding::kPleuralThickening, "pleural thickening", "C0264545", "pleural",
     "C0032225", true},
    {Finding::kPneumothorax, "pneumothorax", "C2073565", "hemithorax",
     "C0934569", true},
    {Finding::kEmphysema, "emphysema", "C0034067", "", "", false},
    {Finding::kHernia, "hiatal hernia", "C3489393", "retrocardiac", "", false},
    {Finding::kRibFracture, "rib fracture", "C0035522", "rib", "C0035561",
     true},
    {Finding::kClavicleFracture, "clavicle fracture", "C0159658", "clavicle",
     "C0008913", true},
    {Finding::kSupportDevices, "pacemaker", "C0030163", "", "", false},
}};

// Labels of devices. Electrodes and sternal wires have none.
struct DeviceWord {
  Device device;
  absl::string_view label;
  absl::string_view concept_id;
};
constexpr DeviceWord kDeviceWords[] = {
    {Device::kEndotrachealTube, "endotracheal tube", ""},
    {Device::kJugularLine, "central venous catheter via jugular vein", ""},
    {Device::kSubclavianLine, "central venous catheter via subclavian vein",
     ""},
    {Device::kPicc, "central venous catheter", "C1145640"},
    {Device::kPort, "reservoir central venous catheter", ""},
    {Device::kPacemaker, "pacemaker", "C0030163"},
    {Device::kNasogastricTube, "NSG tube", ""},
    {Device::kChestTube, "chest drain tube", ""},
};

constexpr absl::string_view kNormal = "normal";
constexpr absl::string_view kNormalConcept = "C0205307";

const Word& WordOf(Finding finding) {
  const Word& word = kWords[static_cast<int>(finding)];
  CXR_CHECK(word.finding == finding) << "kWords is in another order";
  return word;
}

void AddOnce(absl::string_view item, std::vector<std::string>* items) {
  if (std::find(items->begin(), items->end(), item) == items->end()) {
    items->emplace_back(item);
  }
}

void AddLocation(absl::string_view place, absl::string_view concept_id,
                 PadchestAnnotation* annotation) {
  const std::string location = absl::StrCat("loc ", place);
  annotation->sentences.back().push_back(location);
  AddOnce(location, &annotation->locations);
  if (!concept_id.empty()) {
    AddOnce(concept_id, &annotation->location_concepts);
  }
}

void AddSide(int side, PadchestAnnotation* annotation) {
  if (side == 0) {
    AddLocation("bilateral", "C0238767", annotation);
  } else if (side < 0) {
    AddLocation("right", "C0444532", annotation);
  } else {
    AddLocation("left", "C0443246", annotation);
  }
}

void AddLabel(absl::string_view label, absl::string_view concept_id,
              PadchestAnnotation* annotation) {
  annotation->labels.emplace_back(label);
  annotation->sentences.push_back({std::string(label)});
  if (!concept_id.empty()) annotation->label_concepts.emplace_back(concept_id);
}

void AddDevices(const DeviceSet& devices, PadchestAnnotation* annotation) {
  const size_t before = annotation->labels.size();
  for (const DeviceWord& word : kDeviceWords) {
    if (!devices.Has(word.device)) continue;
    AddLabel(word.label, word.concept_id, annotation);
    if (const int side = devices.SideOf(word.device); side != 0) {
      AddSide(side, annotation);
    }
  }
  if (annotation->labels.size() > before) return;
  // Said in error.
  const Word& word = WordOf(Finding::kSupportDevices);
  AddLabel(word.label, word.concept_id, annotation);
}

void AddFinding(Finding finding, const Study& study,
                PadchestAnnotation* annotation) {
  if (finding == Finding::kSupportDevices) {
    AddDevices(study.devices, annotation);
    return;
  }
  const Word& word = WordOf(finding);
  AddLabel(word.label, word.concept_id, annotation);
  if (!word.place.empty()) {
    AddLocation(word.place, word.place_concept_id, annotation);
  }
  // What is said in error has no side.
  if (word.has_side && study.severity[finding] > 0.0) {
    AddSide(study.side[finding], annotation);
  }
}

std::string WithNeedlessSpaces(absl::string_view item, RandomStream* stream) {
  std::string text(item);
  if (stream->Chance(0.15)) {
    text = absl::StrReplaceAll(text, {{" ", "  "}});
  }
  if (stream->Chance(0.10)) {
    text.insert(text.begin(), ' ');
  }
  if (stream->Chance(0.05)) {
    text.push_back(' ');
  }
  return text;
}

std::string ListText(absl::Span<const std::string> items,
                     RandomStream* stream) {
  return absl::StrCat(
      "[",
      absl::StrJoin(items, ", ",
                    [stream](std::string* out, const std::string& item) {
                      absl::StrAppend(out, "'",
                                      WithNeedlessSpaces(item, stream), "'");
                    }),
      "]");
}

}  // namespace

absl::string_view PadchestLabel(Finding finding) {
  return WordOf(finding).label;
}

PadchestAnnotation AnnotationOf(const Study& study, const Mentions& mentions) {
  PadchestAnnotation annotation;
  for (int i = 0; i < kFindings; ++i) {
    if (IsAffirmed(mentions[FindingAt(i)])) {
      AddFinding(FindingAt(i), study, &annotation);
    }
  }
  if (annotation.labels.empty()) {
    annotation.labels.emplace_back(kNormal);
    annotation.sentences.push_back({std::string(kNormal)});
    annotation.label_concepts.emplace_back(kNormalConcept);
  }
  return annotation;
}

Mentions ReadByNetwork(const Mentions& mentions, RandomKey key) {
  Mentions read = mentions;
  for (int i = 0; i < kFindings; ++i) {
    if (IsAffirmed(mentions[FindingAt(i)]) &&
        RandomStream(key.Child("missed", i)).Chance(kMissedLabels)) {
      read[FindingAt(i)] = Mention::kNone;
    }
  }
  RandomStream stream(key.Child("spurious"));
  if (stream.Chance(kSpuriousLabels)) {
    read[FindingAt(stream.Below(kFindings))] = Mention::kPositive;
  }
  return read;
}

std::string ListCell(absl::Span<const std::string> items, RandomKey key) {
  RandomStream stream(key);
  return ListText(items, &stream);
}

std::string NestedListCell(absl::Span<const std::vector<std::string>> lists,
                           RandomKey key) {
  RandomStream stream(key);
  return absl::StrCat(
      "[",
      absl::StrJoin(
          lists, ", ",
          [&](std::string* out, const std::vector<std::string>& list) {
            absl::StrAppend(out, ListText(list, &stream));
          }),
      "]");
}

std::string ConceptsCell(absl::Span<const std::string> concepts) {
  return absl::StrCat(
      "[",
      absl::StrJoin(concepts, " ",
                    [](std::string* out, const std::string& concept_id) {
                      absl::StrAppend(out, "'", concept_id, "'");
                    }),
      "]");
}

}  // namespace cxr::synth
