#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the decoder is shut in: what the system allows, always said, off only when asked for."""
import json
import os
import subprocess
import sys

import cli

REFUSE = os.environ["REFUSE_CALLS"]


def make(folder):
    return cli.make_bag(os.path.join(folder, "a.dcs"), "jpeg-lossless")


def info(bag, *options, under=(), path=None):
    """The finished process."""
    return subprocess.run([*under, cli.CLI, "info", "--json", *options, bag], capture_output=True, check=False,
                          timeout=60, env=dict(os.environ, **({"PATH": path} if path is not None else {})))


def isolation(*arguments, **options):
    done = info(*arguments, **options)
    assert done.returncode == 0, done
    return json.loads(done.stdout)[0]["isolation"]


def full_here(folder):
    """This is the one that says whether all other tests ran in the sandbox that users get."""
    found = isolation(make(folder))
    assert found == "full", found


def as_asked_for(folder):
    bag = make(folder)
    for name in ("full", "seccomp", "off"):
        assert isolation(bag, f"--isolation={name}") == name
    assert isolation(bag, "--isolation=auto") == "full"


def same_slices(folder):
    bag = make(folder)
    found = {cli.text("hash", f"--isolation={name}", bag) for name in ("full", "seccomp", "off")}
    assert len(found) == 1, found


def without_namespaces(folder):
    assert isolation(make(folder), under=(REFUSE, "namespaces")) == "seccomp"


def without_bubblewrap(folder):
    assert isolation(make(folder), path=folder) == "seccomp"


def full_or_nothing(folder):
    done = info(make(folder), "--isolation=full", under=(REFUSE, "namespaces"))
    assert done.returncode == 1 and b"[decoder-died]" in done.stderr, done


def never_off_by_itself(folder):
    bag = make(folder)
    done = info(bag, under=(REFUSE, "seccomp"))
    assert done.returncode == 1 and b"--isolation=off" in done.stderr and b"[no-access]" in done.stderr, done
    assert isolation(bag, "--isolation=off", under=(REFUSE, "seccomp")) == "off"


def unknown_word(folder):
    done = info(make(folder), "--isolation=some")
    assert done.returncode == 2 and b"auto, full, seccomp, off" in done.stderr, done


if __name__ == "__main__":
    sys.exit(cli.main([full_here, as_asked_for, same_slices, without_namespaces, without_bubblewrap,
                       full_or_nothing, never_off_by_itself, unknown_word]))
