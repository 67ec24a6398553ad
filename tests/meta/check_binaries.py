#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: check_binaries.py LIBDICOS BAGSCOPE BAGSCOPE-CLI BAGSCOPE-DECODER

The window and the command line contain no parser and no codec; the command line
loads no GTK."""
import subprocess
import sys

import tree

LIBRARY, WINDOW, COMMAND, DECODER = sys.argv[1:5]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def functions(path):
    """Names of all functions that are defined in a program or library."""
    lines = (line.split() for line in output("nm", "--defined-only", path).splitlines())
    return {words[2] for words in lines if len(words) == 3 and words[1] in "Tt"}


def parser_functions():
    names = {name for name in functions(LIBRARY) if name.startswith("bag_")}
    return names


def check_absent(path):
    return lambda: (f"{path} contains {name}" for name in sorted(functions(path) & parser_functions()))


def check_present():
    names = parser_functions()
    if not names:
        yield f"{LIBRARY} defines no function"
    for name in ("bag_ct_image_describe", "bag_codec_decode"):
        if name not in names & functions(DECODER):
            yield f"{DECODER} does not contain {name}"


CODECS = ("libcharls", "libjpeg", "libopenjp2")


def needed(path):
    """The libraries that a program itself asks for, not those that they bring along."""
    lines = output("readelf", "--dynamic", "--wide", path).splitlines()
    return [line.split("[")[1].rstrip("]") for line in lines if "(NEEDED)" in line]


def check_codecs():
    for path in (WINDOW, COMMAND):
        yield from (f"{path} links {name}" for name in needed(path) if name.startswith(CODECS))
    for codec in CODECS:
        if not any(name.startswith(codec) for name in needed(DECODER)):
            yield f"{DECODER} does not link {codec}"


def check_gtk():
    for line in output("ldd", COMMAND).splitlines():
        if any(name in line for name in ("libgtk", "libgdk", "libgsk")):
            yield f"{COMMAND} loads {line.strip()}"


sys.exit(tree.run([
    ("window without parser", check_absent(WINDOW)),
    ("command line without parser", check_absent(COMMAND)),
    ("decoder with parser", check_present),
    ("codecs in the decoder alone", check_codecs),
    ("command line without GTK", check_gtk),
]))
