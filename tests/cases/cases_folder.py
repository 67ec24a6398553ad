# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders, links, pipes: what stands behind a path."""
import os

from case_checks import GOOD, case, digest, refuses, scan, shows, shows_scans, stored
import dicom_files as dicom
from dicom_files import FRAME_BYTES, cut, frame_values, save, save_bytes, single, volume

@case("pipe", refuses("no-access", "is a pipe"))
def _(folder):
    path = os.path.join(folder, "pipe")
    os.mkfifo(path)
    return path


@case("link-to-itself", refuses("no-access", "leads back to itself"))
def _(folder):
    path = os.path.join(folder, "loop")
    os.symlink(path, path)
    return path


@case("folder-of-links-and-pipes", shows([digest(frame_values(0))], order="file", slices=1))
def _(folder):
    os.symlink(folder, os.path.join(folder, "round"))
    os.symlink("gone", os.path.join(folder, "dangling"))
    os.mkfifo(os.path.join(folder, "pipe"))
    os.mkdir(os.path.join(folder, "empty"))
    save(folder, single())
    return folder


@case("folder-of-texts", refuses("not-dicom", "300 files can be shown. 000.txt:"))
def _(folder):
    for i in range(300):
        save_bytes(folder, b"text\n" * i, f"{i:03}.txt")
    return folder


@case("slices-of-a-folder", shows(stored([4, 3, 2, 1, 0]), "skipped-files", order="position", spacing=[0.7, 0.7, 1.25]))
def _(folder):
    for i in range(5):
        save(folder, single(i, z=-1.25 * i), f"{i}.dcm")
    save_bytes(folder, b"read me", "README")
    return folder


@case("cut-slice-of-a-folder", shows(stored([0, "truncated", 2]), "partial", slices=2, slices_missing=1))
def _(folder):
    paths = [save(folder, single(i, z=i), f"{i}.dcm") for i in range(3)]
    cut(paths[1], -10)
    return folder


@case("unreadable-slice-of-a-folder", shows(stored([0, 2]), "unreadable-files", "skipped-files"))
def _(folder):
    paths = [save(folder, single(i, z=i), f"{i}.dcm") for i in range(3)]
    cut(paths[1], 599)
    save_bytes(folder, b"read me", "README")
    return folder


@case("cut-volume-of-a-folder", shows(stored([0]), "unreadable-files"))
def _(folder):
    save(folder, single())
    cut(save(folder, volume(), "cut.dcs"), -3 * FRAME_BYTES + 8)
    return folder


@case("two-series-of-different-size", shows_scans(
    scan([digest(frame_values(i, rows=10)) for i in range(6)], rows=10),
    scan(stored(range(6)), rows=dicom.ROWS)))
def _(folder):
    for i in range(6):
        save(folder, single(i, z=i, series="1.2.9"), f"a{i}.dcm")
        save(folder, single(i, z=i, series="1.2.8", rows=10), f"b{i}.dcm")
    return folder


@case("sizes-mixed-in-one-series", shows_scans(
    scan([digest(frame_values(i, rows=10)) for i in range(3)], "mixed-sizes", rows=10),
    scan(stored(range(3)), "mixed-sizes", rows=dicom.ROWS)))
def _(folder):
    for i in range(3):
        save(folder, single(i, z=i), f"a{i}.dcm")
        save(folder, single(i, z=i - 50, rows=10), f"b{i}.dcm")
    return folder


@case("scans-by-time-not-by-name", shows_scans(scan(GOOD, bag_id="EARLY"), scan(GOOD, bag_id="LATE")))
def _(folder):
    for name, bag, time in (("a.dcs", "LATE", "20260102100000"), ("b.dcs", "EARLY", "20260102095959.5")):
        data = volume()
        data.PatientID, data.AcquisitionDateTime = bag, time
        save(folder, data, name)
    return folder


@case("sections-share-their-names", shows_scans(scan(stored([0, 1])), scan(stored([0, 1, 2]))))
def _(folder):
    save(folder, volume(3, z=[100, 102, 104]), "base0000.dcs")
    save(folder, volume(2, z=[0, 2]), "base0001.dcs")
    return folder


@case("overview-in-the-series", shows_scans(
    scan(stored([0, 1, 2]), "split-series", order="position"),
    scan([digest(frame_values(9))], "split-series", order="file")))
def _(folder):
    for i in range(3):
        save(folder, single(i, z=i), f"{i}.dcm")
    data = single(9, z=50)
    data.ImageOrientationPatient = ["1", "0", "0", "0", "0", "-1"]
    data.ImagePositionPatient = ["0", "90", "0"]
    save(folder, data, "overview.dcm")
    return folder


@case("file-by-two-names", shows(stored([0, 1, 2]), order="position"))
def _(folder):
    for i in range(3):
        save(folder, single(i, z=i), f"{i}.dcm")
    os.symlink("1.dcm", os.path.join(folder, "again.dcm"))
    os.link(os.path.join(folder, "2.dcm"), os.path.join(folder, "once-more.dcm"))
    return folder


@case("many-files-in-their-order", shows(stored([(i * 37) % 100 for i in range(100)])))
def _(folder):
    for i in range(100):
        save(folder, single((i * 37) % 100, z=i), f"{(i * 61) % 100:03}.dcm")
    return folder
