#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of data elements against pydicom's, for every file of the cases, made-up bags and the
samples; and that nothing about a person is told before it is asked for.

environment: BAGSCOPE_CLI   usage: test_elements.py SAMPLES   (prints TAP)
"""
import functools
import glob
import json
import math
import os
import sys
import tempfile
import warnings

import pydicom
from pydicom.datadict import DicomDictionary, RepeatersDictionary
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

import make_cases
import tap
from case_checks import CASES, make_bag, run
from dicom_files import IMPLICIT, MEDICAL_CT, save, single, volume

MOST = 96
TEXTS = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split()
NUMBERS = "FD FL SL SS SV UL US UV".split()
THREAT_REPORT = "1.2.840.10008.5.1.4.1.1.501.3"
COMPARED = []


def listed(path, *options):
    """The elements of each scan behind a path."""
    done = run("info", "--elements", "--json", *options, path)
    return [record["elements"] for record in json.loads(done.stdout) if "error" not in record]


def raw_elements(data):
    """As the file has them: pydicom converts an element when it is looked at."""
    for tag in list(data._dict):  # pylint: disable=protected-access
        if tag >> 16 == 0xFFFE:  # the end of pixel data in uneven fragments: no element
            continue
        written = data._dict[tag]  # pylint: disable=protected-access
        yield written.VR if isinstance(written, RawDataElement) else None, data[tag]


def rows_of(data, depth=0):
    """What pydicom reads: depth, tag, the VR in the file if it is known, the element."""
    for vr, element in raw_elements(data):
        yield depth, f"{element.tag.group:04X},{element.tag.element:04X}", vr, element
        if element.VR == "SQ":
            for item in element.value:
                yield depth + 1, "FFFE,E000", "", None
                yield from rows_of(item, depth + 2)


def values_of(element):
    if element.value is None or element.value == "":
        return []
    return list(element.value) if element.VM > 1 else [element.value]


def text_of(value):
    return getattr(value, "original_string", None) or str(value)


def same_text(found, element):
    wanted = "\\".join(text_of(value) for value in values_of(element)).strip(" \0")
    if "\ufffd" in found or any(ord(c) < 32 for c in wanted) or not wanted.isprintable():
        return True
    wanted = wanted if len(wanted) <= MOST else wanted[:MOST - 1] + "…"
    return found.strip() == wanted.strip()


def same_numbers(found, element):
    wanted = [float(value) for value in values_of(element)]
    is_cut = found.endswith("…")
    parts = found.rstrip("…").split("\\") if found else []
    parts = parts[:-1] if is_cut else parts
    if not is_cut and len(parts) != len(wanted):
        return False
    return all(math.isclose(float(part), value, rel_tol=1e-6) or (math.isnan(value) and part == "nan")
               for part, value in zip(parts, wanted))


def check_row(row, depth, tag, vr, element):
    where = f"{row} against pydicom's {depth} {tag} {vr} {element}"
    assert (row["depth"], row["tag"]) == (depth, tag), where
    if element is None:
        return
    assert row["vr"] == vr or (vr is None and row["vr"] in element.VR.split(" or ") + ["UN"]), where
    if row["vr"] in TEXTS and vr != "UN":
        assert same_text(row["value"], element), where
    elif row["vr"] in NUMBERS and element.VR != "UN":
        assert same_numbers(row["value"], element), where


# Pixel data, and those of DICOS, which pydicom takes for something else in implicit syntax.
PIXELS = ("7FE0,0010", "7FE0,0011", "7FE0,0012", "7FE0,0013")


def until_pixels(rows, tag):
    return rows[:next((i for i, row in enumerate(rows) if row[tag] in PIXELS and row_depth(row) == 0), len(rows))]


def row_depth(row):
    return row["depth"] if isinstance(row, dict) else row[0]


def compare(path, found):
    """Returns how many rows were compared: all up to the pixels, of which pydicom leaves out what is cut off."""
    data = pydicom.dcmread(path)
    if data.get("SOPClassUID") == THREAT_REPORT:  # the list is that of the scan
        return 0
    wanted = until_pixels(list(rows_of(data.file_meta)) + list(rows_of(data)), 1)
    found = until_pixels(found, "tag")
    ours, theirs = [(row["depth"], row["tag"]) for row in found], [(row[0], row[1]) for row in wanted]
    assert ours == theirs, f"{ours}\nagainst\n{theirs}"
    for row, known in zip(found, wanted):
        check_row(row, *known)
    return len(found)


def check_file(path):
    if not os.path.isfile(path):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for found in listed(path, "--reveal")[:1]:
            COMPARED.append(compare(path, found))


# Streams that end too early or are damaged: pydicom reads nothing of the file.
NOT_COMPARED = ("deflated-cut", "deflated-damaged")
# The directory of a disc stands for the scans that it lists: their elements are shown, not its own.
DIRECTORIES = "disc"


def check_case(name, make):
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        path = make(folder)
        if name not in NOT_COMPARED and not name.startswith(DIRECTORIES):
            check_file(path)


def made_up_bags():
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        for syntax in ("explicit", "implicit", "rle", "jpeg-lossless"):
            for flavor in ("standard", "toolkit"):
                check_file(make_bag(folder, syntax, flavor))


def samples(folder):
    paths = glob.glob(os.path.join(folder, "*.dcs"))
    assert len(paths) >= 3, paths
    for path in paths:
        check_file(path)


def enough_was_compared():
    assert len(COMPARED) > 100 and sum(COMPARED) > 4000, (len(COMPARED), sum(COMPARED))


def whole_dictionary(syntax):
    """A file with an empty element for each tag that pydicom knows."""
    data = volume(syntax=syntax)
    known = dict(DicomDictionary)
    known.update({int(tag.replace("x", "0"), 16): entry for tag, entry in RepeatersDictionary.items()
                  if tag.startswith(("50xx", "60xx"))})
    for tag, (vr, _, name, _, _) in known.items():
        if tag >> 16 not in (0x0000, 0x0002, 0x7FE0, 0xFFFE, 0x5200) and tag not in data and name and tag != 0x00280008:
            data[tag] = DataElement(tag, vr.split(" or ")[0], None)
    return data, known


def check_names(syntax):
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        data, known = whole_dictionary(syntax)
        (found,) = listed(save(folder, data))
        top = [row for row in found if row["depth"] == 0 and not row["tag"].startswith("0002")]
        assert len(top) == len(data) > 4500, (len(top), len(data))
        for row in top:
            vr, _, name, _, keyword = known[int(row["tag"].replace(",", ""), 16)]
            assert (row["name"], row["keyword"]) == (" ".join(name.split()), keyword), row
            assert row["vr"] in vr.split(" or "), (row, vr)


SECRETS = {
    "PatientName": "Nachname^Vorname", "PatientSex": "X1SEX", "PatientBirthDate": "19031224", "OtherPatientNames": "Alias^Geheim",
    "PatientAddress": "Gasse 99", "ReferringPhysicianName": "Arzt^Doktor", "OperatorsName": "Bediener^Otto",
    "ItineraryID": "ITIN-4711", "BoardingPassID": "BP-0815", "CarrierID": "CARR-77", "PatientComments": "hinkt links",
}
NESTED = ["Eigner^Paul", "OWNERTYP", "Schalter 12", "ID-CODE-5", "Route-3", "Tief^Innen", "Privat Wort", "Sequenzwort"]


def with_persons(terms=None, name=None, syntax="1.2.840.10008.1.2.1"):
    data = volume(syntax=syntax)
    if terms is not None:
        data.SpecificCharacterSet = terms
    for keyword, value in SECRETS.items():
        setattr(data, keyword, value)
    if name is not None:
        data.PatientName = name
    owner, operator, code, route, series, deep = (Dataset() for _ in range(6))
    owner.PatientName, owner.OOIOwnerType = NESTED[0], NESTED[1]
    code.CodeMeaning, operator.InstitutionName = NESTED[3], NESTED[2]
    operator.PersonIdentificationCodeSequence = Sequence([code])
    route.RouteID = NESTED[4]
    deep.PersonName = NESTED[5]
    series.ContentSequence = Sequence([deep])
    data.OOIOwnerSequence, data.OperatorIdentificationSequence = Sequence([owner]), Sequence([operator])
    data.RouteSegmentSequence, data.ReferencedSeriesSequence = Sequence([route]), Sequence([series])
    block = data.private_block(0x0099, "MAKER", create=True)
    block.add_new(0x01, "LO", NESTED[6])
    inner = Dataset()
    inner.Modality = NESTED[7]
    block.add_new(0x02, "SQ", Sequence([inner]))
    return data


def ways(path):
    """All that the program tells without being asked for persons' data."""
    for options in ((), ("--json",), ("--elements",), ("--elements", "--json"), ("--elements", "--slice", "2")):
        done = run("info", *options, path)
        assert done.returncode == 0 or "no slice 2" in done.stderr.decode(), done.stderr
        yield options, (done.stdout + done.stderr).decode()
    done = run("hash", path)
    yield ("hash",), (done.stdout + done.stderr).decode()


