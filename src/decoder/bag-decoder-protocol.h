/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-isolation.h"
#include "description/bag-description.h"
#include "description/bag-element-list.h"
#include "description/bag-error.h"
#include "description/bag-limits.h"
#include "description/bag-report.h"

G_BEGIN_DECLS

/* What the program and its decoder say to each other over one SOCK_SEQPACKET
 * socket: a request, then its reply, one at a time. Descriptions, messages and
 * samples travel through the staging memory, which has two halves; a request
 * names the half that its reply fills.
 *
 * In a deflated file the way to a frame may be long. The decoder then answers
 * that it is a step nearer, at least %BAG_DECODER_STEP_BYTES, and the program
 * asks again: each reply has its deadline, and between them a call can be given
 * up without ending the decoder.
 *
 * Most files of a folder have small headers, and to ask for each alone costs more
 * than to read it: so several go with one request, and the answers stand one
 * behind the other in the half. */

#define BAG_DECODER_MAGIC 0x44474142u
#define BAG_DECODER_SOCKET_FD 3
#define BAG_DECODER_N_HALVES 2u
#define BAG_DECODER_MIN_HALF_BYTES (1u << 20)
#define BAG_DECODER_MAX_HALF_BYTES (BAG_MAX_PIXELS * 8u)
#define BAG_DECODER_MAX_DESCRIPTION_BYTES (32u << 20)
#define BAG_DECODER_STEP_BYTES (4u << 20) /* inflated for one request, besides the samples themselves */
#define BAG_DECODER_MAX_FILES 64u         /* that go with one request */
#define BAG_DECODER_ALONE G_MAXUINT32     /* for a file that has to be asked for alone */
#define BAG_DECODER_MAX_MESSAGE_BYTES (4u * BAG_MAX_TEXT)

/* Memory that a decoder may map: itself with its libraries, and a header, a report or a list of elements in
 * the making, which takes several times what is sent of it; both halves of the staging memory;
 * and what the codec takes, in slices. */
#define BAG_DECODER_BASE_MEMORY_BYTES (256u << 20)
#define BAG_DECODER_CODEC_SLICES 4u
#define BAG_DECODER_JPEG_2000_SLICES 12u
#define BAG_DECODER_MAX_MEMORY_BYTES (BAG_DECODER_BASE_MEMORY_BYTES + (BAG_DECODER_N_HALVES + BAG_DECODER_JPEG_2000_SLICES) * (guint64) BAG_DECODER_MAX_HALF_BYTES)

typedef enum
{
  BAG_DECODER_STAGING = 1,  /* with the memfd: @length is the size of a half */
  BAG_DECODER_DESCRIBE,     /* with the file: answers with chunk 0 of the description */
  BAG_DECODER_CHUNK,        /* another @chunk of what was just made */
  BAG_DECODER_DECODE,       /* with the file: one compressed frame */
  BAG_DECODER_REPORT,       /* with the file: answers with chunk 0 of the threat report */
  BAG_DECODER_ELEMENTS,     /* with the file: answers with chunk 0 of the list of elements; @length 1: persons' data in clear */
  BAG_DECODER_DIRECTORY,    /* with the file: answers with chunk 0 of the files that the directory of a disc lists */
  BAG_DECODER_DESCRIBE_ALL, /* with @length files: answers with a BagDecoderPart for each */
} BagDecoderKind;

typedef struct
{
  guint32 magic, sequence;
  guint32 kind; /* BagDecoderKind */
  guint32 half;
  guint64 offset, length;
  guint32 chunk;
  guint32 codec; /* BagFrameCodec */
  guint16 rows, columns;
  guint8 bits_allocated, bits_stored, high_bit, is_signed;
  BagLimits limits; /* for what is read of the file */
} BagDecoderRequest;

typedef struct
{
  guint32 magic, sequence;
  guint32 kind;   /* of the request */
  guint32 status; /* 0, or 1 + BagError: then the half holds the message */
  guint64 total;  /* bytes of the whole description, report or list; BagIsolation for STAGING;
                     for DECODE without samples: the offset reached in the inflated file */
  guint32 chunk;
  guint32 length; /* bytes in the half */
} BagDecoderReply;

/* Stands in the half before the bytes of each answer to DESCRIBE_ALL, in the order of the files. */
typedef struct
{
  guint32 status; /* 0: a description; 1 + BagError: a message; BAG_DECODER_ALONE: nothing */
  guint32 length; /* bytes behind it */
} BagDecoderPart;

G_STATIC_ASSERT (sizeof (BagDecoderRequest) == 88);
G_STATIC_ASSERT (sizeof (BagDecoderReply) == 32);
G_STATIC_ASSERT (sizeof (BagDecoderPart) == 8);

void bag_decoder_request_set_layout (BagDecoderRequest *self, const BagPixelLayout *layout);
void bag_decoder_request_get_layout (const BagDecoderRequest *self, BagPixelLayout *layout);
gboolean bag_decoder_request_check (const BagDecoderRequest *self, gsize half_bytes, guint n_fds);
gboolean bag_decoder_reply_check (const BagDecoderReply *self, const BagDecoderRequest *request, gsize half_bytes);
gboolean bag_decoder_part_check (const BagDecoderPart *self, gsize room);
gsize bag_decoder_get_chunk_bytes (guint64 total, guint32 chunk, gsize half_bytes);

gboolean bag_decoder_send (int socket, gconstpointer packet, gsize size, int fd);
gboolean bag_decoder_send_files (int socket, gconstpointer packet, gsize size, const int *fds, guint n_fds);
gssize bag_decoder_receive_files (int socket, gpointer packet, gsize size, int fds[BAG_DECODER_MAX_FILES], guint *n_fds);
gssize bag_decoder_receive (int socket, gpointer packet, gsize size, int flags, int *fd);
gssize bag_decoder_receive_sender (int socket, gpointer packet, gsize size, GPid *sender);
void bag_decoder_close_fd (int *fd);

G_END_DECLS
