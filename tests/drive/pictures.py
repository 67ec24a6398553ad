# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the README anew: BAGSCOPE_DRIVE_SCRIPT=pictures.py tests/drive/run-drive.sh FOLDER"""

import os
import subprocess
import sys

from screen import Picture, Program, Screen, wait_until

SIZE = (1280, 900)
SHADOW = 5  # around the window's content


def take(folder, name):
    area = f"{SIZE[0] - 2 * SHADOW}x{SIZE[1] - 2 * SHADOW}+{SHADOW}+{SHADOW}"
    subprocess.run(["import", "-silent", "-window", "root", "-crop", area, "+repage", "-strip",
                    os.path.join(folder, name)], check=True)


def take_whole_bag(screen, folder):
    with Program(screen, "--demo", "--slice=300", size=SIZE) as program:
        wait_until(lambda: program.text("Slots ready") == "599", "the whole bag in memory")
        screen.move(*Picture(program, 512, 512).place(90, 270))
        wait_until(lambda: "MHU" in (program.text("Value under the pointer") or ""), "a value under the pointer")
        take(folder, "bagscope.png")


def take_small_pool(screen, folder):
    with Program(screen, "--demo", "--slice=300", "--pool-budget=8", size=SIZE) as program:
        picture = Picture(program, 512, 512)
        wait_until(lambda: picture.number() == 300, "slice 300")
        screen.move(*picture.middle)
        screen.wheel(40)
        wait_until(lambda: picture.number() == 340, "slice 340")
        wait_until(lambda: program.text("Slots filling") == "0", "the neighbours")
        take(folder, "small-pool.png")


if __name__ == "__main__":
    take_whole_bag(Screen(), sys.argv[1])
    take_small_pool(Screen(), sys.argv[1])
