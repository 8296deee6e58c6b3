// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_PATIENT_STUDY_H_
#define CXR_SYNTH_PATIENT_STUDY_H_

#include "cxr/data/index/image_index.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/random/stream.h"

// What a person has on one occasion: processes of disease, and from them how
// severe each finding is. This is the truth; labels and reports are opinions
// on it.

namespace cxr::synth {

enum class Setting { kOutpatient, kWard, kIntensiveCare };

// A third of a lung's height.
enum class Zone { kUpper, kMiddle, kLower };

// A finding is called present from this severity on (valid and test labels).
inline constexpr double kPresentFrom = 0.12;

struct Study {
  int number = 0;  // of its patient, from 0
  RandomKey key = RandomKey(0);
  Setting setting = Setting::kOutpatient;
  View view = View::kPa;       // of its frontal films: kPa, kAp
  bool heart_failure = false;  // processes, from which findings follow
  bool pneumonia = false;
  bool obstructive_disease = false;  // COPD
  bool trauma = false;
  bool tumor = false;
  bool tuberculosis = false;
  PerFinding<double> severity = {};  // 0: absent; else 0.03..1
  // Where what has one side is: -1 the patient's right (the film's left), 1 the
  // left, 0 both or neither. The mediastinum shifts to its side. Of absent
  // findings 0.
  PerFinding<int> side = {};
  // The third of the lung that what has one place in it lies in; of all else
  // that is there kLower, of absent findings kUpper.
  PerFinding<Zone> zone = {};
  DeviceSet devices = {};  // none unless support devices are present
};

// By valid and test labels, and to a reader who overlooks nothing.
inline bool IsPresent(const Study& study, Finding finding) {
  return study.severity[finding] >= kPresentFrom;
}

// Whether a finding is the same on all of a patient's occasions.
bool IsChronic(Finding finding);

// Shares and rates of a source.
struct StudyModel {
  double intensive_care = 0.45;  // share of studies
  double ward = 0.15;
  // Share of AP among frontal films, more of them in intensive care; negative:
  // 0.9 in intensive care, else 0.2.
  double ap_share = -1.0;
  double device_rate = 1.0;  // multiplies the chance of support devices
};

// Occasion `number` of a patient: processes, what follows from them
// (finding_rates.h), and what is there without them; severity is
// Beta(1.6, 2.2), at least 0.03. What is chronic (the heart's size, aorta,
// lesions, emphysema, fibrosis, calcification) is the same on all of a
// patient's occasions; what one pneumonia, tumor, trauma or tuberculosis makes
// lies on one side, and in one zone of its lung.
Study MakeStudy(const StudyModel& model, const Patient& patient, int number);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_PATIENT_STUDY_H_
