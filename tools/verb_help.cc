// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/verb_help.h"

namespace cxr {

std::vector<VerbHelp> ResultVerbs() {
  return {
      {"run",
       "run TARGET",
       "Runs an experiment, a study or a table and prints it.",
       "Runs what of a target is not in the store yet, prints the table and\n"
       "writes it to --out, also as CSV and JSON. A TARGET may be the cell of "
       "a\n"
       "study without its seed: all seeds and their mean. Finished stages are\n"
       "kept: killed at any moment and started again, it does only what is "
       "left.\n"
       "Ctrl-C stops it and says how to go on. Started several times at once "
       "by\n"
       "torchrun, srun or mpirun, the processes execute one pretraining "
       "together.",
       {"rung", "protocol", "family", "deployment", "cell", "max_parallel",
        "budget_device_hours", "strict_code", "accept_equivalent", "store",
        "out", "data_root", "weights_root", "root"},
       "cxr run table_classification --rung=smoke --out=/tmp/tables"},
      {"render",
       "render TABLE",
       "Prints a table without running anything.",
       "Prints a table from the store, or as the paper printed it. Runs\n"
       "nothing.",
       {"source", "rung", "protocol", "family", "format", "store", "root"},
       "cxr render table_classification --source=published --family=scan42"},
      {"import",
       "import TABLE",
       "Makes another system's predictions a row of a table.",
       "Scores --scores, a column id and one a class, as the experiment of "
       "the\n"
       "paper's S in --column is scored, on exactly its images (which it must\n"
       "have been run on, at this rung by this protocol) or on those of "
       "--labels,\n"
       "whose patients --patient_column names. Kept in the store, and shown "
       "by\n"
       "cxr run and cxr render as the row --row, imported, until --remove.",
       {"row", "column", "scores", "labels", "patient_column", "overwrite",
        "remove", "rung", "protocol", "deployment", "store", "data_root",
        "weights_root", "root"},
       "cxr import table_classification --row=mine --column=NIH-CXR8 "
       "--scores=mine.csv"},
  };
}

std::vector<VerbHelp> DetailVerbs() {
  return {
      {"pictures",
       "pictures TARGET",
       "Shows the curves and the worst mistakes of what was run.",
       "Makes a page of an experiment, or of each of a table or study, in the\n"
       "folder --out, from the store: ROC, precision-recall and reliability "
       "of\n"
       "each target, operating points, and sheets of the --count images that "
       "the\n"
       "model is surest about and wrong. Opens in any browser, offline. "
       "Images\n"
       "of licensed sources stay under their terms.",
       {"out", "count", "rung", "protocol", "deployment", "store", "data_root",
        "weights_root", "root"},
       "cxr pictures classify_nih_cxr8_s --out=/tmp/page"},
      {"predictions",
       "predictions EXPERIMENT",
       "Writes what was predicted as tables for cxr score.",
       "Writes of an experiment that was run truth.csv (id, patient, a column "
       "a\n"
       "target) and scores.csv (id, a column a target) to the folder --out, "
       "a\n"
       "row an image, or a patient where those are scored: cxr score\n"
       "classification with --labels and --scores finds the values of its "
       "record,\n"
       "and with --compare the difference to another experiment. Of the cell "
       "of\n"
       "a study without its seed scores.SEED.csv for each seed.",
       {"out", "rung", "protocol", "deployment", "store", "data_root",
        "weights_root", "root"},
       "cxr predictions classify_nih_cxr8_s --out=/tmp/s"},
  };
}

}  // namespace cxr
