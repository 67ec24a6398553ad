# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames as independent programs encode and decode them: DCMTK, GDCM, OpenJPEG, OpenJPH."""
import os
import struct
import subprocess

import pydicom
from pydicom.encaps import encapsulate, generate_pixel_data_frame

import dicom_files as dicom

BIG_ENDIAN = "1.2.840.10008.1.2.2"
JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
JPEG_LS = "1.2.840.10008.1.2.4.80"
JPEG_2000 = "1.2.840.10008.1.2.4.90"
HTJ2K = "1.2.840.10008.1.2.4.201"


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr.decode()}"


def converted(folder, data, *command):
    """The file that a program makes of @data."""
    plain, out = dicom.save(folder, data, "plain.dcm"), os.path.join(folder, "scan.dcs")
    run(*command, plain, out)
    os.remove(plain)
    return out


def frames_of(path):
    data = pydicom.dcmread(path)
    return list(generate_pixel_data_frame(data.PixelData, int(data.NumberOfFrames)))


def encoded(folder, data, *command):
    """The codestreams that a program makes of the frames of @data."""
    path = converted(folder, data, *command)
    streams = frames_of(path)
    os.remove(path)
    return streams


def decoded(path, *command):
    """The samples of all frames as a program decodes them."""
    plain = path + ".plain"
    run(*command, path, plain)
    samples = pydicom.dcmread(plain).PixelData
    os.remove(plain)
    return samples


def pgm(values, bits, rows=dicom.ROWS, columns=dicom.COLUMNS):
    head = f"P5\n{columns} {rows}\n{(1 << bits) - 1}\n".encode()
    return head + struct.pack(f">{len(values)}{'H' if bits > 8 else 'B'}", *values)


def from_picture(folder, picture, command, ending):
    """The codestream that a program makes of a picture file; @command takes -i and -o."""
    source, out = dicom.save_bytes(folder, picture, "frame.p" + ("gm" if picture[:2] == b"P5" else "pm")), os.path.join(folder, "frame" + ending)
    run(command[0], "-i", source, "-o", out, *command[1:])
    stream = dicom.read_bytes(out)
    os.remove(source)
    os.remove(out)
    return stream


def openjpeg(folder, values, bits=16, ending=".j2k", options=(), **size):
    return from_picture(folder, pgm(values, bits, **size), ("opj_compress", "-n", "3", *options), ending)


def openjph(folder, values, bits=16, options=("-reversible", "true")):
    return from_picture(folder, pgm(values, bits), ("ojph_compress", *options), ".j2c")


def wrapped(streams, syntax, has_table=True, **values):
    """A volume whose frames are these codestreams."""
    data = dicom.volume(len(streams), syntax=syntax)
    for keyword, value in values.items():
        setattr(data, keyword, value)
    data.PixelData = encapsulate(streams, has_bot=has_table)
    data["PixelData"].is_undefined_length = True
    data["PixelData"].VR = "OB"
    return data
