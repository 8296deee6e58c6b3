// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/help_verb.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "tools/command_line.h"
#include "tools/verb_help.h"

namespace cxr {
namespace {

// What tells beforehand what a run would do.
std::vector<VerbHelp> PlanVerbs() {
  return {
      {"plan",
       "plan TARGET",
       "Says what a run would do, and what it costs.",
       "Says of every stage of a target whether it is reused, resumed, run or\n"
       "cannot run here, and why; what it costs in FLOPs, images, disk and\n"
       "device time; which data and weights it needs, and which data the\n"
       "program draws for itself. Changes nothing.",
       {"rung", "protocol", "deployment", "cell", "budget_device_hours",
        "strict_code", "format", "store", "data_root", "weights_root", "root"},
       "cxr plan table_classification --rung=paper"},
      {"why",
       "why TARGET",
       "Says why a run would execute what it would.",
       "Says for each stage that would be executed what has changed since the\n"
       "last record of the same experiment: the field, its old and its new\n"
       "value and where each was written. Changes nothing.",
       {"rung", "protocol", "deployment", "cell", "strict_code", "format",
        "store", "data_root", "weights_root", "root"},
       "cxr why table_classification"},
  };
}

// What looks at images.
std::vector<VerbHelp> DataVerbs() {
  return {
      {"data",
       "data check|show|fingerprint|load|headers",
       "Says and shows what a source of images is.",
       "check        Counts what tables and files of a source hold: images,\n"
       "             patients, parts, views, labels by policy, formats,\n"
       "             failures, patients in two parts.\n"
       "show         Writes a sheet of its images, with masks and boxes, to\n"
       "             --out; with --augment what training makes of them.\n"
       "fingerprint  Prints digests of its tables, images and lists of ids.\n"
       "load         Loads the first batches of an experiment's training and\n"
       "             says how fast, and the digest of all pixels.\n"
       "headers      Writes dicom_headers.csv, from which the reader of RSNA\n"
       "             has views, sexes and ages.\n"
       "Of an --experiment whose source is drawn it is that one, which is "
       "drawn\n"
       "if need be.",
       {"dataset",     "data_root",  "experiment", "rung",         "protocol",
        "pretraining", "index_only", "against",    "max_failures", "augment",
        "count",       "seed",       "content",    "key",          "steps",
        "first_step",  "rank",       "world",      "cache",        "threads",
        "format",      "out",        "root"},
       "cxr data check --dataset=chexpert --data_root=/data --index_only"},
  };
}

// What gives features of images to others.
std::vector<VerbHelp> EmbedVerbs() {
  return {
      {"embed",
       "embed",
       "Writes features of a folder of images by a file of weights.",
       "Writes a safetensors file with the tokens of every image below a "
       "folder:\n"
       "cls (n, C), registers (n, R, C) and patches (n, N, C), after the "
       "final\n"
       "norm, images in the order of their names, which the file lists. "
       "Weights\n"
       "are files of Meta's DINOv2 (.pth), of transformers' Dinov2 and\n"
       "Dinov2WithRegisters (CXformer, RAD-DINO), of open_clip and timm\n"
       "(BiomedCLIP), of OpenAI's CLIP (CheXzero) or a teacher of cxr run.",
       {"weights", "arch", "heads", "images", "out", "tokens", "image_size",
        "equalize", "normalize", "precision", "batch", "threads", "device",
        "root"},
       "cxr embed --weights=model.safetensors --images=xrays "
       "--out=features.safetensors"},
      {"export",
       "export",
       "Writes weights in the form of another program.",
       "Writes a backbone of DINOv2's family, read as cxr embed reads it, as "
       "a\n"
       "folder that from_pretrained of transformers loads: model.safetensors\n"
       "and config.json.",
       {"kind", "weights", "arch", "heads", "out"},
       "cxr export --weights=teacher.safetensors --heads=3 --out=my_model"},
  };
}

// What scores the predictions of any system.
std::vector<VerbHelp> ScoreVerbs() {
  return {
      {"score",
       "score classification|segmentation",
       "Scores predictions that lie in files, whoever made them.",
       "classification  Tables --labels and --scores, a row an image:\n"
       "                AUROC, average precision, calibration, each with n,\n"
       "                interval and the median of resamples, as the paper\n"
       "                prints it. Profiles: scikit_learn (scores as given, "
       "the\n"
       "                default), cxformer_finetune (logits, sigmoid in "
       "float32),\n"
       "                cxformer_linear_eval and torchmetrics.\n"
       "segmentation    Folders --truth and --pred of label maps, gray PNG "
       "files\n"
       "                of classes (0 background, 1 left lung, 2 right lung, "
       "3\n"
       "                heart): Dice, IoU, HD95 and mean distance of borders.\n"
       "                Profiles: released-code/dice (the default) and "
       "others;\n"
       "                a wrong name lists them. A table --labels with a "
       "column "
       "id,\n"
       "                the names of files without .png, may give "
       "--patient_column\n"
       "                and --groups.\n"
       "With --compare the differences to another system, with tests of them;\n"
       "with --groups scores of subgroups.\n\n"
       "Of classification, each with an example (--generator and --adjust of\n"
       "segmentation, too):\n"
       "--scores=seed0.csv,seed1.csv,seed2.csv  mean over runs of one system\n"
       "--patient_column=patient --strata=site  resamples of whole patients,\n"
       "                                        of each site as many\n"
       "--generator=scikit_learn_resample       sklearn.utils.resample, bit by "
       "bit\n"
       "--compare=b.csv --adjust=benjamini_hochberg\n"
       "                                        instead of Holm's p values\n"
       "--compare=b.csv --margin=0.01           are both equivalent within "
       "0.01?\n"
       "--at_sensitivity=0.95                   the specificity there\n"
       "--curves=/tmp/curves                    ROC, precision-recall and\n"
       "                                        reliability to be plotted",
       {"labels",     "scores",         "truth",          "pred",
        "compare",    "adjust",         "margin",         "profile",
        "level",      "patient_column", "strata",         "groups",
        "classes",    "interval",       "generator",      "resamples",
        "confidence", "seed",           "at_sensitivity", "curves",
        "threads",    "format"},
       "cxr score classification --labels=truth.csv --scores=mine.csv"},
  };
}

// What draws images.
std::vector<VerbHelp> SynthVerbs() {
  return {
      {"synth",
       "synth [pictures]",
       "Draws a source of images, in its makers' layout.",
       "Draws people, their films, labels, masks, boxes and reports as a "
       "source\n"
       "of real ones has them: --data_root/SOURCE with a file SYNTHETIC that "
       "marks\n"
       "it and the truth in SYNTHETIC.json. The same flags give the same "
       "pixels\n"
       "and tables on every machine. Nothing is written over real images.\n"
       "pictures     Writes a page of what each finding looks like, and each\n"
       "             source below --data_root, to the folder --out.",
       {"dataset", "data_root", "patients", "seed", "scale", "difficulty",
        "defects", "overwrite", "count", "threads", "out", "root"},
       "cxr synth --dataset=all --data_root=/tmp/drawn --patients=200"},
  };
}

// What reads reports.
std::vector<VerbHelp> ReportVerbs() {
  return {
      {"report",
       "report sections|findings FILE...",
       "Reads reports: their sections, and the findings in them.",
       "sections  Prints impression, findings, last paragraph and comparison\n"
       "          by the rules of MIMIC-CXR's own table of them.\n"
       "findings  Prints what the impression, else the findings, say of\n"
       "          CheXpert's 14 labels: 1.0 there, 0.0 not, -1.0 uncertain.\n"
       "          By rules of our own (rules-v1) for the words of its "
       "labeler;\n"
       "          with --format=json each mention and the words that decided.\n"
       "A FILE is a report, called by its study (s50414267.txt), or a table\n"
       "with columns study or id and report or text (.csv, .csv.gz).",
       {"format"},
       "cxr report findings s50414267.txt --format=json"},
  };
}

// What looks after runs and their store.
std::vector<VerbHelp> StoreVerbs() {
  return {
      {"status",
       "status [RUN]",
       "Lists the runs of a store, or tells one.",
       "Lists the newest runs of a store, or tells how one stands: what is\n"
       "done, what is running and how far, what failed. From files alone, so\n"
       "it works while a run goes on, after it died, and from elsewhere.",
       {"format", "store"},
       "cxr status 3"},
      {"watch",
       "watch [RUN]",
       "Shows a run until it is over.",
       "Shows how a run stands, the newest if none is named, every second\n"
       "until it is over.",
       {"store"},
       "cxr watch"},
      {"gc",
       "gc",
       "Deletes what no run can use from the store.",
       "Deletes attempts that failed, were killed or were replaced, and that\n"
       "nobody works on. Finished stages stay, and so does the checkpoint "
       "from\n"
       "which a stage would go on.",
       {"dry_run", "store"},
       "cxr gc --dry_run"},
  };
}

// What only reads declarations.
std::vector<VerbHelp> SpecVerbs() {
  return {
      {"lint",
       "lint [FILE...]",
       "Prints every problem of all specs.",
       "Prints every problem of all specs below experiments/, or of the\n"
       "named files among them, as file:line:column: error: field: message,\n"
       "with the line and a caret under the place.",
       {"root"},
       "cxr lint experiments/classify/classify_rsna_s.textproto"},
      {"show",
       "show NAME",
       "Prints a declaration, as written or resolved.",
       "Prints a declaration as it was written. With --resolved what all\n"
       "includes and rules make of an experiment, or the cells of a study;\n"
       "with --origin each value with the file and the line it comes from.",
       {"resolved", "origin", "rung", "protocol", "root"},
       "cxr show classify_chexpert_s --resolved --origin"},
      {"upgrade",
       "upgrade [FILE...]",
       "Rewrites specs of an older version.",
       "Rewrites specs that were written for an older version of the "
       "language,\n"
       "all of experiments/ or the named files, in place. Comments and order\n"
       "are kept. Either all files are understood or none is written.",
       {"dry_run", "root"},
       "cxr upgrade experiments/classify/my_hernia.textproto"},
      {"help",
       "help [VERB]",
       "Explains the program, or one verb.",
       "Explains the program, or one verb.",
       {},
       "cxr help run"},
  };
}

std::vector<VerbHelp> AllVerbs() {
  std::vector<VerbHelp> all;
  for (const std::vector<VerbHelp>& verbs :
       {ResultVerbs(), DetailVerbs(), PlanVerbs(), StoreVerbs(), DataVerbs(),
        EmbedVerbs(), ScoreVerbs(), SynthVerbs(), ReportVerbs(), SpecVerbs()}) {
    all.insert(all.end(), verbs.begin(), verbs.end());
  }
  return all;
}

constexpr absl::string_view kIntroduction =
    "cxr reproduces the tables of one paper: the "
    "CheXformer (Scan42) family\n"
    "of chest X-ray vision transformers.\n\n"
    "Usage: cxr VERB [WORDS] [--flag=value]\n"
    "Under Bazel: tools/bazel run //tools:cxr -- VERB ...\n"
    "             tools/bazel run //experiments:TARGET -- "
    "[--flag=value]\n\n";

absl::Status NoSuchVerb(const std::string& verb) {
  std::vector<std::string> names;
  for (const VerbHelp& known : AllVerbs()) {
    names.emplace_back(known.name);
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "no verb '", verb, "'; there are: ", absl::StrJoin(names, ", ")));
}

constexpr absl::string_view kExitCodes =
    "\nExit codes: 0 done; 1 a check failed; 2 bad or "
    "missing input;\n"
    "64 wrong command line or spec; 65 a run diverged; 70 "
    "a bug; 74 store or\n"
    "output cannot be written; 75 stopped, can go on; 77 "
    "no such device here.\n";

}  // namespace

