/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-disc-directory"

#include "config.h"

#include "dicos/bag-disc-directory.h"

#include "description/bag-error.h"
#include "description/bag-file-ids.h"
#include "dicos/bag-element-value.h"
#include "dicos/bag-sop-class.h"
#include "dicos/bag-transfer-syntax.h"

#include <string.h>

/* The directory of a disc (DICOMDIR, PS3.3 F.3): one flat sequence of records that point
 * at each other. Which of them are images is all that matters here, so the pointers
 * are not followed: they could only lead astray. */

#define MARK_OFFSET 128u
#define FIRST_DATA_OFFSET 132u
#define TAG_META_CLASS 0x00020002u
#define TAG_TRANSFER_SYNTAX 0x00020010u
#define TAG_RECORDS 0x00041220u
#define TAG_RECORD_TYPE 0x00041430u
#define TAG_FILE_ID 0x00041500u

typedef struct
{
  BagByteReader *reader; /* borrowed */
  char *class, *syntax;  /* owned; NULL while not read */
  GPtrArray *ids;        /* owned */
  gboolean is_image;     /* the record that is being read */
  gboolean has_too_many;
} Collector;

static void
collector_clear (Collector *self)
{
  g_clear_pointer (&self->class, g_free);
  g_clear_pointer (&self->syntax, g_free);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Collector, collector_clear)

static gboolean
on_meta_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  Collector *self = user_data;

  if (element->tag == TAG_META_CLASS && self->class == NULL)
    self->class = bag_element_get_ascii (self->reader, element);
  else if (element->tag == TAG_TRANSFER_SYNTAX && self->syntax == NULL)
    self->syntax = bag_element_get_ascii (self->reader, element);

  return TRUE;
}

static void
on_item (const BagElementPath *path, gpointer user_data)
{
  if (path->depth == 1)
    ((Collector *) user_data)->is_image = FALSE;
}

/* The type of a record stands before its file. */
static gboolean
on_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  Collector *self = user_data;

  if (path->depth != 1 || path->tags[0] != TAG_RECORDS)
    return TRUE;

  if (element->tag == TAG_RECORD_TYPE)
    {
      g_autofree char *type = bag_element_get_ascii (self->reader, element);

      self->is_image = strcmp (type, "IMAGE") == 0;
    }
  else if (element->tag == TAG_FILE_ID && self->is_image)
    {
      self->has_too_many = self->ids->len >= BAG_MAX_FILE_IDS;
      if (!self->has_too_many)
        g_ptr_array_add (self->ids, bag_element_get_ascii (self->reader, element));
    }

  return !self->has_too_many;
}

static gboolean
is_directory (Collector *self, guint64 *offset)
{
  const BagElementGrammar grammar = { .on_element = on_meta_element, .only_group = 0x0002 };
  const guint8 *bytes = NULL;

  if (bag_byte_reader_contains (self->reader, MARK_OFFSET, 4))
    bytes = bag_byte_reader_peek (self->reader, MARK_OFFSET, 4, NULL);
  if (bytes == NULL || memcmp (bytes, "DICM", 4) != 0)
    return FALSE;

  *offset = FIRST_DATA_OFFSET;

  return bag_element_parser_run (self->reader, &grammar, offset, self, NULL) && self->class != NULL && bag_sop_class_is_disc_directory (self->class);
}

static gboolean
read_records (Collector *self, guint64 offset, GError **error)
{
  static const guint32 sequences[] = { TAG_RECORDS };
  BagElementGrammar grammar = { .on_element = on_element, .on_item = on_item, .sequences = sequences, .n_sequences = G_N_ELEMENTS (sequences) };
  const BagTransferSyntax *syntax = bag_transfer_syntax_find (self->syntax != NULL ? self->syntax : "", error);

  if (syntax == NULL)
    return FALSE;
  if (syntax->codec != BAG_FRAME_CODEC_NATIVE)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The directory of the disc says that it is compressed");
      return FALSE;
    }

  grammar.is_implicit = syntax->is_implicit;
  grammar.is_big_endian = syntax->is_big_endian;

  return bag_element_parser_run (self->reader, &grammar, &offset, self, error);
}

/**
 * bag_disc_directory_read:
 * @reader: a file
 * @error: %BAG_ERROR_UNSUPPORTED_OBJECT for a file of any other kind, of which
 *   little is read; else why the directory cannot be read
 *
 * Returns: (transfer full) (element-type utf8): the file IDs (0004,1500) of its IMAGE
 *   records as they are written, nothing checked; or %NULL
 */
GPtrArray *
bag_disc_directory_read (BagByteReader *reader, GError **error)
{
  g_auto (Collector) self = { .reader = reader };
  guint64 offset = 0;

  g_return_val_if_fail (reader != NULL, NULL);

  self.ids = g_ptr_array_new_with_free_func (g_free);
  if (!is_directory (&self, &offset))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT, "This is not the directory of a disc");
      return NULL;
    }
  if (!read_records (&self, offset, error))
    return NULL;
  if (self.has_too_many)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The directory of the disc lists more than %u images", BAG_MAX_FILE_IDS);
      return NULL;
    }

  return g_steal_pointer (&self.ids);
}