def check_masked(data, secrets):
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        path = save(folder, data)
        for options, told in ways(path):
            assert "BAG-7" in told or options == ("hash",), told
            for secret in secrets:
                assert secret not in told, f"{secret} in the answer to {options}"
        clear = run("info", "--elements", "--reveal", path).stdout.decode()
        as_json = json.dumps(listed(path, "--reveal"), ensure_ascii=False)
        for secret in secrets:
            assert secret in clear and secret in as_json, f"{secret} is not revealed: {clear}"


def persons(syntax):
    secrets = list(SECRETS.values()) + NESTED
    if syntax == IMPLICIT:
        secrets.remove(NESTED[6])  # bytes of an unknown kind, in hexadecimal
        secrets.remove(NESTED[7])
    check_masked(with_persons(syntax=syntax), secrets)


def names_in(terms, name):
    check_masked(with_persons(terms, name), [part for part in name.replace("^", "=").split("=") if part])


def mass_of_a_person():
    """It is the bag's in DICOS, and shown; a medical file's is its patient's."""
    for data, is_bag in ((volume(), True), (volume(sop_class=MEDICAL_CT), False), (single(), False)):
        with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
            data.PatientWeight = "77.25"
            path = save(folder, data)
            for options, told in ways(path):
                is_shown = is_bag and options != ("hash",)
                assert ("77.25" in told) == is_shown, (options, told)


