#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts in each character set, written by Python's codecs and by pydicom, read by our reader.

usage: oracle-text.py CONVERT-TEXT   (prints TAP)
"""

import functools
import subprocess
import sys

import pydicom.charset
import tap

# Term, codec of Python, and a text with the letters of that set.
SINGLE = [
    ("ISO_IR 6", "ascii", "Koffer No. 7 ~ (rot)"),
    ("ISO_IR 100", "latin_1", "Äpfel à la crème, ½ £ ÿ"),
    ("ISO_IR 101", "iso8859_2", "Zażółć gęślą jaźń Łódź ř"),
    ("ISO_IR 109", "iso8859_3", "ĉirkaŭ Ħħ Ġġ"),
    ("ISO_IR 110", "iso8859_4", "Rīgā ķirši ŧŋ"),
    ("ISO_IR 144", "iso8859_5", "Люкceмбypг Чемодан № 7"),
    ("ISO_IR 127", "iso8859_6", "قباني لنزار"),
    ("ISO_IR 126", "iso8859_7", "Διονυσιος βαλίτσα"),
    ("ISO_IR 138", "iso8859_8", "שרון דבורה"),
    ("ISO_IR 148", "iso8859_9", "Çavuşoğlu ığdır"),
    ("ISO_IR 203", "iso8859_15", "œuvre 5 € Š"),
    ("ISO_IR 166", "tis_620", "นามสกุล กระเป๋า"),
    ("ISO_IR 192", "utf_8", "Wáng 王^小東 Ж \U00020bb7"),
    ("GB18030", "gb18030", "王^小东 \U00020bb7 €"),
    ("GBK", "gbk", "王小东 鎔"),
]

# What pydicom encodes with escape sequences, term by term.
EXTENDED = [
    ("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
    ("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
    ("ISO 2022 IR 6\\ISO 2022 IR 159", "丂丄丅^侄"),
    ("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동"),
    ("ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126", "Buc^Jérôme=Люкceмбypг=Διονυσιος"),
]


def convert(program, data, terms, *kind):
    done = subprocess.run([program, terms, *kind], input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def check(program, data, terms, kind, wanted):
    found = convert(program, data, terms, *kind)
    if found != wanted:
        raise tap.Failure(f"{terms!r}: {data!r} gave {found!r}, not {wanted!r}")


def encode_name(text, terms):
    encodings = pydicom.charset.convert_encodings(terms.split("\\"))
    parts = [[pydicom.charset.encode_string(part, encodings) for part in group.split("^")] for group in text.split("=")]
    return b"=".join(b"^".join(group) for group in parts)


def all_bytes(codec):
    """Every byte of the upper half, as Python reads it."""
    data = bytes(range(0xA0, 0x100))
    return data, data.decode(codec, errors="replace")


def decodes(data, codec):
    try:
        return bool(data.decode(codec))
    except UnicodeDecodeError:
        return False


def every_pair(codec, prefix=b""):
    """One row of a double-byte set after the other; what Python cannot read is left out."""
    for row in range(0xA1, 0xFF):
        pairs = [bytes([row, cell]) for cell in range(0xA1, 0xFF)]
        known = [pair for pair in pairs if decodes(prefix + pair, codec)]
        text = "".join((prefix + pair).decode(codec) for pair in known)
        # The C library maps the tilde of JIS X 0212 to the wide one, Python to that of ASCII.
        text = text.replace("~", "\uff5e") if prefix else text
        if known:
            yield b"".join(known), text


def cases():
    for terms, codec, text in SINGLE:
        yield terms, text.encode(codec), terms, (), text
    for terms, codec, _ in SINGLE[2:12]:
        data, text = all_bytes(codec)
        yield f"{terms}, upper half", data, terms, (), text
        yield f"{terms} as code extension", data, terms.replace("ISO_IR", "ISO 2022 IR"), (), text
    for terms, text in EXTENDED:
        yield f"pydicom {terms}", encode_name(text, terms), terms, ("PN",), text
    yield "every half-width katakana", bytes(range(0xA1, 0xE0)), "ISO_IR 13", (), "".join(map(chr, range(0xFF61, 0xFFA0)))
    for terms, escape, codec, prefix, mask in (
        ("\\ISO 2022 IR 87", b"\x1b$B", "euc_jp", b"", 0x7F),
        ("\\ISO 2022 IR 159", b"\x1b$(D", "euc_jp", b"\x8f", 0x7F),
        ("\\ISO 2022 IR 149", b"\x1b$)C", "euc_kr", b"", 0xFF),
        ("\\ISO 2022 IR 58", b"\x1b$)A", "gb2312", b"", 0xFF),
    ):
        for data, text in every_pair(codec, prefix):
            name = f"{terms[1:]}, row {data[0] - 0xA0}"
            yield name, escape + bytes(byte & mask for byte in data), terms, (), text


if __name__ == "__main__":
    sys.exit(tap.run((case[0], functools.partial(check, sys.argv[1], *case[1:])) for case in cases()))
