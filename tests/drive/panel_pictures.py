# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes pictures of the pool panel in every state that an operator may see, to look at them:
BAGSCOPE_DRIVE_SCREEN=1700x2700 BAGSCOPE_DRIVE_SCRIPT=panel_pictures.py tests/drive/run-drive.sh FOLDER"""

import contextlib
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases"))
import dicom_files  # noqa: E402  pylint: disable=wrong-import-position
from screen import Picture, Program, Screen, key, wait_until

SIZE = (820, 1330)
LIGHT = {"GTK_THEME": "Adwaita"}


def take(program, folder, name, scale=1):
    """The panel and what is beside it of the picture."""
    x, y, width, height = (scale * n for n in program.extents("Slice pool"))
    height = min(height, scale * (SIZE[1] - 60))
    subprocess.run(["import", "-silent", "-window", "root", "-crop", f"{width + 200 * scale}x{height}+{x - 190 * scale}+{y}",
                    "+repage", "-strip", os.path.join(folder, name + ".png")], check=True)


@contextlib.contextmanager
def opened(screen, *arguments, scale=1, environment=None):
    """The program with the panel alone at its side."""
    with Program(screen, *arguments, size=SIZE,
                 environment=dict(environment or {}, GDK_SCALE=str(scale))) as program:
        wait_until(lambda: program.named("Slot map"), "the panel")
        key("F8")
        yield program


def scroll(screen, program, steps):
    screen.move(*Picture(program, 512, 512).middle)
    screen.wheel(steps)


def take_empty(screen, folder):
    with opened(screen) as program:
        take(program, folder, "empty")


def take_loading(screen, folder):
    with opened(screen, "--demo", "--slice=300") as program:
        wait_until(lambda: int(program.text("Slots ready") or 0) > 150, "a part of the bag")
        take(program, folder, "loading")
        wait_until(lambda: program.text("Slots ready") == "599", "the whole bag")
        scroll(screen, program, 60)
        wait_until(lambda: int(program.text("Prefetch hits")) > 30, "hits")
        take(program, folder, "full")


def take_idle(screen, folder):
    for name, environment in (("dark", {}), ("light", LIGHT)):
        for scale in (1, 2):
            with opened(screen, "--demo", "--slice=300", scale=scale, environment=environment) as program:
                wait_until(lambda: program.text("Slots ready") == "599", "the whole bag")
                wait_until(lambda: "known" not in program.text("Bytes resident"), "what is resident")
                take(program, folder, f"idle-{name}-x{scale}", scale)


def take_small(screen, folder):
    for name, environment in (("dark", {}), ("light", LIGHT)):
        with opened(screen, "--demo", "--slice=300", "--pool-budget=8", environment=environment) as program:
            wait_until(lambda: program.text("Slots ready") == "13", "the neighbours")
            scroll(screen, program, 50)
            scroll(screen, program, -20)
            wait_until(lambda: program.text("Slots filling") == "0", "the neighbours again")
            wait_until(lambda: program.named("Memory warning"), "the warning")
            take(program, folder, f"warning-16-slots-{name}")


def take_many(screen, folder):
    path = os.path.join(folder, "many.dcs")
    dicom_files.volume(n=2000).save_as(path)
    with opened(screen, path, "--slice=700") as program:
        wait_until(lambda: program.text("Slots ready") == "1999", "all slices")
        take(program, folder, "2000-slots")
    os.remove(path)


def join(folder):
    """The picture of the README: some of them beside each other."""
    names = ("loading", "full", "warning-16-slots-dark", "warning-16-slots-light", "2000-slots")
    subprocess.run(["convert", *(os.path.join(folder, name + ".png") for name in names), "-gravity", "north",
                    "-background", "black", "+append", "-strip", "-quality", "95", os.path.join(folder, "panel.png")], check=True)


if __name__ == "__main__":
    for take_one in (take_empty, take_loading, take_idle, take_small, take_many):
        take_one(Screen(), sys.argv[1])
    join(sys.argv[1])
