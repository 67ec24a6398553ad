# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of fail-page.h: which call of a program is to fail, and what came of it."""
import mmap
import os
import struct

KINDS = ("nothing", "allocation", "try", "map", "open", "read", "write", "fsync", "rename", "receive", "send",
         "socketpair", "memfd", "spawn")
MODES = ("once", "forever", "kill")
LAYOUT = struct.Struct("<II32sqqqqq")


class FailPage:
    def __init__(self, path):
        with open(path, "w+b") as file:
            file.truncate(LAYOUT.size)
            self.map = mmap.mmap(file.fileno(), LAYOUT.size)
        self.environment = dict(os.environ, LD_PRELOAD=os.environ["BAG_FAIL_CALLS"], BAG_FAIL_PAGE=path)

    def arm(self, kind, mode, n, program="bagscope-cli"):
        self.map[:] = LAYOUT.pack(KINDS.index(kind), MODES.index(mode), program.encode(), n, 0, 0, 0, 0)

    @property
    def failed(self):
        """How many calls have failed."""
        return LAYOUT.unpack(self.map[:])[5]
