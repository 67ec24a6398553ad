#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs drive.py, or $BAGSCOPE_DRIVE_SCRIPT, on a display ($BAGSCOPE_DRIVE_SCREEN), session bus and home of its own.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS G_DEBUG || true
export HOME="$home" XDG_RUNTIME_DIR="$home/run" XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" \
  XDG_DATA_HOME="$home/data" GDK_BACKEND=x11 GSETTINGS_BACKEND=memory GTK_A11Y=atspi GTK_USE_PORTAL=0 GDK_SCALE=1 \
  LC_ALL=C.UTF-8 TZ=UTC GIO_USE_VFS=local GIO_USE_VOLUME_MONITOR=unix NO_AT_BRIDGE=0

# The daemons of the session write to the output as well: the report goes past them.
status=0
xvfb-run -a -s "-screen 0 ${BAGSCOPE_DRIVE_SCREEN:-1400x1000}x24 -nolisten tcp -noreset" dbus-run-session -- \
  sh -c 'exec /usr/bin/python3 "$@" >&3' drive "$here/${BAGSCOPE_DRIVE_SCRIPT:-drive.py}" "$@" 3>&1 >"$home/noise.txt" 2>&1 || status=$?

[ "$status" -eq 0 ] || grep -v -e dbus-daemon -e dbind -e SpiRegistry -e 'broken (explicit kill' "$home/noise.txt" | tail -20 >&2
exit "$status"
