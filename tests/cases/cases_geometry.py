# SPDX-License-Identifier: GPL-3.0-or-later
"""Where slices lie, what values mean, and what is said about the bag."""
import functools
import json
import os
import tempfile

import numpy
from pydicom.dataelem import DataElement

import dicom_files as dicom
from case_checks import CASES, GOOD, case, check_scans, records_of, run, scan, shows, stored
from dicom_files import frame_values, pack, save, sequence, shared, volume
from png import read_png

def says(name, words, **fields):
    """One warning, in these words."""
    def check(path):
        check_scans(path, [scan(None, name, **fields)])
        text = records_of(path, 0)[0]["warnings"][0]["text"]
        assert words in text, f"{text!r} lacks {words!r}"
    return check


CASES.append(("descending", lambda f: save(f, volume(z=[0, -3, -6])), shows(stored([2, 1, 0]), spacing=[1.5, 1.5, 3])))
CASES.append(("stored-order-is-not-spatial", lambda f: save(f, volume(4, z=[0, 10, -20, -10])), shows(stored([2, 3, 0, 1]))))
CASES.append(("gap", lambda f: save(f, volume(4, z=[0, 2, 4, 12])), shows(stored([0, 1, 2, 3]), "gap")))
CASES.append(("gaps-are-listed", lambda f: save(f, volume(7, z=[0, 2, 4, 12, 14, 16, 30])), says("gap", "between slices 3 and 4 (8 mm apart), 6 and 7 (14 mm apart)", spacing=[1.5, 1.5, 2])))
CASES.append(("a-place-taken-twice", lambda f: save(f, volume(4, z=[0, 2, 2, 4])), says("duplicate-position", "first slice 3", spacing=[1.5, 1.5, 2], order="position")))
CASES.append(("one-position-for-all", lambda f: save(f, volume(z=[0, 0, 0])), shows(GOOD, "duplicate-position", order="file", spacing=[1.5, 1.5, None])))


@case("normal-points-down", shows(stored([2, 1, 0])))
def _(folder):
    return save(folder, shared(volume(), "PlaneOrientationSequence", ImageOrientationPatient=["0", "1", "0", "1", "0", "0"]))


@case("unequal-pixel-spacing", shows(GOOD, spacing=[2.5, 5, 2]))
def _(folder):
    return save(folder, shared(volume(), "PixelMeasuresSequence", PixelSpacing=["2.5", "5"], SliceThickness="1"))


@case("spacing-zero", shows(GOOD, "bad-spacing", spacing=[None, None, 2]))
def _(folder):
    return save(folder, shared(volume(), "PixelMeasuresSequence", PixelSpacing=["0", "5"], SliceThickness="1"))


@case("spacing-beyond-any-picture", shows(GOOD, "bad-spacing", spacing=[None, None, 2]))
def _(folder):
    return save(folder, shared(volume(), "PixelMeasuresSequence", PixelSpacing=["1", "1e-300"], SliceThickness="1"))


@case("orientation-not-orthogonal", shows(GOOD, "bad-orientation", "no-position", order="file", spacing=[1.5, 1.5, None]))
def _(folder):
    return save(folder, shared(volume(), "PlaneOrientationSequence", ImageOrientationPatient=["1", "0", "0", "0.7", "0.7", "0"]))


@case("orientation-of-zeros", shows(GOOD, "bad-orientation", "no-position", order="file"))
def _(folder):
    return save(folder, shared(volume(), "PlaneOrientationSequence", ImageOrientationPatient=["0"] * 6))


@case("different-orientations", shows(GOOD, "mixed-orientation", order="file", spacing=[1.5, 1.5, None]))
def _(folder):
    data = volume()
    del data.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence
    for frame, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        group.PlaneOrientationSequence = sequence(ImageOrientationPatient=dicom.AXIAL if frame else ["1", "0", "0", "0", "0", "-1"])
    return save(folder, data)


@case("tilted-gantry", says("gantry-tilt", "shifted against each other by 26.6 degrees: nothing is measured", spacing=[1.5, 1.5, 2], order="position"))
def _(folder):
    data = volume()
    for frame, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        group.PlanePositionSequence = sequence(ImagePositionPatient=["0", str(frame), str(2 * frame)])
    return save(folder, data)


@case("per-frame-rescale", shows(GOOD, slope=0.5, intercept=3))
def _(folder):
    data = volume()
    for frame, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        group.PixelValueTransformationSequence = sequence(RescaleIntercept="3", RescaleSlope=str(0.5 + frame), RescaleType="HU")
    return save(folder, data)


def with_function(function, center, width, place, folder):
    """A window with its function, for all frames, for each, or at the top level."""
    data, window = volume(), {"WindowCenter": str(center), "WindowWidth": str(width), "VOILUTFunction": function}
    if place == "top":
        for keyword, value in window.items():
            setattr(data, keyword, value)
    for group in {"shared": data.SharedFunctionalGroupsSequence, "frames": data.PerFrameFunctionalGroupsSequence, "top": []}[place]:
        group.FrameVOILUTSequence = sequence(**window)
    return save(folder, data)


def has_window_of_values(path):
    """Stored values differ, values do not: neither may the window."""
    windows = [json.loads(run("info", "--json", "--window", os.path.join(path, name)).stdout)[0]["window"] for name in ("plain.dcs", "own.dcs")]
    assert windows[0] is not None and windows[0] == windows[1], windows


