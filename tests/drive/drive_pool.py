# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the pool panel of the built program: whatever the operator does, what the panel says is what
the program saves of its pool, and the books balance. Runs like drive.py. TAP out."""

import json
import os
import sys
import time

import drive
from drive import expect, expect_slice, make_bag, open_by_dialog
from screen import Atspi, Picture, Program, key, type_text, wait_until

SIZE = ("--size", "512x512x80")  # sixteen slices of that size are 8 MiB

# What the panel calls a figure, and what the file does.
COUNTS = {
    "High-water mark": "high_water", "Least free ever": "least_free", "Reserve": "reserve", "Slots reused": "reuses",
    "Bags served": "scans", "Prefetch hits": "prefetch_hits", "Prefetch late": "prefetch_late",
    "Prefetch wasted": "prefetch_wasted", "Slices to read": "n_queued", "Waiting for a slot": "n_waiting",
    "Pool hits": "hits", "Pool misses": "misses", "Evictions": "evictions", "Refused, no slot free": "refused_exhausted",
    "Refused, too large": "refused_too_large", "Refused, pool closed": "refused_closed", "Heap fallbacks": "heap_fallbacks",
}
STATES = ("free", "filling", "ready", "shown", "quarantined")


def save(program, out):
    """Through the dialog, as a person does."""
    key("ctrl+s")
    wait_until(lambda: program.named("Cancel"), "the file dialog")
    key("ctrl+a")
    type_text(out)

    def saved():
        key("Return")
        time.sleep(0.5)
        return os.path.exists(out) and program.named("Cancel") is None

    wait_until(saved, "the file")
    with open(out, encoding="utf-8") as file:
        return file.read()


def wait_until_quiet(program):
    def quiet():
        return program.text("Slots filling") == "0" and program.text("Slices to read") == "0"

    wait_until(quiet, "all that is wanted to be read")
    time.sleep(0.5)  # the panel follows within a quarter of a second


def check(program, folder, step):
    """The panel, the file and the invariants at one moment at which nothing moves. Returns the figures."""
    wait_until_quiet(program)
    stats = json.loads(save(program, os.path.join(folder, f"{step}.json")))
    for caption, name in COUNTS.items():
        expect(program.text(caption), str(stats[name]), f"{step}: {caption}")
    expect(program.text("Slots in use"), f"{stats['in_use']} / {stats['n_slots']}", f"{step}: slots in use")
    for state in STATES:
        expect(program.text(f"Slots {state}"), str(stats["by_state"][state]), f"{step}: slots {state}")
    expect(stats["by_state"]["free"] + stats["in_use"], stats["n_slots"], f"{step}: free and out")
    expect(stats["acquires"] - stats["releases"], stats["in_use"] + stats["n_leaving"], f"{step}: acquires and releases")
    expect(stats["reuses"] + stats["slots_new"], stats["acquires"], f"{step}: reused and new")
    for mistake in ("stale", "doubled", "foreign", "interior", "illegal"):
        expect(stats[mistake], 0, f"{step}: {mistake}")
    return stats


def set_budget_to_8_mib(program, screen):
    """The slider is dragged to its left end, and goes up by keys: 4, 5, 6, 7, 8 MiB."""
    x, y, width, height = program.extents("Memory budget")
    screen.drag(1, [(x + width * part // 12, y + height // 2) for part in range(9, 0, -1)] + [(x - 20, y + height // 2)])
    wait_until(lambda: (program.text("Budget in force") or "").startswith("4.0"), "the least budget")
    for _ in range(4):
        key("Right")
    wait_until(lambda: program.text("Budget in force").startswith("8.0"), "8 MiB")


def test_story(screen, files):
    """Open, scroll fast both ways, jump, less memory, the next bag, close."""
    folder = os.path.dirname(files["raw"])
    first, second = (make_bag(folder, f"large-{seed}.dcs", *SIZE, "--seed", str(seed)) for seed in (1, 2))
    with Program(screen, first) as program:
        expect_slice(Picture(program, 512, 512), 1)
        key("F8")  # without the levels all that is touched here is in view, and the picture is a little wider
        wait_until(lambda: Picture(program, 512, 512).number() == 1, "the picture in its new place")
        expect(check(program, folder, "opened")["in_use"], 80, "slots in use")
        picture = Picture(program, 512, 512)
        screen.move(*picture.middle)
        screen.wheel(60)
        screen.wheel(-40)
        expect_slice(picture, 21)
        expect(check(program, folder, "scrolled")["prefetch_late"], 0, "late slices")
        key("End")
        expect_slice(picture, 80)
        check(program, folder, "jumped")
        set_budget_to_8_mib(program, screen)
        stats = check(program, folder, "shrunk")
        expect((stats["n_slots"], stats["in_use"], stats["bytes"]), (16, 14, 8 << 20), "sixteen slots")
        wait_until(lambda: program.named("Memory warning"), "a warning")
        open_by_dialog(program, second)
        wait_until(lambda: program.text("Bags served") == "2", "the second bag")
        expect(check(program, folder, "second")["n_slots"], 16, "slots")
        key("ctrl+shift+w")
        wait_until(lambda: program.title() == "Bagscope", "an empty desk")
        stats = check(program, folder, "closed")
        expect((stats["in_use"], stats["acquires"] - stats["releases"]), (0, 0), "slots out")


def press(program, label):
    """An entry of the panel's menu."""
    x, y, width, height = program.extents("Pool commands")
    program.screen.move(x + width // 2, y + height // 2)
    program.screen.click(1)
    Atspi.Action.do_action(wait_until(lambda: program.named(label), f"the entry {label}"), 0)


def test_commands(screen, files):
    """The commands of the panel by its menu, and CSV for whoever wants it."""
    folder = os.path.dirname(files["raw"])
    with Program(screen, files["raw"]) as program:
        wait_until_quiet(program)
        fills = program.text("Slots reused")
        press(program, "Clear Cache")
        wait_until(lambda: program.text("Slots reused") != fills, "slices that are read again")
        wait_until_quiet(program)
        expect(program.text("Evictions"), "0", "evictions")
        press(program, "Reset Counters")
        wait_until(lambda: program.text("Slots reused") == "0", "counters that begin anew")
        names, values = save(program, os.path.join(folder, "figures.csv")).splitlines()
        stats = dict(zip(names.split(","), values.split(",")))
        expect((stats["reuses"], stats["prefault"]), ("0", "done"), "figures as CSV")


if __name__ == "__main__":
    sys.exit(drive.main({name: f for name, f in globals().items() if name.startswith("test_")}))
