#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong command lines end with 2, and say why."""
import os
import sys

import cli


def wrong_usage(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    for arguments in (
        [],
        ["fly"],
        ["info"],
        ["info", "--fly", bag],
        ["info", "--scan", "2", bag],
        ["info", "--scan", "0", bag],
        ["hash"],
        ["hash", bag, bag],
        ["hash", "--scan", "x", bag],
        ["analyze"],
        ["render", bag],
        ["render", "-o", "x.png"],
        ["render", bag, "-o", "x.png", "--size", "0x5"],
        ["render", bag, "-o", "x.png", "--size", "5"],
        ["render", bag, "-o", "x.png", "--window", "5"],
        ["render", bag, "-o", "x.png", "--window", "5:0"],
        ["render", bag, "-o", "x.png", "--slice", "-1"],
        ["render", bag, "-o", "x.png", "--slice", str(cli.SLICES + 1)],
        ["bench"],
        ["bench", "fly"],
        ["make-bag"],
    ):
        done = cli.run(*arguments, cwd=folder)
        assert done.returncode == 2, (arguments, done)
        assert done.stderr, arguments
        assert not os.path.exists(os.path.join(folder, "x.png")), arguments


def help_and_version(_folder):
    assert "analyze" in cli.text("--help")
    assert cli.text("--version").startswith("bagscope-cli ")
    for command in ("info", "hash", "analyze", "render", "make-bag", "bench"):
        assert command in cli.text("--help")
        assert "--" in cli.text(command, "--help")


sys.exit(cli.main([wrong_usage, help_and_version]))
