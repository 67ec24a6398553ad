# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts in the character sets of the standard, as pydicom writes them."""
from pydicom.dataelem import DataElement

from case_checks import CASES, GOOD, shows
from dicom_files import save, volume


def written_in(terms, bag_id):
    def make(folder):
        data = volume()
        data.SpecificCharacterSet = terms
        data.PatientID = bag_id
        return save(folder, data)
    return make


def raw(terms, value):
    """Bytes that pydicom would not write, in an element of the file."""
    def make(folder):
        data = volume()
        data.SpecificCharacterSet = terms
        data[0x00100020] = DataElement(0x00100020, "LO", value, already_converted=True)
        return save(folder, data)
    return make


for name, terms, text in (
    ("latin-1", "ISO_IR 100", "Gepäck 7"),
    ("latin-2", "ISO_IR 101", "Bagaż"),
    ("latin-3", "ISO_IR 109", "Pakaĵo ĉ"),
    ("latin-4", "ISO_IR 110", "Soma ķ"),
    ("cyrillic", "ISO_IR 144", "Багаж"),
    ("arabic", "ISO_IR 127", "حقيبة"),
    ("greek", "ISO_IR 126", "Βαλίτσα"),
    ("hebrew", "ISO_IR 138", "מזוודה"),
    ("latin-5", "ISO_IR 148", "Ağır çanta"),
    ("thai", "ISO_IR 166", "กระเป๋า"),
    ("katakana", "ISO_IR 13", "ﾆﾓﾂ"),
    ("utf-8", "ISO_IR 192", "行李 🧳"),
    ("gb18030", "GB18030", "行李 \U00020bb7"),
    ("gbk", "GBK", "行李"),
    ("kanji", ["", "ISO 2022 IR 87"], "荷物 7"),
    ("kanji-of-jis-x-0212", ["", "ISO 2022 IR 159"], "丂丄"),
    ("hangul", ["", "ISO 2022 IR 149"], "수하물 7"),
):
    CASES.append((f"text-{name}", written_in(terms, text), shows(GOOD, bag_id=text)))

# pydicom leaves the escape sequence of this set out.
CASES.append(("text-hanzi", raw("\\ISO 2022 IR 58", b"\x1b$)A" + "行李 7".encode("gb2312")), shows(GOOD, bag_id="行李 7")))
CASES.append(("text-set-unknown", raw("ISO_IR 999", b"A\xe9B "), shows(GOOD, "character-set", bag_id="A\ufffdB")))
CASES.append(("text-bytes-outside-the-set", raw("ISO_IR 126", b"A\xffB "), shows(GOOD, bag_id="A\ufffdB")))
CASES.append(("text-escape-cut-short", raw("\\ISO 2022 IR 87", b"AB\x1b$"), shows(GOOD, bag_id="AB\ufffd$")))
