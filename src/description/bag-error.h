/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagError:
 *
 * Why a scan or a slice could not be had. The same names are used in messages,
 * in the JSON of `bagscope-cli` and between the program and its decoder.
 * Never renumber: the decoder's replies carry the values.
 */
typedef enum
{
  BAG_ERROR_NOT_DICOM,          /* no DICM mark: not a Part 10 file */
  BAG_ERROR_NOT_AN_IMAGE,       /* DICOM, but without pixels (a threat report, a directory) */
  BAG_ERROR_UNSUPPORTED_SYNTAX, /* transfer syntax that is not read */
  BAG_ERROR_UNSUPPORTED_IMAGE,  /* pixels of a kind that is not read (colour, 32 bit, float) */
  BAG_ERROR_UNSUPPORTED_OBJECT, /* an object of another kind (body scanner, QR) */
  BAG_ERROR_MALFORMED,          /* the file contradicts itself or the standard */
  BAG_ERROR_TRUNCATED,          /* the file ends before this slice does */
  BAG_ERROR_CORRUPT_FRAME,      /* the codestream of this slice does not decode */
  BAG_ERROR_LIMIT,              /* a limit of the program was reached */
  BAG_ERROR_TIMEOUT,            /* the decoder needed too long */
  BAG_ERROR_DECODER_DIED,       /* the decoder ended while at work */
  BAG_ERROR_FILE_CHANGED,       /* the file is not the one that was opened */
  BAG_ERROR_NO_ACCESS,          /* missing, not permitted, not a regular file */
  BAG_ERROR_NO_MEMORY,          /* no memory for what the file needs */
  BAG_ERROR_CANCELLED,          /* given up because something else was wanted */
} BagError;

#define BAG_N_ERRORS (BAG_ERROR_CANCELLED + 1)
#define BAG_ERROR (bag_error_quark ())

GQuark bag_error_quark (void);
const char *bag_error_get_name (BagError code);
const char *bag_error_name_of (const GError *error);

G_END_DECLS
