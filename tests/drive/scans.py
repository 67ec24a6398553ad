# SPDX-License-Identifier: GPL-3.0-or-later
"""Several bags in one folder: the list beside the picture, by keys and by clicks."""

import os
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # pylint: disable=wrong-import-position

from screen import Program, key, wait_until  # pylint: disable=wrong-import-position


def list_rows(program):
    """What the rows of the list are called, from the top."""
    found, pending = [], [program.app]
    while pending:
        node = pending.pop()
        try:
            name = node.get_name() or ""
            if name.startswith("Scan ") and " of " in name:
                found.append(name)
            pending += [node.get_child_at_index(i) for i in range(node.get_child_count())][::-1]
        except (gi.repository.GLib.Error, AttributeError):
            continue
    return sorted(found)


def has_focus(program, name):
    """Whether keys go to the row that is called so, or to what lies in it."""
    pending = [(program.app, False)]
    while pending:
        node, inside = pending.pop()
        try:
            inside = inside or node.get_name() == name
            if inside and node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return True
            pending += [(node.get_child_at_index(i), inside) for i in range(node.get_child_count())]
        except (gi.repository.GLib.Error, AttributeError):
            continue
    return False


def bag_of(name):
    return name.split(": ", 1)[1].split(" · ")[0]


def expect_on_screen(program, number, bags):
    """Title, and the mark in the list, name this scan and no other."""
    wait_until(lambda: program.title() == f"{bags[number]} – Bagscope", f"{bags[number]} in the title (last seen {program.title()!r})")
    wait_until(lambda: [name.endswith(" · on screen") for name in list_rows(program)] == [i == number for i in range(len(bags))],
               f"the mark at row {number + 1} (last seen {list_rows(program)})")


def count_greys(screen, box):
    """Of the small picture in a row: how many grey levels it has."""
    points = [(box[0] + 12 + x, box[1] + 8 + y) for x in range(0, 96, 4) for y in range(0, 80, 4)]
    return len(set(screen.pixels(points)))


def click_row(program, name):
    box = program.extents(name)
    program.screen.move(box[0] + box[2] // 2, box[1] + box[3] // 2)
    program.screen.click(1)


def make_folder(files):
    folder = os.path.join(os.path.dirname(files["raw"]), "three")
    os.mkdir(folder)
    for seed, syntax in (("21", "rle"), ("22", "jpeg-lossless"), ("23", "explicit")):
        subprocess.run([os.environ["BAGSCOPE_CLI"], "make-bag", os.path.join(folder, seed + ".dcs"), "--size=128x96x20",
                        "--seed", seed, "--syntax", syntax], check=True)
    os.remove(os.path.join(folder, "22.dcs.tdr.dcs"))
    return folder


def test_three_bags_in_a_folder(screen, files):
    """Keys walk through the list without opening anything; Enter and a click open."""
    with Program(screen, make_folder(files)) as program:
        rows = wait_until(lambda: (lambda names: names if len(names) == 3 else None)(list_rows(program)), "three rows")
        bags = [bag_of(name) for name in rows]
        if sorted(bags) != ["BAG-000021", "BAG-000022", "BAG-000023"]:
            raise AssertionError(f"unexpected bags: {rows}")
        for name, bag in zip(rows, bags):
            wanted = "20 slices · high energy" + (" · 1 alarm: THREAT" if bag != "BAG-000022" else "") + " · 2026-01-05 08:15:00"
            if wanted not in name:
                raise AssertionError(f"{name!r} does not say {wanted!r}")
            wait_until(lambda: count_greys(screen, program.extents(name)) > 8, f"a picture in the row of {bag}")
        expect_on_screen(program, 0, bags)
        if program.text("Notice"):
            raise AssertionError(f"the notice says it as well: {program.text('Notice')!r}")

        key("F6", "Down")
        key("Down", "Up")
        expect_on_screen(program, 0, bags)
        key("Return")
        expect_on_screen(program, 1, bags)
        key("Down")
        wait_until(lambda: program.text("Status").startswith("slice 2 of 20"), "keys that go to the picture again")
        click_row(program, list_rows(program)[2])
        expect_on_screen(program, 2, bags)
        key("ctrl+Page_Down")
        expect_on_screen(program, 0, bags)


def test_list_of_scans_goes_away(screen, files):
    """F6 in the list hides it; then the notice says which scan this is, and F6 brings the list back."""
    folder = os.path.join(os.path.dirname(files["raw"]), "two")
    os.mkdir(folder)
    for name in ("raw", "other"):
        os.link(files[name], os.path.join(folder, name + ".dcs"))
    with Program(screen, folder) as program:
        wait_until(lambda: len(list_rows(program)) == 2, "two rows")
        wide = program.extents("Slice view")[2]
        key("F6")
        wait_until(lambda: has_focus(program, list_rows(program)[0]), "the keys in the list")
        key("F6")
        wait_until(lambda: "scan 1 of 2" in (program.text("Notice") or ""), "the notice in place of the list")
        wait_until(lambda: program.extents("Slice view")[2] > wide + 100, "the room for the picture")
        key("ctrl+Page_Down")
        wait_until(lambda: "scan 2 of 2" in (program.text("Notice") or ""), "the notice of the second bag")
        key("F6")
        wait_until(lambda: program.extents("Slice view")[2] == wide, "the list again")
        wait_until(lambda: not program.text("Notice"), "no notice beside the list")
        key("Escape", "Down")
        wait_until(lambda: program.text("Status").startswith("slice 2 of"), "keys that go to the picture after Escape")


def test_one_bag_has_no_list(screen, files):
    with Program(screen, files["raw"]) as program:
        wait_until(lambda: program.text("Status"), "a bag")
        key("F6")
        key("Down")
        wait_until(lambda: program.text("Status").startswith("slice 2 of"), "keys that go to the picture")
        if list_rows(program):
            raise AssertionError(f"rows for one bag: {list_rows(program)}")
