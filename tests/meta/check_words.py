#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of unfinished work, and paths of one machine, stand nowhere in the tree."""
import re
import sys

import tree

# What is looked for, and the files where it may stand all the same.
WORDS = [
    (r"\bissues?\b", ("data/data-elements.txt",)),  # names of the standard
    (r"\btodo\b", ()),
    (r"\bfixme\b", ()),
    (r"\bxxx\b", ()),
    (r"\bhack\b", ()),
    (r"\bstubs?\b", ()),
    (r"\bplaceholders?\b(?!-text)", ()),  # a property of GtkEntry
    (r"/(home|root)/\w", ()),
]
THIS_FILE = "tests/meta/check_words.py"
NO_TEXT = (".bin", ".dcs", ".png")
TOP_FILES = ("README.md", "meson.build", ".gitignore", ".clang-format", ".editorconfig", ".ci/run")


def text_files():
    yield from TOP_FILES
    for path in tree.files(""):
        if not path.endswith(NO_TEXT) and path != THIS_FILE:
            yield path


def check_words():
    patterns = [(re.compile(pattern, re.IGNORECASE), allowed) for pattern, allowed in WORDS]
    for path in text_files():
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            for pattern, allowed in patterns:
                match = pattern.search(line)
                if match and not path.startswith(allowed):
                    yield f"{path}:{number}: “{match.group()}”"


sys.exit(tree.run([("words", check_words)]))
