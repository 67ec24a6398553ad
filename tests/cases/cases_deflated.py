# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are deflated as a whole."""
import os
import subprocess
import zlib

import dicom_files as dicom
from case_checks import CASES, GOOD, case, refuses, shows, stored
from dicom_files import DEFLATED, FRAME_BYTES, cut, save, save_bytes, volume


def deflate(path, change=lambda inflated: inflated, level=6):
    """Deflates what stands behind the meta information of a file that says it is deflated."""
    content = dicom.read_bytes(path)
    start = 144 + int.from_bytes(content[140:144], "little")
    inflated = zlib.decompress(content[start:], wbits=-15)
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return save_bytes(os.path.dirname(path), content[:start] + packer.compress(change(inflated)) + packer.flush())


CASES.append(("deflated", lambda f: save(f, volume(syntax=DEFLATED)), shows(GOOD, transfer_syntax=DEFLATED, slices_missing=0)))
CASES.append(("deflated-stored-blocks", lambda f: deflate(save(f, volume(syntax=DEFLATED)), level=0), shows(GOOD)))
CASES.append(("deflated-zeros-behind", lambda f: deflate(save(f, volume(syntax=DEFLATED)), lambda data: data + bytes(1 << 26)), shows(GOOD)))
CASES.append(("deflated-short", lambda f: deflate(save(f, volume(syntax=DEFLATED)), lambda data: data[:-20]), shows(stored([0, 1, "truncated"]), "partial", slices_missing=1)))
CASES.append(("deflated-cut", lambda f: cut(deflate(save(f, volume(syntax=DEFLATED)), level=0), -20), shows(stored([0, 1, "truncated"]), "partial", slices_missing=1)))
CASES.append(("deflated-cut-in-header", lambda f: cut(save(f, volume(syntax=DEFLATED)), 500), refuses("truncated", "ends within")))


@case("deflated-damaged", shows(stored([0, "corrupt-frame", "corrupt-frame"]), slices_missing=0))
def _(folder):
    """In the middle of the second slice stands a block of the type that there is not; good bytes follow."""
    path = save(folder, volume(syntax=DEFLATED))
    start = 144 + int.from_bytes(dicom.read_bytes(path)[140:144], "little")
    inflated = zlib.decompress(dicom.read_bytes(path)[start:], wbits=-15)
    middle = inflated.rindex(dicom.frames(3)) + FRAME_BYTES * 3 // 2
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    whole = packer.compress(inflated[:middle]) + packer.flush(zlib.Z_FULL_FLUSH)
    return save_bytes(folder, dicom.read_bytes(path)[:start] + whole + b"\x07" + packer.compress(inflated[middle:]) + packer.flush())


@case("deflated-by-dcmtk", shows(GOOD, transfer_syntax=DEFLATED))
def _(folder):
    plain, path = save(folder, volume(), "plain.dcm"), os.path.join(folder, "scan.dcs")
    subprocess.run(["dcmconv", "+td", plain, path], check=True)
    os.remove(plain)
    return path


@case("deflated-garbage", refuses("malformed", "damaged"))
def _(folder):
    path = save(folder, volume(syntax=DEFLATED))
    start = 144 + int.from_bytes(dicom.read_bytes(path)[140:144], "little")
    return save_bytes(folder, dicom.read_bytes(path)[:start] + b"\xff" * 1000)
