#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad files: the error's name, its line on stderr, its record, and exit 1."""
import os
import socket
import sys

import cli


def check(path, name):
    for command in ("info", "hash", "analyze"):
        done = cli.run(command, path)
        assert done.returncode == 1, (command, done)
        last = done.stderr.decode().splitlines()[-1]
        assert last.startswith(f"{path}: ") and last.endswith(f" [{name}]"), (command, last)
    done = cli.run("render", path, "-o", f"{path}.png")
    assert done.returncode == 1 and not os.path.exists(f"{path}.png"), done
    (record,) = cli.records("info", "--json", path, code=1)
    assert set(record) == {"path", "error", "message"} and record["error"] == name, record


def no_such_file(folder):
    check(os.path.join(folder, "none.dcs"), "no-access")


def not_a_regular_file(folder):
    """A pipe, a socket, a device and a link to itself are named, and nobody waits for them."""
    pipe, place, loop = (os.path.join(folder, leaf) for leaf in ("pipe", "socket", "loop"))
    os.mkfifo(pipe)
    os.symlink("loop", loop)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(place)
        for path, words in ((pipe, "is a pipe"), (place, "is a socket"), ("/dev/zero", "is a device"), (loop, "leads back to itself")):
            if not path.startswith("/dev/"):
                check(path, "no-access")
            (record,) = cli.records("info", "--json", path, code=1)
            assert record["error"] == "no-access" and words in record["message"], record


def not_dicom(folder):
    check(cli.write(os.path.join(folder, "empty.dcs"), b""), "not-dicom")
    check(cli.write(os.path.join(folder, "text.dcs"), b"a holiday in the Alps\n" * 100), "not-dicom")


def threat_report(folder):
    """Without its scan; another one beside it is of no help."""
    os.remove(cli.make_bag(os.path.join(folder, "a.dcs")))
    cli.make_bag(os.path.join(folder, "other.dcs"), seed=2)
    check(os.path.join(folder, "a.dcs.tdr.dcs"), "not-an-image")
    (record,) = cli.records("info", "--json", os.path.join(folder, "a.dcs.tdr.dcs"), code=1)
    assert "BAG-000001" in record["message"] and "2.25." in record["message"], record


def patched(folder, old, new, syntax="explicit"):
    data = cli.read(cli.make_bag(os.path.join(folder, "a.dcs"), syntax))
    assert data.count(old) >= 1, old
    return cli.write(os.path.join(folder, "patched.dcs"), data.replace(old, new))


def unknown_syntax(folder):
    check(patched(folder, b"1.2.840.10008.1.2.5", b"1.2.840.10008.1.2.9", "rle"), "unsupported-syntax")


def colour(folder):
    check(patched(folder, b"\x28\x00\x02\x00US\x02\x00\x01\x00", b"\x28\x00\x02\x00US\x02\x00\x03\x00"),
          "unsupported-image")


def damaged_frame(folder):
    """Every other slice stays readable."""
    for syntax in ("rle", "jpeg-lossless"):
        data = bytearray(cli.read(cli.make_bag(os.path.join(folder, f"{syntax}.dcs"), syntax)))
        middle = len(data) * 3 // 4
        start = data.index(b"\xfe\xff\x00\xe0", middle) + 8
        data[start:start + 64] = b"\xff" * 64
        found = cli.lines(cli.write(os.path.join(folder, "bad.dcs"), bytes(data)), code=1)
        bad = [line for line in found if line[2] == "-"]
        assert len(found) == cli.SLICES and len(bad) == 1, found
        assert bad[0][2:] == ["-", "-", "-", "corrupt-frame"], bad


def cut_anywhere(folder):
    """A file cut at any place is an answer, never a crash of this process."""
    data = cli.read(cli.make_bag(os.path.join(folder, "a.dcs"), "rle"))
    for part in range(1, 20):
        path = cli.write(os.path.join(folder, "cut.dcs"), data[:len(data) * part // 20])
        done = cli.run("hash", path)
        assert done.returncode == 1, (part, done)
        assert b"decoder-died" not in done.stderr + done.stdout, (part, done)


sys.exit(cli.main([no_such_file, not_a_regular_file, not_dicom, threat_report, unknown_syntax, colour,
                   damaged_frame, cut_anywhere]))
