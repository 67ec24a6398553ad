#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written: whole or not at all, with a message that says why, what to do, and that the old file is unchanged."""
import os
import resource
import shlex
import signal
import subprocess
import sys

import cli

OLD = b"the old file"
UNCHANGED = "The old file is unchanged."
SANDBOX = ("bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--die-with-parent", "--unshare-user")


def old_files(folder, *names):
    return [cli.write(os.path.join(folder, name), OLD) for name in names]


def assert_untouched(folder, *names):
    assert sorted(os.listdir(folder)) == sorted(names), os.listdir(folder)
    for name in names:
        assert cli.read(os.path.join(folder, name)) == OLD, name


def limited():
    """The kernel takes so many bytes of a file and no more; it ends a process that is not prepared for it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def export(path, bag, *under, **options):
    """A picture of `bag`, or a made-up bag without one."""
    command = ["render", bag, "-o", path] if bag else ["make-bag", path, "--size", "128x96x12"]
    return subprocess.run([*under, cli.CLI, *command, *(["--isolation=seccomp"] if bag else [])],
                          capture_output=True, check=False, timeout=60, **options)


def both(folder):
    """The two commands that write, each with an old file in a folder of its own."""
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    os.mkdir(os.path.join(folder, "out"))
    for source in (bag, None):
        yield source, *old_files(os.path.join(folder, "out"), "old")


def assert_said(done, path, name, *words):
    text = done.stderr.decode()
    assert done.returncode == 1, done
    assert text.startswith(f"{path}: “{os.path.basename(path)}” ") and text.endswith(f" [{name}]\n"), text
    assert text.count("\n") == 1 and all(word in text for word in words), text


def larger_than_allowed(folder):
    (path,) = old_files(folder, "old")
    done = export(path, None, preexec_fn=limited)
    assert_said(done, path, "limit", "larger than", UNCHANGED)
    assert_untouched(folder, "old")


def full_disk(folder):
    """A real one, of 8 KiB, that is gone with the namespace."""
    place = os.path.join(folder, "disk")
    os.mkdir(place)
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    for command in (f"render {bag} -o disk/x --size 512x512 --isolation=seccomp", "make-bag disk/x --size 64x48x12"):
        script = f"printf old > disk/x; {shlex.quote(cli.CLI)} {command}; echo $?; cat disk/x; echo; ls -A disk"
        done = subprocess.run([*SANDBOX, "--size", "8192", "--tmpfs", place, "sh", "-c", script],
                              capture_output=True, check=False, timeout=60, cwd=folder)
        assert done.stdout == b"1\nold\nx\n", done
        assert done.stderr.decode() == "disk/x: “x” was not written: the disk is full. Make room on it, or choose another one. " + UNCHANGED + " [limit]\n", done


def read_only_disk(folder):
    for bag, path in both(folder):
        place = os.path.dirname(path)
        done = export(path, bag, *SANDBOX, "--ro-bind", place, place)
        assert_said(done, path, "no-access", "read-only", "Choose another folder.", UNCHANGED)
        assert_untouched(place, "old")


def not_permitted(folder):
    """Without the rights of root, which the tests may have."""
    for bag, path in both(folder):
        place = os.path.dirname(path)
        os.chmod(place, 0o555)
        done = export(path, bag, *SANDBOX, "--cap-drop", "ALL")
        os.chmod(place, 0o755)
        assert_said(done, path, "no-access", "not permitted", UNCHANGED)
        assert_untouched(place, "old")


def write_protected(folder):
    for bag, path in both(folder):
        os.chmod(path, 0o444)
        done = export(path, bag, *SANDBOX, "--cap-drop", "ALL")
        assert_said(done, path, "no-access", "write-protected", UNCHANGED)
        assert_untouched(os.path.dirname(path), "old")
        os.chmod(path, 0o644)


def standard_output_is_no_file(folder):
    """A picture and a bag go into files: a pipe stays what it is, and nothing is sent through it."""
    for bag, _ in both(folder):
        for path in ("-", "/dev/stdout"):
            done = export(path, bag, cwd=folder)
            assert done.returncode == 1 and done.stdout == b"" and done.stderr.endswith(b" [no-access]\n"), done
    assert sorted(os.listdir(folder)) == ["a.dcs", "a.dcs.tdr.dcs", "out"], os.listdir(folder)


def report_fails(folder):
    """The bag is there then, and the message names the report."""
    path = os.path.join(folder, "b.dcs")
    os.mkdir(path + ".tdr.dcs")
    done = export(path, None)
    assert_said(done, path + ".tdr.dcs", "no-access", "it is a folder")
    assert os.path.getsize(path) > 128 * 96 * 12 * 2


def owner_and_rights_stay(folder):
    for bag, path in both(folder):
        os.chmod(path, 0o640)
        before = os.stat(path)
        assert export(path, bag).returncode == 0
        after = os.stat(path)
        assert (before.st_mode, before.st_uid, before.st_gid) == (after.st_mode, after.st_uid, after.st_gid)
        assert after.st_ino != before.st_ino and after.st_size > len(OLD)


def printed_into_a_full_disk(folder):
    bag = cli.make_bag(os.path.join(folder, "a.dcs"))
    for command in ("hash", "info", "analyze"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([cli.CLI, command, bag], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
        assert done.returncode == 1 and b"is not whole: No space left" in done.stderr, done


if __name__ == "__main__":
    sys.exit(cli.main([larger_than_allowed, full_disk, read_only_disk, not_permitted, write_protected, standard_output_is_no_file,
                       report_fails, owner_and_rights_stay, printed_into_a_full_disk]))
