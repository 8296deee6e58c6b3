// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/command_line.h"

#include "absl/flags/commandlineflag.h"
#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"

ABSL_FLAG(std::string, rung, "demo",
          "How much is run: smoke, demo, bench or paper "
          "(experiments/rungs.textproto).");
ABSL_FLAG(std::string, protocol, "as_published",
          "By whose rules: as_published (the released code, its quirks "
          "included) or corrected (experiments/protocols.textproto); of a "
          "table also both, side by side.");
ABSL_FLAG(std::string, family, "chexformer",
          "Name of the model family in tables: chexformer or scan42.");
ABSL_FLAG(std::string, deployment, "local",
          "Machine settings, a file of experiments/deployments/.");
ABSL_FLAG(std::string, store, "",
          "Folder of finished stages; default $CXR_STORE, else "
          "~/.cache/cxr/store.");
ABSL_FLAG(std::string, out, "",
          "Folder for rendered tables, default results/RUNG of the working "
          "copy; file for a sheet of images, default SOURCE.png; folder for "
          "the page of synth pictures.");
ABSL_FLAG(std::string, source, "results",
          "What a rendered table shows: results (beside published values) or "
          "published (the paper's table alone).");
ABSL_FLAG(std::string, root, "",
          "Folder that holds experiments/ and cxr/data/samples/; found by "
          "itself where the program was built.");
ABSL_FLAG(std::string, data_root, "",
          "Folder that holds a folder a source (chexpert/, mimic_cxr/, ...); "
          "default $CXR_DATA_ROOT, but for synth, which writes to it.");

ABSL_FLAG(std::string, weights_root, "",
          "Folder of the files of weights that others publish.");
ABSL_FLAG(std::string, dataset, "",
          "The source: chexpert, mimic_cxr, padchest, nih_cxr8, brax, rsna, "
          "vindr, chexmask, iu_xray, nih64 or hannover; for synth one of the "
          "nine or all.");
ABSL_FLAG(std::string, experiment, "",
          "The experiment by whose selection, split, label policy and "
          "augmentation the source is seen, at --rung and --protocol.");
ABSL_FLAG(std::string, against, "",
          "Another source: which images are the same pictures?");
ABSL_FLAG(bool, index_only, false,
          "Reads tables alone; no image need be there.");
ABSL_FLAG(bool, augment, false,
          "Shows what training makes of the images, with what was drawn.");
ABSL_FLAG(bool, content, false, "Reads every image, too.");
ABSL_FLAG(std::string, key, "",
          "File of secret bytes, by which digests of sources under terms are "
          "keyed; whoever shall compare digests needs it.");
ABSL_FLAG(int32_t, count, 24, "Images that are shown.");
ABSL_FLAG(uint64_t, seed, 0,
          "Of what is drawn by chance: images, random changes, people, "
          "resamples.");
ABSL_FLAG(
    int32_t, max_failures, -1,
    "More images than this that cannot be read are an error; -1: never, in "
    "check, and a tenth of them in load.");
ABSL_FLAG(int32_t, threads, 0, "Threads; 0 for all of the machine.");
ABSL_FLAG(int32_t, steps, 20, "Batches that are loaded.");
ABSL_FLAG(int32_t, first_step, 0, "The first of them, as after a restart.");
ABSL_FLAG(int32_t, rank, 0, "Whose part of each batch is loaded.");
ABSL_FLAG(int32_t, world, 1, "Processes that share a batch.");
ABSL_FLAG(
    std::string, cache, "",
    "File of decoded images, which is made if it is not there or was made "
    "from something else.");
ABSL_FLAG(bool, pretraining, false,
          "Of an experiment that pretrains for itself: that pretraining.");

ABSL_FLAG(int32_t, patients, 200, "People who are drawn, of each source.");
ABSL_FLAG(double, scale, 0.25,
          "Sides of drawn films, times those of the real source.");
ABSL_FLAG(double, difficulty, 1.0,
          "How well drawn findings show; less is harder to see.");
ABSL_FLAG(bool, defects, false,
          "Draws broken and odd files and rows, too, as the real source has.");
ABSL_FLAG(bool, overwrite, false,
          "Replaces a source that was drawn by other options, never real "
          "images; or a cell that was imported before.");
ABSL_FLAG(std::string, weights, "",
          "File of weights, or a folder of transformers with "
          "model.safetensors.");
ABSL_FLAG(std::string, kind, "transformers",
          "What is written: transformers, a folder for its from_pretrained.");
ABSL_FLAG(std::string, arch, "",
          "What the weights are of: vit_s14, vit_b14, vit_b16 or vit_b32; "
          "else as the file tells.");
ABSL_FLAG(int32_t, heads, 0,
          "Attention heads, if they are not 64 wide; 0: as the file tells.");
