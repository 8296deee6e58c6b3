// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 'paper' and 'demo', the second with rules.
std::string Rungs(absl::string_view rules) {
  return absl::StrCat(
      "rungs { name: 'paper' description: 'all' judges_sanity_checks: true }\n"
      "rungs { name: 'demo' description: 'd' judges_sanity_checks: true\n",
      rules, "}\n");
}

std::string Protocols(absl::string_view rules) {
  return absl::StrCat(
      "protocols { name: 'as_published' description: 'a' }\n"
      "protocols { name: 'corrected' description: 'c'\n",
      rules, "}\n");
}

class ResolveTest : public ::testing::Test {
 protected:
  PlacedExperiment Resolve(absl::string_view name, const Setting& setting) {
    const SpecCatalog catalog = tree_.Catalog();
    return Resolver(catalog).Resolve(name, setting);
  }

  std::vector<std::string> Issues(absl::string_view name,
                                  const Setting& setting = {}) {
    std::vector<std::string> texts;
    for (const SpecIssue& issue : Resolve(name, setting).issues) {
      texts.push_back(
          tree_.Relative(absl::StrCat(issue.file, ":", issue.line, ": ",
                                      issue.field, ": ", issue.message)));
    }
    return texts;
  }

  // Epochs and seed of the probe.
  std::string Probe(absl::string_view name, const Setting& setting) {
    const PlacedExperiment placed = Resolve(name, setting);
    EXPECT_THAT(placed.issues, IsEmpty());
    const spec::LinearProbeSpec& probe = placed.spec.train().linear_probe();
    return absl::StrCat(probe.epochs(), " ", probe.batch_images(), " ",
                        probe.seed());
  }

  SpecTree tree_;
};

TEST_F(ResolveTest, TheRungIsLaidOverTheProtocolOverTheExperiment) {
  tree_.Write("rungs.textproto",
              Rungs("rules { including: 'pixels' overlay { train {"
                    " linear_probe { epochs: 30 } } } }"));
  tree_.Write("protocols.textproto",
              Protocols("rules { including: 'pixels' overlay { train {"
                        " linear_probe { epochs: 20 batch_images: 20 } } } }"));
  tree_.Write("classify/x.textproto",
              "include: 'pixels' train { linear_probe { epochs: 10"
              " batch_images: 10 seed: 10 } }");
  EXPECT_EQ(Probe("x", {.rung = "paper"}), "10 10 10");
  EXPECT_EQ(Probe("x", {.rung = "demo"}), "30 10 10");
  EXPECT_EQ(Probe("x", {.rung = "paper", .protocol = "corrected"}), "20 20 10");
  EXPECT_EQ(Probe("x", {.rung = "demo", .protocol = "corrected"}), "30 20 10");
}

TEST_F(ResolveTest, RulesGoByFragmentsOfFragments) {
  tree_.Write("common/outer.textproto", "include: 'pixels'");
  tree_.Write("classify/x.textproto", "include: 'outer'");
  tree_.Write("rungs.textproto",
              Rungs("rules { including: 'pix.*' overlay { train {"
                    " linear_probe { epochs: 7 } } } }"
                    "rules { including: 'pix' overlay { train {"
                    " linear_probe { epochs: 8 } } } }"));
  EXPECT_EQ(Probe("x", {}), "7 64 1");
  const SpecCatalog catalog = tree_.Catalog();
  EXPECT_THAT(Resolver(catalog).FragmentsOf("x"),
              ElementsAre("outer", "pixels"));
}

TEST_F(ResolveTest, RulesDoNotGoByWhatRulesAdd) {
  tree_.Write("common/more.textproto", "train { linear_probe { epochs: 7 } }");
  tree_.Write("rungs.textproto",
              Rungs("rules { including: 'pixels' overlay { include: 'more' } }"
                    "rules { including: 'more' overlay { train {"
                    " linear_probe { epochs: 8 } } } }"));
  EXPECT_EQ(Probe("a", {}), "7 64 1");
}

