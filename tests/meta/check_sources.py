#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licence lines, length of files, and calls that the project does without."""
import re
import sys

import tree

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
MAX_LINES = 450

# Call, where it may stand all the same, and what to do instead.
BANNED = [
    ("g_usleep", (), "wait for an event"),
    ("usleep", (), "wait for an event"),
    ("nanosleep", (), "wait for an event"),
    ("sleep", (), "wait for an event"),
    ("strcpy", (), "g_strlcpy or g_strdup"),
    ("strcat", (), "g_strconcat"),
    ("sprintf", (), "g_snprintf or g_strdup_printf"),
    ("vsprintf", (), "g_strdup_vprintf"),
    ("gets", (), "a bounded read"),
    ("system", (), "a process with an argument list"),
    ("popen", (), "a process with an argument list"),
    ("mmap", ("src/pool/bag-pool-memory", "src/decoder/", "tests/"), "pread: a mapped file that shrinks is a crash"),
    ("g_mapped_file_new", (), "pread: a mapped file that shrinks is a crash"),
    ("g_main_context_iteration", ("tests/",), "a callback"),
    ("g_main_loop_run", ("tests/",), "a callback"),
    ("g_timeout_add", ("tests/",), "a notification"),
    ("g_timeout_add_full", ("tests/",), "a notification"),
    ("g_timeout_add_seconds", ("tests/",), "a notification"),
    ("g_slice_new", (), "g_new"),
    ("g_slice_new0", (), "g_new0"),
    ("g_slice_alloc", (), "g_malloc"),
    ("alloca", (), "a fixed size or the heap"),
    ("g_alloca", (), "a fixed size or the heap"),
]

NOT_CODE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)
LOG_DOMAIN = re.compile(r'^#define G_LOG_DOMAIN "bag(scope)?(-[a-z0-9]+)*"$')


def blank(match):
    return "".join(c if c == "\n" else " " for c in match.group())


def check_licence():
    for path in tree.files(".c", ".cc", ".h", ".py", ".sh", "meson.build", ".ui", ".css"):
        if SPDX not in "\n".join(tree.read(path).splitlines()[:3]):
            yield f"{path}: no line “{SPDX}” at the top"


def check_length():
    for path in tree.files(".c", ".cc", ".h", ".py", ".sh"):
        lines = tree.read(path).count("\n")
        if lines > MAX_LINES:
            yield f"{path}: {lines} lines: more than {MAX_LINES}"


def find_banned(path, code):
    for name, allowed, instead in BANNED:
        if path.startswith(allowed):
            continue
        for match in re.finditer(rf"(?<![\w.>]){name} *\(", code):
            line = code.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {name}: instead: {instead}"


def check_calls():
    for path in tree.files(".c", ".cc", ".h"):
        yield from find_banned(path, NOT_CODE.sub(blank, tree.read(path)))


def check_log_domain():
    """Only above the first header does it name the messages of the file."""
    for path in tree.files(".c", folders=("src",)):
        above = tree.read(path).split("#include", maxsplit=1)[0]
        if not any(LOG_DOMAIN.match(line) for line in above.splitlines()):
            yield f"{path}: no G_LOG_DOMAIN above the first header"


sys.exit(tree.run([
    ("licence", check_licence),
    ("length", check_length),
    ("calls", check_calls),
    ("log domain", check_log_domain),
]))
