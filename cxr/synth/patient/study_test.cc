// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/patient/study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "cxr/synth/patient/finding_rates.h"

namespace cxr::synth {
namespace {

constexpr int kMany = 40000;

using Condition = std::function<bool(const Study&)>;

// The first study of each of many patients.
std::vector<Study> MakeStudies(const StudyModel& model, int count = kMany) {
  std::vector<Study> studies;
  for (int i = 0; i < count; ++i) {
    studies.push_back(
        MakeStudy(model, MakePatient({}, RandomKey(11), i), /*number=*/0));
  }
  return studies;
}

const std::vector<Study>& UsualStudies() {
  static const std::vector<Study> studies = MakeStudies({});
  return studies;
}

bool Has(const Study& study, Finding finding) {
  return study.severity[finding] > 0.0;
}

bool IsIntensive(const Study& study) {
  return study.setting == Setting::kIntensiveCare;
}

Condition HasFinding(Finding finding) {
  return [finding](const Study& study) { return Has(study, finding); };
}

// Expects that `share` of the studies that are `among` are `counted`, within
// five standard errors.
void ExpectShare(const std::vector<Study>& studies, const Condition& counted,
                 const Condition& among, double share) {
  int hits = 0;
  int all = 0;
  for (const Study& study : studies) {
    if (!among(study)) continue;
    ++all;
    hits += counted(study);
  }
  ASSERT_GT(all, 100);
  EXPECT_NEAR(hits / static_cast<double>(all), share,
              5.0 * std::sqrt(share * (1.0 - share) / all));
}

bool Any(const Study&) { return true; }

TEST(StudyTest, SettingsHaveTheirShares) {
  ExpectShare(UsualStudies(), IsIntensive, Any, 0.45);
  const auto is_ward = [](const Study& s) {
    return s.setting == Setting::kWard;
  };
  ExpectShare(UsualStudies(), is_ward, Any, 0.15);
  ExpectShare(MakeStudies({.intensive_care = 0.0, .ward = 0.4}), is_ward, Any,
              0.4);
}

TEST(StudyTest, ProcessesHappenAtTheirRates) {
  const std::vector<Study>& studies = UsualStudies();
  const auto is_not_intensive = std::not_fn(IsIntensive);
  const auto fails = [](const Study& s) { return s.heart_failure; };
  ExpectShare(studies, fails, IsIntensive, 0.28);
  ExpectShare(studies, fails, is_not_intensive, 0.10);
  const auto is_infected = [](const Study& s) { return s.pneumonia; };
  ExpectShare(studies, is_infected, IsIntensive, 0.22);
  ExpectShare(studies, is_infected, is_not_intensive, 0.12);
  ExpectShare(
      studies, [](const Study& s) { return s.obstructive_disease; }, Any, 0.10);
  ExpectShare(
      studies, [](const Study& s) { return s.trauma; }, Any, 0.06);
  ExpectShare(
      studies, [](const Study& s) { return s.tumor; }, Any, 0.08);
  ExpectShare(
      studies, [](const Study& s) { return s.tuberculosis; }, Any, 0.02);
}

// The prototype's figures for what a process brings along.
TEST(StudyTest, FindingsFollowFromProcesses) {
  const std::vector<Study>& studies = UsualStudies();
  const auto fails = [](const Study& s) { return s.heart_failure; };
  ExpectShare(studies, HasFinding(Finding::kCardiomegaly), fails, 0.75);
  ExpectShare(studies, HasFinding(Finding::kCardiomegaly), std::not_fn(fails),
              0.10);
  ExpectShare(studies, HasFinding(Finding::kEdema), fails, 0.70);
  ExpectShare(studies, HasFinding(Finding::kPleuralEffusion), fails, 0.60);
  const auto is_infected = [](const Study& s) { return s.pneumonia; };
  ExpectShare(studies, HasFinding(Finding::kConsolidation), is_infected, 0.60);
  ExpectShare(studies, HasFinding(Finding::kLungOpacity), is_infected, 0.35);
  ExpectShare(
      studies, HasFinding(Finding::kPleuralEffusion),
      [](const Study& s) { return s.pneumonia && !s.heart_failure; }, 0.35);
  ExpectShare(
      studies, HasFinding(Finding::kEmphysema),
      [](const Study& s) { return s.obstructive_disease; }, 0.70);
  ExpectShare(
      studies, HasFinding(Finding::kPneumothorax),
      [](const Study& s) { return s.trauma; }, 0.45);
  ExpectShare(
      studies, HasFinding(Finding::kPneumothorax),
      [](const Study& s) { return IsIntensive(s) && !s.trauma; }, 0.06);
  ExpectShare(studies, HasFinding(Finding::kAtelectasis), IsIntensive, 0.40);
  ExpectShare(studies, HasFinding(Finding::kSupportDevices), IsIntensive, 0.75);
  ExpectShare(studies, HasFinding(Finding::kSupportDevices),
              std::not_fn(IsIntensive), 0.10);
}

// The prototype's rates over all studies: 0.181 of them have heart failure,
// 0.165 pneumonia, 0.06 trauma, 0.08 a tumor, 0.45 are intensive care's.
TEST(StudyTest, EightLabelsHaveThePrototypesRates) {
  const std::vector<Study>& studies = UsualStudies();
  ExpectShare(studies, HasFinding(Finding::kAtelectasis), Any,
              0.45 * 0.40 + 0.55 * 0.12);
  ExpectShare(studies, HasFinding(Finding::kCardiomegaly), Any,
              0.181 * 0.75 + 0.819 * 0.10);
  ExpectShare(studies, HasFinding(Finding::kConsolidation), Any,
              0.165 * 0.60 + 0.835 * 0.03);
  ExpectShare(studies, HasFinding(Finding::kEdema), Any,
              0.181 * 0.70 + 0.819 * 0.04);
  ExpectShare(
      studies,
      [](const Study& s) {
        return Has(s, Finding::kNodule) || Has(s, Finding::kMass);
      },
      Any, 0.08 * 0.80 + 0.92 * 0.04);
  ExpectShare(
      studies,
      [](const Study& s) {
        return Has(s, Finding::kRibFracture) ||
               Has(s, Finding::kClavicleFracture);
      },
      Any, 0.06 * 0.60 + 0.94 * 0.03);
  ExpectShare(studies, HasFinding(Finding::kPneumothorax), Any,
              0.06 * 0.45 + 0.94 * (0.45 * 0.06 + 0.55 * 0.02));
  // Pneumonia and heart failure are both commoner in intensive care.
  const double intensive =
      0.28 * 0.60 + 0.72 * (1 - 0.78 * 0.92) * 0.35 + 0.72 * 0.78 * 0.92 * 0.12;
  const double elsewhere =
      0.10 * 0.60 + 0.90 * (1 - 0.88 * 0.92) * 0.35 + 0.90 * 0.88 * 0.92 * 0.12;
  ExpectShare(studies, HasFinding(Finding::kPleuralEffusion), Any,
              0.45 * intensive + 0.55 * elsewhere);
}

TEST(StudyTest, OtherFindingsAreThere) {
  const std::vector<Study>& studies = UsualStudies();
  ExpectShare(studies, HasFinding(Finding::kHernia), Any, 0.01);
  ExpectShare(studies, HasFinding(Finding::kCyst), Any, 0.01);
  ExpectShare(studies, HasFinding(Finding::kTuberculosis), Any, 0.02);
  ExpectShare(studies, HasFinding(Finding::kPleuralThickening), Any, 0.05);
  ExpectShare(studies, HasFinding(Finding::kInfiltration), Any,
              0.165 * 0.20 + 0.835 * 0.04);
  ExpectShare(
      studies, HasFinding(Finding::kCavity),
      [](const Study& s) { return s.tuberculosis; }, 0.40);
}

TEST(StudyTest, AgeBringsCalcificationAndAWideAorta) {
  std::vector<Study> old;
  std::vector<Study> young;
  for (int i = 0; i < kMany / 2; ++i) {
    Patient patient = MakePatient({}, RandomKey(11), i);
    patient.age_years = 90;
    old.push_back(MakeStudy({}, patient, 0));
    patient.age_years = 45;
    young.push_back(MakeStudy({}, patient, 0));
  }
  ExpectShare(old, HasFinding(Finding::kAorticEnlargement), Any, 0.26);
  ExpectShare(young, HasFinding(Finding::kAorticEnlargement), Any, 0.01);
  const auto is_healthy = [](const Study& s) { return !s.tuberculosis; };
  ExpectShare(old, HasFinding(Finding::kCalcification), is_healthy, 0.11);
  ExpectShare(young, HasFinding(Finding::kCalcification), is_healthy, 0.01);
}

TEST(StudyTest, FindingsOfOneProcessComeTogether) {
  ExpectShare(
      UsualStudies(),
      [](const Study& s) {
        return Has(s, Finding::kCardiomegaly) && Has(s, Finding::kEdema);
      },
      Any, 0.181 * 0.75 * 0.70 + 0.819 * 0.10 * 0.04);
  ExpectShare(
      UsualStudies(),
      [](const Study& s) {
        return Has(s, Finding::kHernia) && Has(s, Finding::kEdema);
      },
      Any, 0.01 * (0.181 * 0.70 + 0.819 * 0.04));
}

// Beta(1.6, 2.2): scipy.stats 1.17.
TEST(StudyTest, SeverityIsABetaFromThreeHundredthsOn) {
  std::vector<double> severities;
  for (const Study& study : UsualStudies()) {
    for (const double severity : study.severity.values) {
      if (severity > 0.0) severities.push_back(severity);
    }
  }
  const double n = severities.size();
  const auto share_below = [&](double bound) {
    return std::count_if(severities.begin(), severities.end(),
                         [bound](double s) { return s < bound; }) /
           n;
  };
  double sum = 0.0;
  double squares = 0.0;
  for (const double severity : severities) {
    EXPECT_LE(severity, 1.0);
    sum += severity;
    squares += severity * severity;
  }
  EXPECT_NEAR(sum / n, 0.4211, 0.004);
  EXPECT_NEAR(std::sqrt(squares / n - (sum / n) * (sum / n)), 0.2253, 0.003);
  EXPECT_EQ(share_below(0.03), 0.0);
  EXPECT_NEAR(share_below(0.0301), 0.0107, 0.003);
  EXPECT_NEAR(share_below(0.12), 0.0914, 0.005);
  EXPECT_NEAR(share_below(0.35), 0.4159, 0.008);
}

TEST(StudyTest, FrontalFilmsAreApInIntensiveCare) {
  const auto is_ap = [](const Study& s) { return s.view == View::kAp; };
  ExpectShare(UsualStudies(), is_ap, IsIntensive, 0.9);
  ExpectShare(UsualStudies(), is_ap, std::not_fn(IsIntensive), 0.2);
  for (const Study& study : UsualStudies()) {
    EXPECT_TRUE(study.view == View::kAp || study.view == View::kPa);
  }
}

TEST(StudyTest, AStatedShareOfApComesOutAndStillFavorsIntensiveCare) {
  const auto is_ap = [](const Study& s) { return s.view == View::kAp; };
  for (const double share : {0.3, 0.6, 0.85}) {
    SCOPED_TRACE(share);
    const std::vector<Study> studies = MakeStudies({.ap_share = share});
    ExpectShare(studies, is_ap, Any, share);
    ExpectShare(
        studies, is_ap, IsIntensive,
        share < 0.515 ? share * 0.9 / 0.515 : 1 - (1 - share) * 0.1 / 0.485);
  }
  ExpectShare(MakeStudies({.ap_share = 0.0}), is_ap, Any, 0.0);
  ExpectShare(MakeStudies({.ap_share = 1.0}), is_ap, Any, 1.0);
}

TEST(StudyTest, DeviceRateChangesDevicesAlone) {
  ExpectShare(MakeStudies({.device_rate = 0.5}),
              HasFinding(Finding::kSupportDevices), IsIntensive, 0.375);
  const std::vector<Study> without = MakeStudies({.device_rate = 0.0}, 2000);
  for (int i = 0; i < 2000; ++i) {
    Study usual = UsualStudies()[i];
    EXPECT_FALSE(Has(without[i], Finding::kSupportDevices));
    usual.severity[Finding::kSupportDevices] = 0.0;
    EXPECT_EQ(without[i].severity.values, usual.severity.values);
    EXPECT_EQ(without[i].side.values, usual.side.values);
    EXPECT_EQ(without[i].view, usual.view);
  }
}

TEST(StudyTest, ViewChangesNoFinding) {
  const std::vector<Study> ap = MakeStudies({.ap_share = 1.0}, 2000);
  for (int i = 0; i < 2000; ++i) {
    EXPECT_EQ(ap[i].severity.values, UsualStudies()[i].severity.values);
  }
}

TEST(StudyTest, ChronicFindingsStayAndAcuteOnesDoNot) {
  PerFinding<int> changes;
  for (int i = 0; i < 4000; ++i) {
    const Patient patient = MakePatient({}, RandomKey(11), i);
    const StudyModel model{.intensive_care = 0.0};  // one setting's rates
    const Study first = MakeStudy(model, patient, 0);
    const Study second = MakeStudy(model, patient, 1);
    EXPECT_EQ(first.number, 0);
    EXPECT_EQ(second.number, 1);
    EXPECT_NE(first.key.bits(), second.key.bits());
    for (int f = 0; f < kFindings; ++f) {
      changes.values[f] +=
          first.severity.values[f] != second.severity.values[f] ||
          first.side.values[f] != second.side.values[f] ||
          first.zone.values[f] != second.zone.values[f];
    }
  }
  for (int f = 0; f < kFindings; ++f) {
    SCOPED_TRACE(std::string(FindingName(FindingAt(f))));
    if (RatesOf(FindingAt(f)).chronic) {
      EXPECT_EQ(changes.values[f], 0);
    } else {
      EXPECT_GT(changes.values[f], 20);
    }
  }
}

// A heart that fails in intensive care alone is large there alone, but never
// larger one day and smaller the next.
TEST(StudyTest, HeartSizeIsTheSameWheneverItIsLarge) {
  int large_twice = 0;
  for (int i = 0; i < 4000; ++i) {
    const Patient patient = MakePatient({}, RandomKey(11), i);
    const Study a = MakeStudy({}, patient, 0);
    const Study b = MakeStudy({}, patient, 1);
    if (!Has(a, Finding::kCardiomegaly) || !Has(b, Finding::kCardiomegaly)) {
      continue;
    }
    ++large_twice;
    EXPECT_EQ(a.severity[Finding::kCardiomegaly],
              b.severity[Finding::kCardiomegaly]);
  }
  EXPECT_GT(large_twice, 400);
}

TEST(StudyTest, SidesAreThoseOfTheFinding) {
  for (const Study& study : UsualStudies()) {
    for (int f = 0; f < kFindings; ++f) {
      const Sides sides = RatesOf(FindingAt(f)).sides;
      const int side = study.side.values[f];
      if (!Has(study, FindingAt(f)) || sides == Sides::kMiddleOrBoth) {
        EXPECT_EQ(side, 0) << FindingName(FindingAt(f));
      } else if (sides == Sides::kOne) {
        EXPECT_EQ(std::abs(side), 1) << FindingName(FindingAt(f));
      }
    }
  }
}

Condition OnSide(Finding finding, int side) {
  return [=](const Study& study) { return study.side[finding] == side; };
}

TEST(StudyTest, SidesAreEvenAndEffusionsOftenOnBoth) {
  const std::vector<Study>& studies = UsualStudies();
  for (const Finding finding :
       {Finding::kAtelectasis, Finding::kConsolidation, Finding::kNodule}) {
    ExpectShare(studies, OnSide(finding, 1), HasFinding(finding), 0.5);
  }
  const auto in_heart_failure = [](const Study& s) {
    return s.heart_failure && Has(s, Finding::kPleuralEffusion);
  };
  const auto otherwise = [](const Study& s) {
    return !s.heart_failure && Has(s, Finding::kPleuralEffusion);
  };
  ExpectShare(studies, OnSide(Finding::kPleuralEffusion, 0), in_heart_failure,
              0.6);
  ExpectShare(studies, OnSide(Finding::kPleuralEffusion, 0), otherwise, 0.4);
  ExpectShare(studies, OnSide(Finding::kPleuralEffusion, -1), otherwise, 0.3);
}

TEST(StudyTest, OnePneumoniaLiesInOneZoneOfOneLung) {
  int together = 0;
  for (const Study& study : UsualStudies()) {
    if (!study.pneumonia || !Has(study, Finding::kConsolidation) ||
        !Has(study, Finding::kLungOpacity)) {
      continue;
    }
    ++together;
    EXPECT_EQ(study.side[Finding::kConsolidation],
              study.side[Finding::kLungOpacity]);
    EXPECT_EQ(study.zone[Finding::kConsolidation],
              study.zone[Finding::kLungOpacity]);
  }
  EXPECT_GT(together, 500);
}

TEST(StudyTest, LesionsAreInAllZonesAndTuberculosisIsInTheUpper) {
  const auto has_nodule = HasFinding(Finding::kNodule);
  const auto in = [](Finding finding, Zone zone) {
    return [=](const Study& study) { return study.zone[finding] == zone; };
  };
  const auto no_tumor = [&](const Study& study) {
    return has_nodule(study) && !study.tumor;
  };
  ExpectShare(UsualStudies(), in(Finding::kNodule, Zone::kUpper), no_tumor,
              0.27);
  ExpectShare(UsualStudies(), in(Finding::kNodule, Zone::kMiddle), no_tumor,
              0.33);
  for (const Study& study : UsualStudies()) {
    if (!study.tuberculosis) continue;
    for (const Finding finding : {Finding::kTuberculosis, Finding::kCavity}) {
      if (!Has(study, finding)) continue;
      EXPECT_EQ(study.zone[finding], Zone::kUpper);
    }
  }
}

TEST(StudyTest, DevicesAreThereIfSupportDevicesArePresent) {
  int faint = 0;
  for (const Study& study : UsualStudies()) {
    int devices = 0;
    for (const bool there : study.devices.there) devices += there;
    const double severity = study.severity[Finding::kSupportDevices];
    EXPECT_EQ(devices > 0, severity >= kPresentFrom);
    faint += severity > 0.0 && severity < kPresentFrom;
    if (study.devices.Has(Device::kChestTube) &&
        IsPresent(study, Finding::kPneumothorax)) {
      EXPECT_EQ(study.devices.SideOf(Device::kChestTube),
                study.side[Finding::kPneumothorax]);
    }
  }
  EXPECT_GT(faint, 0);
}

TEST(StudyTest, AirAndFluidPushTheMediastinumAway) {
  const auto pushes = [](const Study& s) {
    return s.severity[Finding::kPneumothorax] >= 0.6;
  };
  ExpectShare(UsualStudies(), HasFinding(Finding::kMediastinalShift), pushes,
              0.3);
  for (const Study& study : UsualStudies()) {
    if (pushes(study) && Has(study, Finding::kMediastinalShift)) {
      EXPECT_EQ(study.side[Finding::kMediastinalShift],
                -study.side[Finding::kPneumothorax]);
    }
  }
}

}  // namespace
}  // namespace cxr::synth