TEST_F(ResolveTest, SeedsOfCellsComeLast) {
  tree_.Write("rungs.textproto",
              Rungs("rules { including: 'pixels' overlay { train {"
                    " linear_probe { seed: 5 } } } }"));
  tree_.Write("scale/st.textproto",
              "description: 'd' include: 'pixels' axes { axis { name: 's'"
              " seeds { of: HEAD_INIT values: [8, 9] } } }");
  EXPECT_EQ(Probe("st/s=9", {}), "5 64 9");
}

TEST_F(ResolveTest, TheResultStandsForItself) {
  tree_.Write("classify/x.textproto", "include: 'pixels' description: 'own'");
  const spec::ExperimentSpec resolved = Resolve("x", {}).spec;
  EXPECT_EQ(resolved.include_size(), 0);
  EXPECT_FALSE(resolved.has_spec_version());
  EXPECT_EQ(resolved.description(), "own");
}

TEST_F(ResolveTest, WhatIsNotSetIsTheMatterOfTheOwnFile) {
  tree_.Write("classify/x.textproto",
              "include: 'pixels'\npredict { subset: TEST }\n"
              "train { official {} }\n");
  EXPECT_THAT(
      Issues("x"),
      ElementsAre("classify/x.textproto:4: train.official.validation: "
                  "nothing is set, expected one of official_validation, "
                  "held_out_patients, training_images_as_released"));
}

TEST_F(ResolveTest, WhatIsWrongIsTheMatterOfWhoWroteIt) {
  tree_.Write("rungs.textproto", Rungs("rules { including: 'pixels' overlay {\n"
                                       " predict { subset: TEST } } }"));
  EXPECT_THAT(Issues("a"),
              ElementsAre("rungs.textproto:5: predict.subset: expected "
                          "OUT_OF_FOLD, because train.patient_folds tests "
                          "every image out of fold"));
  tree_.Write("common/f.textproto", "\n\ntrain { targets: ['a', 'a'] }");
  tree_.Write("classify/x.textproto", "include: ['pixels', 'f']");
  EXPECT_THAT(Issues("x", {.rung = "paper"}),
              ElementsAre("common/f.textproto:4: train.targets[1]: 'a' stands "
                          "there twice"));
}

TEST_F(ResolveTest, WhatNeedsABrokenFileIsNotJudged) {
  tree_.Write("common/f.textproto", "data { sauce: RSNA }");
  tree_.Write("classify/x.textproto", "include: 'f'");
  const PlacedExperiment placed = Resolve("x", {});
  EXPECT_EQ(placed.broken.size(), 1u);
  EXPECT_THAT(placed.issues, IsEmpty());
}

TEST_F(ResolveTest, HoweverItIsWrittenWhatComputesTheSameHasOneDigest) {
  tree_.Write("common/few.textproto",
              "train { linear_probe { epochs: 2 } } description: 'few'");
  tree_.Write("classify/x.textproto",
              "include: ['few', 'pixels', 'few']\n"
              "train { linear_probe { epochs: 2 } }");
  tree_.Write("scale/st.textproto",
              "description: 'd' include: 'pixels' axes { axis { name: 'epochs'"
              " points { name: '2' include: 'few' }"
              " points { name: 'all' } } }");
  const auto digest = [&](absl::string_view name) {
    const PlacedExperiment placed = Resolve(name, {.rung = "paper"});
    EXPECT_THAT(placed.issues, IsEmpty());
    return SpecDigest(placed.spec);
  };
  EXPECT_EQ(digest("st/epochs=2"), digest("x"));
  EXPECT_EQ(digest("st/epochs=all"), digest("a"));
  EXPECT_NE(digest("x"), digest("a"));
}

TEST_F(ResolveTest, RulesGoByFragmentsThatStillSaySomething) {
  tree_.Write("rungs.textproto",
              Rungs("rules { including: 'big' overlay { train { linear_probe {"
                    " epochs: 20 } } } }\n"
                    "rules { including: 'small' overlay { train { linear_probe "
                    "{ epochs: 10 } } } }\n"));
  tree_.Write("common/small.textproto", "train { linear_probe { seed: 1 } }");
  tree_.Write("common/big.textproto", "train { linear_probe { seed: 2 } }");
  tree_.Write("classify/x.textproto", "include: ['pixels', 'big', 'small']");
  tree_.Write("classify/y.textproto", "include: ['pixels', 'small', 'big']");
  // The later one replaced all that the other said.
  EXPECT_EQ(Probe("x", {.rung = "demo"}), "10 64 1");
  EXPECT_EQ(Probe("y", {.rung = "demo"}), "20 64 2");
}

