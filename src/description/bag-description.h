/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-voi-function.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one file says about itself: made by the DICOS reader inside the decoder
 * process, checked again field by field on the other side of the socket. */

/* What both sides can hold, whatever the operator has set: see #BagLimits for what holds else. */
#define BAG_MAX_ROWS 32767u /* the most that cairo takes */
#define BAG_MAX_COLUMNS 32767u
#define BAG_MAX_PIXELS (16384u * 16384u) /* so that a slice takes 2 GiB at most */
#define BAG_MAX_FRAMES 131072u
#define BAG_MAX_FILE_BYTES (G_GUINT64_CONSTANT (1) << 40)
#define BAG_MAX_DEFLATE_RATIO 1032u /* of inflated to deflated bytes: 258 bytes take 2 bits at least (RFC 1951) */
#define BAG_MAX_HEADER_BYTES (1u << 30)
#define BAG_MAX_ELEMENTS 4000000u
#define BAG_MAX_DEPTH 120u
#define BAG_MAX_TEXT 1024u      /* characters of any text taken from a file */
#define BAG_MAX_NOTES 256u      /* facts, and as many warnings */
#define BAG_MIN_SPACING_MM 1e-4 /* between pixels */
#define BAG_MAX_SPACING_MM 1e4
#define BAG_MAX_ASPECT 100.0   /* of the larger pixel spacing to the smaller: more makes no picture */
#define BAG_MAX_MAGNITUDE 1e12 /* of any number used in arithmetic on positions and values */

typedef enum
{
  BAG_FRAME_CODEC_NATIVE,        /* uncompressed: read by the program itself */
  BAG_FRAME_CODEC_RLE,           /* PS3.5 annex G */
  BAG_FRAME_CODEC_JPEG_LOSSLESS, /* ITU-T T.81 process 14, any predictor */
  BAG_FRAME_CODEC_JPEG_LS,       /* ITU-T T.87, lossless or near-lossless */
  BAG_FRAME_CODEC_JPEG_2000,     /* ITU-T T.800, and T.814 (high throughput) */
  BAG_FRAME_CODEC_JPEG,          /* ITU-T T.81 with DCT: lossy, 8 or 12 bits */
  BAG_FRAME_CODEC_DEFLATED,      /* uncompressed samples of a file that is deflated as a whole: PS3.5 annex A.5 */
} BagFrameCodec;

#define BAG_N_FRAME_CODECS (BAG_FRAME_CODEC_DEFLATED + 1)

/**
 * BagPixelLayout:
 *
 * How the samples of one frame lie in memory once they are uncompressed
 * (PS3.5 section 8.1, PS3.3 C.7.6.3.1). One sample a pixel, row by row.
 */
typedef struct
{
  guint16 rows, columns;
  guint8 bits_allocated;  /* 8, 16, 32 or 64; of more than 16 the samples are wide */
  guint8 bits_stored;     /* 1..bits_allocated */
  guint8 high_bit;        /* bits_stored - 1 .. bits_allocated - 1 */
  gboolean is_signed;     /* PixelRepresentation 1 */
  gboolean is_big_endian; /* of native samples; those of 8 bits lie in big-endian words then, the second byte first */
  gboolean is_float;      /* IEEE 754 numbers of 32 or 64 bits, all of them stored */
  gboolean is_in_words;   /* wide big-endian samples (VR OW): words of 16 bits, the least significant one first */
} BagPixelLayout;

typedef enum
{
  BAG_FRAME_HAS_POSITION = 1 << 0,
  BAG_FRAME_HAS_ORIENTATION = 1 << 1,
  BAG_FRAME_HAS_WINDOW = 1 << 2,
  BAG_FRAME_MISSING = 1 << 3, /* the file ends before this frame does */
} BagFrameFlags;

/**
 * BagFrame:
 *
 * One frame in stored order. For native frames @offset and @length are the
 * samples; for compressed ones the span of whole items (item header included)
 * that holds all fragments of the frame; for deflated ones the samples, counted
 * as if the file were inflated. Positions in mm, in the file's axes.
 */
typedef struct
{
  guint64 offset, length; /* bytes in the file */
  BagFrameFlags flags;
  double position[3];    /* ImagePositionPatient, centre of the first voxel */
  double orientation[6]; /* ImageOrientationPatient: row direction, column direction */
  double slope, intercept;
  double window_center, window_width; /* in values, after slope and intercept */
  BagVoiFunction window_function;     /* LINEAR without a window */
} BagFrame;

typedef struct
{
  char *name; /* kebab-case warning name, or DICOM keyword of a fact */
  char *text; /* plain words, or the value of the fact */
} BagNote;

/**
 * BagDescription:
 *
 * All texts are valid UTF-8 without control or bidirectional formatting
 * characters, at most BAG_MAX_TEXT characters, and never NULL ("" when absent).
 */
typedef struct
{
  char *transfer_syntax, *sop_class, *sop_instance;
  char *study, *series, *frame_of_reference; /* UIDs, never validated as such */
  char *bag_id;                              /* PatientID: the OOI ID */
  char *acquired;                            /* YYYYMMDDhhmmss.ffffff of acquisition, else of series or study, else "" */
  char *photometric;                         /* MONOCHROME1 or MONOCHROME2 */
  char *units;                               /* "HU", "MHU", another short unit, or "raw" */
  BagFrameCodec codec;
  BagPixelLayout layout;
  gboolean has_pixel_spacing;
  double pixel_spacing[2]; /* row, column: mm */
  double slice_thickness;  /* mm, 0 when absent: never used as spacing between slices of a volume */
  guint instance_number;   /* 0 when absent */
  guint n_frames_claimed;  /* NumberOfFrames as the file says it */
  GArray *frames;          /* (element-type BagFrame) */
  GPtrArray *facts;        /* (element-type BagNote): bag, scan and machine facts in display order */
  GPtrArray *warnings;     /* (element-type BagNote) */
} BagDescription;

BagNote *bag_note_new (const char *name, const char *text);
BagNote *bag_note_new_sized (const char *name, gsize name_length, const char *text, gsize text_length);
void bag_note_free (BagNote *note);
char *bag_text_sanitize (const char *text, gssize length);
GVariant *bag_notes_pack (const GPtrArray *notes);
gboolean bag_notes_unpack (GPtrArray *notes, GVariant *variant, GError **error);
gboolean bag_are_sane (const double *values, gsize n);

BagDescription *bag_description_new (void);
void bag_description_free (BagDescription *self);
void bag_description_add_fact (BagDescription *self, const char *keyword, const char *value);
void bag_description_add_warning (BagDescription *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

GBytes *bag_description_to_bytes (const BagDescription *self);
BagDescription *bag_description_from_bytes (GBytes *bytes, guint64 file_size, GError **error);

gsize bag_pixel_layout_get_frame_bytes (const BagPixelLayout *self);
gboolean bag_pixel_layout_is_wide (const BagPixelLayout *self);
const char *bag_pixel_layout_get_name (const BagPixelLayout *self);
gboolean bag_pixel_spacing_check (const double spacing[2]);
gboolean bag_pixel_layout_check (const BagPixelLayout *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagNote, bag_note_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagDescription, bag_description_free)

G_END_DECLS
