/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-main"

#include "config.h"

#include "decoder/bag-decoder-main-file.h"
#include "decoder/bag-decoder-main-files.h"
#include "decoder/bag-decoder-protocol.h"
#include "decoder/bag-sandbox.h"
#include "dicos/bag-charset.h"
#include "dicos/bag-codec.h"
#include "description/bag-file-ids.h"
#include "description/bag-heap.h"
#include "dicos/bag-ct-image.h"
#include "dicos/bag-disc-directory.h"
#include "dicos/bag-element-lister.h"
#include "dicos/bag-threat-report.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * bagscope-decoder: answers one request after the other until the program is
 * gone. It keeps nothing from one request to the next but memory to use again,
 * what was made last, whose chunks are being fetched, and the way through a deflated
 * file, which only makes the next answer come sooner.
 */
typedef struct
{
  gboolean is_shut_in; /* as far as was asked for */
  BagIsolation isolation;
  guint8 *staging;
  gsize half_bytes;
  BagCodecScratch *scratch;
  GBytes *description; /* or report, or list of files or elements */
  BagDecoderMainFile deflated;
} BagDecoderService;

static guint8 *
get_half (BagDecoderService *self, const BagDecoderRequest *request)
{
  return self->staging + request->half * self->half_bytes;
}

static gboolean
map_staging (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  gsize bytes = BAG_DECODER_N_HALVES * (gsize) request->length;
  struct stat info;
  void *data = MAP_FAILED;

  if (self->staging != NULL)
    munmap (self->staging, BAG_DECODER_N_HALVES * self->half_bytes);
  self->staging = NULL;
  self->half_bytes = 0;

  if (bag_sandbox_stat (fd, &info) == 0 && (guint64) info.st_size == bytes)
    data = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "");
      return FALSE;
    }

  self->staging = data;
  self->half_bytes = (gsize) request->length;
  reply->total = self->isolation;
  if (self->is_shut_in)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "This system lets nothing keep the decoder from doing harm (seccomp). No file is opened, unless Bagscope is started with --isolation=off.");
  return FALSE;
}

static gboolean
copy_chunk (BagDecoderService *self, const BagDecoderRequest *request, BagDecoderReply *reply, GError **error)
{
  gsize total = self->description != NULL ? g_bytes_get_size (self->description) : 0;
  gsize start = request->chunk * self->half_bytes;

  reply->total = total;
  reply->chunk = request->chunk;
  reply->length = (guint32) bag_decoder_get_chunk_bytes (total, request->chunk, self->half_bytes);
  if (reply->length == 0)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_LIMIT, "");
      return FALSE;
    }

  memcpy (get_half (self, request), (const guint8 *) g_bytes_get_data (self->description, NULL) + start, reply->length);

  return TRUE;
}

static gboolean
describe (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, &request->limits, error);
  g_autoptr (BagDescription) description = NULL;

  g_clear_pointer (&self->description, g_bytes_unref);
  if (reader != NULL)
    description = bag_ct_image_describe (reader, error);
  if (description == NULL)
    return FALSE;

  if (description->codec == BAG_FRAME_CODEC_DEFLATED)
    bag_decoder_main_file_take (&self->deflated, fd, g_steal_pointer (&reader), description);
  self->description = bag_description_to_bytes (description);
  if (g_bytes_get_size (self->description) > BAG_DECODER_MAX_DESCRIPTION_BYTES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The description of this file is larger than %u MiB.", BAG_DECODER_MAX_DESCRIPTION_BYTES >> 20);
      return FALSE;
    }

  return copy_chunk (self, request, reply, error);
}

static gboolean
read_report (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, &request->limits, error);
  g_autoptr (BagReport) report = NULL;

  g_clear_pointer (&self->description, g_bytes_unref);
  if (reader != NULL)
    report = bag_threat_report_read (reader, error);
  if (report == NULL)
    return FALSE;

  self->description = bag_report_to_bytes (report);
  if (g_bytes_get_size (self->description) > BAG_MAX_REPORT_BYTES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The threat report holds more than %u MiB.", BAG_MAX_REPORT_BYTES >> 20);
      return FALSE;
    }

  return copy_chunk (self, request, reply, error);
}

