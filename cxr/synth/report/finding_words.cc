// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/finding_words.h"

#include <array>

#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

constexpr FindingWords kEnlargedCardiomediastinum = {
    .noun =
        "{degree} [widening|enlargement] of the [mediastinum|mediastinal "
        "silhouette]",
    .number = Number::kUncounted,
    .affirmed =
        "the [mediastinum|mediastinal silhouette|cardiomediastinal "
        "silhouette] is {degreely} [widened|enlarged]",
    .doubted =
        "findings may [reflect|represent] {degree} widening of the "
        "[mediastinum|mediastinal silhouette]",
    .denied =
        "[the mediastinal [contours are|silhouette is] [normal"
        "|unremarkable|within normal limits]|the mediastinum is normal "
        "in width]",
    .absent = "",
};

constexpr FindingWords kAorticEnlargement = {
    .noun = "{degree} [enlargement|dilation] of the aortic contour",
    .number = Number::kUncounted,
    .affirmed =
        "[the aortic contour is {degreely} [enlarged|dilated]|the aorta "
        "is tortuous with a {degreely} enlarged contour]",
    .doubted = "",
    .denied = "the aortic contour is [normal|unremarkable]",
    .absent = "",
};

constexpr FindingWords kEnlargedPulmonaryArtery = {
    .noun = "{degree} enlargement of the main pulmonary artery contour",
    .number = Number::kUncounted,
    .affirmed =
        "the contour of the [main|central] pulmonary artery is "
        "{degreely} enlarged",
    .doubted = "",
    .denied = "the contour of the main pulmonary artery is normal",
    .absent = "",
};

constexpr FindingWords kMediastinalShift = {
    .noun =
        "{degree} shift of the [trachea|midline structures] to the "
        "{toward} {loss}",
    .number = Number::kUncounted,
    .affirmed = "the trachea is {degreely} deviated to the {toward} {loss}",
    .doubted = "",
    .denied = "the trachea is midline",
    .absent = "shift of the midline structures",
};

constexpr FindingWords kCardiomegaly = {
    .noun =
        "{degree} [cardiomegaly|cardiomegaly|enlargement of the cardiac "
        "silhouette]",
    .number = Number::kUncounted,
    .affirmed =
        "[the heart is|heart size is|the cardiac silhouette is] "
        "{degreely} enlarged",
    .doubted =
        "[borderline heart size|findings may [reflect|represent] {degree} "
        "cardiomegaly]",
    .denied =
        "[heart size is [normal|within normal limits]|the heart is "
        "[normal in size|not enlarged]|the cardiac silhouette is "
        "[normal|unremarkable]]",
    .absent = "cardiomegaly",
};

constexpr FindingWords kLungOpacity = {
    .noun =
        "{a} {patchy} [opacit{y}|opacit{y}|"
        "airspace opacit{y}] {place}",
    .number = Number::kCounted,
    .affirmed =
        "[{patchy} opacification|{degree} airspace disease] is "
        "[seen|present] {place}",
    .doubted =
        "[subtle|faint|vague] opacity {place} [cannot be excluded|is "
        "possible]",
    .denied = "",
    .absent = "[focal opacity|airspace opacity|focal airspace disease]",
};

constexpr FindingWords kInfiltration = {
    .noun = "{a} {patchy} infiltrate{s} {place}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "[focal|] infiltrate",
};

constexpr FindingWords kConsolidation = {
    .noun =
        "[{dense} consolidation {place}|{lobar} "
        "consolidation]",
    .number = Number::kUncounted,
    .affirmed =
        "[consolidation {place} [contains|with] air bronchograms"
        "|there is consolidative change {place}]",
    .doubted =
        "[findings|appearances] {place} may [reflect|represent] "
        "[early|developing|focal] consolidation",
    .denied = "",
    .absent = "[focal|focal|lobar|] consolidation",
};

constexpr FindingWords kPneumonia = {
    .noun = "[{lobar} pneumonia|pneumonia {place}]",
    .number = Number::kUncounted,
    .affirmed =
        "[findings|appearances] {place} [represent|are due to] "
        "[pneumonia|an infectious process]",
    .doubted =
        "[[findings|appearances] {place} [may|could] [reflect"
        "|represent] [pneumonia|infection]|[superimposed|early] "
        "[pneumonia|infection] {place} cannot be excluded]",
    .denied = "",
    .absent = "[pneumonia|pneumonia|infectious process]",
};

constexpr FindingWords kNodule = {
    .noun = "{a} {nodule_size} [pulmonary|] nodule{s} {place}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted =
        "possible nodule{s} {place} versus [nipple shadows|overlapping "
        "vessels]",
    .denied = "",
    .absent = "[pulmonary|discrete|] nodule",
};

constexpr FindingWords kMass = {
    .noun = "{a} {mass_size} {rounded} mass{es} {place}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "[pulmonary|discrete|] mass",
};

constexpr FindingWords kCavity = {
    .noun = "{a} {size} [thick-walled|] cavitary lesion{s} {place}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "cavitary lesion",
};

constexpr FindingWords kCyst = {
    .noun = "[thin-walled|small air-filled] [bullae|cysts and bullae] {place}",
    .number = Number::kMany,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "bullae",
};

constexpr FindingWords kCalcification = {
    .noun = "{a} [calcified granuloma{s}|calcification{s}] {place}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "calcification",
};

