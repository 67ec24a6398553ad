# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders of many files and discs, as an operator opens them: how far it is shows, and
giving it up leaves the bag on the screen as it was."""

import os
import shutil
import sys

from drive import COLUMNS, ROWS, SLICES, copy, expect, expect_slice, expect_status, main
from scans import list_rows
from screen import Picture, Program, key, wait_until

N_LINKS = 30000  # headers of one small file by so many names: some seconds of work, no room on the disk


def make_large_folder(files):
    folder = os.path.join(os.path.dirname(files["raw"]), "large")
    if not os.path.isdir(folder):
        os.mkdir(folder)
        first = os.path.join(folder, "00000")
        shutil.copyfile(files["raw"], first)
        for i in range(1, N_LINKS):
            os.link(first, os.path.join(folder, f"{i:05}"))
    return folder


def progress(program):
    text = program.text("Opening progress") or ""
    return text if text.startswith("Reading headers: ") and text.endswith(f" of {N_LINKS} files") else None


def is_idle(program):
    return not program.text("Opening progress")


def give_up(screen, files, how):
    folder = make_large_folder(files)
    with Program(screen, files["other"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        title = program.title()
        key("Page_Down")
        copy(folder, "UTF8_STRING")
        key("ctrl+v")
        first = wait_until(lambda: progress(program), "how far it is")
        wait_until(lambda: progress(program) not in (None, first), "progress that goes on")
        key("Down")  # the bag on the screen is there to be used meanwhile
        expect_slice(picture, 12)
        how(screen, program)
        wait_until(lambda: is_idle(program), "the end of the opening")
        expect(program.title(), title, "title after giving up")
        expect_status(program, 12)
        if program.text("Message"):
            raise AssertionError(f"a message about what was wanted: {program.text('Message')!r}")
        key("Down")
        expect_slice(picture, 13)


def test_escape_gives_up(screen, files):
    give_up(screen, files, lambda screen, program: key("Escape"))


def press_button(screen, program):
    x, y, width, height = program.extents("Stop opening")
    screen.move(x + width // 2, y + height // 2)
    screen.click(1)


def test_button_gives_up(screen, files):
    give_up(screen, files, press_button)


def test_another_bag_gives_up(screen, files):
    """The bag asked for last is the one that comes."""
    with Program(screen, make_large_folder(files)) as program:
        wait_until(lambda: progress(program), "how far it is")
        copy(files["raw"], "UTF8_STRING")
        key("ctrl+v")
        expect_status(program, 1)
        wait_until(lambda: is_idle(program), "the end of the first opening")
        expect_slice(Picture(program, COLUMNS, ROWS), 1)


def test_disc(screen, files):
    """The directory of a disc, by its path: the bag that it lists, in the folder that it lies in."""
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases"))
    from cases_disc import directory  # pylint: disable=import-outside-toplevel
    folder = os.path.join(os.path.dirname(files["raw"]), "disc")
    os.makedirs(os.path.join(folder, "BAGS"))
    os.link(files["raw"], os.path.join(folder, "BAGS", "BAG1"))
    with Program(screen, directory(folder, [["BAGS", "BAG1"], ["BAGS", "GONE"]])) as program:
        expect_status(program, 1)
        expect_slice(Picture(program, COLUMNS, ROWS), 1)
        wait_until(lambda: "BAGS\\GONE" in (program.text("Notice") or ""), "a notice of the file that is missing")


def test_bags_keep_their_order(screen, files):
    """As they were named, whatever they are called and whenever they were scanned."""
    paths = [files[name] for name in ("raw", "other", "jpeg")]
    with Program(screen, *paths) as program:
        titles = []
        for number in range(1, 4):
            wait_until(lambda: [row.endswith(" · on screen") for row in list_rows(program)] == [i == number for i in range(1, 4)], f"scan {number}")
            expect_status(program, 1)
            titles.append(program.title())
            key("ctrl+Page_Down")
        with Program(screen, files["other"]) as other:
            expect(titles[1], other.title(), "title of the second bag")
        if titles[0] == titles[1]:
            raise AssertionError(f"one title for two bags: {titles}")


if __name__ == "__main__":
    assert SLICES > 20
    sys.exit(main(globals()))