static gboolean
list_elements (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, &request->limits, error);
  g_autoptr (BagElementList) list = NULL;

  g_clear_pointer (&self->description, g_bytes_unref);
  if (reader != NULL)
    list = bag_element_lister_read (reader, request->length == 1, error);
  if (list == NULL)
    return FALSE;

  self->description = bag_element_list_to_bytes (list);
  if (g_bytes_get_size (self->description) > BAG_MAX_ELEMENT_LIST_BYTES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The list of data elements is larger than %u MiB.", BAG_MAX_ELEMENT_LIST_BYTES >> 20);
      return FALSE;
    }

  return copy_chunk (self, request, reply, error);
}

static gboolean
read_directory (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, &request->limits, error);
  g_autoptr (GPtrArray) ids = NULL;

  g_clear_pointer (&self->description, g_bytes_unref);
  if (reader != NULL)
    ids = bag_disc_directory_read (reader, error);
  if (ids == NULL)
    return FALSE;
  if (ids->len == 0)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, "The directory of the disc lists no images");
      return FALSE;
    }

  self->description = bag_file_ids_to_bytes (ids);
  if (g_bytes_get_size (self->description) > BAG_DECODER_MAX_DESCRIPTION_BYTES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The directory of the disc lists more than %u MiB of names.", BAG_DECODER_MAX_DESCRIPTION_BYTES >> 20);
      return FALSE;
    }

  return copy_chunk (self, request, reply, error);
}

static gboolean
inflate (BagDecoderService *self, const BagDecoderRequest *request, int fd, const BagPixelLayout *layout, BagDecoderReply *reply, GError **error)
{
  guint64 reached = 0;

  if (!bag_decoder_main_file_open (&self->deflated, fd, &request->limits, error) || !bag_decoder_main_file_approach (&self->deflated, request->offset, &reached, error))
    return FALSE;
  if (reached < request->offset)
    {
      reply->total = reached;
      return TRUE;
    }

  reply->length = (guint32) bag_pixel_layout_get_frame_bytes (layout);

  return bag_codec_decode (self->scratch, self->deflated.reader, BAG_FRAME_CODEC_DEFLATED, layout, request->offset, request->length, get_half (self, request), reply->length, error);
}

