# SPDX-License-Identifier: GPL-3.0-or-later
"""What a case must lead to, asked of bagscope-cli."""
import hashlib
import json
import os
import subprocess
import tempfile

import dicom_files as dicom
from dicom_files import frame_values, pack, save, volume

CLI = os.environ["BAGSCOPE_CLI"]
CASES = []


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, check=False, timeout=60)


def make_bag(folder, syntax, flavor="toolkit", size="48x24x5"):
    path = os.path.join(folder, "scan.dcs")
    done = run("make-bag", path, "--syntax", syntax, "--flavor", flavor, "--size", size)
    assert done.returncode == 0, done.stderr
    os.remove(path + ".tdr.dcs") if os.path.exists(path + ".tdr.dcs") else None
    return path


def digest(values, code="H"):
    return hashlib.sha256(pack(values, code)).hexdigest()


def stored(order, **how):
    """Hashes of slices whose pixels are the frames of @order; an error name stands for itself."""
    return [frame if isinstance(frame, str) else digest(frame_values(frame, **how)) for frame in order]


def records_of(path, code):
    done = run("info", "--json", path)
    assert done.returncode == code, f"info: exit {done.returncode}, not {code}: {done.stdout} {done.stderr}"
    return json.loads(done.stdout)


def check_picture(path, folder, record, slices):
    """A picture comes out wherever the first slice can be read."""
    png = os.path.join(folder, "picture.png")
    first = slices is None or len(slices[0]) == 64
    done = run("render", path, "--slice", "1", "--scan", str(record["scan"]), "-o", png)
    assert done.returncode == (0 if first else 1), f"render: exit {done.returncode}: {done.stderr}"
    if first:
        assert dicom.read_bytes(png)[:4] == b"\x89PNG"
        os.remove(png)


def check_scans(path, scans):
    """Each scan: hashes, or None for any; warning names; fields of its record."""
    records = records_of(path, 0)
    assert len(records) == len(scans), f"{len(records)} scans, not {len(scans)}: {records}"
    done = run("hash", path)
    found = [line.split("\t")[-1] for line in done.stdout.decode().splitlines() if not line.startswith("#")]
    for record, (hashes, warnings, fields) in zip(records, scans):
        names = [warning["name"] for warning in record["warnings"]]
        assert names == warnings, f"warnings {record['warnings']}, not {warnings}"
        for key, value in fields.items():
            assert record[key] == value, f"{key} is {record[key]!r}, not {value!r}"
        n = record["slices"] + record["slices_missing"]
        here, found = found[:n], found[n:]
        assert len(here) == n, f"{len(here)} lines, not {n}"
        assert hashes is None or here == hashes, f"slices {here}, not {hashes}"
        bad = [line for line in here if len(line) != 64]
        assert hashes is not None or not bad, f"unreadable: {bad} {done.stderr}"
        with tempfile.TemporaryDirectory() as folder:
            check_picture(path, folder, record, here)
    assert not found, found
    all_good = all(hashes is None or all(len(line) == 64 for line in hashes) for hashes, _, _ in scans)
    assert done.returncode == (0 if all_good else 1), done.stderr


def check_refused(path, name, words):
    records = records_of(path, 1)
    assert len(records) == 1 and records[0].get("error") == name, f"{records}, not {name}"
    assert words in records[0]["message"], f"{records[0]['message']!r} lacks {words!r}"
    for arguments in (("hash", path), ("render", path, "-o", "/dev/null")):
        done = run(*arguments)
        line = done.stderr.decode()
        assert done.returncode == 1 and line.startswith(path) and f"[{name}]" in line, f"{arguments[0]}: exit {done.returncode}: {line}"
        assert done.stdout == b"", done.stdout


def told(check, wanted):
    """@check, with what it expects, for comparisons with other readers: hashes or error
    names of the slices, a function from a path to these, or the name of a refusal.
    """
    check.wanted = wanted
    return check


def shows(hashes, *warnings, **fields):
    return told(lambda path: check_scans(path, [(hashes, list(warnings), fields)]), (hashes, warnings))


def shows_scans(*scans):
    return lambda path: check_scans(path, scans)


def scan(hashes, *warnings, **fields):
    return (hashes, list(warnings), fields)


def refuses(name, words):
    return told(lambda path: check_refused(path, name, words), name)


def case(name, expectation):
    """Registers a function that makes the input in a folder and returns its path."""
    def register(make):
        CASES.append((name, make, expectation))
        return make
    return register


def changed(expectation, name, **values):
    """A volume with some attributes set, or left out when None."""
    def make(folder):
        data = volume()
        for keyword, value in values.items():
            if value is None:
                delattr(data, keyword)
            else:
                setattr(data, keyword, value)
        return save(folder, data)
    CASES.append((name, make, expectation))


GOOD = stored([0, 1, 2])