@case("window-of-per-frame-rescale", has_window_of_values)
def _(folder):
    for name, factor in (("plain.dcs", 1), ("own.dcs", 4)):
        data = volume()
        data.PixelData = b"".join(pack([v % 5000 * (factor if frame else 1) for v in frame_values(frame)]) for frame in range(3))
        data["PixelData"].VR = "OW"
        for frame, group in enumerate(data.PerFrameFunctionalGroupsSequence):
            group.PixelValueTransformationSequence = sequence(RescaleIntercept="0", RescaleSlope=str(1 / factor if frame else 1), RescaleType="HU")
        save(folder, data, name)
    return folder


@case("slope-zero-with-a-window", shows(GOOD, "bad-rescale", slope=1, intercept=0, units="raw", window=None))
def _(folder):
    data = shared(volume(), "PixelValueTransformationSequence", RescaleIntercept="3", RescaleSlope="0", RescaleType="HU")
    return save(folder, shared(data, "FrameVOILUTSequence", WindowCenter="40", WindowWidth="400"))


@case("slope-zero", shows(GOOD, "bad-rescale", slope=1, intercept=0, units="raw"))
def _(folder):
    return save(folder, shared(volume(), "PixelValueTransformationSequence", RescaleIntercept="3", RescaleSlope="0", RescaleType="HU"))


def grey_levels(function, center, width, values):
    """PS3.3 C.11.2.1.2.1 and C.11.2.1.3 to 0..255, rounded half up."""
    if function == "SIGMOID":
        with numpy.errstate(over="ignore"):
            levels = 255 / (1 + numpy.exp(-4 * (values - center) / width))
    else:
        middle, ramp = (center, width) if function == "LINEAR_EXACT" else (center - 0.5, width - 1)
        levels = numpy.where(values <= middle - ramp / 2, 0, numpy.where(values > middle + ramp / 2, 255, ((values - middle) / ramp + 0.5) * 255))
    return numpy.floor(levels + 0.5).astype(int)


def draws(function, center, width, *warnings):
    """The picture of each slice is that of the function, with the window of the file and with another."""
    def check(path):
        check_scans(path, [scan(GOOD, *warnings, window=[center, width], window_origin="file")])
        for frame, options, window in ((0, (), (center, width)), (1, (), (center, width)), (2, ("--window", "20000:3000"), (20000, 3000))):
            with tempfile.TemporaryDirectory() as folder:
                out = os.path.join(folder, "picture.png")
                assert run("render", path, "--slice", str(frame + 1), "-o", out, *options).returncode == 0
                columns, rows, pixels = read_png(out)
            assert (columns, rows) == (dicom.COLUMNS, dicom.ROWS), (columns, rows)
            wanted = grey_levels(function, *window, numpy.array(frame_values(frame)) * 2.0 - 5)
            found = numpy.array(pixels).reshape(-1, 3)
            assert (found == wanted[:, None]).all(), f"slice {frame + 1}: {found[:, 0]}, not {wanted}"
            assert len(set(wanted)) > 2 or width < 1, wanted
    return check


for name, center, width in (("LINEAR", 9000, 14000), ("LINEAR_EXACT", 9000, 14000), ("LINEAR_EXACT", 11, 0.5), ("SIGMOID", 9000, 14000), ("SIGMOID", 11, 0.25)):
    for place in ("shared", "frames", "top"):
        CASES.append((f"window-function-{name}-{width}-{place}", functools.partial(with_function, name, center, width, place), draws(name, center, width)))
CASES.append(("window-function-unknown", lambda f: with_function("LOGISTIC", 9000, 14000, "shared", f), draws("LINEAR", 9000, 14000, "window-function")))


@case("values-by-a-table", shows(GOOD, "value-table"))
def _(folder):
    data = volume(syntax=dicom.IMPLICIT)
    data.ModalityLUTSequence = sequence(ModalityLUTType="HU")
    return save(folder, data)


@case("pixel-spacing-differs", shows(GOOD, "mixed-spacing", spacing=[1, 1, 2]))
def _(folder):
    data = volume()
    for frame, group in enumerate(data.PerFrameFunctionalGroupsSequence):
        group.PixelMeasuresSequence = sequence(PixelSpacing=[str(1 + frame)] * 2, SliceThickness="1")
    return save(folder, data)


@case("units-unknown", shows(GOOD, units="raw"))
def _(folder):
    return save(folder, shared(volume(), "PixelValueTransformationSequence", RescaleIntercept="0", RescaleSlope="1", RescaleType="unknown"))


@case("window-width-negative", shows(GOOD, "bad-window", window=None))
def _(folder):
    return save(folder, shared(volume(), "FrameVOILUTSequence", WindowCenter="40", WindowWidth="-400"))


def has_facts(path):
    check_scans(path, [scan(GOOD)])
    facts = records_of(path, 0)[0]["facts"]
    assert facts["KVP"] == "160" and facts["PatientID"] == "BAG-7" and facts["OOISize"] == "0.5\\0.25\\0.75", facts
    assert facts["PatientWeight"] == "7200" and facts["SeriesEnergy"] == "2", facts
    assert "PatientSex" not in facts, facts


@case("facts", has_facts)
def _(folder):
    data = shared(volume(), "CTXRayDetailsSequence", KVP="160")
    data.PatientSex, data.PatientWeight = "F", "7200"
    data.add(DataElement(0x40101043, "FL", [0.5, 0.25, 0.75]))
    data.add(DataElement(0x61000030, "US", 2))
    return save(folder, data)
