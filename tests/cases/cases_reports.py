# SPDX-License-Identifier: GPL-3.0-or-later
"""Threat reports: which scan they go to, and what of them is told."""
import os

import dicom_files as dicom
from case_checks import CASES, GOOD, case, check_scans, records_of, refuses, scan
from codestreams import BIG_ENDIAN
from dicom_files import change, cut, save, save_bytes, sequence, volume
from report_files import opinion, place, report, threat

BOX = {"box": [4, 5, 6, 3], "first_slice": 1, "last_slice": 2}
NOWHERE = {"box": None, "first_slice": None, "last_slice": None}


def region(base=(4, 5, 0), extents=(6, 3, 2), **more):
    return place([float(x) for x in base], [float(x) for x in extents], **more)


def one_threat(*parts):
    return threat(7, *(parts or (region(),)), opinion(probability=0.91))


def beside(folder, tdr, data=None, name="scan.dcs.tdr.dcs"):
    """A volume and a report in one folder; the path of the volume."""
    save(folder, tdr, name)
    return save(folder, volume() if data is None else data)


def tells(alarms, *warnings, reports=1, hashes=GOOD):
    """These values of these alarms, in this order."""
    def check(path):
        check_scans(path, [scan(hashes, *warnings)])
        record = records_of(path, 0)[0]
        assert len(record["reports"]) == reports, record["reports"]
        assert len(record["alarms"]) == len(alarms), record["alarms"]
        for found, wanted in zip(record["alarms"], alarms):
            part = {key: found[key] for key in wanted}
            assert part == wanted, f"{part}, not {wanted}"
    return check


FULL = {"id": 7, "flag": "THREAT", "category": "EXPLOSIVE", "probability": 0.91, "linked": True, "decision": "ALARM",
        "type": "MACHINE", "algorithm": "Finder 2.1", **BOX}

CASES.append(("report-beside", lambda f: beside(f, report(one_threat())), tells([FULL])))
CASES.append(("report-implicit", lambda f: beside(f, report(one_threat(), syntax=dicom.IMPLICIT)), tells([FULL])))
CASES.append(("report-big-endian", lambda f: beside(f, report(one_threat(), syntax=BIG_ENDIAN)), tells([FULL])))
CASES.append(("report-deflated", lambda f: beside(f, report(one_threat(), syntax=dicom.DEFLATED)), tells([FULL])))
CASES.append(("report-of-any-name", lambda f: beside(f, report(one_threat()), name="x"), tells([FULL])))
CASES.append(("report-of-clear-bag", lambda f: beside(f, report(decision="CLEAR")), tells([])))
CASES.append(("report-of-other-bag", lambda f: beside(f, report(one_threat(), instances=("9.9",), bag="BAG-8")), tells([], "other-bag", reports=0)))
CASES.append(("report-of-other-bag-by-any-name", lambda f: beside(f, report(one_threat(), instances=("9.9",), bag="BAG-8"), name="x.dcs"), tells([], reports=0)))
CASES.append(("report-calls-bag-otherwise", lambda f: beside(f, report(one_threat(), bag="BAG-8")), tells([FULL], "bag-id-differs")))
CASES.append(("report-of-same-bag", lambda f: beside(f, report(one_threat(), instances=("9.9",))), tells([{"linked": False, **BOX}], "unlinked-report")))
CASES.append(("report-linked-by-place", lambda f: beside(f, report(one_threat(region(instances=("1.2.3.4.5",))), instances=(), bag="")), tells([FULL])))
CASES.append(("report-of-other-energy", lambda f: beside(f, report(one_threat(region(instances=("1.2.3.4.6",))))), tells([{"id": 7, **NOWHERE}], "alarm-without-place")))
CASES.append(("report-without-places", lambda f: beside(f, report(threat(3, opinion("UNKNOWN", "OTHER")))), tells([{"id": 3, "probability": None, **NOWHERE}], "alarm-without-place")))
CASES.append(("report-without-opinions", lambda f: beside(f, report(threat(3, region()))), tells([{"flag": "UNKNOWN", "category": "", "probability": None, **BOX}])))
CASES.append(("report-aborted", lambda f: beside(f, report(one_threat(), abort="ABORT")), tells([FULL], "detection-aborted")))
CASES.append(("report-count-differs", lambda f: beside(f, report(one_threat(), total=4)), tells([FULL], "object-count-differs")))
CASES.append(("report-huge-box", lambda f: beside(f, report(one_threat(region((0, 0, 0), (1500, 1500, 1400))))), tells([{"box": [0, 0, 18, 14], "first_slice": 1, "last_slice": 3}], "alarm-cut")))
CASES.append(("report-box-outside", lambda f: beside(f, report(one_threat(region((0, 0, 20), (2, 2, 2))))), tells([NOWHERE], "alarm-outside")))
CASES.append(("report-swapped-axes", lambda f: beside(f, report(one_threat(region((0, 5, 14), (2, 3, 4))))), tells([NOWHERE], "alarm-outside", "alarm-axes")))
CASES.append(("report-box-without-size", lambda f: beside(f, report(one_threat(region((4, 5, 0), (6, 3, 0))))), tells([NOWHERE], "alarm-without-place", "bad-region")))
CASES.append(("report-with-mask", lambda f: beside(f, report(one_threat(region(bitmap=b"\xff\x0f\0\0\x01\xf0")))), tells([{"masked_voxels": 13, **BOX}])))
CASES.append(("report-with-short-mask", lambda f: beside(f, report(one_threat(region(bitmap=b"\xff\xff\xff\xff")))), tells([{"masked_voxels": None, **BOX}], "bad-mask")))
CASES.append(("report-with-mask-without-pad-byte", lambda f: beside(f, report(one_threat(region(extents=(4, 2, 2), bitmap=b"\xff\x0f")))), tells([{"masked_voxels": 12, "box": [4, 5, 4, 2]}])))
CASES.append(("report-with-set-bits-behind-mask", lambda f: beside(f, report(one_threat(region(bitmap=b"\0\0\0\0\xff\xff")))), tells([{"masked_voxels": 4, **BOX}])))
CASES.append(("report-with-empty-mask", lambda f: beside(f, report(one_threat(region(bitmap=b"")))), tells([{"masked_voxels": None, **BOX}])))
CASES.append(("report-with-long-mask", lambda f: beside(f, report(one_threat(region(bitmap=b"\xff" * 8)))), tells([{"masked_voxels": None, **BOX}], "bad-mask")))
CASES.append(("report-with-mask-of-bytes", lambda f: beside(f, report(one_threat(region(bitmap=b"\1" * 36)))), tells([{"masked_voxels": None, **BOX}], "bad-mask")))
CASES.append(("report-with-mask-between-voxels", lambda f: beside(f, report(one_threat(region(base=(3.5, 5, 0), bitmap=b"\xff" * 6)))), tells([{"masked_voxels": 36, "box": [3, 5, 7, 3]}], "mask-not-drawn")))
CASES.append(("report-with-masks-of-24-mib", lambda f: beside(f, report(*(one_threat(region((0, 0, 0), (8192, 8192, 1), bitmap=bytes(1 << 23))) for _ in range(3)))),
              tells([{"masked_voxels": 0, "box": [0, 0, 18, 14]}] * 3, "alarm-cut", "mask-too-large")))
