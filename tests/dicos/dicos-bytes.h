/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/* Files for the tests of the reader, made element by element. */

#define TEST_ROWS 4u
#define TEST_COLUMNS 5u
#define TEST_PIXELS (TEST_ROWS * TEST_COLUMNS)
#define TEST_FRAMES 3u

#define TEST_IMPLICIT "1.2.840.10008.1.2"
#define TEST_EXPLICIT "1.2.840.10008.1.2.1"
#define TEST_RLE "1.2.840.10008.1.2.5"
#define TEST_JPEG "1.2.840.10008.1.2.4.70"
#define TEST_BIG_ENDIAN "1.2.840.10008.1.2.2"
#define TEST_DEFLATED "1.2.840.10008.1.2.1.99"
#define TEST_JPEG_LS "1.2.840.10008.1.2.4.80"
#define TEST_JPEG_2000 "1.2.840.10008.1.2.4.90"

/* Replaces an element of the standard file, or adds one. */
typedef struct
{
  guint32 tag;
  const char *vr;    /* "US" and "FL" turn @value into binary; "RAW" writes IS with two binary bytes */
  const char *value; /* NULL leaves the element out */
} TestChange;

/* How the fragments of compressed files lie. */
typedef enum
{
  TEST_NO_TABLE = 0,
  TEST_TABLE = 1 << 0,
  TEST_WRONG_TABLE = 1 << 1,
  TEST_SPLIT = 1 << 2,          /* two fragments a frame */
  TEST_ICON = 1 << 3,           /* nested, encapsulated pixel data before the real ones */
  TEST_DEFINED = 1 << 4,        /* sequences and items with lengths */
  TEST_UNKNOWN = 1 << 5,        /* functional groups as UN of undefined length */
  TEST_EXTENDED = 1 << 6,       /* an extended offset table */
  TEST_WRONG_LENGTHS = 1 << 7,  /* one with lengths that are not those of the frames */
  TEST_OTHER_EXTENDED = 1 << 8, /* one with offsets that are not those of the frames */
  TEST_STORED = 1 << 9,         /* a deflated file in blocks that are not compressed */
} TestShape;

GByteArray *test_file_new (const char *syntax, TestShape shape, const TestChange *changes, guint n_changes);
void test_deflate (GByteArray *bytes, guint start, int level);
void test_fill_frame (guint frame, guint16 *samples);

void test_encode_rle (GByteArray *out, const guint16 *samples, guint n);

typedef struct
{
  guint rows, columns, precision, predictor, point_transform, restart_rows;
  gboolean long_codes;
} TestJpeg;

void test_encode_jpeg (GByteArray *out, const TestJpeg *how, const guint16 *samples);

/* For the encoders of the libraries that decode as well. */
typedef struct
{
  guint rows, columns, precision;
  gboolean is_signed; /* JPEG 2000: samples are two's complement of so many bits */
  guint near;         /* JPEG-LS: how far off samples may be; JPEG 2000: not lossless when not 0 */
  guint tile;         /* JPEG 2000: rows and columns of a tile, 0 for one tile */
  gboolean has_boxes; /* JPEG 2000: as a JP2 file */
  guint n_scans;      /* JPEG: progressive with so many scans, up to 127; 0 for baseline */
} TestPicture;

void test_encode_jpeg_ls (GByteArray *out, const TestPicture *how, const guint16 *samples);
void test_encode_jpeg_2000 (GByteArray *out, const TestPicture *how, const guint16 *samples);
void test_encode_jpeg_lossy (GByteArray *out, const TestPicture *how, const guint16 *samples);

G_END_DECLS
