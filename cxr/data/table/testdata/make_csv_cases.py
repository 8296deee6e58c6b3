# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes csv_cases.json: texts of three columns (without their header), by hand,
# by chance, and as Python's csv module and pandas write them, and the rows that
# the csv module reads from them; null where it rejects them or where they do not
# all have three cells. Python 3.11, pandas 3.1:
#
#   python3 make_csv_cases.py > csv_cases.json

import csv
import io
import json
import random

import pandas

ALPHABET = ['a', 'b c', ',', '"', '""', '\n', '\r\n', "'", ';', 'é', '\t', '\\']


def rows_of(text):
    try:
        rows = list(csv.reader(io.StringIO(text, newline=''), strict=True))
    except csv.Error:
        return None
    rows = [row for row in rows if row]  # empty lines
    return rows if all(len(row) == 3 for row in rows) else None


def random_cell(rng):
    return ''.join(rng.choices(ALPHABET, k=rng.randrange(6)))


def written(rng):
    rows = [[random_cell(rng) for _ in range(3)] for _ in range(2)]
    end = rng.choice(['\n', '\r\n'])
    if rng.random() < 0.3:
        return pandas.DataFrame(rows).to_csv(
            index=False, header=False, lineterminator=end)
    out = io.StringIO(newline='')
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    csv.writer(out, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def wild(rng):
    return ''.join(rng.choices(['a', ',', ',', '"', '\n', '\r\n'],
                               k=rng.randrange(12)))


def main():
    rng = random.Random(1)
    texts = ['1,"a""b",""\n', 'a"b,c"",d\n', ' "a",b,c\n', '"","",""',
             '"""",""",""",","\n', 'a,b,"c" \n', 'a,"b"c,d\n', '"a\n\nb",c,d\n',
             'a,b,c\n\n\nd,e,f', ',,\n', '"a,b,c\n']
    texts += [written(rng) for _ in range(300)]
    texts += [text for text in (wild(rng) for _ in range(1500))
              if rows_of(text) is not None or rng.random() < 0.1]
    print('[')
    print(',\n'.join(
        json.dumps({'text': text, 'rows': rows_of(text)}, ensure_ascii=False)
        for text in dict.fromkeys(texts)))
    print(']')


main()
