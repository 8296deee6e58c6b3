// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/finding_rules.h"

#include <algorithm>

#include "cxr/text/mention_reading.h"
#include "cxr/text/sentence.h"

namespace cxr {
namespace {

bool IsFinding(MentionState state) {
  return state == MentionState::kPositive || state == MentionState::kUncertain;
}

// Heart failure speaks of edema and of the heart's size.
bool IsHeartFailure(const FindingMention& mention, absl::string_view text) {
  const absl::string_view words =
      text.substr(mention.span.begin, mention.span.end - mention.span.begin);
  return IsFinding(mention.state) &&
         (words == "chf" || words == "heart failure");
}

void Aggregate(Findings* findings) {
  bool healthy = true;
  for (const FindingMention& mention : findings->mentions) {
    if (mention.label != FindingLabel::kSupportDevices &&
        IsFinding(mention.state)) {
      healthy = false;
    }
    if (mention.label != FindingLabel::kNoFinding) {
      MentionState& state =
          findings->states[static_cast<size_t>(mention.label)];
      state = std::max(state, mention.state);
    }
  }
  if (healthy) {
    findings->states[static_cast<size_t>(FindingLabel::kNoFinding)] =
        MentionState::kPositive;
  }
}

}  // namespace

Findings FindingRules::Find(absl::string_view report) const {
  Findings findings{.text = CleanReport(report)};
  const absl::string_view text = findings.text;
  const std::vector<FoundPhrase> found = phrases_.Find(text);
  auto next = found.begin();
  for (TextSpan rest : Sentences(text)) {
    // A part at a time, up to the last that has a phrase.
    while (next != found.end() && next->span.begin < rest.end) {
      const std::vector<Word> words = WordsOf(text, rest);
      const TextSpan part{rest.begin, words.size() < kMostWords
                                          ? rest.end
                                          : words.back().span.end};
      const auto first = next;
      while (next != found.end() && next->span.begin < part.end) {
        ++next;
      }
      if (first != next) {
        ReadPart(part, words, {first, next}, &findings);
      }
      rest.begin = part.end;
    }
  }
  Aggregate(&findings);
  return findings;
}

void FindingRules::ReadPart(const TextSpan& part,
                            const std::vector<Word>& words,
                            const std::vector<FoundPhrase>& phrases,
                            Findings* findings) const {
  const std::vector<Cue> cues = cues_.Find(words);
  const std::vector<MentionReading> readings =
      ReadMentions(Sentence(words, cues, phrases));
  for (size_t i = 0; i < phrases.size(); ++i) {
    const FindingMention mention{.label = phrases[i].label,
                                 .state = readings[i].state,
                                 .span = phrases[i].span,
                                 .sentence = part,
                                 .cue = readings[i].cue};
    findings->mentions.push_back(mention);
    if (IsHeartFailure(mention, findings->text)) {
      findings->mentions.push_back({.label = FindingLabel::kCardiomegaly,
                                    .state = MentionState::kUncertain,
                                    .span = mention.span,
                                    .sentence = part,
                                    .cue = "heart failure"});
    }
  }
}

}  // namespace cxr
