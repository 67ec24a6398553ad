# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the built program as an operator does: real wheel, real keys, the file
dialog; reads the slice's number back from the pixels of the screen.

Runs inside a private X display and session bus (see run-drive.sh). TAP out."""

import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

from alarms import test_alarms  # noqa: F401  pylint: disable=unused-import
from elements import test_elements, test_elements_by_keys  # noqa: F401  pylint: disable=unused-import
from scans import test_list_of_scans_goes_away, test_one_bag_has_no_list, test_three_bags_in_a_folder  # noqa: F401  pylint: disable=unused-import
from screen import Atspi, Picture, Program, Screen, key, type_text, wait_until

COLUMNS, ROWS, SLICES = (int(n) for n in os.environ.get("BAGSCOPE_DRIVE_SIZE", "256x256x600").split("x"))
SMALL_BUDGET = f"--pool-budget={16 * COLUMNS * ROWS * 2 >> 20}"  # 16 slots


def make_bag(folder, name, *options):
    path = os.path.join(folder, name)
    subprocess.run([os.environ["BAGSCOPE_CLI"], "make-bag", path, *options], check=True)
    return path


def expect(value, wanted, what):
    if value != wanted:
        raise AssertionError(f"{what}: wanted {wanted!r}, got {value!r}")


def expect_slice(picture, number):
    """Exactly that slice, and nothing but slices of this bag on the way."""
    wait_until(lambda: picture.number() == number, f"slice {number} on the screen (last seen {picture.number()})")


def expect_status(program, number):
    wait_until(lambda: (program.text("Status") or "").startswith(f"slice {number} of {SLICES} "),
               f"status of slice {number} (is {program.text('Status')!r})")


def scroll_through(program, picture):
    """All slices, one wheel notch at a time, down and then back in leaps."""
    program.screen.move(*picture.middle)
    expect_slice(picture, 1)
    for number in range(2, SLICES + 1):
        program.screen.wheel(1)
        expect_slice(picture, number)
    expect_status(program, SLICES)
    program.screen.wheel(-25)
    expect_slice(picture, SLICES - 25)
    expect_status(program, SLICES - 25)


def figure(program, name):
    """A figure of the pool panel, as the number it starts with."""
    text = program.text(name)
    return int("".join(c for c in text.split("/")[0].split("of")[0] if c.isdigit())) if text else None


def test_scroll_whole_scan(screen, files):
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_status(program, 1)
        scroll_through(program, picture)
        expect(figure(program, "Heap fallbacks"), 0, "heap fallbacks")
        if figure(program, "Slots in use") < SLICES:
            raise AssertionError(f"the whole scan is not in memory: {program.text('Slots in use')}")


def test_scroll_16_slots(screen, files):
    with Program(screen, SMALL_BUDGET, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        scroll_through(program, picture)
        if figure(program, "Evictions") < SLICES - 16:
            raise AssertionError(f"too few evictions for 16 slots: {program.text('Evictions')}")
        expect(figure(program, "Heap fallbacks"), 0, "heap fallbacks")


def test_scroll_compressed(screen, files):
    with Program(screen, SMALL_BUDGET, files["jpeg"]) as program:
        scroll_through(program, Picture(program, COLUMNS, ROWS))


def test_keys(screen, files):
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        for name, number in (("Down", 2), ("Down", 3), ("Up", 2), ("Page_Down", 12), ("Page_Up", 2), ("End", SLICES),
                             ("Page_Down", SLICES), ("Page_Up", SLICES - 10), ("Home", 1), ("Up", 1)):
            key(name)
            expect_slice(picture, number)
            expect_status(program, number)


def value_under_pointer(program):
    """The number before the units, or one that no voxel has."""
    words = (program.text("Value under the pointer") or "").split()
    return float(words[-2]) if len(words) > 1 and words[-1] == "MHU" else float("nan")


def test_probe_follows_slice(screen, files):
    """The last number block is metal in odd slices and air in even ones."""
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        screen.move(*picture.place(38, 2))
        wait_until(lambda: value_under_pointer(program) > 2500, "the value of metal under the pointer")
        screen.wheel(1)
        expect_slice(picture, 2)
        wait_until(lambda: value_under_pointer(program) < 500, "the value of air, without moving the pointer")
        key("Up")
        wait_until(lambda: value_under_pointer(program) > 2500, "the value of metal again")


def window_width(program):
    value = program.named("Window width").get_value_iface()
    return value.get_current_value()


def test_window_by_drag_and_keys(screen, files):
    with Program(screen, "--slice=300", files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 300)
        before = window_width(program)
        x, y = picture.middle
        screen.drag(3, [(x, y)] + [(x + 10 * i, y) for i in range(1, 16)])
        wait_until(lambda: window_width(program) > before * 1.1, "a wider window after dragging to the right")
        expect_status(program, 300)
        key("r")
        wait_until(lambda: window_width(program) == before, "the first window after a reset")
        key("i")
        corner = picture.place(60, 2)
        wait_until(lambda: screen.pixels([corner])[0] > 200, "white air after inverting")
        key("i")
        wait_until(lambda: screen.pixels([corner])[0] < 50, "black air again")


def test_zoom_to_pointer(screen, files):
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        x, y = picture.place(38, 2)
        beside = (x + int(3.2 * picture.scale[0]), y)
        expect(screen.pixels([(x, y)])[0] > 200 and screen.pixels([beside])[0] < 50, True, "one small block of metal")
        screen.move(x, y)
        subprocess.run(["xdotool", "keydown", "ctrl"], check=True)
        screen.wheel(-6)
        subprocess.run(["xdotool", "keyup", "ctrl"], check=True)
        wait_until(lambda: screen.pixels([beside])[0] > 200, "the block under the pointer, larger")
        expect_status(program, 1)
        key("ctrl+0")
        expect_slice(picture, 1)


def test_ruler(screen, files):
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        x, y, width, height = program.extents("Slice number")
        screen.move(x + width // 2, y + height // 2)
        screen.click(1)
        number = wait_until(lambda: 200 < picture.number() < 400 and picture.number(), "a slice near the middle")
        expect_status(program, number)


def slice_of_slot(program, slot):
    """Which slice a slot holds, if it is the selected one and all read."""
    found = re.match(rf"Slot {slot}: slice (\d+), (?:ready|shown) ", program.text("Slot map") or "")
    return int(found.group(1)) if found else None


def test_slot_map(screen, files):
    """Keys are the map's while it has the focus, and the picture's after Escape."""
    with Program(screen, SMALL_BUDGET, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        x, y = program.extents("Slot map")[:2]
        screen.move(x + 5, y + 5)
        screen.click(1)
        wait_until(lambda: slice_of_slot(program, 1), "the first slot to be selected")
        key("Right", "Right")
        number = wait_until(lambda: slice_of_slot(program, 3), "the third slot to be selected")
        key("Return")
        expect_slice(picture, number)
        key("Page_Down", "Escape", "Down")
        expect_slice(picture, number + 1)
        screen.move(x + 25, y + 5)
        screen.click(1)
        number = wait_until(lambda: slice_of_slot(program, 2), "the second slot to be selected")
        screen.click(1)
        screen.click(1)
        expect_slice(picture, number)


def test_seen(screen, files):
    """Seen is what was on the screen: each slice of slow steps, and none that a leap passes by."""
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)

        def expect_seen(number):
            wanted = f"{number} of {SLICES} seen"
            wait_until(lambda: program.text("Slice number") == wanted, f"{wanted} (is {program.text('Slice number')!r})")

        expect_slice(picture, 1)
        expect_seen(1)
        screen.move(*picture.middle)
        for number in range(2, 9):
            screen.wheel(1)
            expect_slice(picture, number)
            expect_seen(number)
        key("Page_Down")
        expect_slice(picture, 18)
        expect_seen(9)
        screen.wheel(-1)
        expect_slice(picture, 17)
        expect_seen(10)
        screen.wheel(1)
        expect_slice(picture, 18)
        key("Home")
        expect_slice(picture, 1)
        expect_seen(10)


def open_by_dialog(program, path):
    """Types the path into the file dialog. The dialog looks the folder up while one types and
    takes Return only after that, so Return is pressed until the dialog has gone."""
    key("ctrl+o")
    wait_until(lambda: program.named("Cancel"), "the file dialog")
    key("ctrl+l")
    type_text(path)

    def gone():
        key("Return")
        time.sleep(0.5)
        return program.named("Cancel") is None

    wait_until(gone, "the file dialog to go")


def test_dialog(screen, files):
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        first = wait_until(lambda: program.title(), "a title")
        open_by_dialog(program, files["other"])
        wait_until(lambda: program.title() not in (first, ""), "the title of the other bag")
        if not program.title().endswith(" – Bagscope"):
            raise AssertionError(f"unexpected title {program.title()!r}")
        expect_slice(Picture(program, COLUMNS, ROWS), 1)


def test_bad_file_keeps_bag(screen, files):
    bad = os.path.join(os.path.dirname(files["raw"]), "notes.txt")
    with open(bad, "w", encoding="utf-8") as out:
        out.write("not a scan\n" * 40)
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        key("Page_Down")
        expect_slice(picture, 11)
        title = program.title()
        open_by_dialog(program, bad)
        wait_until(lambda: "notes.txt" in (program.text("Message") or ""), "a message that names the file")
        expect(program.title(), title, "title after a failed open")
        expect_status(program, 11)


def copy(text, target):
    """The clipboard belongs to xclip from now on, and soon the program knows it."""
    subprocess.run(["xclip", "-selection", "clipboard", "-t", target, "-i"], input=text, text=True, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.3)


def test_paste(screen, files):
    """A path as text and a list of files open a bag; other text is refused in words."""
    with Program(screen) as program:
        expect(program.title(), "Bagscope", "title without a bag")
        copy(files["raw"], "UTF8_STRING")
        key("ctrl+v")
        expect_status(program, 1)
        first = program.title()
        copy(f"file://{files['other']}\r\n", "text/uri-list")
        key("ctrl+v")
        wait_until(lambda: program.title() not in (first, ""), "the title of the other bag")
        copy("no path", "UTF8_STRING")
        key("ctrl+v")
        wait_until(lambda: "no file in the clipboard" in (program.text("Message") or ""), "a message")


def number_in(program, name):
    node = program.named(name)
    node.clear_cache()
    return Atspi.Value.get_current_value(node)


def test_digits_go_into_entry(screen, files):
    """A digit is a preset, but not for whoever types a number; Enter gives the keys back."""
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        x, y, _, height = program.extents("Window centre")
        screen.move(x + 20, y + height // 2)
        screen.click(1)
        key("ctrl+a", "5", "1", "2", "Return")
        wait_until(lambda: number_in(program, "Window centre") == 512, "the centre as typed")
        key("Page_Down")
        expect_slice(picture, 11)
        expect(number_in(program, "Window centre"), 512, "centre after Page Down")
        key("3")
        wait_until(lambda: number_in(program, "Window centre") != 512, "the preset")


def test_window_mode(screen, files):
    """W makes the primary button change the window, and W again makes it pan."""
    with Program(screen, files["raw"]) as program:
        picture = Picture(program, COLUMNS, ROWS)
        expect_slice(picture, 1)
        x, y = picture.middle
        path = [(x, y), (x + 100, y), (x + 200, y)]
        width = number_in(program, "Window width")
        key("w")
        screen.drag(1, path)
        wait_until(lambda: number_in(program, "Window width") > 1.5 * width, "a wider window")
        wide = number_in(program, "Window width")
        key("w")
        screen.drag(1, path)
        key("ctrl+0", "Down")
        expect_slice(picture, 2)
        expect(number_in(program, "Window width"), wide, "width after a drag that pans")


def test_close_at_any_time(screen, files):
    """Without a bag, while one is opened, and while a decoder does not answer: the window goes
    at once and says nothing."""
    hung = os.path.join(os.path.dirname(files["raw"]), "hung")
    with open(hung, "w", encoding="utf-8") as script:
        script.write("#!/bin/sh\nexec sleep 60\n")
    os.chmod(hung, 0o755)
    for arguments, environment in (([], {}), ([files["jpeg"]], {}), ([files["raw"]], {"BAGSCOPE_DECODER": hung})):
        with Program(screen, *arguments, environment=environment) as program:
            key("ctrl+w")
            expect(program.process.wait(10), 0, f"exit status with {environment or arguments}")
    with Program(screen, files["raw"]) as program:
        expect_status(program, 1)
        x, y, _, height = program.extents("Window centre")
        screen.move(x + 20, y + height // 2)
        screen.click(1)
        key("ctrl+w")
        expect(program.process.wait(10), 0, "exit status with the focus in an entry")


def test_two_pixels_a_point(screen, files):
    """At GDK_SCALE=2 a slice is drawn in the pixels of the screen: the edges of a block stay sharp."""
    with Program(screen, files["raw"], size=(690, 490), environment={"GDK_SCALE": "2"}) as program:
        x, y, width, height = program.extents("Slice view")
        key("ctrl+1")
        left, top = 2 * x + width - COLUMNS, 2 * y + height - ROWS
        edges = [(left + 2 * column + side, top + 4) for column in (36, 40) for side in (-1, 0)]

        def levels():
            return ["dark" if level < 40 else "light" if level > 200 else level for level in screen.pixels(edges)]

        wait_until(lambda: levels() == ["dark", "light", "light", "dark"], f"sharp edges (last seen {levels()})")


def test_screenshot(screen, files):
    out = os.path.join(os.path.dirname(files["raw"]), "window.png")
    subprocess.run([os.environ["BAGSCOPE"], "--slice=300", "--size=1000x700", f"--screenshot={out}", files["jpeg"]],
                   check=True, timeout=60)
    with open(out, "rb") as image:
        head = image.read(24)
    expect(head[:8], b"\x89PNG\r\n\x1a\n", "picture format")
    expect((int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")), (1000, 700), "picture size")
    failed = subprocess.run([os.environ["BAGSCOPE"], f"--screenshot={out}.no", out + ".missing"], timeout=60,
                            stderr=subprocess.PIPE, text=True)
    expect(failed.returncode, 1, "exit status for a missing file")
    if "[no-access]" not in failed.stderr:
        raise AssertionError(f"no error name on stderr: {failed.stderr!r}")


def main(namespace):
    """Runs all tests of a module; what it needs of files is made once."""
    tests = [(name, f) for name, f in namespace.items() if name.startswith("test_")]
    wanted = sys.argv[1:]
    tests = [t for t in tests if not wanted or t[0] in wanted]
    print(f"1..{len(tests)}", flush=True)
    screen = Screen()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        size = f"--size={COLUMNS}x{ROWS}x{SLICES}"
        files = {"raw": make_bag(folder, "raw.dcs", size, "--syntax=explicit"),
                 "jpeg": make_bag(folder, "jpeg.dcs", size, "--syntax=jpeg-lossless"),
                 "other": make_bag(folder, "other.dcs", size, "--syntax=rle", "--seed=7")}
        for number, (name, function) in enumerate(tests, 1):
            try:
                function(screen, files)
                print(f"ok {number} {name}", flush=True)
            except Exception as error:  # a report, not a rescue: the run goes red
                bad += 1
                print(f"not ok {number} {name}", flush=True)
                print("# " + "\n# ".join([str(error), *traceback.format_exc().splitlines()[-4:]]), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(globals()))
