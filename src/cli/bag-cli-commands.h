/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One function a subcommand: argv[0] is its name, the result is a BagCliExit. */
int bag_cli_info (int argc, char *argv[]);
int bag_cli_hash (int argc, char *argv[]);
int bag_cli_analyze (int argc, char *argv[]);
int bag_cli_render (int argc, char *argv[]);
int bag_cli_bench (int argc, char *argv[]);