CASES.append(("report-bad-probability", lambda f: beside(f, report(threat(7, region(), opinion(probability=91.0)))), tells([{"probability": None, **BOX}], "bad-number")))
CASES.append(("report-with-figures", lambda f: beside(f, report(one_threat(region(mass=420.5, density=1.6, z_effective=7.4, volume=263.0, location="LEFT")))),
              tells([{"mass": 420.5, "density": 1.6, "z_effective": 7.4, "volume": 263.0, "location": "LEFT", **BOX}])))
CASES.append(("report-alone", lambda f: save(f, report(one_threat())), refuses("not-an-image", "“BAG-7”, for scan 1.2.3.4.5")))
CASES.append(("reports-alone-in-folder", lambda f: save(f, report(one_threat())) and f, refuses("not-an-image", "Open it together with its scan")))


@case("report-polygon-only", tells([{"box": [2, 4, 4, 3], "first_slice": 2, "last_slice": 3}]))
def _(folder):
    """Points in mm; voxels are 1.5 mm wide, slices 2 mm apart."""
    return beside(folder, report(one_threat(place(polygon=[3.0, 6.0, 1.5, 7.5, 9.0, 4.5]))))


@case("report-polygon-disagrees", tells([BOX]))
def _(folder):
    return beside(folder, report(one_threat(region(polygon=[3.0, 6.0, -70.0, 7.5, 9.0, -30.0]))))


@case("report-in-stored-order", tells([{"box": [4, 5, 6, 3], "first_slice": 3, "last_slice": 4}], hashes=None))
def _(folder):
    """Frames run downwards: frames 0 and 1 are the last two of four slices."""
    return beside(folder, report(one_threat()), volume(4, z=[6, 4, 2, 0]))


@case("report-order", tells([{"flag": "HIGH_THREAT", "id": 4}, {"flag": "THREAT", "id": 2}, {"flag": "THREAT", "id": 1}, {"flag": "UNKNOWN", "id": 5}, {"flag": "NO_THREAT", "id": 3}]))
def _(folder):
    return beside(folder, report(threat(1, region(), opinion("THREAT")), threat(2, region(), opinion("THREAT", probability=0.1)),
                                 threat(3, region(), opinion("NO_THREAT", probability=1.0)),
                                 threat(4, region(), opinion("HIGH_THREAT", probability=0.2)), threat(5, region(), opinion("PERHAPS"))))


