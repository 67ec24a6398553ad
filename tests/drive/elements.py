# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of all data elements, by keys and pointer: what is searched, hidden, copied and revealed."""

import os
import subprocess

import pydicom

from screen import Program, key, type_text, wait_until

PERSON = "Doe^Jane"
ROW = "Patient's Name"


def press(screen, program, name):
    x, y, width, height = wait_until(lambda: program.named(name) and program.extents(name), f"“{name}” on the screen")
    screen.move(x + width // 2, y + height // 2)
    screen.click(1)


def description(program, name):
    node = program.named(name)
    if node is None:
        return None
    node.clear_cache()
    return node.get_description()


def clipboard():
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True, check=False).stdout


def ink(screen, program, name):
    """How many pixels of a row differ from the one beside them."""
    x, y, width, height = program.extents(name)
    levels = screen.pixels([(x + i, y + j) for j in range(height) for i in range(width)])
    return sum(abs(a - b) > 60 for a, b in zip(levels, levels[1:]))


def make_bag(folder):
    path = os.path.join(folder, "person.dcs")
    subprocess.run([os.environ["BAGSCOPE_CLI"], "make-bag", path, "--size=128x96x20"], check=True)
    scan = pydicom.dcmread(path)
    scan.PatientName = PERSON
    scan.AcquisitionStatus, scan.TIPType = "JAM", "FTI"
    scan.save_as(path)
    return path


def test_elements(screen, files):
    with Program(screen, make_bag(os.path.dirname(files["raw"]))) as program:
        wait_until(lambda: (program.text("Status") or "").startswith("slice 1 of 20"), "the bag")
        wait_until(lambda: program.named("Training image"), "the mark of a training image on the picture")
        key("F7")
        wait_until(lambda: "JAM" in (program.text("Scan warning") or ""), "the warning about the acquisition")
        press(screen, program, "All Data Elements")
        wait_until(lambda: program.named("Transfer Syntax UID"), "the first elements")
        press(screen, program, "Search data elements")
        type_text("patient's n")
        wait_until(lambda: description(program, ROW) == "hidden: personal data", "the hidden name")
        wait_until(lambda: program.named("Transfer Syntax UID") is None, "only what was found")
        wait_until(lambda: ink(screen, program, ROW) > 100, "the row's words on the screen")
        press(screen, program, ROW)
        key("ctrl+c")
        wait_until(lambda: clipboard() == f"(0010,0010) {ROW}: hidden: personal data", "the hidden name in the clipboard")
        press(screen, program, "Reveal Personal Data…")
        press(screen, program, "Reveal")
        wait_until(lambda: description(program, ROW) == PERSON, "the name in clear")
        press(screen, program, ROW)
        key("ctrl+c")
        wait_until(lambda: clipboard() == f"(0010,0010) {ROW}: {PERSON}", "the name in the clipboard")
        key("Escape", "Down")
        wait_until(lambda: (program.text("Status") or "").startswith("slice 2 of 20"), "keys for the picture again")


def test_elements_by_keys(screen, files):
    """Arrows move in the list and open its sequences; they are the picture's again after Escape."""
    with Program(screen, make_bag(os.path.dirname(files["raw"]))) as program:
        wait_until(lambda: (program.text("Status") or "").startswith("slice 1 of 20"), "the bag")
        key("F7")
        press(screen, program, "All Data Elements")
        wait_until(lambda: program.named("Transfer Syntax UID"), "the first elements")
        press(screen, program, "Search data elements")
        type_text("5200,9229")
        wait_until(lambda: program.named("Shared Functional Groups Sequence"), "the sequence")
        wait_until(lambda: program.named("Transfer Syntax UID") is None, "only what was found")
        press(screen, program, "Shared Functional Groups Sequence")
        key("Right")
        wait_until(lambda: program.named("Item 1"), "its item")
        key("Down", "Right")
        wait_until(lambda: program.named("Pixel Measures Sequence"), "what is in the item")
        key("Left")
        wait_until(lambda: program.named("Pixel Measures Sequence") is None, "the item closed")
        if not (program.text("Status") or "").startswith("slice 1 of 20"):
            raise AssertionError(f"a key of the list moved the picture: {program.text('Status')}")
        key("Escape", "Down")
        wait_until(lambda: (program.text("Status") or "").startswith("slice 2 of 20"), "keys for the picture again")
