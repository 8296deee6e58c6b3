# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Writes list_cases.json: lists of lists as Python prints them, and their items
# with white space trimmed and collapsed. Python 3.11:
#
#   python3 make_list_cases.py > list_cases.json

import json
import random

WORDS = ['loc', 'cardiac', "d'entrada", 'say "x"', '\\', '\n', '\t', ' ', '  ',
         'normal', 'é', '[', ']', ',', "'\""]


def main():
    rng = random.Random(1)
    print('[')
    for i in range(100):
        lists = [[''.join(rng.choices(WORDS, k=rng.randrange(5)))
                  for _ in range(rng.randrange(4))]
                 for _ in range(rng.randrange(4))]
        tidy = [[' '.join(item.split()) for item in items] for items in lists]
        print((',' if i else '') + json.dumps(
            {'text': repr(lists), 'lists': tidy}, ensure_ascii=False))
    print(']')


main()
