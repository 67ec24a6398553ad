#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`analyze`: true densities, and a second bag of one size that costs no memory."""
import os
import sys

import cli
import tap

SIZE = (128, 128, 100)
KEYS = ("average_density", "maximum_density", "units", "slots_reused", "slots_new", "heap_fallbacks",
        "slices_in_slots", "slices_on_heap", "page_faults", "time_ms")


def make_bags(folder, syntax):
    return [cli.make_bag(os.path.join(folder, f"{seed}.dcs"), syntax, seed=seed, size=SIZE) for seed in range(1, 6)]


def densities(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"), "rle")
    (record,) = cli.records("analyze", "--json", bag)
    (facts,) = cli.records("info", "--json", bag)
    found = cli.lines(bag)
    mean = sum(float(line[4]) for line in found) / len(found)
    assert all(key in record for key in KEYS), record
    assert abs(record["average_density"] - (facts["slope"] * mean + facts["intercept"])) < 1e-5
    top = max(int(line[3]) for line in found)
    assert abs(record["maximum_density"] - (facts["slope"] * top + facts["intercept"])) < 1e-9
    assert record["units"] == facts["units"]


def check_reuse(records):
    for record in records[1:]:
        assert record["slots_new"] == 0 and record["heap_fallbacks"] == 0, record
        assert record["slots_reused"] == SIZE[2], record


def second_bag_takes_the_same_slots(folder):
    for syntax in cli.SYNTAXES:
        records = cli.records("analyze", "--json", *make_bags(folder, syntax))
        assert len(records) == 5
        assert records[0]["slots_reused"] + records[0]["slots_new"] == SIZE[2], records[0]
        check_reuse(records)


def second_bag_costs_no_page_faults(folder):
    if "ASAN_OPTIONS" in os.environ:
        raise tap.Skip("the sanitizer's own memory faults as well")
    for syntax in ("explicit", "jpeg-lossless"):
        records = cli.records("analyze", "--json", *make_bags(folder, syntax))
        for record in records[1:]:
            assert record["page_faults"] < SIZE[2], record


def where_slices_stand(folder):
    """With a pool, without one, with one that is too small: the same densities, and each slice is told."""
    bags = make_bags(folder, "rle")[:2]
    wanted = [(record["average_density"], record["maximum_density"]) for record in cli.records("analyze", "--json", *bags)]
    for slots, in_slots in ((SIZE[2], SIZE[2]), (SIZE[2] + 7, SIZE[2]), (16, 16), (1, 1), (0, 0)):
        records = cli.records("analyze", "--json", f"--slots={slots}", *bags)
        for record in records:
            assert record["slices_in_slots"] == in_slots, (slots, record)
            assert record["slices_on_heap"] == record["heap_fallbacks"] == SIZE[2] - in_slots, (slots, record)
        assert [(record["average_density"], record["maximum_density"]) for record in records] == wanted, slots
    assert cli.run("analyze", "--slots=-2", bags[0]).returncode == 2


def figures(folder):
    """The keys that the window saves, and the words that its panel shows."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    (record,) = cli.records("analyze", "--json", "--figures", "--slots=4", bag)
    pool = record["pool"]
    assert pool["n_slots"] == pool["by_state"]["free"] == 4 and pool["in_use"] == 0, pool
    assert pool["heap_fallbacks"] == record["slices_on_heap"] > 0 and pool["scans"] == 1, pool
    assert "pool" not in cli.records("analyze", "--json", bag)[0]
    lines = cli.text("analyze", "--figures", "--slots=4", bag).splitlines()
    assert "Slots in use: 0 / 4" in lines and f"Heap fallbacks: {pool['heap_fallbacks']}" in lines, lines


def failed_path_among_good_ones(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    found = cli.records("analyze", "--json", bag, folder + "/none", bag, code=1)
    assert found[1]["error"] == "no-access" and found[2]["slots_new"] == 0, found


def lines_for_people(folder):
    assert "average_density" in cli.text("analyze", cli.make_bag(os.path.join(folder, "a.dcs")))


sys.exit(cli.main([densities, second_bag_takes_the_same_slots, second_bag_costs_no_page_faults,
                   where_slices_stand, figures, failed_path_among_good_ones, lines_for_people]))