ExitCode HelpVerb(const std::vector<std::string>& words) {
  if (words.size() > 1) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("help takes one verb, found also '", words[1], "'")));
  }
  if (words.empty()) {
    absl::PrintF("%sVerbs:\n", kIntroduction);
    for (const VerbHelp& verb : AllVerbs()) {
      absl::PrintF("  %-16s %s\n", verb.usage, verb.summary);
    }
    absl::PrintF("%s", kExitCodes);
    return ExitCode::kDone;
  }
  for (const VerbHelp& verb : AllVerbs()) {
    if (verb.name == words[0]) {
      absl::PrintF("Usage: cxr %s\n\n%s\n\n%s%sExample: %s\n", verb.usage,
                   verb.meaning, FlagHelp(verb.flags),
                   verb.flags.empty() ? "" : "\n", verb.example);
      return ExitCode::kDone;
    }
  }
  return Fail(NoSuchVerb(words[0]));
}

std::vector<absl::string_view> FlagsOf(absl::string_view verb) {
  for (const VerbHelp& known : AllVerbs()) {
    if (known.name == verb) {
      return known.flags;
    }
  }
  CXR_CHECK(false) << "verb " << verb;
  return {};
}

absl::Status CheckVerb(const std::string& verb,
                       const std::vector<std::string>& flags) {
  for (const VerbHelp& known : AllVerbs()) {
    if (known.name != verb) {
      continue;
    }
    for (const std::string& flag : flags) {
      if (std::find(known.flags.begin(), known.flags.end(), flag) ==
          known.flags.end()) {
        return absl::InvalidArgumentError(absl::StrCat(
            verb, " has no flag --", flag, "; see: cxr help ", verb));
      }
    }
    return absl::OkStatus();
  }
  return NoSuchVerb(verb);
}

}  // namespace cxr
