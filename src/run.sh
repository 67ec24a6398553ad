#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: src/run.sh [ARGUMENTS OF BAGSCOPE...]
# Installs what is missing, builds in _build and runs the program. Without arguments: a made-up bag.
# Without a screen the same window is drawn off-screen and saved as $BAGSCOPE_SCREENSHOT (bagscope.png).
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
build=$top/_build

sh "$top/data/install-debian-packages.sh" run build
[ -f "$build/build.ninja" ] || meson setup --buildtype=debugoptimized "$build" "$top" >&2
ninja -C "$build" src/bagscope src/bagscope-cli src/bagscope-decoder data/gschemas.compiled >&2

# In the middle of the made-up bag there is something to see.
[ $# -gt 0 ] || set -- --demo --slice=300
export BAGSCOPE_DECODER="$build/src/bagscope-decoder"
if [ -f "$build/data/gschemas.compiled" ]; then
  export GSETTINGS_SCHEMA_DIR="$build/data"
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$build/src/bagscope" "$@"
fi

# No screen means no session bus and often no locale either: say so, or libraries complain.
offscreen ()
{
  xvfb-run -a -s '-screen 0 1400x1000x24 -nolisten tcp -noreset' \
    env GTK_A11Y=none DBUS_SESSION_BUS_ADDRESS=disabled: GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8 \
    "$build/src/bagscope" "$@"
}

case " $* " in
*" --screenshot"* | *" --help "* | *" --version "*)
  offscreen "$@"
  exit
  ;;
esac

picture=${BAGSCOPE_SCREENSHOT:-$PWD/bagscope.png}
offscreen "--screenshot=$picture" "$@"
echo "There is no screen here: the window is in $picture"
