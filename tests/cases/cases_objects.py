# SPDX-License-Identifier: GPL-3.0-or-later
"""What kind of object a file holds, and what is said of each."""
import dicom_files as dicom
from case_checks import CASES, GOOD, case, refuses, shows, stored
from dicom_files import save, single, volume

STORAGE = "1.2.840.10008.5.1.4.1.1."


def of_class(uid, **values):
    def make(folder):
        data = volume(sop_class=uid)
        for keyword, value in values.items():
            setattr(data, keyword, value)
        return save(folder, data)
    return make


def picture(uid, **values):
    """A projection image: no groups, no place."""
    def make(folder):
        data = single()
        data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = uid
        del data.ImagePositionPatient, data.ImageOrientationPatient
        for keyword, value in values.items():
            setattr(data, keyword, value)
        return save(folder, data)
    return make


for name, uid in {"enhanced": "2.1", "legacy-enhanced": "2.2", "dicos-ct": "501.1", "dicos-ct-32": "501.1.1", "dicos-ct-float": "501.1.3"}.items():
    CASES.append((f"class-{name}", of_class(STORAGE + uid), shows(GOOD, slices=3, order="position")))
for name, uid in {"dicos-dx-presentation": "501.2.1", "dicos-dx-processing": "501.2.2", "dicos-dx-32": "501.2.1.1", "dx-presentation": "1.1", "dx-processing": "1.1.1"}.items():
    CASES.append((f"class-{name}", picture(STORAGE + uid), shows(stored([0]), "not-a-ct", slices=1, order="file", spacing=[0.7, 0.7, None])))
for name, uid in {"secondary-capture": "7", "multi-frame-grey": "7.3", "of-tomorrow": "999.1"}.items():
    CASES.append((f"class-{name}", of_class(STORAGE + uid), shows(GOOD, "not-a-ct")))
for suffix, words in {"4": "AIT 2D", "4.1": "AIT 2D", "4.2": "AIT 2D", "4.3": "AIT 2D", "5": "AIT 3D", "5.3": "AIT 3D", "6": "QR", "6.1": "QR"}.items():
    CASES.append((f"class-501.{suffix}", of_class(STORAGE + "501." + suffix), refuses("unsupported-object", words)))

CASES.append(("class-junk", of_class("no such class"), shows(GOOD, "not-a-ct")))
CASES.append(("class-only-in-meta", lambda f: without_class(f, dicom.DICOS_CT), shows(GOOD, sop_class=dicom.DICOS_CT)))
CASES.append(("class-body-scanner-only-in-meta", lambda f: without_class(f, STORAGE + "501.4"), refuses("unsupported-object", "AIT 2D")))
CASES.append(("uids-of-junk", of_class(dicom.DICOS_CT, SOPInstanceUID="x", SeriesInstanceUID="..", StudyInstanceUID="1.2.03"), shows(GOOD)))
CASES.append(("projection-of-dicos", of_class(dicom.DICOS_CT, ImageType=["ORIGINAL", "HIGH ENERGY", "PROJECTION", "NONE"]), shows(GOOD, "projection")))


def without_class(folder, meta):
    data = volume(sop_class=meta)
    del data.SOPClassUID
    return save(folder, data)


@case("class-nowhere", shows(GOOD, "not-a-ct"))
def _(folder):
    data = volume()
    del data.SOPClassUID
    del data.file_meta.MediaStorageSOPClassUID
    path = f"{folder}/scan.dcs"
    data.save_as(path, write_like_original=True)
    return path
