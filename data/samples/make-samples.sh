#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the sample scans again: make-samples.sh BAGSCOPE-CLI FOLDER
# They must come out byte for byte as SHA256SUMS says, on every machine.
set -eu

cli=$1
folder=$2

# Plain samples, as the standard writes them.
"$cli" make-bag "$folder/plain.dcs" --size 96x96x24 --syntax explicit --flavor standard --seed 1
rm "$folder/plain.dcs.tdr.dcs"

# JPEG lossless, as most machines write it.
"$cli" make-bag "$folder/jpeg-lossless.dcs" --size 160x160x40 --syntax jpeg-lossless --seed 2
rm "$folder/jpeg-lossless.dcs.tdr.dcs"

# A scan with its threat report beside it.
"$cli" make-bag "$folder/alarm.dcs" --size 128x128x48 --syntax jpeg-lossless --seed 3