def has_opinions(path):
    tells([{"flag": "THREAT", "category": "EXPLOSIVE"}])(path)
    found = records_of(path, 0)[0]["alarms"][0]["assessments"]
    assert [(one["flag"], one["category"], one["probability"]) for one in found] == [("NO_THREAT", "LAPTOP", 0.8), ("THREAT", "EXPLOSIVE", 0.3)], found


@case("report-two-opinions", has_opinions)
def _(folder):
    return beside(folder, report(threat(1, region(), opinion("NO_THREAT", "LAPTOP", probability=0.8), opinion(probability=0.3))))


@case("report-opened-by-hand", tells([FULL]))
def _(folder):
    beside(folder, report(one_threat()), name="report.dcs")
    save(folder, volume(2, z=[0, 1]), "zzz.dcs")
    change(os.path.join(folder, "zzz.dcs"), b"1.2.3.4.5\0", b"1.2.3.4.8\0", which=1)
    return os.path.join(folder, "report.dcs")


@case("report-in-folder", tells([FULL]))
def _(folder):
    beside(folder, report(one_threat()), name="report.dcs")
    return folder


@case("report-of-other-bag-in-folder", tells([], "other-bag", reports=0))
def _(folder):
    beside(folder, report(one_threat(), instances=("9.9",), bag="BAG-8"), name="report.dcs")
    return folder


@case("report-twice", tells([FULL]))
def _(folder):
    save(folder, report(one_threat()), "copy.dcs")
    return beside(folder, report(one_threat()))


@case("reports-of-machine-and-operator", tells([{"type": "MACHINE", "id": 7}, {"type": "OPERATOR", "id": 9}], reports=2))
def _(folder):
    save(folder, report(threat(9, region(), opinion("NO_THREAT")), uid="1.2.3.4.101", kind="OPERATOR", decision="CLEAR"), "operator.dcs")
    return beside(folder, report(one_threat()))


@case("linked-report-goes-before-unlinked", tells([FULL]))
def _(folder):
    save(folder, report(threat(9, region(), opinion()), instances=("9.9",), uid="1.2.3.4.101"), "other.dcs")
    return beside(folder, report(one_threat()))


@case("report-cut", tells([], "unreadable-report", reports=0))
def _(folder):
    path = beside(folder, report(one_threat()))
    cut(path + ".tdr.dcs", -30)
    return path


@case("report-deflated-cut", tells([], "unreadable-report", reports=0))
def _(folder):
    path = beside(folder, report(one_threat(), syntax=dicom.DEFLATED))
    cut(path + ".tdr.dcs", -30)
    return path


@case("report-cut-in-folder", tells([], "unreadable-report", reports=0))
def _(folder):
    path = beside(folder, report(one_threat()))
    cut(path + ".tdr.dcs", -30)
    return folder


@case("report-with-5000-objects", tells([], "unreadable-report", reports=0))
def _(folder):
    return beside(folder, report(*(threat(i) for i in range(5000)), total=0))


@case("report-among-1100-files", tells([FULL]))
def _(folder):
    """Named after the scan, it is found without looking at all the others."""
    for i in range(1100):
        save_bytes(folder, b"", f"{i}.txt")
    return beside(folder, report(one_threat()))


@case("report-lost-among-1100-files", tells([], "reports-not-sought", reports=0))
def _(folder):
    for i in range(1100):
        save_bytes(folder, b"", f"{i}.txt")
    return beside(folder, report(one_threat()), name="x.dcs")


@case("report-alone-among-1100-files", refuses("not-an-image", "more than 1000 files: the scan was not looked for"))
def _(folder):
    for i in range(1100):
        save_bytes(folder, b"", f"{i}.txt")
    beside(folder, report(one_threat()), name="x.dcs")
    return os.path.join(folder, "x.dcs")


@case("report-names-its-scan-among-1100-files", tells([FULL]))
def _(folder):
    for i in range(1100):
        save_bytes(folder, b"", f"{i}.txt")
    return beside(folder, report(one_threat())) + ".tdr.dcs"


@case("report-control-characters", tells([{"category": "A\ufffdB", "text": "C\ufffdD E"}]))
def _(folder):
    data = report(threat(1, region(), opinion(category="A\x1bB", text="C\u202eD\nE")))
    data.SpecificCharacterSet = "ISO_IR 192"
    return beside(folder, data)


