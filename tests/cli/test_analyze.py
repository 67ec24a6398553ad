#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`analyze`: true densities, and a second bag of one size that costs no memory."""
import os
import sys

import cli
import tap

SIZE = (128, 128, 100)
KEYS = ("average_density", "maximum_density", "units", "slots_reused", "slots_new", "heap_fallbacks",
        "page_faults", "time_ms")


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


def failed_path_among_good_ones(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    found = cli.records("analyze", "--json", bag, folder + "/none", bag, code=1)
    assert found[1]["error"] == "no-access" and found[2]["slots_new"] == 0, found


def lines_for_people(folder):
    assert "average_density" in cli.text("analyze", cli.make_bag(os.path.join(folder, "a.dcs")))


sys.exit(cli.main([densities, second_bag_takes_the_same_slots, second_bag_costs_no_page_faults,
                   failed_path_among_good_ones, lines_for_people]))
