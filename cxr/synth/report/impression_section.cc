// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/impression_section.h"

#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/report/device_sentences.h"
#include "cxr/synth/report/grammar.h"
#include "cxr/synth/report/statement.h"

namespace cxr::synth {
namespace {

constexpr Finding kAcute[] = {Finding::kPneumothorax,
                              Finding::kPneumonia,
                              Finding::kConsolidation,
                              Finding::kEdema,
                              Finding::kMass,
                              Finding::kCavity,
                              Finding::kTuberculosis,
                              Finding::kLungOpacity,
                              Finding::kInfiltration,
                              Finding::kPleuralEffusion,
                              Finding::kAtelectasis,
                              Finding::kNodule,
                              Finding::kRibFracture,
                              Finding::kClavicleFracture,
                              Finding::kMediastinalShift};
constexpr Finding kChronic[] = {Finding::kCardiomegaly,
                                Finding::kEnlargedCardiomediastinum,
                                Finding::kInterstitialDisease,
                                Finding::kEmphysema,
                                Finding::kFibrosis,
                                Finding::kAorticEnlargement,
                                Finding::kEnlargedPulmonaryArtery,
                                Finding::kPleuralThickening,
                                Finding::kHernia,
                                Finding::kCyst,
                                Finding::kCalcification};

// Two that are often named in one breath.
struct Pair {
  Finding first;
  Finding second;
  absl::string_view link;
};
constexpr Pair kPairs[] = {{Finding::kPleuralEffusion, Finding::kAtelectasis,
                            "with [adjacent|associated|]"},
                           {Finding::kEdema, Finding::kPleuralEffusion, "with"},
                           {Finding::kCardiomegaly, Finding::kEdema, "with"}};

constexpr absl::string_view kNothingAcute =
    "no acute [cardiopulmonary [process|abnormality|disease]|intrathoracic "
    "[process|abnormality]]";

bool IsSure(const ReportFacts& facts, Finding finding) {
  return facts.mentions[finding] == Mention::kPositive;
}

std::vector<Finding> ToldOf(const ReportFacts& facts,
                            absl::Span<const Finding> findings) {
  std::vector<Finding> told;
  absl::c_copy_if(findings, std::back_inserter(told),
                  [&facts](Finding finding) { return IsTold(facts, finding); });
  // What is sure before what is in doubt.
  absl::c_stable_partition(
      told, [&facts](Finding finding) { return IsSure(facts, finding); });
  return told;
}

// A sentence on two sure findings, taken from `left`; empty if no pair is
// there.
std::string TakePair(const ReportFacts& facts, std::vector<Finding>* left,
                     RandomStream* stream) {
  for (const Pair& pair : kPairs) {
    const bool both = absl::c_linear_search(*left, pair.first) &&
                      absl::c_linear_search(*left, pair.second) &&
                      IsSure(facts, pair.first) && IsSure(facts, pair.second);
    if (!both || stream->Chance(0.5)) continue;
    left->erase(absl::c_find(*left, pair.first));
    left->erase(absl::c_find(*left, pair.second));
    // In this order: arguments of one call may be drawn in any.
    const std::string first =
        ShortNoun(pair.first, facts.slots[pair.first], stream);
    const std::string link = Expand(pair.link, {}, stream);
    const std::string second =
        ShortNoun(pair.second, facts.slots[pair.second], stream);
    return AsSentence(absl::StrCat(first, " ", link, " ", second));
  }
  return "";
}

void AddDevices(const ReportFacts& facts, RandomKey key, RandomStream* stream,
                std::vector<std::string>* points) {
  const Mention mention = facts.mentions[Finding::kSupportDevices];
  const double chance = mention == Mention::kNone       ? 0.0
                        : mention == Mention::kPositive ? 0.25
                                                        : 0.1;
  if (!stream->Chance(chance)) return;
  points->push_back(DeviceSummary(mention, key.Child("devices")));
}

}  // namespace

std::vector<std::string> ImpressionSection(const ReportFacts& facts,
                                           RandomKey key) {
  RandomStream stream(key.Child("choices"));
  std::vector<Finding> told = ToldOf(facts, kAcute);
  const bool acute = !told.empty();
  absl::c_copy(ToldOf(facts, kChronic), std::back_inserter(told));
  std::vector<std::string> points;
  if (told.empty() || (!acute && stream.Chance(0.6))) {
    points.push_back(AsSentence(Expand(kNothingAcute, {}, &stream)));
  }
  const std::string pair = TakePair(facts, &told, &stream);
  if (!pair.empty()) points.push_back(pair);
  for (const Finding finding : told) {
    if (static_cast<int>(points.size()) >= kMostPoints) break;
    points.push_back(Summarize(finding, facts.mentions[finding],
                               facts.slots[finding], &stream));
  }
  if (static_cast<int>(points.size()) < kMostPoints) {
    AddDevices(facts, key, &stream, &points);
  }
  const bool whole =
      facts.mentions[Finding::kPneumothorax] == Mention::kNegative;
  if (whole && static_cast<int>(points.size()) < kMostPoints &&
      stream.Chance(0.2)) {
    points.push_back(Deny(Finding::kPneumothorax, &stream));
  }
  return points;
}

}  // namespace cxr::synth
