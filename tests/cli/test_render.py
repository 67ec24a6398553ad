#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`render`: a PNG of the asked size, whole or not there, with the grey levels of its window."""
import os
import stat
import sys

import cli
from png import read_png


def render(folder, bag, *options):
    path = os.path.join(folder, "picture.png")
    cli.text("render", bag, "-o", path, *options)
    assert sorted(name for name in os.listdir(folder) if "picture" in name) == ["picture.png"]
    return read_png(path)


def grey_levels(folder):
    """A window of width 1 splits the values in two: below c - 0.5 black, above white (PS3.3 C.11.2.1.2.1)."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    width, height, rows = render(folder, bag, "--slice", "1", "--window", "500:1")
    assert (width, height) == (cli.COLUMNS, cli.ROWS), (width, height)
    assert {pixel for row in rows for pixel in row} == {(0, 0, 0), (255, 255, 255)}


def slice_number_in_the_corner(folder):
    """Each slice carries its number as ten blocks of 4x4, air or metal, most significant first."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"), "jpeg-lossless")
    for number in (1, 5, cli.SLICES):
        _, _, rows = render(folder, bag, "--slice", str(number), "--window", "1500:1")
        bits = [rows[2][4 * block + 2] == (255, 255, 255) for block in range(10)]
        assert sum(bit << (9 - place) for place, bit in enumerate(bits)) == number, (number, bits)


def enlarged_without_blur(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    _, _, plain = render(folder, bag, "--slice", "3")
    size = f"{cli.COLUMNS * 3}x{cli.ROWS * 3}"
    width, height, rows = render(folder, bag, "--slice", "3", "--size", size)
    assert f"{width}x{height}" == size
    for y in range(0, height, 5):
        for x in range(0, width, 5):
            assert rows[y][x] == plain[y // 3][x // 3], (x, y)


def fitted_in_a_larger_size(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    width, height, rows = render(folder, bag, "--size", f"{cli.COLUMNS * 4}x{cli.ROWS}", "--window", "-5000:1")
    assert (width, height) == (cli.COLUMNS * 4, cli.ROWS)
    assert rows[10][0] == (0, 0, 0) and rows[10][width // 2] == (255, 255, 255)
    assert sum(pixel == (255, 255, 255) for pixel in rows[10]) == cli.COLUMNS


def several_scans(folder):
    for seed in (1, 2):
        cli.make_bag(os.path.join(folder, f"{seed}.dcs"), seed=seed)
    done = cli.run("render", folder, "-o", os.path.join(folder, "x.png"))
    assert done.returncode == 2 and b"--scan 1" in done.stderr and b"--scan 2" in done.stderr, done
    render(folder, folder, "--scan", "2")


def picture_that_cannot_be_written(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    done = cli.run("render", bag, "-o", os.path.join(folder, "none", "x.png"))
    assert done.returncode == 1 and done.stderr.rstrip().endswith(b"[no-access]"), done


def nothing_else_is_replaced(folder):
    bag, pipe = cli.make_bag(os.path.join(folder, "a.dcs")), os.path.join(folder, "pipe")
    os.mkfifo(pipe)
    for place in (pipe, folder):
        done = cli.run("render", bag, "-o", place)
        assert done.returncode == 1 and done.stderr.rstrip().endswith(b"[no-access]"), done
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


sys.exit(cli.main([grey_levels, slice_number_in_the_corner, enlarged_without_blur, fitted_in_a_larger_size,
                   several_scans, picture_that_cannot_be_written,
                   nothing_else_is_replaced]))
