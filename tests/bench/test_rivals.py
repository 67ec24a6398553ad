#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`rivals`: one object, the same cases for each. What the figures are is not judged here."""
import json
import os
import subprocess
import sys

import tap

KEYS = {"name", "value", "unit", "floor", "ratio"}


def results():
    run = subprocess.run([os.environ["BAGSCOPE_RIVALS"], "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["bench"] == "rivals", found
    return found["results"]


def names(found, rival):
    return {result["name"].split("/")[1] for result in found if result["name"].startswith(rival + "/")}


def check_shape():
    for result in results():
        assert set(result) == KEYS, result
        assert (result["ratio"] is None) == (result["floor"] == 0), result


def check_cases():
    found = results()
    of_pool = names(found, "pool")
    alone = {name for name in of_pool if "-2-threads-" not in name}
    assert len(alone) >= 11 and len(of_pool) == len(alone) + 6, of_pool
    assert names(found, "malloc") == of_pool
    assert names(found, "kept") == of_pool
    assert names(found, "first-fit") == alone


sys.exit(tap.run([("shape", check_shape), ("same cases", check_cases)]))
