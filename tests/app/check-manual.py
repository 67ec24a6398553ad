#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual and the page of keys list what the program has: every error name,
every warning name, every action, and every key."""

import re
import sys
from pathlib import Path


def read(root, name):
    return (root / name).read_text(encoding="utf-8")


def main():
    root = Path(sys.argv[1])
    manual = read(root, "data/man/bagscope.1").replace("\\-", "-")
    overlay = read(root, "resources/gtk/help-overlay.ui").replace("&lt;", "<").replace("&gt;", ">")
    shown = set(re.findall(r'name="accelerator">([^<]*(?:<\w+>[^<]*)*)</property', overlay))
    shown = {key for group in shown for key in group.split(" ")} | {"1", "2", "3", "4", "5"}
    missing = []

    for name in re.findall(r'\] = "([a-z-]+)"', read(root, "src/description/bag-error.c")):
        if f".B {name}\n" not in manual:
            missing.append(f"bagscope.1 does not list the error {name}")

    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "src").rglob("*.c")))
    warnings = set(re.findall(r'bag_(?:description_add_warning|report_add_warning|report_warn) \([^,]+, "([a-z-]+)"', sources))
    assert len(warnings) > 30, "the warnings were not found"
    for name in sorted(warnings):
        if f".B {name}\n" not in manual:
            missing.append(f"bagscope.1 does not list the warning {name}")

    keys = re.findall(r'\{ "([^"]+)", "((?:win|app|window)\.[^"(]+)', read(root, "src/app/bag-window-keys.c"))
    assert len(keys) > 40, "the table of keys was not found"
    for trigger, action in keys:
        if action not in manual:
            missing.append(f"bagscope.1 does not list the action {action}")
        if not shown & set(trigger.split("|")) and not re.search("KP_|equal", trigger):
            missing.append(f"help-overlay.ui does not show the key {trigger}")

    actions = read(root, "src/app/bag-window-actions.c") + read(root, "src/app/bag-application.c")
    for action in re.findall(r'\{ \.name = "([a-z0-9-]+)"', actions):
        if f".{action}" not in manual:
            missing.append(f"bagscope.1 does not list the action {action}")

    print("\n".join(missing) if missing else "everything is listed")
    return 1 if missing else 0


sys.exit(main())