constexpr FindingWords kTuberculosis = {
    .noun = "[granulomatous changes|clustered granulomas] {upper}",
    .number = Number::kMany,
    .affirmed = "granulomatous changes {upper} are typical of TB",
    .doubted =
        "findings {upper} may reflect granulomatous [disease|changes of TB]",
    .denied = "",
    .absent = "granulomatous disease",
};

constexpr FindingWords kEdema = {
    .noun = "{degree} [pulmonary|pulmonary|interstitial] edema",
    .number = Number::kUncounted,
    .affirmed =
        "[perihilar haziness|perihilar haze] represents {degree} "
        "[pulmonary|interstitial] edema",
    .doubted =
        "[[perihilar haziness|findings] may [reflect|represent] "
        "{degree} pulmonary edema|there may be {degree} pulmonary "
        "vascular congestion|possible {degree} pulmonary vascular "
        "congestion]",
    .denied = "",
    .absent = "[pulmonary|pulmonary|overt pulmonary|interstitial] edema",
};

constexpr FindingWords kInterstitialDisease = {
    .noun =
        "{degree} [diffuse|] [interstitial lung disease|reticulation] "
        "{place}",
    .number = Number::kUncounted,
    .affirmed =
        "interstitial markings are {degreely} [increased|coarsened] "
        "{place}",
    .doubted =
        "[findings {place} may [reflect|represent] {degree} interstitial lung "
        "disease|possible {degree} increase in interstitial markings {place}]",
    .denied = "",
    .absent = "interstitial lung disease",
};

constexpr FindingWords kFibrosis = {
    .noun = "{degree} [parenchymal|linear|fibrotic|reticular] scarring {place}",
    .number = Number::kUncounted,
    .affirmed = "",
    .doubted = "findings {place} may [reflect|represent] [chronic|] scarring",
    .denied = "",
    .absent = "[parenchymal|] scarring",
};

constexpr FindingWords kAtelectasis = {
    .noun =
        "{degree} [{basilar} atelectasis|{linear} atelectasis {base}|{basilar} "
        "atelectasis]",
    .number = Number::kUncounted,
    .affirmed =
        "[low lung volumes with|there is volume loss from] {degree} "
        "{basilar} atelectasis",
    .doubted =
        "[findings|appearances] {base} may [reflect|represent] "
        "{degree} atelectasis",
    .denied = "",
    .absent = "[lobar collapse|atelectasis|atelectasis]",
};

constexpr FindingWords kPleuralEffusion = {
    .noun = "{a} {amount} {side} pleural effusion{s}",
    .number = Number::kCounted,
    .affirmed =
        "[{side} pleural effusion{s} {is} {amount}|there {is} {a} {amount} "
        "collection{s} of {side} pleural fluid]",
    .doubted =
        "blunting of the {side} costophrenic angle{s} may [reflect|"
        "represent] {a} {amount} pleural effusion{s}",
    .denied = "",
    .absent = "pleural [effusion|effusion|fluid]",
};

constexpr FindingWords kPleuralThickening = {
    .noun = "{degree} [{apical}|{side}] pleural thickening",
    .number = Number::kUncounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "pleural thickening",
};

constexpr FindingWords kPneumothorax = {
    .noun = "{a} {amount} [{side}|{apical}] {pneumothorax}",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "pneumothorax",
};

constexpr FindingWords kEmphysema = {
    .noun = "{degree} emphysema",
    .number = Number::kUncounted,
    .affirmed =
        "[the lungs are {degreely} hyperinflated|hyperinflated lungs "
        "with flattened diaphragms]",
    .doubted =
        "findings may [reflect|represent] {degree} [emphysema|hyperinflation]",
    .denied = "",
    .absent = "[emphysema|hyperinflation]",
};

constexpr FindingWords kHernia = {
    .noun = "{a} {size} hiatal hernia",
    .number = Number::kOne,
    .affirmed = "",
    .doubted = "retrocardiac lucency may reflect {a} {size} hiatal hernia",
    .denied = "",
    .absent = "hiatal hernia",
};

constexpr FindingWords kRibFracture = {
    .noun =
        "{a} {displaced} [fracture{s} of the {side} {rib} rib{s}|{side} "
        "rib fracture{s}]",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "[displaced|acute|] rib fracture",
};

constexpr FindingWords kClavicleFracture = {
    .noun =
        "{a} {displaced} [fracture{s} of the {side} clavicle{s}|{side} "
        "clavicle fracture{s}]",
    .number = Number::kCounted,
    .affirmed = "",
    .doubted = "",
    .denied = "",
    .absent = "clavicle fracture",
};

// In the order of the enumerators.
constexpr std::array<const FindingWords*, kFindings - 1> kWords = {
    &kEnlargedCardiomediastinum,
    &kAorticEnlargement,
    &kEnlargedPulmonaryArtery,
    &kMediastinalShift,
    &kCardiomegaly,
    &kLungOpacity,
    &kInfiltration,
    &kConsolidation,
    &kPneumonia,
    &kNodule,
    &kMass,
    &kCavity,
    &kCyst,
    &kCalcification,
    &kTuberculosis,
    &kEdema,
    &kInterstitialDisease,
    &kFibrosis,
    &kAtelectasis,
    &kPleuralEffusion,
    &kPleuralThickening,
    &kPneumothorax,
    &kEmphysema,
    &kHernia,
    &kRibFracture,
    &kClavicleFracture,
};

}  // namespace

const FindingWords& WordsOf(Finding finding) {
  CXR_CHECK(finding != Finding::kSupportDevices)
      << "support devices are named one by one";
  return *kWords[static_cast<int>(finding)];
}

}  // namespace cxr::synth
