# SPDX-License-Identifier: GPL-3.0-or-later
"""Directories of discs: followed inside their own folder, and nowhere else."""
import os
import shutil

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.fileset import FileSet
from pydicom.sequence import Sequence

from case_checks import case, refuses, shows, stored
from dicom_files import EXPLICIT, IMPLICIT, save, save_bytes, single

DIRECTORY = "1.2.840.10008.1.3.10"


def directory(folder, file_ids, kind="IMAGE", name="DICOMDIR", syntax=EXPLICIT):
    """A directory with nothing but its records: whatever it lists, it lies in @folder."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DIRECTORY
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    meta.TransferSyntaxUID = syntax
    data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian, data.is_implicit_VR = True, syntax == IMPLICIT
    data.FileSetID = "BAGS"
    records = []
    for file_id in file_ids:
        record = Dataset()
        record.DirectoryRecordType = kind
        record.ReferencedFileID = file_id
        records.append(record)
    data.DirectoryRecordSequence = Sequence(records)
    return save(folder, data, name)


def slices(folder, names, **how):
    for i, name in enumerate(names):
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        save(folder, single(i, z=2 * i, **how), name)


LISTED = [["A", "IM1"], ["A", "IM2"], ["A", "IM3"]]
FILES = ["A/IM1", "A/IM2", "A/IM3"]


@case("disc", shows(stored([0, 1, 2]), order="position", slices=3))
def _(folder):
    slices(folder, FILES + ["A/UNLISTED"])
    return directory(folder, LISTED)


@case("disc-made-by-pydicom", shows(stored([0, 1, 2]), order="position"))
def _(folder):
    disc = FileSet()
    for i in range(3):
        data = single(i, z=2 * i)
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.4.5.{i}"
        data.StudyDate, data.StudyTime, data.StudyID, data.SeriesNumber, data.InstanceNumber = "20260101", "120000", "1", 1, i + 1
        data.PatientName = "BAG"
        disc.add(data)
    disc.write(os.path.join(folder, "disc"))
    return os.path.join(folder, "disc", "DICOMDIR")


@case("disc-implicit-and-renamed", shows(stored([0, 1, 2])))
def _(folder):
    slices(folder, FILES)
    return directory(folder, LISTED, name="list.bin", syntax=IMPLICIT)


@case("disc-in-small-letters", shows(stored([0, 1, 2])))
def _(folder):
    slices(folder, ["a/im1", "a/im2", "a/im3"])
    return directory(folder, LISTED)


@case("disc-lists-a-file-twice", shows(stored([0, 1, 2])))
def _(folder):
    slices(folder, FILES)
    return directory(folder, LISTED + LISTED)


@case("disc-with-files-missing", shows(stored([0, 2]), "missing-files"))
def _(folder):
    slices(folder, ["A/IM1", "gone", "A/IM3"])
    return directory(folder, LISTED)


@case("disc-without-its-files", refuses("no-access", "A\\IM1, A\\IM2, A\\IM3"))
def _(folder):
    return directory(folder, LISTED)


@case("disc-lists-no-image", refuses("not-an-image", "lists no images"))
def _(folder):
    slices(folder, FILES)
    return directory(folder, LISTED, kind="SR DOCUMENT")


@case("folder-with-a-directory", shows(stored([0, 1, 2])))
def _(folder):
    slices(folder, FILES)
    directory(folder, LISTED[:1])
    return folder


def outside(name, *file_ids):
    """The slice lies beside the disc, where only a trick could find it."""
    @case(f"disc-leads-out-by-{name}", shows(stored([0]), "outside-files"))
    def _(folder):
        disc = os.path.join(folder, "disc")
        slices(disc, ["A/IM1"])
        save(folder, single(7), "secret")
        return directory(disc, [["A", "IM1"]] + [[part.replace("@", folder) for part in file_id] for file_id in file_ids])


outside("parent", ["..", "secret"])
outside("parent-inside", ["A", "..", "..", "secret"])
outside("slashes", ["../secret"])
outside("absolute", ["@/secret"])
outside("empty-first", ["", "secret"])
outside("dot", [".", "A", "IM1"])
outside("depth", ["A"] * 9 + ["IM1"])


def linked(name, make):
    @case(f"disc-with-a-link-{name}", shows(stored([0]), "missing-files"))
    def _(folder):
        disc = os.path.join(folder, "disc")
        slices(disc, ["A/IM1"])
        slices(folder, ["B/IM2"])
        make(folder, disc)
        return directory(disc, [["A", "IM1"], ["B", "IM2"]])


def link_folder(folder, disc):
    os.symlink(os.path.join(folder, "B"), os.path.join(disc, "B"))


def link_file(folder, disc):
    os.mkdir(os.path.join(disc, "B"))
    os.symlink(os.path.join(folder, "B", "IM2"), os.path.join(disc, "B", "IM2"))


linked("to-a-folder", link_folder)
linked("to-a-file", link_file)


@case("disc-lists-a-pipe-and-a-folder", shows(stored([0]), "missing-files"))
def _(folder):
    slices(folder, ["A/IM1"])
    os.mkfifo(os.path.join(folder, "PIPE"))
    return directory(folder, [["A", "IM1"], ["PIPE"], ["A"]])


@case("disc-that-is-cut", refuses("truncated", ""))
def _(folder):
    slices(folder, FILES)
    path = directory(folder, LISTED)
    with open(path, "rb") as file:
        whole = file.read()
    shutil.rmtree(os.path.join(folder, "A"))
    return save_bytes(folder, whole[:-20], "DICOMDIR")