@case("report-of-two-energies", lambda path: check_energies(path))
def _(folder):
    """One object in both; each scan has its own place of it."""
    for number in (5, 6):
        data = volume()
        data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.4.{number}"
        data.SeriesInstanceUID = f"1.2.3.4.1{number}"
        save(folder, data, f"{number}.dcs")
    save(folder, report(threat(1, region(instances=("1.2.3.4.5",)), region((1, 1, 0), (2, 2, 3), instances=("1.2.3.4.6",)), opinion()),
                        instances=("1.2.3.4.5", "1.2.3.4.6")), "report.dcs")
    return folder


def check_energies(path):
    for one in (path, os.path.join(path, "report.dcs")):
        records = records_of(one, 0)
        boxes = [[alarm["box"] for alarm in record["alarms"]] for record in records]
        assert boxes == [[[4, 5, 6, 3]], [[1, 1, 2, 2]]], boxes
        assert all(record["warnings"] == [] for record in records), records


def in_files(folder, *parts, instances=(), numbers=(0, 1, 2)):
    """A slice a file, 2 mm apart, the last one in the first file; a report about the series."""
    for i in numbers:
        data = dicom.single(i, z=2 * (2 - i))
        data.FrameOfReferenceUID = "1.2.3.4.7"
        save(folder, data, f"{i}.dcm")
    save(folder, report(one_threat(*parts), instances=instances, series="1.2.3.4.1", frame_of_reference="1.2.3.4.7"), "report.dcs")
    return folder


def check_slices(box, first, last, *warnings):
    def check(path):
        (record,) = records_of(path, 0)
        assert record["slices"] == 3 and [warning["name"] for warning in record["warnings"]] == list(warnings), record["warnings"]
        (alarm,) = record["alarms"]
        assert (alarm["box"], alarm["first_slice"], alarm["last_slice"], alarm["linked"]) == (box, first, last, True), alarm
    return check


SLICES = [f"1.2.3.4.1.{i + 1}" for i in range(3)]
ONE_FRAME = {"extents": (6, 3, 1)}
BOX_HERE = [4, 5, 6, 3]
MM = [2.1, 3.5, 2.0, 4.2, 5.6, 4.0]
UNDRAWN = check_slices(None, None, None, "alarm-without-frame")

CASES.append(("report-of-slices-in-files", lambda f: in_files(f, region()), UNDRAWN))
CASES.append(("report-of-first-slice-in-files", lambda f: in_files(f, region(**ONE_FRAME)), UNDRAWN))
CASES.append(("report-names-one-slice", lambda f: in_files(f, region(**ONE_FRAME), instances=SLICES[:1]), check_slices(BOX_HERE, 3, 3)))
CASES.append(("report-place-names-one-slice", lambda f: in_files(f, region(instances=SLICES[1:2], **ONE_FRAME)), check_slices(BOX_HERE, 2, 2)))
CASES.append(("report-names-one-slice-but-two-frames", lambda f: in_files(f, region(), instances=SLICES[:1]), UNDRAWN))
CASES.append(("report-names-one-slice-but-its-second-frame", lambda f: in_files(f, region((4, 5, 1), (6, 3, 1)), instances=SLICES[:1]), UNDRAWN))
CASES.append(("report-names-two-slices", lambda f: in_files(f, region(), instances=SLICES[:2]), UNDRAWN))
CASES.append(("report-names-all-slices", lambda f: in_files(f, region(), instances=SLICES), UNDRAWN))
CASES.append(("report-names-other-slice", lambda f: in_files(f, region(instances=("9.9",), **ONE_FRAME), instances=SLICES[:1]), check_slices(None, None, None, "alarm-without-place")))
CASES.append(("report-of-whole-series", lambda f: in_files(f, region((4, 5, 0), (6, 3, 3))), check_slices(BOX_HERE, 1, 3)))
CASES.append(("report-of-whole-series-with-mask", lambda f: in_files(f, region((4, 5, 0), (6, 3, 3), bitmap=b"\1" * 7)), check_slices(BOX_HERE, 1, 3, "mask-not-drawn")))
CASES.append(("report-of-more-than-series", lambda f: in_files(f, region((4, 5, 0), (6, 3, 4))), UNDRAWN))
CASES.append(("report-of-slices-by-polygon", lambda f: in_files(f, region(polygon=MM)), check_slices([3, 5, 4, 4], 2, 3, "alarm-by-polygon")))
CASES.append(("report-of-one-slice-not-by-polygon", lambda f: in_files(f, region(polygon=MM, **ONE_FRAME), instances=SLICES[2:]), check_slices(BOX_HERE, 1, 1)))


@case("report-sequence-in-scan", lambda path: check_scans(path, [scan(GOOD)]))
def _(folder):
    """A scan that refers to a study stays a scan, in the syntax that does not name its sequences too."""
    data = volume(syntax=dicom.IMPLICIT)
    data.ReferencedStudySequence = sequence(ReferencedSOPInstanceUID="1.2.3")
    return save(folder, data)
