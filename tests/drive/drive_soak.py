# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the built program for a while as an operator would on a long day: opens bags, scrolls, drags the window,
resizes, shows and hides panels, opens the next bag, closes. Memory, descriptors, threads and processes stay level.

Runs like drive.py. environment: BAGSCOPE_SOAK_SECONDS, 60 unless it is set   (prints TAP)"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

from drive import copy, make_bag
from screen import Picture, Program, Screen, key, wait_until

SECONDS = float(os.environ.get("BAGSCOPE_SOAK_SECONDS", "60"))
COLUMNS, ROWS, SLICES = 256, 256, 60
MARGIN_KIB = 8 << 10  # that memory besides the pool may differ by, from the first third to the last


def processes_of(pid):
    """All that descend from it."""
    found, pending = [], [pid]
    while pending:
        here = pending.pop()
        for task in os.listdir(f"/proc/{here}/task") if os.path.exists(f"/proc/{here}/task") else []:
            try:
                with open(f"/proc/{here}/task/{task}/children", encoding="ascii") as file:
                    children = [int(word) for word in file.read().split()]
            except OSError:
                continue
            found += children
            pending += children
    return found


def measure(program):
    """What the program holds at a moment at which nothing moves."""
    pid = program.process.pid
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        status = file.read()

    def field(name):
        return int(re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE).group(1))

    names = sorted(os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd") if os.path.islink(f"/proc/{pid}/fd/{fd}"))
    return {"rss": field("VmRSS"), "threads": field("Threads"), "fds": len(names), "names": names, "children": len(processes_of(pid))}


def wait_until_quiet(program):
    wait_until(lambda: program.text("Slots filling") == "0" and program.text("Slices to read") == "0", "all to be read", 60)


def open_and_look(program, screen, bag):
    """Through the clipboard: the file dialog is GTK's own, and so is what it keeps in memory."""
    copy(bag["path"], "UTF8_STRING")
    key("ctrl+v")
    wait_until(lambda: program.title().startswith(bag["id"]), f"{bag['id']} in the title", 60)
    picture = Picture(program, COLUMNS, ROWS)
    wait_until(lambda: picture.number() == 1, "the first slice", 60)
    return picture


def resize(program, width, height):
    subprocess.run(["xdotool", "windowsize", "--sync", program.window, str(width), str(height)], check=True, timeout=60)


def work(program, screen, bags, n):
    """One round of what an operator does."""
    for bag in bags:
        picture = open_and_look(program, screen, bag)
        screen.move(*picture.middle)
        for _ in range(SLICES // 4):
            screen.wheel(1)
        screen.wheel(-5)
        x, y = picture.middle
        screen.drag(3, [(x, y)] + [(x + 6 * i, y + 4 * i) for i in range(1, 8)])
        key("r", "End", "Home")
        key("F9", "F9", "F7", "F7")
        wait_until(lambda: picture.number() == 1, "the first slice again", 60)
    resize(program, 1000 + 20 * (n % 3), 760)
    resize(program, *program.size)
    key("ctrl+shift+w")
    wait_until(lambda: program.title() == "Bagscope", "no bag", 60)


def judge(samples):
    """The last third against the first, after a warm-up that is left out."""
    third = len(samples) // 3
    assert third > 0, f"only {len(samples)} rounds in {SECONDS:.0f} s"
    first, last = samples[:third], samples[-third:]
    for what in ("fds", "children"):
        counts = {sample[what] for sample in first}, {sample[what] for sample in last}
        if counts[0] != counts[1] or len(counts[0]) != 1:
            new = [name for name in last[-1]["names"] if last[-1]["names"].count(name) > first[0]["names"].count(name)]
            raise AssertionError(f"{what}: {sorted(counts[0])} in the first third, {sorted(counts[1])} in the last: {new}")
    if max(sample["threads"] for sample in last) > max(sample["threads"] for sample in first):
        raise AssertionError(f"threads: {[sample['threads'] for sample in samples]}")
    grown = min(sample["rss"] for sample in last) - max(sample["rss"] for sample in first)
    if grown > MARGIN_KIB:
        raise AssertionError(f"memory grew by {grown} KiB: {[sample['rss'] for sample in samples]}")


def slope(samples):
    """KiB a round, by least squares."""
    n, xs = len(samples), range(len(samples))
    mean_x, mean_y = sum(xs) / n, sum(sample["rss"] for sample in samples) / n
    return sum((x - mean_x) * (sample["rss"] - mean_y) for x, sample in zip(xs, samples)) / sum((x - mean_x) ** 2 for x in xs)


def soak(screen, folder):
    bags = [{"path": make_bag(folder, f"{syntax}.dcs", "--size", f"{COLUMNS}x{ROWS}x{SLICES}", f"--syntax={syntax}", f"--seed={seed}"), "id": f"BAG-{seed:06}"}
            for seed, syntax in ((1, "explicit"), (2, "jpeg-lossless"), (3, "rle"))]
    samples = []
    with Program(screen, bags[0]["path"]) as program:
        wait_until_quiet(program)
        end = time.monotonic() + SECONDS
        n = 0
        while time.monotonic() < end:
            work(program, screen, bags, n)
            samples.append(measure(program))
            n += 1
        kept = samples[max(2, n // 6):]
        print("# " + json.dumps({"rounds": n, "kib_a_round": round(slope(kept), 1), "rss": [s["rss"] for s in kept], "threads": [s["threads"] for s in kept],
                                 "fds": [s["fds"] for s in kept], "children": [s["children"] for s in kept]}), flush=True)
        judge(kept)


def main():
    print("1..1", flush=True)
    with tempfile.TemporaryDirectory(prefix="bagscope-soak-") as folder:
        try:
            soak(Screen(), folder)
            print("ok 1 - level", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            print(f"not ok 1 - level\n# {error!r}", flush=True)
            return 1
    return 0


sys.exit(main())
