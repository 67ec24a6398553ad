#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files include their own floor and floors below; the bytes of files stay in the decoder."""
import re
import sys

import tree

ORDER = ["description", "pool", "decoder", "render", "scan", "slices", "session", "widgets", "app"]
BELOW = {floor: set(ORDER[:i + 1]) for i, floor in enumerate(ORDER)}
BELOW["dicos"] = {"description", "dicos"}
BELOW["output"] = BELOW["description"] | {"output"}
BELOW["writer"] = BELOW["scan"] | {"output", "writer"}
BELOW["cli"] = BELOW["session"] | {"output", "writer", "cli"}
BELOW["app"] |= {"output"}
BELOW["main.c"] = BELOW["app"]

# The decoder's own program is the only one that reads files.
READS_FILES = re.compile(r"^src/decoder/bag-decoder-main[^/]*$|^src/dicos/")
USES_GTK = re.compile(r"^src/(widgets|app)/|^src/main\.c$")
OWN_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
GTK_INCLUDE = re.compile(r"^#include <(gtk|gdk|gsk)/", re.MULTILINE)
GENERATED = {"config.h", "bagscope-resources.h"}


def own_includes(path):
    return [name for name in OWN_INCLUDE.findall(tree.read(path)) if name not in GENERATED]


def check_floors():
    for path in tree.files(".c", ".h", folders=("src",)):
        floor = path.split("/")[1]
        if floor not in BELOW:
            yield f"{path}: no such floor"
            continue
        for name in own_includes(path):
            target = name.split("/")[0]
            if target == "dicos" and READS_FILES.match(path):
                continue
            if target not in BELOW[floor]:
                yield f"{path}: includes {name}"


def check_gtk():
    for path in tree.files(".c", ".h", folders=("src",)):
        if GTK_INCLUDE.search(tree.read(path)) and not USES_GTK.match(path):
            yield f"{path}: includes GTK"


sys.exit(tree.run([("floors", check_floors), ("gtk", check_gtk)]))
