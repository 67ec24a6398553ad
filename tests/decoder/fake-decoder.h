/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the fake decoder says of every file: enough frames for a description of several chunks. */
#define FAKE_N_FRAMES 20000u
#define FAKE_N_ELEMENTS 40000u
#define FAKE_TEXT "Words that make a list so long that it goes through several chunks"
#define FAKE_N_OBJECTS 1200u   /* of a report of several chunks */
#define FAKE_N_FILE_IDS 60000u /* likewise */
#define FAKE_FILE_ID "DICOM\\BAG00001\\SERIES01\\SLICE001"
#define FAKE_ROWS 3u
#define FAKE_COLUMNS 5u
#define FAKE_FRAME_BYTES (FAKE_ROWS * FAKE_COLUMNS * 2u)
#define FAKE_POISON_BYTES 666u /* a file of this size ends it */
#define FAKE_ALLOCATED_BYTES (320u << 20)
