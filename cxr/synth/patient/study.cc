// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/study.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/patient/finding_rates.h"

namespace cxr::synth {
namespace {

// Rates of processes, of sides and of views are the prototype's, but for
// tuberculosis, which it had not.
constexpr double kTuberculosisRate = 0.02;
constexpr double kLeastSeverity = 0.03;
constexpr double kPushesFrom = 0.6;  // severity of effusion, pneumothorax
constexpr double kPushChance = 0.3;
// Zones by about the area of lung in them; bases are ill more often.
constexpr double kUpperShare = 0.27;
constexpr double kMiddleShare = 0.33;

bool Happens(RandomKey key, absl::string_view process, double rate) {
  return RandomStream(key.Child(process)).Chance(rate);
}

Setting SettingOf(const StudyModel& model, RandomKey key) {
  const double place = RandomStream(key.Child("setting")).Uniform();
  if (place < model.intensive_care) return Setting::kIntensiveCare;
  if (place < model.intensive_care + model.ward) return Setting::kWard;
  return Setting::kOutpatient;
}

// If the model states the share of AP, the usual chances are scaled (those of
// PA where the share is larger than usual) so that it comes out.
double ApChance(const StudyModel& model, Setting setting) {
  constexpr double kIntensiveCare = 0.9;
  constexpr double kElsewhere = 0.2;
  const double usual =
      setting == Setting::kIntensiveCare ? kIntensiveCare : kElsewhere;
  if (model.ap_share < 0.0) return usual;
  const double usual_share = kIntensiveCare * model.intensive_care +
                             kElsewhere * (1.0 - model.intensive_care);
  if (model.ap_share <= usual_share) {
    return usual * model.ap_share / usual_share;
  }
  return 1.0 - (1.0 - usual) * (1.0 - model.ap_share) / (1.0 - usual_share);
}

bool IsAtWork(Cause cause, const Study& study) {
  switch (cause) {
    case Cause::kNone:
      return false;
    case Cause::kHeartFailure:
      return study.heart_failure;
    case Cause::kPneumonia:
      return study.pneumonia;
    case Cause::kObstructiveDisease:
      return study.obstructive_disease;
    case Cause::kTrauma:
      return study.trauma;
    case Cause::kTumor:
      return study.tumor;
    case Cause::kTuberculosis:
      return study.tuberculosis;
    case Cause::kIntensiveCare:
      return study.setting == Setting::kIntensiveCare;
  }
  CXR_CHECK(false) << "cause " << static_cast<int>(cause);
}

CausedRate CauseOf(const FindingRates& rates, const Study& study) {
  for (const CausedRate& caused : rates.causes) {
    if (IsAtWork(caused.cause, study)) return caused;
  }
  return {.cause = Cause::kNone, .chance = rates.background};
}

double AgingOf(const FindingRates& rates, int age_years) {
  return rates.aging * std::clamp((age_years - 45.0) / 45.0, 0.0, 1.0);
}

// The key of where a finding is: what follows from one illness in one lung lies
// in that lung, and there in one zone.
RandomKey PlaceKey(const FindingRates& rates, const Study& study,
                   const Patient& patient) {
  const Cause cause = CauseOf(rates, study).cause;
  switch (cause) {
    case Cause::kPneumonia:
    case Cause::kTrauma:
      return study.key.Child("side of cause", static_cast<uint64_t>(cause));
    case Cause::kTumor:
    case Cause::kTuberculosis:
      return patient.key.Child("side of cause", static_cast<uint64_t>(cause));
    case Cause::kNone:
    case Cause::kHeartFailure:
    case Cause::kObstructiveDisease:
    case Cause::kIntensiveCare:
      return (rates.chronic ? patient.key : study.key)
          .Child("side", static_cast<uint64_t>(rates.finding));
  }
  CXR_CHECK(false) << "cause " << static_cast<int>(cause);
}

int SideOf(const FindingRates& rates, const Study& study,
           const Patient& patient) {
  if (rates.sides == Sides::kMiddleOrBoth) return 0;
  if (rates.sides == Sides::kOneOrBoth) {
    const double both = study.heart_failure ? 0.6 : 0.4;
    if (Happens(study.key, "both sides", both)) return 0;
  }
  return RandomStream(PlaceKey(rates, study, patient)).Sign();
}

// Tuberculosis and what it leaves behind is in the upper zone.
Zone ZoneOf(const FindingRates& rates, const Study& study,
            const Patient& patient) {
  switch (rates.finding) {
    case Finding::kTuberculosis:
      return Zone::kUpper;
    case Finding::kLungOpacity:
    case Finding::kInfiltration:
    case Finding::kConsolidation:
    case Finding::kPneumonia:
    case Finding::kNodule:
    case Finding::kMass:
    case Finding::kCavity:
    case Finding::kCyst:
    case Finding::kCalcification:
      break;
    default:
      return Zone::kLower;
  }
  if (CauseOf(rates, study).cause == Cause::kTuberculosis) return Zone::kUpper;
  const double place =
      RandomStream(PlaceKey(rates, study, patient).Child("zone")).Uniform();
  if (place < kUpperShare) return Zone::kUpper;
  return place < kUpperShare + kMiddleShare ? Zone::kMiddle : Zone::kLower;
}

// Which way air or much fluid in one pleura pushes the mediastinum; 0: nowhere.
int PushOf(const Study& study) {
  for (const Finding finding :
       {Finding::kPneumothorax, Finding::kPleuralEffusion}) {
    if (study.severity[finding] >= kPushesFrom && study.side[finding] != 0) {
      return -study.side[finding];
    }
  }
  return 0;
}

double ChanceOf(const FindingRates& rates, const StudyModel& model,
                const Study& study) {
  const double chance = CauseOf(rates, study).chance;
  if (rates.finding == Finding::kSupportDevices) {
    return chance * model.device_rate;
  }
  if (rates.finding == Finding::kMediastinalShift && PushOf(study) != 0) {
    return kPushChance;
  }
  return chance;
}

// The key of all draws for a finding: none depends on another finding's rates.
void AddFinding(Finding finding, const StudyModel& model,
                const Patient& patient, Study* study) {
  const FindingRates& rates = RatesOf(finding);
  const RandomKey key = (rates.chronic ? patient.key : study->key)
                            .Child("finding", static_cast<uint64_t>(finding));
  const double chance =
      ChanceOf(rates, model, *study) + AgingOf(rates, patient.age_years);
  if (!RandomStream(key.Child("presence")).Chance(chance)) return;
  const double severity = RandomStream(key.Child("severity")).Beta(1.6, 2.2);
  study->severity[finding] = std::max(severity, kLeastSeverity);
  const int push = finding == Finding::kMediastinalShift ? PushOf(*study) : 0;
  study->side[finding] = push != 0 ? push : SideOf(rates, *study, patient);
  study->zone[finding] = ZoneOf(rates, *study, patient);
}

DeviceSet DevicesOf(const Study& study) {
  if (!IsPresent(study, Finding::kSupportDevices)) return {};
  return DrawDevices(
      {.intensive_care = study.setting == Setting::kIntensiveCare,
       .pneumothorax = IsPresent(study, Finding::kPneumothorax),
       .pneumothorax_side = study.side[Finding::kPneumothorax]},
      study.key.Child("devices"));
}

}  // namespace

bool IsChronic(Finding finding) { return RatesOf(finding).chronic; }

Study MakeStudy(const StudyModel& model, const Patient& patient, int number) {
  const RandomKey key = patient.key.Child("study", number);
  Study study{.number = number, .key = key, .setting = SettingOf(model, key)};
  const bool intensive = study.setting == Setting::kIntensiveCare;
  study.view = Happens(key, "AP", ApChance(model, study.setting)) ? View::kAp
                                                                  : View::kPa;
  // Below the patient's key: chronic. The heart fails in intensive care first.
  study.heart_failure =
      Happens(patient.key, "heart failure", intensive ? 0.28 : 0.10);
  study.pneumonia = Happens(key, "pneumonia", intensive ? 0.22 : 0.12);
  study.obstructive_disease = Happens(patient.key, "obstructive disease", 0.10);
  study.trauma = Happens(key, "trauma", 0.06);
  study.tumor = Happens(patient.key, "tumor", 0.08);
  study.tuberculosis = Happens(patient.key, "tuberculosis", kTuberculosisRate);
  for (int i = 0; i < kFindings; ++i) {
    if (FindingAt(i) == Finding::kMediastinalShift) continue;
    AddFinding(FindingAt(i), model, patient, &study);
  }
  // Last, since others push.
  AddFinding(Finding::kMediastinalShift, model, patient, &study);
  study.devices = DevicesOf(study);
  return study;
}

}  // namespace cxr::synth
