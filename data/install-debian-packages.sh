#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: install-debian-packages.sh SECTION...
# Installs what is missing from these sections of debian-packages.txt: as root, or through sudo.
# Says nothing and needs no rights when all is there.
set -eu

list=$(dirname "$0")/debian-packages.txt

list_packages ()
{
  awk -v wanted=" $* " '
    /^\[/ { section = substr ($0, 2, index ($0, "]") - 2); next }
    { sub (/#.*/, "") }
    NF && index (wanted, " " section " ") { print $1 }
  ' "$list"
}

is_installed ()
{
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

if ! command -v dpkg-query >/dev/null; then
  echo "This is no Debian: please install what $list lists." >&2
  exit 0
fi

missing=
for package in $(list_packages "$@"); do
  is_installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null; then
  as_root=sudo
else
  echo "These packages are missing, and neither root nor sudo is at hand:$missing" >&2
  exit 1
fi

echo "Installing:$missing" >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $missing >&2
