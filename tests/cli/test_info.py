#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`info`: its keys, their kinds, and the same answers for every way to store a bag."""
import os
import sys

import cli

KEYS = {
    "path": str, "scan": int, "bag_id": str, "sop_class": str, "transfer_syntax": str, "rows": int,
    "columns": int, "slices": int, "slices_missing": int, "bits_allocated": int, "bits_stored": int,
    "signed": bool, "photometric": str, "slope": (int, float), "intercept": (int, float), "units": str,
    "spacing": list, "order": str, "section": (list, type(None)), "energy": str, "siblings": list, "window": (list, type(None)), "window_origin": (str, type(None)),
    "isolation": str, "facts": dict, "reports": list, "alarms": list, "warnings": list,
}
SAME = ("sop_class", "rows", "columns", "slices", "slices_missing", "bits_allocated", "bits_stored", "signed",
        "photometric", "slope", "intercept", "units", "spacing", "order", "window", "window_origin")


def keys(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    (record,) = cli.records("info", "--json", bag)
    assert set(record) == set(KEYS), set(record) ^ set(KEYS)
    for key, kind in KEYS.items():
        assert isinstance(record[key], kind), (key, record[key])
    assert record["path"] == bag and record["scan"] == 1
    assert (record["columns"], record["rows"], record["slices"]) == (cli.COLUMNS, cli.ROWS, cli.SLICES)
    assert record["slices_missing"] == 0 and record["order"] == "position"
    assert len(record["spacing"]) == 3 and all(length > 0 for length in record["spacing"])
    assert record["isolation"] in ("full", "seccomp", "off")
    assert all(isinstance(value, str) for value in record["facts"].values())


def same_in_every_syntax(folder):
    found = {}
    for syntax in cli.SYNTAXES:
        for flavor in cli.FLAVORS:
            bag = cli.make_bag(os.path.join(folder, f"{syntax}-{flavor}.dcs"), syntax, flavor)
            (record,) = cli.records("info", "--json", bag)
            found[syntax, flavor] = [record[key] for key in SAME]
    first = found["explicit", "standard"]
    assert all(values == first for values in found.values()), found


def missing_slices(folder):
    data = cli.read(cli.make_bag(os.path.join(folder, "a.dcs")))
    cut = cli.write(os.path.join(folder, "cut.dcs"), data[:-2 * cli.COLUMNS * cli.ROWS * 2 - 1])
    (record,) = cli.records("info", "--json", cut)
    assert (record["slices"], record["slices_missing"]) == (cli.SLICES - 3, 3), record
    assert "partial" in [warning["name"] for warning in record["warnings"]], record


def window_of_the_data(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"), "rle")
    (record,) = cli.records("info", "--json", "--window", bag)
    assert record["window_origin"] == "data", record
    assert len(record["window"]) == 2 and record["window"][1] >= 1


def several_paths(folder):
    bags = [cli.make_bag(os.path.join(folder, f"{seed}.dcs"), seed=seed) for seed in (1, 2)]
    found = cli.records("info", "--json", bags[0], os.path.join(folder, "none"), bags[1], code=1)
    assert [record["path"] for record in found] == [bags[0], os.path.join(folder, "none"), bags[1]]
    assert set(found[1]) == {"path", "error", "message"} and found[1]["error"] == "no-access"


def path_that_is_no_text(folder):
    bag = cli.make_bag(os.fsencode(folder) + b"/\xff\xe4.dcs")
    (record,) = cli.records("info", "--json", bag)
    assert record["path"].endswith(".dcs")


ALARM_KEYS = {
    "id": int, "flag": str, "category": str, "text": str, "ability": str, "probability": (float, int, type(None)),
    "assessments": list, "mass": (float, int, type(None)), "density": (float, int, type(None)),
    "z_effective": (float, int, type(None)), "volume": (float, int, type(None)), "location": str,
    "masked_voxels": (int, type(None)), "first_slice": (int, type(None)), "last_slice": (int, type(None)),
    "box": (list, type(None)), "linked": bool, "report": str, "decision": str, "type": str, "algorithm": str,
}


def alarm(folder):
    """That of the made-up bag, asked by scan, by report, and by folder."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"), size=(128, 96, 60))
    found = [cli.records("info", "--json", path)[0] for path in (bag, bag + ".tdr.dcs", folder)]
    assert found[0]["alarms"] == found[1]["alarms"] == found[2]["alarms"], found
    (one,) = found[0]["alarms"]
    assert set(one) == set(ALARM_KEYS), set(one) ^ set(ALARM_KEYS)
    for key, kind in ALARM_KEYS.items():
        assert isinstance(one[key], kind), (key, one[key])
    assert (one["flag"], one["category"], one["probability"], one["linked"]) == ("THREAT", "EXPLOSIVE", 0.91, True), one
    assert one["mass"] is None and one["report"] == "a.dcs.tdr.dcs" and one["type"] == "GROUND TRUTH", one
    (report,) = found[0]["reports"]
    assert (report["decision"], report["algorithm"], report["objects"]) == ("ALARM", "made-up 1", 1), report
    lines = cli.text("info", bag).splitlines()
    assert any(line.startswith("alarm ") and "THREAT EXPLOSIVE 91 %, slices " in line for line in lines), lines


ELEMENT_KEYS = {
    "depth": int, "tag": str, "vr": str, "keyword": str, "name": str, "length": (int, type(None)),
    "value": (str, type(None)), "masked": bool,
}


def elements(folder):
    """The same rows as lines and as JSON; nothing else of the record changes."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    (record,) = cli.records("info", "--json", "--elements", bag)
    assert set(record) == set(KEYS) | {"elements", "elements_more", "elements_problem"}, set(record) ^ set(KEYS)
    assert record["elements_more"] == 0 and record["elements_problem"] == ""
    for row in record["elements"]:
        assert set(row) == set(ELEMENT_KEYS), row
        for key, kind in ELEMENT_KEYS.items():
            assert isinstance(row[key], kind), (key, row)
    (one,) = [row for row in record["elements"] if row["keyword"] == "Rows"]
    assert one == {"depth": 0, "tag": "0028,0010", "vr": "US", "keyword": "Rows", "name": "Rows", "length": 2,
                   "value": str(cli.ROWS), "masked": False}, one
    told = cli.text("info", "--elements", bag).split("\n\n")[1].splitlines()
    assert len(told) == len(record["elements"]), told
    assert f"(0028,0010) US Rows: {cli.ROWS}" in told and "  Item 1" in told, told


def slice_out_of_range(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    for number in ("0", str(cli.SLICES + 1), "-1"):
        cli.text("info", "--elements", "--slice", number, bag, code=2)


def lines_for_people(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    found = dict(line.split(None, 1) for line in cli.text("info", bag).splitlines() if " " in line.strip())
    assert found["rows"] == str(cli.ROWS), found
    assert found["path"] == bag


sys.exit(cli.main([keys, same_in_every_syntax, missing_slices, window_of_the_data, several_paths,
                   path_that_is_no_text, alarm, elements, slice_out_of_range, lines_for_people]))
