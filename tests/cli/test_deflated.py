#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deflated files: far jumps give the same pixels as in the plain file, and what
inflates to far more than it claims, or claims far more than there is, costs
not much memory."""
import os
import subprocess
import sys
import tempfile
import zlib

import cli

GIB = 1 << 30
MOST_KIB = 512 << 10  # half of what the bombs inflate to; a sanitizer takes its part as well
N_CLAIMED = 60000
GROWN, N_GROWN = 2048, 100
FRAME_BYTES = cli.COLUMNS * cli.ROWS * 2
PIXELS = b"\xe0\x7f\x10\x00OW\0\0"


def split(path):
    """The file meta information, saying that the file is deflated, and the data set."""
    content = cli.read(path)
    length = int.from_bytes(content[140:144], "little")
    meta = content[144:144 + length].replace(b"UI\x14\x001.2.840.10008.1.2.1\0", b"UI\x16\x001.2.840.10008.1.2.1.99")
    assert len(meta) == length + 2, meta
    return content[:140] + len(meta).to_bytes(4, "little") + meta, content[144 + length:]


def save(path, meta, *pieces):
    """Deflates the pieces one behind the other; a number stands for so many zeros.

    A flushed block refers to nothing before it, so that one of them can be written again and again."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    with open(path, "wb") as file:
        file.write(meta)
        for piece in pieces:
            if isinstance(piece, int):
                file.write(packer.flush(zlib.Z_FULL_FLUSH))
                file.write((packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)) * (piece >> 20))
            else:
                file.write(packer.compress(piece))
        file.write(packer.flush())
    return path


def claim(data):
    """The data set up to its pixels, with far more frames than it had."""
    head = data[:data.rindex(PIXELS)]
    count = b"\x28\x00\x08\x00IS\x02\x00%d" % cli.SLICES
    assert head.count(count) == 1
    head = head.replace(count, b"\x28\x00\x08\x00IS\x06\x00%d " % N_CLAIMED)
    return head + PIXELS + (N_CLAIMED * FRAME_BYTES).to_bytes(4, "little")


def measured(*arguments):
    """Exit code and both outputs; the program and its decoder must stay small."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([cli.CLI, *arguments], stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        assert usage.ru_maxrss < MOST_KIB, f"{arguments}: {usage.ru_maxrss} KiB"
        out.seek(0)
        err.seek(0)
        return child.returncode, out.read().decode(), err.read().decode()


def check_same(folder, n_slices):
    size = (128, 128, n_slices)
    plain = cli.make_bag(os.path.join(folder, "plain.dcs"), size=size)
    deflated = save(os.path.join(folder, "deflated.dcs"), *split(plain))
    assert cli.lines(plain) == cli.lines(deflated)
    for number in (n_slices, 1, n_slices // 2, n_slices - 1):
        pictures = []
        for path in (plain, deflated):
            cli.text("render", path, "--slice", number, "-o", path + ".png")
            pictures.append(cli.read(path + ".png"))
        assert pictures[0] == pictures[1], number


def far_jumps(folder):
    """13 MiB: more than one restart point, all inflated at once to see the end."""
    check_same(folder, 400)


def far_jumps_unseen(folder):
    """19 MiB: nobody has inflated them before the slice is asked for."""
    check_same(folder, 600)


def bomb_behind_the_pixels(folder):
    plain = cli.make_bag(os.path.join(folder, "plain.dcs"))
    bomb = save(os.path.join(folder, "bomb.dcs"), *split(plain), GIB)
    assert os.path.getsize(bomb) < 2 << 20
    assert measured("info", bomb)[0] == 0
    assert measured("hash", bomb) == (0, cli.text("hash", plain), "")


def bomb_before_the_pixels(folder):
    meta, data = split(cli.make_bag(os.path.join(folder, "plain.dcs")))
    at = data.rindex(PIXELS)
    element = b"\x01\x60\x10\x10OB\0\0" + GIB.to_bytes(4, "little")
    bomb = save(os.path.join(folder, "bomb.dcs"), meta, data[:at] + element, GIB, data[at:])
    code, _, words = measured("info", bomb)
    assert code == 1 and words.endswith("[limit]\n"), words


def grown(data):
    """The data set up to its pixels, with far larger slices than it had."""
    head = data[:data.rindex(PIXELS)]
    for element, value in ((b"\x10", cli.ROWS), (b"\x11", cli.COLUMNS)):
        start = b"\x28\x00" + element + b"\x00US\x02\x00"
        assert head.count(start + value.to_bytes(2, "little")) == 1
        head = head.replace(start + value.to_bytes(2, "little"), start + GROWN.to_bytes(2, "little"))
    return head + PIXELS + (N_GROWN * GROWN * GROWN * 2).to_bytes(4, "little")


def slices_of_zeros(folder):
    """800 MiB of them: the way to the last one goes in steps."""
    bag = cli.make_bag(os.path.join(folder, "plain.dcs"), size=(cli.COLUMNS, cli.ROWS, N_GROWN))
    meta, data = split(bag)
    bomb = save(os.path.join(folder, "bomb.dcs"), meta, grown(data), GIB)
    for number in (1, N_GROWN):
        code, _, words = measured("render", bomb, "--slice", str(number), "-o", os.path.join(folder, f"{number}.png"))
        assert code == 0 and words == "", words
    assert cli.read(os.path.join(folder, "1.png")) == cli.read(os.path.join(folder, f"{N_GROWN}.png"))


def slices_that_are_not_there(folder):
    """The header may be right for all that is known, until one asks for the last slice."""
    bag = cli.make_bag(os.path.join(folder, "plain.dcs"), size=(cli.COLUMNS, cli.ROWS, N_GROWN))
    meta, data = split(bag)
    short = save(os.path.join(folder, "short.dcs"), meta, grown(data), GIB // 2, os.urandom(1 << 20))
    assert measured("info", short)[0] == 0
    (record,) = cli.records("info", "--json", short)
    assert record["slices_missing"] == 0
    code, _, words = measured("render", short, "--slice", str(N_GROWN), "-o", os.path.join(folder, "x.png"))
    assert code == 1 and words.endswith("[truncated]\n"), words


def claim_with_nothing_behind(folder):
    """Answered as the same claim is in a file that is not deflated."""
    plain = cli.make_bag(os.path.join(folder, "plain.dcs"))
    meta, data = split(plain)
    cli.write(plain, cli.read(plain)[:-len(data)] + claim(data))
    empty = save(os.path.join(folder, "empty.dcs"), meta, claim(data))
    code, out, words = measured("info", empty)
    assert (code, out) == (1, "") and words.endswith("[truncated]\n"), words
    assert words.removeprefix(empty) == cli.run("info", plain).stderr.decode().removeprefix(plain)


if __name__ == "__main__":
    sys.exit(cli.main([far_jumps, far_jumps_unseen, bomb_behind_the_pixels, bomb_before_the_pixels,
                       slices_of_zeros, slices_that_are_not_there,
                       claim_with_nothing_behind]))
