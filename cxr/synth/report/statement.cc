// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/statement.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/report/finding_slots.h"
#include "cxr/synth/report/finding_words.h"

namespace cxr::synth {
namespace {

// The share of a finding's own sentences, where it has some, among the common.
constexpr double kOwnShare = 0.4;

// `pattern` with "{noun}" and "{bare}", the same without article.
std::string SayOf(Finding finding, absl::string_view pattern, Slots slots,
                  RandomStream* stream) {
  const absl::string_view noun = WordsOf(finding).noun;
  slots["noun"] = Expand(noun, slots, stream);
  slots["bare"] = Expand(noun, WithoutArticle(slots), stream);
  return AsSentence(Expand(pattern, slots, stream));
}

}  // namespace

std::string Affirm(Finding finding, const Slots& slots, RandomStream* stream) {
  const absl::string_view own = WordsOf(finding).affirmed;
  if (stream->Chance(kOwnShare) && !own.empty()) {
    return AsSentence(absl::StrCat(Expand(own, slots, stream),
                                   Expand("{change}", slots, stream)));
  }
  const bool known = !slots.at("change").empty();
  return SayOf(finding,
               known ? "[there {is} {noun}{change}|{bare}{change}|again "
                       "[seen|noted] {is} {noun}]"
                     : "[there {is} {noun}|there {is} {noun}|{noun} {is} "
                       "[seen|noted|present]|{bare}]",
               slots, stream);
}

std::string Doubt(Finding finding, const Slots& slots, RandomStream* stream) {
  const absl::string_view own = WordsOf(finding).doubted;
  if (stream->Chance(kOwnShare) && !own.empty()) {
    return AsSentence(Expand(own, slots, stream));
  }
  return SayOf(finding,
               "[possible {bare}|possible {bare}|there may be {noun}|{noun} "
               "cannot be excluded|{noun} {is} not excluded|questionable "
               "{bare}|{noun} {is} possible]",
               slots, stream);
}

std::string DenyTogether(const std::vector<Finding>& findings,
                         RandomStream* stream) {
  std::vector<std::string> nouns;
  for (const Finding finding : findings) {
    CXR_CHECK(StandsInList(finding)) << FindingName(finding);
    nouns.push_back(Expand(WordsOf(finding).absent, {}, stream));
  }
  return AsSentence(Expand(
      "[no {list}|no {list}|there is no {list}|no evidence of {list}|there is "
      "no evidence of {list}|no {list} is [seen|identified]]",
      {{"list", OrList(nouns)}}, stream));
}

bool StandsInList(Finding finding) { return !WordsOf(finding).absent.empty(); }

std::string Deny(Finding finding, RandomStream* stream) {
  const absl::string_view own = WordsOf(finding).denied;
  if (own.empty()) return DenyTogether({finding}, stream);
  return AsSentence(Expand(own, {}, stream));
}

std::string ShortNoun(Finding finding, const Slots& slots,
                      RandomStream* stream) {
  return Expand(WordsOf(finding).noun, WithoutArticle(slots), stream);
}

std::string Summarize(Finding finding, Mention mention, const Slots& slots,
                      RandomStream* stream) {
  switch (mention) {
    case Mention::kPositive: {
      // In this order: arguments of one call may be drawn in any.
      const std::string noun = ShortNoun(finding, slots, stream);
      return AsSentence(
          absl::StrCat(noun, Expand("[|{change}]", slots, stream)));
    }
    case Mention::kUncertain:
      return SayOf(finding,
                   "[possible {bare}|possible {bare}|{noun} cannot be "
                   "excluded|questionable {bare}]",
                   slots, stream);
    case Mention::kNegative:
      return Deny(finding, stream);
    case Mention::kNone:
      break;
  }
  CXR_CHECK(mention != Mention::kNone)
      << "nothing to say of " << FindingName(finding);
  return "";
}

}  // namespace cxr::synth
