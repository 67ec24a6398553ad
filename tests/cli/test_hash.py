#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`hash`: against sums made here from the bytes of an uncompressed file."""
import array
import hashlib
import os
import subprocess
import sys

import cli

FRAME_BYTES = cli.COLUMNS * cli.ROWS * 2


def expected(path):
    """Frame number -> columns of its line. The pixels are the end of the file."""
    pixels = cli.read(path)[-FRAME_BYTES * cli.SLICES:]
    found = {}
    for number in range(1, cli.SLICES + 1):
        frame = pixels[(number - 1) * FRAME_BYTES:number * FRAME_BYTES]
        values = array.array("H", frame)
        if sys.byteorder == "big":
            values.byteswap()
        mean = sum(values) / len(values)
        found[str(number)] = [str(min(values)), str(max(values)), f"{mean:.6f}", hashlib.sha256(frame).hexdigest()]
    return found


def bit_exact(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    found = cli.lines(bag)
    assert [line[0] for line in found] == [str(n) for n in range(1, cli.SLICES + 1)]
    assert {line[1]: line[2:] for line in found} == expected(bag)


def same_in_every_syntax(folder):
    found = set()
    for syntax in cli.SYNTAXES:
        for flavor in cli.FLAVORS:
            bag = cli.make_bag(os.path.join(folder, f"{syntax}-{flavor}.dcs"), syntax, flavor)
            found.add(cli.text("hash", bag))
    assert len(found) == 1, found


def decimal_point_in_every_locale(folder):
    """German writes a comma. The locale is made here: a bare system has none."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    done = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")],
                          capture_output=True, check=False)
    assert done.returncode == 0, done
    os.environ.update(LOCPATH=folder, LC_ALL="de_DE.UTF-8")
    try:
        assert "," not in cli.text("hash", bag)
    finally:
        os.environ["LC_ALL"] = "C.UTF-8"
        del os.environ["LOCPATH"]


def several_scans(folder):
    for seed in (1, 2):
        cli.make_bag(os.path.join(folder, f"{seed}.dcs"), seed=seed)
        os.remove(os.path.join(folder, f"{seed}.dcs.tdr.dcs"))
    found = cli.text("hash", folder).splitlines()
    heads = [line for line in found if line.startswith("# ")]
    assert len(heads) == 2 and heads[0].startswith("# scan 1 ") and heads[1].startswith("# scan 2 "), heads
    assert len(found) == 2 * cli.SLICES + 2
    second = cli.text("hash", "--scan", "2", folder).splitlines()
    assert second == found[cli.SLICES + 2:]
    done = cli.run("hash", "--scan", "3", folder)
    assert done.returncode == 2 and b"--scan 2" in done.stderr, done


def unreadable_slices(folder):
    whole = cli.read(cli.make_bag(os.path.join(folder, "a.dcs")))
    bag = cli.write(os.path.join(folder, "cut.dcs"), whole[:-FRAME_BYTES * 3 - 100])
    found = cli.lines(bag, code=1)
    good = [line for line in found if line[2] != "-"]
    assert len(good) == cli.SLICES - 4, found
    for line in found:
        if line not in good:
            assert line[2:] == ["-", "-", "-", "truncated"], line


sys.exit(cli.main([bit_exact, same_in_every_syntax, decimal_point_in_every_locale, several_scans,
                   unreadable_slices]))