ABSL_FLAG(std::string, images, "",
          "Folder of images: PNG, JPEG, DICOM, below it too.");
ABSL_FLAG(std::string, tokens, "",
          "Which of cls, registers and patches are kept, separated by commas; "
          "else all that the model has.");
ABSL_FLAG(int32_t, image_size, 0,
          "Side of what the model sees, in pixels; 0: of its makers.");
ABSL_FLAG(std::string, equalize, "",
          "no_equalization or opencv_histogram; else that of CXformer for all "
          "of DINOv2's family, RAD-DINO included, and none for others.");
ABSL_FLAG(
    std::string, normalize, "",
    "no_normalization, imagenet, clip, chexzero or rad_dino; else imagenet "
    "for all of DINOv2's family, and as their makers for others.");
ABSL_FLAG(std::string, precision, "float32", "float32 or bfloat16.");
ABSL_FLAG(int32_t, batch, 0,
          "Images that go through the model at once; 0: as suits the device.");
ABSL_FLAG(std::string, device, "auto", "auto, cpu, cuda or cuda:N.");
ABSL_FLAG(std::string, labels, "",
          "Table of the truth: a column id and one a class of 0 and 1, which "
          "masks do not have; others may be named by --patient_column, "
          "--strata and --groups.");
ABSL_FLAG(std::string, scores, "",
          "Table of predictions: a column id and one a class. Several, "
          "separated by commas, are runs of one system that differ in their "
          "seed.");
ABSL_FLAG(std::string, compare, "",
          "The same of another system, with which the first is compared; a "
          "folder if that is one.");
ABSL_FLAG(std::string, truth, "", "Folder of true label maps, PNG files.");
ABSL_FLAG(std::string, pred, "",
          "Folder of predicted label maps, files of the same names.");
ABSL_FLAG(std::string, profile, "",
          "Whose definition of a score; cxr help score names them.");
ABSL_FLAG(std::string, level, "image",
          "What is scored: image, or patient_max (a patient's largest score).");
ABSL_FLAG(std::string, patient_column, "",
          "Column of the table of truth that names patients, who are then "
          "resampled as a whole.");
ABSL_FLAG(std::string, groups, "",
          "Columns of the table of truth, separated by commas, by whose values "
          "scores are also told apart.");
ABSL_FLAG(std::string, strata, "",
          "Column of the table of truth, of a class or not, in whose strata "
          "resamples keep their sizes.");
ABSL_FLAG(std::string, interval, "percentile",
          "Of the bootstrap: percentile, basic or bca.");
ABSL_FLAG(std::string, generator, "numpy_random_state",
          "What draws resamples: numpy_random_state, numpy_default_rng, "
          "scikit_learn_resample or fast.");
ABSL_FLAG(std::string, adjust, "",
          "How p values of --compare are adjusted for the number of classes: "
          "holm, the default, or benjamini_hochberg.");
ABSL_FLAG(std::string, margin, "",
          "A difference above 0 that would matter: --compare then tests "
          "whether systems are equivalent within it.");
ABSL_FLAG(std::string, at_sensitivity, "",
          "A sensitivity at which the specificity is also told, e.g. 0.95.");
ABSL_FLAG(std::string, curves, "",
          "New folder for tables of curves: roc.csv, pr.csv, "
          "reliability.csv.");
ABSL_FLAG(int32_t, resamples, 1000, "Resamples of the bootstrap.");
ABSL_FLAG(double, confidence, 0.95, "Of intervals.");
ABSL_FLAG(int32_t, classes, 4,
          "Classes of label maps, the background included.");
ABSL_FLAG(bool, resolved, false,
          "Shows what all includes and rules make of a spec.");
ABSL_FLAG(bool, origin, false,
          "Shows the file and the line of each value; with --resolved.");
ABSL_FLAG(bool, dry_run, false,
          "Says what would be written or deleted, changes nothing.");
ABSL_FLAG(std::string, format, "text",
          "How the answer is printed: text, or json for programs; a rendered "
          "table also as csv.");
ABSL_FLAG(std::string, cell, "",
          "Of a table only what this cell needs, e.g. s.NIH-CXR8: the row by "
          "its key or label, then the column.");
ABSL_FLAG(std::string, row, "", "Name of another system's row of a table.");
ABSL_FLAG(std::string, column, "",
          "Column of a table, by its header: NIH-CXR8.");
ABSL_FLAG(bool, remove, false,
          "Takes an imported row, or its cell in --column, out of the table.");
ABSL_FLAG(int32_t, max_parallel, 1,
          "Stages executed at once; they share the threads.");
