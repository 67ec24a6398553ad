# SPDX-License-Identifier: GPL-3.0-or-later
"""The alarms of a bag, by keys and pointer, and the pixels of the boxes around them."""

import os
import subprocess

import pydicom

from screen import Picture, Program, key, wait_until


def line_distances(screen, at, step):
    """How far outside of an edge the coloured line around a box lies; negative: inside of it."""
    places = [(int(at[0] + step[0] * (d + 0.5)), int(at[1] + step[1] * (d + 0.5))) for d in range(-8, 7)]
    return [d for d, (red, _, blue) in zip(range(-8, 7), screen.colors(places)) if red - blue > 60]


def check_alarm_box(screen, picture, box):
    """The line runs close around the box of the object. Inside of it lies the line around its mask."""
    (left, top), (right, bottom) = (
        (picture.origin[0] + x * picture.scale[0], picture.origin[1] + y * picture.scale[1])
        for x, y in ((box[0], box[1]), (box[0] + box[2], box[1] + box[3])))
    middle = ((left + right) / 2, (top + bottom) / 2)
    for at, step in (((left, middle[1]), (-1, 0)), ((right, middle[1]), (1, 0)), ((middle[0], top), (0, -1)), ((middle[0], bottom), (0, 1))):
        found = wait_until(lambda: line_distances(screen, at, step), f"the line of the box at {at}")
        outside = [d for d in found if d >= 0]
        if not outside or outside[0] > 2:
            raise AssertionError(f"the line lies {found} pixels outside of {at}")


def test_alarms(screen, files):
    """The marked object of a bag with pixels twice as high as wide: N goes to its middle slice."""
    path = os.path.join(os.path.dirname(files["raw"]), "alarm.dcs")
    subprocess.run([os.environ["BAGSCOPE_CLI"], "make-bag", path, "--size=256x128x60"], check=True)
    scan = pydicom.dcmread(path)
    scan.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0].PixelSpacing = ["2.5", "1.25"]
    scan.save_as(path)
    region = pydicom.dcmread(path + ".tdr.dcs")[0x40101011][0][0x40101037][0][0x40101001][0]
    (x, y, z), (width, height, depth) = ([int(v) for v in region[tag].value] for tag in (0x40101004, 0x40101005))
    middle = z + (depth - 1) // 2 + 1
    with Program(screen, path) as program:
        picture = Picture(program, 256, 128, 2.0)
        wait_until(lambda: program.text("Report") == "Ground truth report: ALARM (made-up 1)", "the word of the report")
        wait_until(lambda: program.text("Alarm") == "", "no alarm on the first slice")
        key("n")
        wait_until(lambda: picture.number() == middle, f"slice {middle}")
        wait_until(lambda: program.text("Alarm") == "alarm 1 of 1: THREAT EXPLOSIVE 91 %", "the words of the alarm")
        check_alarm_box(screen, picture, (x, y, width, height))
        key("ctrl+1")
        left, top, view_width, view_height = program.extents("Slice view")
        picture.scale, picture.origin = (1, 2), (left + (view_width - 256) // 2, top + (view_height - 256) // 2)
        wait_until(lambda: picture.number() == middle, "the slice at one pixel a voxel")
        check_alarm_box(screen, picture, (x, y, width, height))
        key("Home")
        wait_until(lambda: program.text("Alarm") == "", "no alarm on the first slice")
        row = program.extents("THREAT EXPLOSIVE 91 %")
        screen.move(row[0] + row[2] // 2, row[1] + row[3] // 2)
        screen.click(1)
        wait_until(lambda: picture.number() == middle, "the middle slice after a click on the row")
