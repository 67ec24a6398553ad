# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does and sees: pixels of the X screen, wheel and keys, and the
names and texts that assistive technology is told."""

import ctypes
import ctypes.util
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

TIMEOUT = 20.0


def wait_until(condition, what, timeout=TIMEOUT):
    """Looks until condition() is true and returns its value; fails with words."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:.0f} s in vain for: {what}")
        time.sleep(0.004)


class Screen:
    """The root window of the X display, by way of Xlib and XTest."""

    def __init__(self):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.xtst = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XGetImage.restype = ctypes.c_void_p
        self.x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int,
                                     ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x.XGetPixel.restype = ctypes.c_ulong
        self.x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self.x.XDestroyImage.argtypes = [ctypes.c_void_p]
        self.x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.xtst.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.xtst.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int,
                                                   ctypes.c_ulong]
        self.display = self.x.XOpenDisplay(None)
        if not self.display:
            raise AssertionError("no X display")
        self.root = self.x.XDefaultRootWindow(self.display)

    def pixels(self, points):
        """The grey levels (0 to 255) at some (x, y) that lie close together."""
        left, top = min(p[0] for p in points), min(p[1] for p in points)
        width = max(p[0] for p in points) - left + 1
        height = max(p[1] for p in points) - top + 1
        image = self.x.XGetImage(self.display, self.root, left, top, width, height, 0xFFFFFFFF, 2)
        if not image:
            raise AssertionError(f"no picture of the screen at {left},{top}")
        values = [self.x.XGetPixel(image, x - left, y - top) >> 8 & 0xFF for x, y in points]
        self.x.XDestroyImage(image)
        return values

    def colors(self, points):
        """Red, green and blue at some (x, y) that lie close together."""
        left, top = min(p[0] for p in points), min(p[1] for p in points)
        image = self.x.XGetImage(self.display, self.root, left, top, max(p[0] for p in points) - left + 1,
                                 max(p[1] for p in points) - top + 1, 0xFFFFFFFF, 2)
        if not image:
            raise AssertionError(f"no picture of the screen at {left},{top}")
        values = [self.x.XGetPixel(image, x - left, y - top) for x, y in points]
        self.x.XDestroyImage(image)
        return [(value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF) for value in values]

    def move(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, int(x), int(y), 0)
        self.x.XSync(self.display, 0)

    def press(self, button, down):
        self.xtst.XTestFakeButtonEvent(self.display, button, 1 if down else 0, 0)
        self.x.XSync(self.display, 0)

    def click(self, button):
        self.press(button, True)
        self.press(button, False)

    def wheel(self, steps):
        for _ in range(abs(steps)):
            self.click(5 if steps > 0 else 4)

    def drag(self, button, path):
        self.move(*path[0])
        self.press(button, True)
        for x, y in path[1:]:
            self.move(x, y)
        self.press(button, False)


def key(*names):
    subprocess.run(["xdotool", "key", "--delay", "15", *names], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "10", text], check=True)


class Program:
    """One run of bagscope in a window of a known size at the screen's corner."""

    def __init__(self, screen, *arguments, size=(1280, 900), environment=None):
        self.screen = screen
        self.size = size
        self.errors = open(os.path.join(os.environ["HOME"], "stderr.txt"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [os.environ["BAGSCOPE"], f"--size={size[0]}x{size[1]}", *arguments],
            stderr=self.errors, env={**os.environ, **(environment or {})})
        self.app = wait_until(self.find_app, "the program on the accessibility bus")
        wait_until(lambda: self.named("Slice view"), "the slice view")
        windows = subprocess.run(
            ["timeout", "20", "xdotool", "search", "--sync", "--onlyvisible", "--pid", str(self.process.pid)],
            check=True, capture_output=True, text=True).stdout.split()
        self.window = windows[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", self.window], check=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """What the screen showed when something was not as wanted goes to a picture."""
        folder = os.environ.get("BAGSCOPE_DRIVE_PICTURES")
        if error is not None and folder:
            picture = os.path.join(folder, f"failed-{self.process.pid}.png")
            subprocess.run(["import", "-silent", "-window", "root", picture], check=False)
        self.close(error is None)

    def find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def named(self, name, role=None, within=None):
        """The first accessible with that name, depth first."""
        pending = [within or self.app]
        while pending:
            node = pending.pop()
            try:
                if node.get_name() == name and (role is None or node.get_role_name() == role):
                    return node
                pending += [node.get_child_at_index(i) for i in range(node.get_child_count())][::-1]
            except (gi.repository.GLib.Error, AttributeError):
                continue
        return None

    def text(self, name):
        """What a label with that accessible name says."""
        node = self.named(name)
        if node is None:
            return None
        node.clear_cache()
        iface = node.get_text_iface()
        if iface is None:
            return node.get_description()
        return Atspi.Text.get_text(iface, 0, Atspi.Text.get_character_count(iface))

    def title(self):
        """The window's title, as the window manager is told."""
        out = subprocess.run(["xprop", "-id", self.window, "_NET_WM_NAME"], capture_output=True, text=True, check=True)
        return out.stdout.partition('"')[2].rstrip().removesuffix('"')

    def extents(self, name):
        """Where an accessible lies on the screen. It is told from where the content of the window
        begins; around that is the window's shadow, as wide on all sides."""
        frame = self.app.get_child_at_index(0).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        box = self.named(name).get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        shadow = (self.size[0] - frame.width) // 2, (self.size[1] - frame.height) // 2
        return box.x + shadow[0], box.y + shadow[1], box.width, box.height

    def close(self, is_judged):
        self.process.terminate()
        self.process.wait(20)
        self.errors.seek(0)
        text = self.errors.read()
        self.errors.close()
        noise = ("Failed to set fd limit", "SpiRegistry", "Screen coordinates not supported")
        lines = [line for line in text.splitlines() if line.strip() and not any(n in line for n in noise)]
        if lines and is_judged:
            raise AssertionError("the program printed: " + " | ".join(lines[:5]))


class Picture:
    """Where the whole slice lies on the screen while it is fitted into the view."""

    def __init__(self, program, columns, rows, aspect=1.0):
        wait_until(lambda: program.text("Status"), "a bag in the window")
        x, y, width, height = wait_until(lambda: (lambda box: box if box[2] > 1 else None)(program.extents("Slice view")),
                                         "room for the slice view")
        scale = min(width / columns, height / (rows * aspect))
        self.screen = program.screen
        self.scale = (scale, scale * aspect)
        self.origin = (x + (width - columns * scale) / 2, y + (height - rows * scale * aspect) / 2)
        self.middle = (x + width // 2, y + height // 2)

    def place(self, column, row):
        return (int(self.origin[0] + column * self.scale[0]), int(self.origin[1] + row * self.scale[1]))

    def number(self):
        """The slice's number, read from the blocks in its top left corner."""
        points = [self.place(4 * i + 2, 2) for i in range(10)]
        value = 0
        for level in self.screen.pixels(points):
            value = value * 2 + (1 if level > 127 else 0)
        return value