/* A damaged stream is no fault of the header once slices are asked for. */
static gboolean
decode_deflated (BagDecoderService *self, const BagDecoderRequest *request, int fd, const BagPixelLayout *layout, BagDecoderReply *reply, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (inflate (self, request, fd, layout, reply, &local))
    return TRUE;

  bag_decoder_main_file_explain (&self->deflated, &local);
  if (g_error_matches (local, BAG_ERROR, BAG_ERROR_MALFORMED))
    local->code = BAG_ERROR_CORRUPT_FRAME;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static gboolean
decode (BagDecoderService *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply, GError **error)
{
  g_autoptr (BagByteReader) reader = bag_decoder_main_file_new_reader (fd, &request->limits, error);
  BagPixelLayout layout;

  if (reader == NULL)
    return FALSE;

  bag_decoder_request_get_layout (request, &layout);
  if (request->codec == BAG_FRAME_CODEC_DEFLATED)
    return decode_deflated (self, request, fd, &layout, reply, error);
  reply->length = (guint32) bag_pixel_layout_get_frame_bytes (&layout);

  return bag_codec_decode (self->scratch, reader, (BagFrameCodec) request->codec, &layout, request->offset, request->length, get_half (self, request), reply->length, error);
}

static gboolean
answer (BagDecoderService *self, const BagDecoderRequest *request, const int *fds, BagDecoderReply *reply, GError **error)
{
  const int fd = fds[0];

  switch ((BagDecoderKind) request->kind)
    {
    case BAG_DECODER_STAGING:
      return map_staging (self, request, fd, reply, error);
    case BAG_DECODER_DESCRIBE:
      return describe (self, request, fd, reply, error);
    case BAG_DECODER_CHUNK:
      return copy_chunk (self, request, reply, error);
    case BAG_DECODER_DECODE:
      return decode (self, request, fd, reply, error);
    case BAG_DECODER_REPORT:
      return read_report (self, request, fd, reply, error);
    case BAG_DECODER_DIRECTORY:
      return read_directory (self, request, fd, reply, error);
    case BAG_DECODER_ELEMENTS:
      return list_elements (self, request, fd, reply, error);
    case BAG_DECODER_DESCRIBE_ALL:
      reply->total = reply->length = bag_decoder_main_files_describe (fds, (guint) request->length, &request->limits, get_half (self, request), self->half_bytes);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/* The code goes into the reply, the words into the half. */
static void
report_failure (BagDecoderService *self, const BagDecoderRequest *request, BagDecoderReply *reply, const GError *error)
{
  gboolean is_ours = error != NULL && error->domain == BAG_ERROR;
  const char *message = error != NULL ? error->message : "";

  reply->status = 1u + (is_ours ? (guint32) error->code : BAG_ERROR_NO_ACCESS);
  reply->total = 0;
  reply->length = 0;
  if (self->staging == NULL)
    return;

  reply->length = (guint32) MIN (strlen (message), BAG_DECODER_MAX_MESSAGE_BYTES);
  memcpy (get_half (self, request), message, reply->length);
}

static gboolean
serve (BagDecoderService *self, const BagDecoderRequest *request, const int *fds)
{
  g_autoptr (GError) error = NULL;
  BagDecoderReply reply = {
    .magic = BAG_DECODER_MAGIC,
    .sequence = request->sequence,
    .kind = request->kind,
  };

  if (!answer (self, request, fds, &reply, &error))
    report_failure (self, request, &reply, error);

  return bag_decoder_send (BAG_DECODER_SOCKET_FD, &reply, sizeof reply, -1);
}

static gboolean
serve_next (BagDecoderService *self)
{
  BagDecoderRequest request;
  int fds[BAG_DECODER_MAX_FILES] = { -1 };
  guint n_fds = 0;
  gssize size = bag_decoder_receive_files (BAG_DECODER_SOCKET_FD, &request, sizeof request, fds, &n_fds);
  gboolean good = size == sizeof request && bag_decoder_request_check (&request, self->half_bytes, n_fds) && serve (self, &request, fds);

  for (guint i = 0; i < n_fds; i++)
    bag_decoder_close_fd (&fds[i]);

  return good;
}

#ifdef BAG_SANITIZED
/* The search for leaks traces the process from another one, which the lock forbids. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

/* Without any word, what the system can always do. */
static void
shut_in (BagDecoderService *self, const char *wish)
{
  BagIsolation wanted = BAG_ISOLATION_SECCOMP;

  bag_isolation_parse (wish, &wanted);
  self->is_shut_in = bag_sandbox_enter (wanted, &self->isolation);
}

/* Where GLib gets no memory it writes last words, and its way to write them takes locks that it may
 * hold already: the decoder would hang instead of ending. */
static void
end_at_once (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if ((level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) == 0)
    {
      g_log_default_handler (domain, level, message, user_data);
      return;
    }
  if (message != NULL && write (STDERR_FILENO, message, strlen (message)) < 0)
    abort ();

  abort ();
}

int
main (int argc, char *argv[])
{
  /* Read from files of the C library, so before this process may open none any more. */
  g_autoptr (BagCharsetTables) tables = bag_charset_tables_open ();
  BagDecoderService self = { 0 };

  g_log_set_default_handler (end_at_once, NULL);
  bag_heap_keep ();
  setlocale (LC_CTYPE, "C.UTF-8");
  shut_in (&self, argc > 1 ? argv[1] : NULL);
  self.scratch = bag_codec_scratch_new ();
  while (serve_next (&self))
    ;
  bag_decoder_main_file_clear (&self.deflated);
  bag_codec_scratch_free (self.scratch);
  g_clear_pointer (&self.description, g_bytes_unref);

  return 0;
}
