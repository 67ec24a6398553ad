# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as independent programs convert them."""
import os
import subprocess

import dicom_files as dicom

BIG_ENDIAN = "1.2.840.10008.1.2.2"


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr.decode()}"


def converted(folder, data, *command):
    """The file that a program makes of @data."""
    plain, out = dicom.save(folder, data, "plain.dcm"), os.path.join(folder, "scan.dcs")
    run(*command, plain, out)
    os.remove(plain)
    return out
