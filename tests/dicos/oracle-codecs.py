#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that one program encodes, decoded by the reader and by two others.

usage: oracle-codecs.py DESCRIBE-FILE   (prints TAP, then who agrees with whom)

Every program runs by itself: DCMTK and GDCM bring JPEG-LS decoders of their own,
which must not meet in one process.
"""

import functools
import hashlib
import os
import re
import struct
import subprocess
import sys
import tempfile

import numpy
import pydicom
from pydicom.encaps import encapsulate, generate_pixel_data_frame

import tap
from oracle import describe, frame_hashes, make_volume, mask_samples, write_file

KINDS = ((16, 16, False), (16, 12, False), (16, 12, True), (16, 16, True), (8, 8, False))
UNSIGNED = tuple(kind for kind in KINDS if not kind[2])
JPEG_2000 = "1.2.840.10008.1.2.4.90"
JPEG_2000_LOSSY = "1.2.840.10008.1.2.4.91"
HTJ2K = "1.2.840.10008.1.2.4.201"
AGREED = []


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def converted(path, *command):
    """What a program that reads and writes DICOM makes of @path."""
    out = f"{path}.{command[0]}"
    run(*command, path, out)
    return out


def samples_by(*command):
    """A decoder that is a program from DICOM to DICOM: the samples of all frames."""
    def decode(path):
        return pydicom.dcmread(converted(path, *command)).PixelData
    return command[0], decode


def plain_by_pydicom(path):
    data = pydicom.dcmread(path)
    array = data.pixel_array
    return array.astype(array.dtype.newbyteorder("<")).tobytes()


def frames_by(name, ending, read, *options):
    """A decoder that is a program for one codestream."""
    def decode(path):
        data, samples = pydicom.dcmread(path), b""
        for stream in generate_pixel_data_frame(data.PixelData, int(data.NumberOfFrames)):
            source, out = path + (".jp2" if stream[:4] == b"\0\0\0\x0c" else ".j2c"), path + ending
            with open(source, "wb") as file:
                file.write(stream)
            run(name, "-i", source, "-o", out, *options)
            with open(out, "rb") as file:
                samples += read(file.read())
        return samples
    return name, decode


def read_pgm(content):
    head = re.match(rb"P5\s+(?:#[^\n]*\n)*(\d+)\s+(\d+)\s+(\d+)\s", content)
    pixels = content[head.end():]
    return pixels if int(head[3]) < 256 else numpy.frombuffer(pixels, ">u2").astype("<u2").tobytes()


def write_pgm(path, frame, bits):
    with open(path, "wb") as file:
        file.write(f"P5\n{frame.shape[1]} {frame.shape[0]}\n{(1 << bits) - 1}\n".encode())
        file.write(frame.astype(">u2").tobytes() if bits > 8 else frame.tobytes())


def encode_frames(path, volume, bits, syntax, ending, *command):
    """A file whose frames a program for pictures has encoded."""
    streams = []
    for frame in volume:
        write_pgm(path + ".pgm", frame, bits)
        run(command[0], "-i", path + ".pgm", "-o", path + ending, *command[1:])
        with open(path + ending, "rb") as file:
            streams.append(file.read())
    data = pydicom.dcmread(path)
    data.PixelData = encapsulate(streams)
    data["PixelData"].is_undefined_length = True
    data["PixelData"].VR = "OB"
    data.file_meta.TransferSyntaxUID = JPEG_2000
    out = path + ending + ".dcm"
    data.save_as(out, write_like_original=False)
    if syntax != JPEG_2000:
        rename_syntax(out, syntax)
    return out


def rename_syntax(path, syntax):
    """Puts in a transfer syntax that pydicom does not know."""
    old, new = (b"UI" + struct.pack("<H", len(uid) + len(uid) % 2) + uid.encode() + b"\0" * (len(uid) % 2) for uid in (JPEG_2000, syntax))
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content.replace(old, new, 1))


def joined_by_pydicom(path):
    """GDCM takes one fragment a frame."""
    data = pydicom.dcmread(path)
    data.PixelData = encapsulate(list(generate_pixel_data_frame(data.PixelData, int(data.NumberOfFrames))))
    data["PixelData"].is_undefined_length = True
    data.save_as(path + ".joined", write_like_original=False)
    return GDCM[1](path + ".joined")


DCMDJPLS, DCMDJPEG, GDCM, DCMCONV = (samples_by(*command) for command in (["dcmdjpls"], ["dcmdjpeg"], ["gdcmconv", "--raw"], ["dcmconv", "+te"]))
GDCM_JOINED = ("gdcmconv of fragments joined by pydicom", joined_by_pydicom)
OPENJPEG = frames_by("opj_decompress", ".rawl", bytes)
OPENJPH = frames_by("ojph_expand", ".pgm", read_pgm)
PYDICOM = ("pydicom", plain_by_pydicom)

# name, kinds of samples, encoder, decoders, whether nothing is lost
TABLE = [
    ("big endian", KINDS, lambda path, *_: converted(path, "dcmconv", "+tb"), (DCMCONV, PYDICOM), True),
    ("JPEG-LS by dcmcjpls", KINDS, lambda path, *_: converted(path, "dcmcjpls", "+el"), (DCMDJPLS, GDCM), True),
    ("JPEG-LS by dcmcjpls, small fragments", KINDS, lambda path, *_: converted(path, "dcmcjpls", "+el", "+fs", "1"), (DCMDJPLS, GDCM_JOINED), True),
    ("JPEG-LS by gdcmconv", KINDS, lambda path, *_: converted(path, "gdcmconv", "--jpegls"), (DCMDJPLS, GDCM), True),
    ("JPEG-LS near-lossless by dcmcjpls", UNSIGNED, lambda path, *_: converted(path, "dcmcjpls", "+en", "+md", "3"), (DCMDJPLS, GDCM), False),
    ("JPEG 2000 by gdcmconv", KINDS, lambda path, *_: converted(path, "gdcmconv", "--j2k"), (GDCM, OPENJPEG), True),
    ("JPEG 2000 lossy by gdcmconv", UNSIGNED, lambda path, *_: converted(path, "gdcmconv", "--j2k", "--lossy", "-q", "40"), (GDCM, OPENJPEG), False),
    ("JPEG 2000 by opj_compress", UNSIGNED, lambda path, *how: encode_frames(path, *how, JPEG_2000, ".j2k", "opj_compress", "-n", "3"), (GDCM, OPENJPEG), True),
    ("JPEG 2000 by opj_compress, tiles and layers", UNSIGNED, lambda path, *how: encode_frames(path, *how, JPEG_2000, ".j2k", "opj_compress", "-n", "3", "-t", "16,16", "-r", "20,5,1", "-p", "RPCL"), (GDCM, OPENJPEG), True),
    ("JPEG 2000 by opj_compress, JP2 boxes", UNSIGNED, lambda path, *how: encode_frames(path, *how, JPEG_2000, ".jp2", "opj_compress", "-n", "3"), (GDCM, OPENJPEG), True),
    ("JPEG 2000 lossy by opj_compress", UNSIGNED, lambda path, *how: encode_frames(path, *how, JPEG_2000_LOSSY, ".j2k", "opj_compress", "-n", "3", "-I", "-q", "45"), (GDCM, OPENJPEG), False),
    ("high-throughput JPEG 2000 by ojph_compress", UNSIGNED, lambda path, *how: encode_frames(path, *how, HTJ2K, ".j2c", "ojph_compress", "-reversible", "true"), (OPENJPH, OPENJPEG), True),
    # OpenJPH itself rounds to other values, 1 apart.
    ("high-throughput JPEG 2000 lossy by ojph_compress", UNSIGNED, lambda path, *how: encode_frames(path, *how, HTJ2K, ".j2c", "ojph_compress", "-reversible", "false", "-qstep", "0.001"), (OPENJPEG,), False),
    ("JPEG baseline by dcmcjpeg", UNSIGNED, lambda path, *_: converted(path, "dcmcjpeg", "+eb"), (DCMDJPEG, GDCM), False),
    ("JPEG extended by dcmcjpeg", ((8, 8, False),), lambda path, *_: converted(path, "dcmcjpeg", "+ee"), (DCMDJPEG, GDCM), False),
]


def cut_frames(samples, n_frames, frame_bytes):
    return [hashlib.sha256(samples[frame_bytes * i:frame_bytes * (i + 1)]).hexdigest() for i in range(n_frames)]


def of_reader(program, path):
    """Hashes of the samples as the reader gives them, and their bytes a frame."""
    output = describe(program, path)
    head = re.search(r"rows (\d+) columns (\d+) bits (\d+)/", output)
    if head is None or "codestream-differs" in output:
        raise tap.Failure(output)
    return frame_hashes(output), int(head[1]) * int(head[2]) * int(head[3]) // 8


def check(name, program, path, volume, bits, encode, decoders, is_lossless):
    coded = encode(path, volume, bits)
    found, frame_bytes = of_reader(program, coded)
    agreed = []
    for decoder, decode in decoders:
        samples = decode(coded)
        if name.startswith("big endian") and volume.dtype.itemsize == 2:
            samples = numpy.frombuffer(samples, "<u2").astype(">u2").tobytes()
        if cut_frames(samples, len(volume), frame_bytes) != found:
            raise tap.Failure(f"{decoder} decodes something else: {describe(program, coded)}")
        agreed.append(decoder)
    if is_lossless:
        check_source(name, volume, bits, found)
        agreed.append("what was encoded")
    AGREED.append((name, agreed))


def check_source(name, volume, bits, found):
    """What stands above the bits stored of a signed sample is the encoder's: zeros, or its sign."""
    for source in (mask_samples(volume, bits), volume):
        if name.startswith("big endian"):
            source = source.astype(source.dtype.newbyteorder(">"))
        if [hashlib.sha256(frame.tobytes()).hexdigest() for frame in source] == found:
            return
    raise tap.Failure("not what was encoded")


def cases(folder, program):
    for number, (title, kinds, encode, decoders, is_lossless) in enumerate(TABLE):
        for allocated, stored, signed in kinds:
            volume = make_volume(allocated, stored, signed)
            kind = f"{stored}{'s' if signed else 'u'}"
            path = os.path.join(folder, f"{number}-{kind}.dcm")
            write_file(path, volume, stored)
            name = f"{title}: {kind}"
            yield name, functools.partial(check, name, program, path, volume, stored, encode, decoders, is_lossless)


def main():
    with tempfile.TemporaryDirectory() as folder:
        code = tap.run(cases(folder, sys.argv[1]))
    for name, agreed in AGREED:
        print(f"# {name}: the reader agrees with {', '.join(agreed)}")
    return code


if __name__ == "__main__":
    sys.exit(main())
