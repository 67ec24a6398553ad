#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`bench`: one object, each figure beside its floor. What the figures are is not judged here."""
import json
import os
import sys

import cli


def check_object(text, names=("description", "first-slice", "all-slices"), bench="open"):
    found = json.loads(text)
    assert found["bench"] == bench, found
    assert [result["name"] for result in found["results"]] == list(names), found
    for result in found["results"]:
        assert set(result) == {"name", "value", "unit", "floor", "ratio"}, result
        assert result["unit"] == "ms" and result["value"] > 0 and result["floor"] > 0, result


def file(folder):
    check_object(cli.text("bench", "open", cli.make_bag(os.path.join(folder, "a.dcs"), "rle"), "--json"))


def made_up_bag(folder):
    os.environ["TMPDIR"] = folder
    check_object(cli.text("bench", "open", "--json"))
    assert os.listdir(folder) == []


def folder_of_files(folder):
    os.environ["TMPDIR"] = folder
    for i in range(5):
        cli.make_bag(os.path.join(folder, f"{i}.dcs"))
    for arguments in ((folder,), ()):
        found = json.loads(cli.text("bench", "folder", *arguments, "--json"))
        assert [result["name"] for result in found["results"]] == ["headers-one-process", "headers"], found
        assert all(result["value"] > 0 and result["floor"] > 0 for result in found["results"]), found
    assert sorted(os.listdir(folder)) == [f"{i}.{end}" for i in range(5) for end in ("dcs", "dcs.tdr.dcs")], os.listdir(folder)


def decoders(folder):
    check_object(cli.text("bench", "decode", cli.make_bag(os.path.join(folder, "a.dcs"), "rle"), "--json"), ["two-decoders"], "decode")


def window(folder):
    found = json.loads(cli.text("bench", "window", "--json"))
    names = [result["name"] for result in found["results"]]
    assert names[0] == "slice-by-table" and "slice-worked-out" in names and names[-1] == "another-window", names
    assert all(result["value"] > 0 and result["floor"] > 0 for result in found["results"]), found
    assert cli.run("bench", "window", folder).returncode == 1


def failures(folder):
    assert cli.run("bench", "open", os.path.join(folder, "none")).returncode == 1
    assert cli.run("bench", "open", folder).returncode == 1
    plain = cli.run("bench", "decode", cli.make_bag(os.path.join(folder, "a.dcs"), "explicit"))
    assert plain.returncode == 1 and b"[unsupported-syntax]" in plain.stderr, plain


sys.exit(cli.main([file, made_up_bag, decoders, folder_of_files, window, failures]))
