#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a header promises is there: each function that it declares is defined in some file."""
import re
import sys

import tree

# In the project's layout a definition begins its line, and a declaration is all on one statement.
DEFINED = re.compile(r"^(bag_\w+) \(", re.MULTILINE)
DECLARED = re.compile(r"^(?!#|typedef|static|G_|\s)[^;{}]*?\b(bag_\w+) \([^;{}]*\)[^;{}()]*(?:\([^;{}()]*\))?;", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Made by macros of GLib.
GENERATED = re.compile(r"_(get_type|quark)$")


def declared_functions(path):
    names = DECLARED.findall(COMMENT.sub("", tree.read(path)))
    return [name for name in names if not GENERATED.search(name)]


def check_defined():
    defined = {name for path in tree.files(".c", ".cc") for name in DEFINED.findall(tree.read(path))}
    declared = [(path, name) for path in tree.files(".h") for name in declared_functions(path)]
    if not declared:
        yield "no header declares a function"
    for path, name in declared:
        if name not in defined:
            yield f"{path}: {name} is declared and nowhere defined"


sys.exit(tree.run([("declared functions are defined", check_defined)]))