TEST_F(ResolveTest, AGuessIsNotCorrectedByRules) {
  tree_.Write("protocols.textproto",
              Protocols("rules { including: 'pixels' overlay { protocol: "
                        "CORRECTED } }\n"));
  tree_.Write("classify/x.textproto",
              "include: 'pixels' protocol: DECLARED_GUESS");
  tree_.Write("classify/y.textproto",
              "include: 'pixels' protocol: AS_PUBLISHED");
  const Setting corrected = {.rung = "paper", .protocol = "corrected"};
  EXPECT_EQ(Resolve("x", corrected).spec.protocol(), spec::DECLARED_GUESS);
  EXPECT_EQ(Resolve("y", corrected).spec.protocol(), spec::CORRECTED);
}

class UpstreamTest : public ResolveTest {
 protected:
  UpstreamTest() {
    tree_.Write("common/vit.textproto", kVitOverlay);
    tree_.Write("pretrain/p.textproto", PretrainingText());
    Probe("p", "");
  }

  // The probe 'x' of the pretraining `name`.
  void Probe(absl::string_view name, absl::string_view more) {
    tree_.Write("classify/x.textproto",
                absl::StrCat("include: ['pixels', 'vit']\nfeatures { vit { "
                             "weights { pretrained { experiment: '",
                             name, "' } } } }\n", more));
  }

  // The pretraining `name` that starts from another.
  void Pretraining(absl::string_view name, absl::string_view from) {
    spec::ExperimentSpec text = Layered({PretrainingText()});
    text.mutable_pretrain()
        ->mutable_initial_weights()
        ->mutable_pretrained()
        ->set_experiment(std::string(from));
    tree_.Write(absl::StrCat("pretrain/", name, ".textproto"),
                ToTextproto(text));
  }
};

constexpr char kAt[] =
    "classify/x.textproto:3: features.vit.weights.pretrained.experiment: ";

TEST_F(UpstreamTest, AFittingPretrainingHasNoProblems) {
  EXPECT_THAT(Issues("x"), IsEmpty());
  Pretraining("q", "p");
  Probe("q", "");
  EXPECT_THAT(Issues("x"), IsEmpty());
}

TEST_F(UpstreamTest, APretrainingIsThere) {
  Probe("pp", "");
  EXPECT_THAT(Issues("x"), ElementsAre(absl::StrCat(
                               kAt, "no experiment 'pp'; there are: a, p, x")));
}

TEST_F(UpstreamTest, APretrainingPretrains) {
  Probe("a", "");
  EXPECT_THAT(Issues("x"),
              ElementsAre(absl::StrCat(
                  kAt, "'a' has no pretrain stage, so it gives no weights")));
}

TEST_F(UpstreamTest, BackbonesAreEqual) {
  Probe("p", "backbone { mlp_ratio: 2 }");
  EXPECT_THAT(Issues("x"),
              ElementsAre("classify/x.textproto:4: backbone.mlp_ratio: found "
                          "2, expected 4 as in 'p', whose weights are "
                          "loaded"));
}

TEST_F(UpstreamTest, NothingStartsFromItself) {
  Pretraining("q", "r");
  Pretraining("r", "q");
  EXPECT_EQ(Issues("q").size(), 1u);
  EXPECT_THAT(Issues("q")[0],
              ::testing::EndsWith(
                  "pretrain.initial_weights.pretrained.experiment: starts "
                  "from itself: q > r > q"));
}

TEST_F(UpstreamTest, WhatIsWrongUpstreamIsSaidThere) {
  Pretraining("p", "gone");
  EXPECT_EQ(Issues("p").size(), 1u);
  EXPECT_THAT(Issues("x"), IsEmpty());
}

}  // namespace
}  // namespace cxr