ABSL_FLAG(
    double, budget_device_hours, 0,
    "Nothing is started if the plan takes longer than this, or if that is "
    "not known; 0 for no limit.");
ABSL_FLAG(bool, strict_code, false,
          "Makes records again that were made by other code.");
ABSL_FLAG(std::string, accept_equivalent, "",
          "Instead of executing what has changed, takes the earlier records as "
          "equal, for this reason, which they then carry.");

namespace cxr {
namespace {

// Flags that need no value: --name is --name=true.
bool IsSwitch(const absl::CommandLineFlag& flag) {
  return flag.IsOfType<bool>();
}

// What stands for the value of a flag without a default.
absl::string_view ValueName(absl::string_view flag) {
  if (flag == "cell") {
    return "ROW.COLUMN";
  }
  if (flag == "dataset" || flag == "experiment" || flag == "against" ||
      flag == "profile" || flag == "patient_column" || flag == "strata" ||
      flag == "adjust" || flag == "arch" || flag == "equalize" ||
      flag == "normalize" || flag == "row" || flag == "column") {
    return "NAME";
  }
  if (flag == "margin" || flag == "at_sensitivity") return "NUMBER";
  if (flag == "groups" || flag == "tokens") {
    return "NAME,NAME";
  }
  if (flag == "key" || flag == "cache" || flag == "labels" ||
      flag == "scores" || flag == "compare") {
    return "FILE";
  }
  return flag == "accept_equivalent" ? "REASON" : "DIR";
}

// A word that a shell hands on as it is.
std::string Quoted(const std::string& word) {
  const bool plain =
      word.find_first_of(" \t\n'\"\\$&|;<>()*?[]~#!`") == std::string::npos;
  return plain ? word
               : absl::StrCat("'", absl::StrReplaceAll(word, {{"'", "'\\''"}}),
                              "'");
}

absl::Status SetFlag(const std::string& name, const std::string& value) {
  absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
  if (flag == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown flag --", name, "; see: cxr help VERB"));
  }
  std::string error;
  if (!flag->ParseFrom(value, &error)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--", name, ": found '", value, "': ", error));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CommandLine> ParseCommandLine(
    absl::Span<const char* const> args) {
  CommandLine line;
  bool flags_ended = false;
  for (size_t i = 0; i < args.size(); ++i) {
    const std::string arg = args[i];
    if (flags_ended || !absl::StartsWith(arg, "-") || arg == "-") {
      line.words.push_back(arg);
      continue;
    }
    if (arg == "--") {
      flags_ended = true;
      continue;
    }
    if (arg == "--help" || arg == "-h") {
      line.help = true;
      continue;
    }
    const std::string body = arg.substr(absl::StartsWith(arg, "--") ? 2 : 1);
    const size_t equals = body.find('=');
    const std::string name = body.substr(0, equals);
    std::string value;
    const absl::CommandLineFlag* known = absl::FindCommandLineFlag(name);
    if (equals != std::string::npos) {
      value = body.substr(equals + 1);
    } else if (known != nullptr && IsSwitch(*known)) {
      value = "true";
    } else if (i + 1 < args.size() &&
               absl::FindCommandLineFlag(name) != nullptr) {
      value = args[++i];
    } else if (absl::FindCommandLineFlag(name) != nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", name, " needs a value"));
    }
    line.flags.push_back(name);
    const absl::Status set = SetFlag(name, value);
    if (!set.ok()) {
      return set;
    }
  }
  return line;
}

std::string FlagsGiven(absl::Span<const absl::string_view> names) {
  std::string text;
  for (const absl::string_view name : names) {
    const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
    if (flag->CurrentValue() == flag->DefaultValue()) {
      continue;
    }
    absl::StrAppend(
        &text, " ",
        IsSwitch(*flag)
            ? absl::StrCat("--", name)
            : Quoted(absl::StrCat("--", name, "=", flag->CurrentValue())));
  }
  return text;
}

absl::Status RefuseFlags(absl::string_view verb,
                         absl::Span<const absl::string_view> names) {
  for (const absl::string_view name : names) {
    if (!FlagsGiven({name}).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--", name, " means nothing to ", verb,
                       "; see: cxr help ", verb.substr(0, verb.find(' '))));
    }
  }
  return absl::OkStatus();
}

std::string FlagHelp(absl::Span<const absl::string_view> names) {
  std::string text;
  for (const absl::string_view name : names) {
    const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
    const std::string value = flag->DefaultValue();
    const std::string form =
        IsSwitch(*flag) ? absl::StrCat("--", name)
                        : absl::StrCat("--", name, "=",
                                       value.empty() ? ValueName(name) : value);
    absl::StrAppendFormat(&text, "  %-20s %s\n", form, flag->Help());
  }
  return text;
}

}  // namespace cxr
