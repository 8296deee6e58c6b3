// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/source_size.h"

#include <algorithm>
#include <cmath>

// "Datasets" below is section A of docs/datasets.md. Where it marks a number
// with [M] or [D], from memory or from a document, so does the comment here;
// the others it counted.

namespace cxr {
namespace {

struct Lists {
  double training = 0;
  double validation = 0;
  double test = 0;
  double unlisted = 0;  // In no list of the split.
};

struct Facts {
  Lists all = {};
  Lists frontal = {};      // PA and AP.
  double pa_fraction = 0;  // Of the frontal images.
  double patients = 0;     // Of all lists.
  double bytes = 0;        // Of all lists.
  std::string label = {};
  std::string licence = {};
};

constexpr double kGigabyte = 1e9;

// A.1. Training list: 223,414 rows, of them 191,010 PA or AP (29,420 and
// 161,590); the frontal ones of the test list, 518 with 150 lateral, are not in
// Datasets but in public notes of others. 440 GB [M].
Facts Chexpert() {
  return {.all = {.training = 223414, .validation = 234, .test = 668},
          .frontal = {.training = 191010, .validation = 202, .test = 518},
          .pa_fraction = 29420.0 / 191010,
          .patients = 64540 + 200 + 500,
          .bytes = 440 * kGigabyte,
          .label = "CheXpert",
          .licence = "Stanford AIMI agreement, after registration"};
}

// A.2. 243,334 images are PA or AP (96,161 and 147,173). How many of each list
// is an estimate: as MIT-LCP's frontal rules share out 248,020, 2,041 and 3,653
// images. 570 GB [M].
Facts MimicCxr() {
  return {.all = {.training = 368960, .validation = 2991, .test = 5159},
          .frontal = {.training = 237873, .validation = 1957, .test = 3504},
          .pa_fraction = 96161.0 / 243334,
          .patients = 65379,
          .bytes = 570 * kGigabyte,
          .label = "MIMIC-CXR",
          .licence = "PhysioNet credentialed access"};
}

// A.3. 160,861 rows [M], 96,269 of them PA [D], 1 TB [D]. Some 110,000 frontal
// images [M] (paper section 2.10), those of patients lying down with them.
// 67,000 patients as the makers describe it, not in Datasets.
Facts Padchest() {
  return {.all = {.training = 160861},
          .frontal = {.training = 110000},
          .pa_fraction = 96269.0 / 110000,
          .patients = 67000,
          .bytes = 1000 * kGigabyte,
          .label = "PadChest",
          .licence = "BIMCV, by a request form"};
}

// A.4. All images are PA or AP (67,310 and 44,810). 42 to 45 GB.
Facts NihCxr8() {
  const Lists lists = {.training = 86524, .test = 25596};
  return {.all = lists,
          .frontal = lists,
          .pa_fraction = 67310.0 / 112120,
          .patients = 30805,
          .bytes = 43.5 * kGigabyte,
          .label = "NIH-CXR8",
          .licence = "no restrictions on use"};
}

// A.5. 40,967 images, 115 to 130 GB [D]; about 19,300 frontal ones (an
// inference of paper section 2.10), of which half are taken to be PA. 24,959
// studies [D] stand for the patients, whose number is not known here.
Facts Brax() {
  return {.all = {.training = 40967},
          .frontal = {.training = 19300},
          .pa_fraction = 0.5,
          .patients = 24959,
          .bytes = 122.5 * kGigabyte,
          .label = "BRAX",
          .licence = "PhysioNet credentialed access"};
}

// A.6. An image a patient, PA or AP (14,511 and 12,173 of the training list).
// The bytes, 3.7 GB, are from memory and not in Datasets.
Facts Rsna() {
  const Lists lists = {.training = 26684, .test = 3000};
  return {.all = lists,
          .frontal = lists,
          .pa_fraction = 14511.0 / 26684,
          .patients = 29684,
          .bytes = 3.7 * kGigabyte,
          .label = "RSNA",
          .licence = "any use with attribution"};
}

// A.7. PA only, 190 GB [M]. Patients are not told apart: an image each.
Facts Vindr() {
  const Lists lists = {.training = 15000, .test = 3000};
  return {.all = lists,
          .frontal = lists,
          .pa_fraction = 1,
          .patients = 18000,
          .bytes = 190 * kGigabyte,
          .label = "VinDr-CXR",
          .licence = "PhysioNet credentialed access"};
}

// A.8. The masks are of MIMIC-CXR's PA and AP images: their number is what the
// 657,566 masks leave for it. One table of 2.3 to 3.5 GB [D] beside MIMIC-CXR's
// images, which have MIMIC-CXR's mean size.
Facts Chexmask() {
  Facts facts = MimicCxr();
  const double of_mimic = 243334.0 / 377110;
  facts.all = facts.frontal;
  facts.patients = 65379;
  facts.bytes = facts.bytes * of_mimic + 2.9 * kGigabyte;
  facts.label = "CheXmask";
  facts.licence = "masks open, images by PhysioNet credentialed access";
  return facts;
}

// A.9. 7,470 PNGs, 14 GB [D]; 3,851 reports with images, one a patient. Views
// are known of 4,884: PA 3,593, AP 423. The makers have no split; R2Gen's, the
// one that everybody uses, has 2,069, 296 and 590 studies of two images [D].
// Frontal images are taken to be equally many in each list.
Facts IuXray() {
  return {.all = {.training = 4138,
                  .validation = 592,
                  .test = 1180,
                  .unlisted = 1560},
          .frontal = {.training = 2225,
                      .validation = 318,
                      .test = 634,
                      .unlisted = 839},
          .pa_fraction = 3593.0 / 4016,
          .patients = 3851,
          .bytes = 14 * kGigabyte,
          .label = "IU-Xray",
          .licence = "CC BY-NC-ND 4.0"};
}

// cxr/data/samples/nih64, counted: 637 PA and 363 AP; labels.csv and mosaic.
Facts Nih64() {
  return {.all = {.training = 1000},
          .frontal = {.training = 1000},
          .pa_fraction = 0.637,
          .patients = 264,
          .bytes = 60942 + 2345145,
          .label = "NIH64",
          .licence = "no restrictions on use, comes with the program"};
}

// cxr/data/samples/hannover, counted: 24 PA and 36 AP; all of its files.
Facts Hannover() {
  return {.all = {.training = 60},
          .frontal = {.training = 60},
          .pa_fraction = 24.0 / 60,
          .patients = 36,
          .bytes = 11.6e6,
          .label = "Hannover",
          .licence = "CC BY 3.0, masks CC BY 4.0, comes with the program"};
}

Facts FactsOf(spec::Source source) {
  switch (source) {
    case spec::CHEXPERT:
      return Chexpert();
    case spec::MIMIC_CXR:
      return MimicCxr();
    case spec::PADCHEST:
      return Padchest();
    case spec::NIH_CXR8:
      return NihCxr8();
    case spec::BRAX:
      return Brax();
    case spec::RSNA:
      return Rsna();
    case spec::VINDR:
      return Vindr();
    case spec::CHEXMASK:
      return Chexmask();
    case spec::IU_XRAY:
      return IuXray();
    case spec::NIH64:
      return Nih64();
    case spec::HANNOVER:
      return Hannover();
    default:
      return {.label = "no source", .licence = "unknown"};
  }
}

// What of a source as the program draws it is like, by patient: counted over
// 800 drawn patients of each (generator version 1), shares of lists as its
// emitter states them. One in ten of RSNA's is on the list without labels.
struct DrawnFacts {
  double images = 0;   // of a patient
  double frontal = 0;  // PA and AP, those lying down with them
  double pa_fraction = 0;
  Lists shares = {.training = 1};
};

DrawnFacts DrawnFactsOf(spec::Source source) {
  switch (source) {
    case spec::CHEXPERT:
      return {
          2.6, 2.23, 0.15, {.training = 0.75, .validation = 0.1, .test = 0.15}};
    case spec::MIMIC_CXR:
      return {
          3.1, 2.18, 0.41, {.training = 0.7, .validation = 0.1, .test = 0.2}};
    case spec::PADCHEST:
      return {2.41, 1.67, 0.84};
    case spec::NIH_CXR8:
      return {2.64, 2.64, 0.6, {.training = 0.77, .test = 0.23}};
    case spec::BRAX:
      return {2.09, 1.34, 0.56};
    case spec::RSNA:
      return {0.9, 0.9, 0.54};
    case spec::VINDR:
      return {1, 1, 1, {.training = 0.833, .test = 0.167}};
    case spec::CHEXMASK:
      return {
          2.18, 2.18, 0.41, {.training = 0.7, .validation = 0.1, .test = 0.2}};
    case spec::IU_XRAY:
      return {1.9, 1, 0.89, {.training = 0.7, .validation = 0.1, .test = 0.2}};
    default:
      return {};
  }
}

double Sum(const Lists& lists) {
  return lists.training + lists.validation + lists.test + lists.unlisted;
}

Lists Times(const Lists& lists, double factor) {
  return {.training = lists.training * factor,
          .validation = lists.validation * factor,
          .test = lists.test * factor,
          .unlisted = lists.unlisted * factor};
}

// The source that `data` asks for: the real one, or the one that is drawn.
Facts FactsFor(const spec::DataSpec& data) {
  Facts facts = FactsOf(data.source());
  if (!data.has_drawn()) return facts;
  const DrawnFacts drawn = DrawnFactsOf(data.source());
  const double real_images = Sum(facts.all);
  facts.patients = data.drawn().patients();
  facts.all = Times(drawn.shares, drawn.images * facts.patients);
  facts.frontal = Times(drawn.shares, drawn.frontal * facts.patients);
  facts.pa_fraction = drawn.pa_fraction;
  // A file has its part of the real ones' pixels.
  facts.bytes *= Sum(facts.all) / real_images * data.drawn().scale() *
                 data.drawn().scale();
  return facts;
}

bool HasView(const spec::DataSpec& data, spec::View view) {
  return std::find(data.views().begin(), data.views().end(), view) !=
         data.views().end();
}

Lists ListsOfViews(const Facts& facts, const spec::DataSpec& data) {
  if (data.views().empty() || HasView(data, spec::ANY_VIEW)) {
    return facts.all;
  }
  const double pa = HasView(data, spec::PA) ? facts.pa_fraction : 0;
  // Those lying down are among the AP ones: how many is not known.
  const double ap = HasView(data, spec::AP) ? 1 - facts.pa_fraction : 0;
  return Times(facts.frontal, pa + ap);
}

// The part of `patients` that is left.
double PatientFraction(double patients, const spec::DataSpec& data) {
  double fraction = data.has_sample() ? data.sample().fraction() : 1;
  if (data.max_patients() > 0 && patients > 0) {
    fraction *= std::min(1.0, data.max_patients() / patients);
  }
  return fraction;
}

}  // namespace

SourceSize SizeOf(const spec::DataSpec& data) {
  const Facts facts = FactsFor(data);
  Lists lists = ListsOfViews(facts, data);
  double patients = facts.patients;
  if (data.part() == spec::TRAINING_PART && Sum(lists) > 0) {
    patients *= lists.training / Sum(lists);
    lists = {.training = lists.training};
  }
  lists = Times(lists, PatientFraction(patients, data));
  const double all = Sum(facts.all);
  SourceSize size;
  size.training_images = std::llround(lists.training);
  size.validation_images = std::llround(lists.validation);
  size.test_images = std::llround(lists.test);
  size.images = size.training_images + size.validation_images +
                size.test_images + std::llround(lists.unlisted);
  size.bytes_on_disk = all > 0 ? facts.bytes * size.images / all : 0;
  return size;
}

std::string SourceLabel(spec::Source source) { return FactsOf(source).label; }

std::string SourceLicence(spec::Source source) {
  return FactsOf(source).licence;
}

}  // namespace cxr
