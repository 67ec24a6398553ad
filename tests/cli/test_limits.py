#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits on files: what the file has, what the limit is and the name of its setting are told, a file at the
limit opens, and --limit goes further or less far."""
import os
import struct
import sys
import zlib

import cli

USUAL = {"limit-file-size": (8192, " MiB"), "limit-header-size": (64, " MiB"), "limit-elements": (1000000, ""), "limit-depth": (64, ""),
         "limit-rows-columns": (16384, ""), "limit-frames": (65535, ""), "limit-compression-ratio": (2000, "")}


def message(path, *options):
    (record,) = cli.records("info", "--json", *options, path, code=1)
    assert record["error"] == "limit", record
    return record["message"]


def expect_refused(path, name, has, most=None):
    """By the usual limit, or by @most."""
    usual, unit = USUAL[name]
    said = message(path, *([] if most is None else [f"--limit={name}={most}"]))
    wanted = f"{has}, more than the limit of {usual if most is None else most}{unit} (setting {name})"
    assert wanted in said, (wanted, said)
    done = cli.run("hash", *([] if most is None else [f"--limit={name}={most}"]), path)
    assert done.returncode == 1 and wanted in done.stderr.decode(), done.stderr


def expect_opened(path, name, most, slices=None):
    (record,) = cli.records("info", "--json", f"--limit={name}={most}", path)
    assert "error" not in record and slices in (None, record["slices"]), record


def element(group, number, vr, value):
    return struct.pack("<HH2sH", group, number, vr, len(value)) + value


def insert(folder, elements, syntax="explicit"):
    """A made-up bag with @elements before its pixel data."""
    data = cli.read(cli.make_bag(os.path.join(folder, "a.dcs"), syntax))
    at = data.rindex(b"\xe0\x7f\x10\x00O")
    return cli.write(os.path.join(folder, "more.dcs"), data[:at] + elements + data[at:])


def file_size(folder):
    path = cli.make_bag(os.path.join(folder, "a.dcs"), size=(256, 256, 8))
    size = os.path.getsize(path)
    assert size > 1 << 20, size
    expect_refused(path, "limit-file-size", "“a.dcs” has 1.0\xa0MiB", 1)
    expect_opened(path, "limit-file-size", 2, 8)
    os.truncate(path, (8 << 30) + 1)
    expect_refused(path, "limit-file-size", "“a.dcs” has 8.0\xa0GiB")
    expect_opened(path, "limit-file-size", 8193, 8)


def header_size(folder):
    filler = element(0x0009, 0x0010, b"LO", b"FILLER") + struct.pack("<HH2sHI", 0x0009, 0x1001, b"OB", 0, 2 << 20) + bytes(2 << 20)
    path = insert(folder, filler)
    expect_opened(path, "limit-header-size", 3, cli.SLICES)
    said = message(path, "--limit=limit-header-size=1")
    assert "bytes or more, more than the limit of 1 MiB (setting limit-header-size)" in said, said


def elements(folder):
    path = insert(folder, b"".join(element(0x0009, 0x1000 + i, b"LO", b"") for i in range(500)))
    expect_opened(path, "limit-elements", 4000, cli.SLICES)
    said = message(path, "--limit=limit-elements=300")
    assert "The header has 301 elements and items or more, more than the limit of 300 (setting limit-elements)" in said, said


def fragments(folder):
    """There are as many as slices, and the header has fewer elements."""
    path = cli.make_bag(os.path.join(folder, "a.dcs"), "rle", size=(64, 48, 600))
    (record,) = cli.records("info", "--json", path)
    assert record["slices"] == 600
    said = message(path, "--limit=limit-elements=550")
    assert "setting limit-elements" in said, said


def depth(folder):
    def nested(n):
        inside = b""
        for _ in range(n):
            item = struct.pack("<HHI", 0xfffe, 0xe000, len(inside)) + inside
            inside = struct.pack("<HH2sHI", 0x0009, 0x1001, b"SQ", 0, len(item)) + item
        return inside

    path = insert(folder, nested(70))
    expect_refused(path, "limit-depth", "Sequences are nested 65 deep or more")
    expect_opened(path, "limit-depth", 70, cli.SLICES)
    expect_refused(path, "limit-depth", "Sequences are nested 70 deep or more", 69)


def with_size(folder, columns, rows, slices):
    """A bag of one byte a voxel, all 0."""
    data = cli.read(cli.make_bag(os.path.join(folder, "a.dcs")))
    head = data[:data.rindex(b"\xe0\x7f\x10\x00O")]
    for number, old, new in ((0x10, cli.ROWS, rows), (0x11, cli.COLUMNS, columns), (0x100, 16, 8), (0x101, 16, 8), (0x102, 15, 7)):
        start = head.rindex(struct.pack("<HH2sH", 0x28, number, b"US", 2)) + 8
        head = head[:start] + struct.pack("<H", new) + head[start + 2:]
    count = element(0x28, 0x08, b"IS", str(slices).rjust(6).encode())
    start = head.rindex(struct.pack("<HH2s", 0x28, 0x08, b"IS"))
    length = struct.unpack_from("<H", head, start + 6)[0]
    head = head[:start] + count + head[start + 8 + length:]
    size = columns * rows * slices
    return cli.write(os.path.join(folder, "size.dcs"), head + struct.pack("<HH2sHI", 0x7fe0, 0x10, b"OB", 0, size) + bytes(size))


def strip_groups(path):
    """Positions of single frames go: as many frames as the pixel data hold are shown."""
    data = cli.read(path)
    start = data.rindex(struct.pack("<HH2s", 0x5200, 0x9230, b"SQ"))
    end = data.rindex(b"\xe0\x7f\x10\x00O")
    return cli.write(path, data[:start] + data[end:])


def rows_columns(folder):
    path = with_size(folder, 16385, 2, cli.SLICES)
    expect_refused(path, "limit-rows-columns", "The image has 2 rows and 16385 columns")
    expect_opened(path, "limit-rows-columns", 16385, cli.SLICES)
    expect_refused(path, "limit-rows-columns", "The image has 2 rows and 16385 columns", 16384)
    cli.text("hash", "--limit=limit-rows-columns=16385", path)


def frames(folder):
    path = strip_groups(with_size(folder, 2, 2, 65536))
    expect_refused(path, "limit-frames", "The file has 65536 frames")
    expect_opened(path, "limit-frames", 65536, 65536)
    expect_refused(path, "limit-frames", "The file has 65536 frames", 65534)


def compression_ratio(folder):
    """A deflated file of more than 64 MiB of nothing: some thousand times as large as the file."""
    data = cli.read(strip_groups(with_size(folder, 1024, 1024, 80)))
    start = data.index(struct.pack("<HH2s", 0x08, 0x05, b"CS")) if b"\x08\x00\x05\x00CS" in data else data.index(b"\x08\x00\x08\x00CS")
    meta = data[:start].replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.1.99")
    grown = len(b"1.2.840.10008.1.2.1.99") - len(b"1.2.840.10008.1.2.1\0")
    at = meta.index(b"1.2.840.10008.1.2.1.99") - 2
    meta = meta[:at] + struct.pack("<H", 22) + meta[at + 2:]
    length = struct.unpack_from("<I", meta, 140)[0]
    meta = meta[:140] + struct.pack("<I", length + grown) + meta[144:]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    path = cli.write(os.path.join(folder, "deflated.dcs"), meta + packer.compress(data[start:]) + packer.flush())
    ratio = (80 << 20) // os.path.getsize(path)
    assert ratio > 500, ratio
    expect_refused(path, "limit-compression-ratio", f"the slices would become {ratio} times as large as the file", ratio - 1)
    expect_opened(path, "limit-compression-ratio", ratio, 80)


def options(_):
    """What is no limit, or none that may be set, is a mistake in usage."""
    for value in ("limit-frames", "limit-frames=", "limit-frames=0", "limit-frames=131073", "limit-frames=-1", "limit-frames=7x", "frames=7",
                  "=7", "limit-frame=7", "limit-framess=7", "limit-file-size=99999999999999999999", "deadline-header=99"):
        done = cli.run("info", f"--limit={value}", "x.dcs")
        assert done.returncode == 2 and b"--limit" in done.stderr, (value, done)


if __name__ == "__main__":
    sys.exit(cli.main([file_size, header_size, elements, fragments, depth, rows_columns, frames, compression_ratio, options]))
