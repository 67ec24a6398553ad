# SPDX-License-Identifier: GPL-3.0-or-later
"""Scans that are parts of one whole: sections of an object, energies of a bag."""
import os

from case_checks import GOOD, case, check_scans, records_of, scan, shows, stored
from dicom_files import save, save_bytes, single, volume


def says(scans, parts, words=()):
    """Scans as usual, and of each: its section, its energy, its siblings."""
    def check(path):
        check_scans(path, scans)
        records = records_of(path, 0)
        found = [(record["section"], record["energy"], record["siblings"]) for record in records]
        assert found == parts, f"{found}, not {parts}"
        texts = " ".join(warning["text"] for record in records for warning in record["warnings"])
        for word in words:
            assert word in texts, f"{texts!r} lacks {word!r}"
    return check


def sections(folder):
    save(folder, volume(2, z=[200, 202]), "bag0000.dcs")
    save(folder, volume(2, z=[0, 2]), "bag0001.dcs")
    save(folder, volume(3, z=[100, 102, 104]), "bag0002.dcs")


NAMES = ["bag0000.dcs", "bag0001.dcs", "bag0002.dcs"]


@case("sections-of-a-folder", says(
    [scan(stored([0, 1])), scan(stored([0, 1, 2])), scan(stored([0, 1]))],
    [([1, 3], "high energy", [NAMES[2], NAMES[0]]), ([2, 3], "high energy", [NAMES[1], NAMES[0]]), ([3, 3], "high energy", [NAMES[1], NAMES[2]])]))
def _(folder):
    sections(folder)
    return folder


@case("section-opened-alone", says(
    [scan(stored([0, 1, 2]), "section")],
    [([2, 3], "high energy", [NAMES[1], NAMES[0]])], ["section 2 of 3", NAMES[0], NAMES[1]]))
def _(folder):
    sections(folder)
    save_bytes(folder, b"read me", "README")
    return os.path.join(folder, NAMES[2])


@case("section-of-another-matrix", says(
    [scan(GOOD, "section")], [([1, 2], "high energy", ["b.dcs"])], ["the other is in the file b.dcs"]))
def _(folder):
    path = save(folder, volume(), "a.dcs")
    other = volume()
    other.Rows, other.Columns = 9, 28
    save(folder, other, "b.dcs")
    return path


@case("copy-is-no-section", says([scan(GOOD)], [(None, "high energy", [])]))
def _(folder):
    save(folder, volume(), "copy.dcs")
    return save(folder, volume(), "a.dcs")


def energy(name, number, frame="1.2.77", bag="BAG-7"):
    data = volume()
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.4.5.{number}"
    data.SeriesInstanceUID = f"1.2.3.4.1.{number}"
    data.FrameOfReferenceUID, data.PatientID = frame, bag
    data.ImageType = ["ORIGINAL", name, "VOLUME", "NONE"]
    return data


@case("energies-of-a-folder", says(
    [scan(GOOD), scan(GOOD)], [(None, "high energy", ["low.dcs"]), (None, "low energy", ["high.dcs"])]))
def _(folder):
    save(folder, energy("HIGH ENERGY", 1), "high.dcs")
    save(folder, energy("LOW ENERGY", 2), "low.dcs")
    return folder


@case("energy-opened-alone", says(
    [scan(GOOD, "energy")], [(None, "low energy", ["high.dcs"])], ["low energy", "high.dcs"]))
def _(folder):
    save(folder, energy("HIGH ENERGY", 1), "high.dcs")
    return save(folder, energy("LOW ENERGY", 2), "low.dcs")


@case("energy-named-by-its-series", says([scan(GOOD, "energy")], [(None, "energy 1", ["b.dcs"])]))
def _(folder):
    paths = []
    for number in (1, 2):
        data = energy("NONE", number)
        data.add_new(0x61000030, "US", number)
        paths.append(save(folder, data, "ab"[number - 1] + ".dcs"))
    return paths[0]


@case("energies-of-other-bags", says([scan(GOOD)], [(None, "high energy", [])]))
def _(folder):
    save(folder, energy("LOW ENERGY", 2, bag="BAG-8"), "other.dcs")
    save(folder, energy("LOW ENERGY", 3, frame="1.2.78"), "elsewhere.dcs")
    save(folder, energy("HIGH ENERGY", 4), "again.dcs")
    return save(folder, energy("HIGH ENERGY", 1), "high.dcs")


@case("slice-of-a-series-opened-alone", shows(stored([1])))
def _(folder):
    paths = [save(folder, single(i, z=i), f"{i}.dcm") for i in range(3)]
    return paths[1]
