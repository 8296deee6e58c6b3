# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes testdata/sections: what MIMIC-CXR's published code makes of reports.

Made with Python 3.11.7 and section_parser.py, create_section_files.py of
MIT-LCP/mimic-cxr, folder txt (MIT licence), from the workspace's root:
    python cxr/text/testdata/make_section_goldens.py FOLDER_WITH_BOTH
The published programs are not part of this workspace.

reports.csv holds reports: the two of nih_*.txt, and odd ones drawn here from
aliases, misspellings, blank lines and rules of underscores, with made words for
text. splits.csv: their sections, in order. rows.csv: the row of
mimic_cxr_sectioned.csv ("row" is 0 where there is none) and the text to label.
"""

import csv
import os
import random
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "sections")
SIZE = 260

HEADERS = """IMPRESSION FINDINGS COMPARISON INDICATION TECHNIQUE EXAMINATION
HISTORY ADDENDUM COMPARISONS CONCLUSION PFI EXAM FINDING FINDINS MPRESSION
NDICATION IMPRESSON COMPARISION WETREAD NOTIFICATION DATE NOTE RIBS""".split()
HEADERS += """CLINICAL HISTORY|REASON FOR EXAM|CHEST, TWO VIEWS|CHEST (PA AND LAT)
RECOMMENDATION(S)|FINDINGS/IMPRESSION|FINDINGS/ IMPRESSION|WET READ
FINDINGS AND IMPRESSION|REFERENCE FINDINGS|PORTABLE AP CHEST|FRONTAL SEMI-UPRIGHT
AP AND LATERAL VIEWS|PRIOR COMPARISON FILMS|FINAL ADDENDUM|PAST HISTORY|BONE WINDOW
IMPRESSION (LIMITED)|FINDINGS - IMPRESSION|CLINICAL INFORMATION|LEFT LATERAL VIEW
ONE VIEW| IMPRESSION|COMPARISON |COINCLUSION|IMPERSSION|,-/()|FRONTAL AND
REFERENCE EXAM|TYPE OF EXAMINATION""".replace("\n", "|").split("|")
# What looks like a header and is none.
NEARLY = ["Impression:", "IMPRESSION", "IMPRESSION :", "FINDINGS:none",
          "CT2 CHEST: ", "  FINDINGS: ", "FINDINGS; ", "CHEST_XRAY: ", ": "]
WORDS = """no lungs are clear effusion stable heart 7:34 p.m. ___ the line tip
carina left right XXXX mild: 3.5 cm "quoted" and/or opacity, seen""".split()


def sentence(draw):
  return " ".join(draw.choice(WORDS) for _ in range(draw.randrange(1, 9)))


def body(draw):
  kind = draw.randrange(12)
  if kind == 0:
    return draw.choice(["", " ", "\n", "\n \n", " \t ", "\x0b", "\n ", "\n\n"])
  lines = []
  for _ in range(draw.randrange(1, 4)):
    lines.append(draw.choice([" ", " ", " ", "", "  "]) + sentence(draw))
    if draw.randrange(3) == 0:
      lines.append(draw.choice([" ", " ", " ", "", "\t", "  "]))
    if draw.randrange(15) == 0:
      lines.append(" " + draw.choice(NEARLY))
  return "\n".join(lines)


def report(draw):
  text = draw.choice([33 * " " + "FINAL REPORT\n", "", "\n", " WET READ: ___\n",
                      " ______________\n" + 33 * " " + "FINAL REPORT\n"])
  kind = draw.randrange(10)
  if kind == 0:
    return text + body(draw)
  names = HEADERS if kind < 7 else HEADERS[3:7] + ["NOTE", "COMPARISON"]
  for _ in range(draw.randrange(1, 7)):
    text += draw.choice(["", " \n", " \n", "\n"])
    header = draw.choice(names)
    text += " " + header + ":" + draw.choice(["  ", " ", "\n", "\n \n", "\t",
                                              "\x1c", "\u00a0"])
    text += body(draw) + draw.choice(["\n", "\n", "\n \n", "\r\n", ""])
    if draw.randrange(12) == 0:
      text += " " + 40 * "_" + "\n"
  return text


def renamed(name, draw):
  """A report that has the section which a study's rule names."""
  text = "\n NOTE: one\n" if name == "note" else ""
  for header in (name, "impression", name):
    text += "\n " + header.upper() + ": " + body(draw) + "\n"
  return text


def cases(parser):
  draw = random.Random(7)
  names, ranges = parser.custom_mimic_cxr_rules()
  reports = {}
  for i, name in enumerate(("nih_00000086.txt", "nih_00019248.txt")):
    with open(os.path.join(HERE, name), newline="") as file:
      reports["s%08d" % (40000000 + i)] = file.read()
  for i in range(SIZE):
    reports["s%08d" % (41000000 + i)] = report(draw)
  for study, name in names.items():
    reports[study] = renamed(name, draw)
  for study in ranges:
    # Long enough that both ends of the range lie inside.
    reports[study] = " ".join(str(i) for i in range(300))
  return reports


def write(name, rows):
  with open(os.path.join(FOLDER, name), "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)


def read(path):
  with open(path, newline="") as file:
    return list(csv.reader(file))


def main():
  sys.path.insert(0, sys.argv[1])
  import create_section_files as published
  import section_parser as parser

  reports = cases(parser)
  rows = [["study", "row", "impression", "findings", "last_paragraph",
           "comparison", "label_text"]]
  splits = [["study", "name", "text"]]
  with tempfile.TemporaryDirectory() as folder:
    patient = os.path.join(folder, "files", "p10", "p10000000")
    os.makedirs(patient)
    for study, text in reports.items():
      path = os.path.join(patient, study + ".txt")
      with open(path, "w", newline="") as file:
        file.write(text)
      with open(path) as file:
        texts, names, _ = parser.section_text(file.read())
      if study.startswith("s4"):
        splits += [[study, name, text] for name, text in zip(names, texts)]
    published.main(["--reports_path", os.path.join(folder, "files"),
                    "--output_path", folder, "--no_split"])
    sectioned = {row[0]: row[1:]
                 for row in read(os.path.join(folder, "mimic_cxr_sectioned.csv"))}
    label_texts = dict(read(os.path.join(folder, "mimic_cxr_sections.csv")))
  for study in reports:
    found = sectioned.get(study)
    rows.append([study, int(found is not None)] + (found or 4 * [""]) +
                [label_texts[study]])
  os.makedirs(FOLDER, exist_ok=True)
  write("reports.csv", [["study", "report"]] + list(map(list, reports.items())))
  write("splits.csv", splits)
  write("rows.csv", rows)


if __name__ == "__main__":
  main()
