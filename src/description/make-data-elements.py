#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: make-data-elements.py LIST.txt TABLE.c

Turns the list of data elements into a sorted table in C. Texts are offsets into
one string: the table needs no relocation, so a program that never looks at it
never loads it."""
import sys

OWNERS = {"-": 0, "person": 1, "bag": 2}
# Of several representations one is chosen when a value is read.
REPRESENTATIONS = {"-": "", "US/SS": "xs", "UL/SL": "xl", "OB/OW": "ox", "US/OW": "ox", "US/SS/OW": "ox"}

HEAD = """/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made from the list of data elements: see make-data-elements.py. */
#include "config.h"

#include "description/bag-data-element-table.h"
"""


class Texts:
    """All texts in one string, each once."""

    def __init__(self):
        self.offsets, self.parts, self.size = {}, [], 0

    def add(self, text):
        if text not in self.offsets:
            if not all(32 <= ord(c) < 127 for c in text):
                raise ValueError(f"not ASCII: {text!r}")
            self.offsets[text] = self.size
            self.parts.append(text)
            self.size += len(text) + 1
        return self.offsets[text]


def parse_tag(text):
    """The tag and the bits of it that count."""
    digits = text.replace(",", "")
    if digits.startswith("odd"):
        digits = "xxx1" + digits[3:]
        tag, mask = parse_tag(digits)
        return tag, mask & 0x0001FFFF
    if len(digits) != 8:
        raise ValueError(f"not a tag: {text}")
    return int(digits.replace("x", "0"), 16), int("".join("0" if c == "x" else "F" for c in digits), 16)


def parse(line, texts):
    tag, vr, owner, keyword, name = line.rstrip("\n").split(" ", 4)
    vr = REPRESENTATIONS.get(vr, vr)
    if len(vr) not in (0, 2) or not name:
        raise ValueError(f"not a data element: {line}")
    keyword = "" if keyword == "-" else keyword
    return (*parse_tag(tag), texts.add(keyword), texts.add(name), vr, OWNERS[owner])


def write_rows(out, name, rows):
    out.write(f"\nconst BagDataElement {name}[] = {{\n")
    for tag, mask, keyword, text, vr, owner in rows:
        out.write(f'  {{ 0x{tag:08x}u, 0x{mask:08x}u, {keyword}, {text}, "{vr}", {owner} }},\n')
    out.write(f"}};\n\nconst gsize bag_n_{name[4:]} = {len(rows)};\n")


def write_texts(out, texts):
    out.write("\nconst char bag_data_element_texts[] =\n")
    for part in texts.parts:
        escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
        out.write(f'  "{escaped}\\0"\n')
    out.write("  ;\n")


def main(source, target):
    texts = Texts()
    texts.add("")
    with open(source, encoding="ascii") as lines:
        rows = sorted(parse(line, texts) for line in lines if not line.startswith("#"))
    exact = [row for row in rows if row[1] == 0xFFFFFFFF]
    if len({row[0] for row in exact}) != len(exact):
        raise ValueError("a tag stands twice in the list")
    # What says more about a tag comes first.
    patterns = sorted((row for row in rows if row[1] != 0xFFFFFFFF), key=lambda row: (-bin(row[1]).count("1"), row[0]))
    with open(target, "w", encoding="ascii") as out:
        out.write(HEAD)
        write_texts(out, texts)
        write_rows(out, "bag_data_elements", exact)
        write_rows(out, "bag_data_element_patterns", patterns)


main(*sys.argv[1:])