def slice_of_a_folder():
    """Each slice's own file is the one that is listed."""
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        for frame in range(3):
            save(folder, single(frame, z=2 * frame), f"{frame}.dcm")
        for number in (1, 2, 3):
            (found,) = listed(folder, "--slice", str(number))
            (row,) = [row for row in found if row["keyword"] == "InstanceNumber"]
            assert row["value"] == str(number), row
        for number in ("0", "4"):
            assert run("info", "--elements", "--slice", number, folder).returncode == 2


def main():
    assert make_cases
    cases = [(name, functools.partial(check_case, name, make)) for name, make, _ in CASES]
    cases += [("made-up bags", made_up_bags), ("samples", functools.partial(samples, sys.argv[1])),
              ("enough was compared", enough_was_compared), ("slice of a folder", slice_of_a_folder)]
    cases += [(f"names, {syntax}", functools.partial(check_names, syntax)) for syntax in ("1.2.840.10008.1.2.1", IMPLICIT)]
    cases += [(f"persons, {syntax}", functools.partial(persons, syntax)) for syntax in ("1.2.840.10008.1.2.1", IMPLICIT)]
    cases += [("persons, latin", functools.partial(names_in, "ISO_IR 100", "Bärbel^Müller")),
              ("persons, utf-8", functools.partial(names_in, "ISO_IR 192", "Yamada^Tarou=山田^太郎=やまだ^たろう")),
              ("persons, kanji", functools.partial(names_in, ["", "ISO 2022 IR 87"], "Yamada^Tarou=山田^太郎=やまだ^たろう")),
              ("mass of a person", mass_of_a_person)]
    return tap.run(cases)


if __name__ == "__main__":
    sys.exit(main())
