/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-list"

#include "config.h"

#include "description/bag-element-list.h"

#include "description/bag-data-element.h"
#include "description/bag-error.h"

#include <string.h>

/* A list of elements as bytes between two processes of one machine. As with
 * descriptions, the reading side takes the bytes for hostile: the form must be
 * normal and each field is checked on its own. That nothing of a person stands in
 * a masked list is checked here once more, as far as tag, VR and the sequence
 * around an element tell. */

#define FORMAT_VERSION 1u
#define ROW_TYPE "(uuuyyq)"
#define BYTES_TYPE "(ubusa" ROW_TYPE "ay)"
#define KNOWN_FLAGS (BAG_ELEMENT_ITEM | BAG_ELEMENT_SEQUENCE | BAG_ELEMENT_PERSONAL | BAG_ELEMENT_UNKNOWN | BAG_ELEMENT_MASKED)
#define HIDDEN_FLAGS (BAG_ELEMENT_PERSONAL | BAG_ELEMENT_UNKNOWN)
#define NO_DEPTH G_MAXUINT
#define MAX_MORE (BAG_MAX_HEADER_BYTES / 4) /* an element or item takes 8 bytes of the file at least */

/* GVariant lays a tuple of fixed-size members out as C does; there is no padding. All
 * texts follow in one string: a variant for each would take fifty times the memory,
 * of which the decoder has little. */
typedef struct
{
  guint32 tag, length, text_bytes;
  guint8 depth, flags;
  guint16 vr;
} PackedRow;

G_STATIC_ASSERT (sizeof (PackedRow) == 16);

/* What is not read yet of the texts. */
typedef struct
{
  const char *text;
  gsize n_bytes;
} Texts;

/* What the rows before say about the next one. */
typedef struct
{
  guint deepest;      /* that it may have */
  guint hidden_depth; /* of the sequence whose elements are hidden, or NO_DEPTH */
} Context;

static guint16
pack_vr (const char *vr)
{
  return (guint16) ((guint8) vr[0] << 8 | (guint8) vr[1]);
}

static GVariant *
pack_rows (const BagElementList *self, GByteArray *texts)
{
  g_autofree PackedRow *packed = g_new0 (PackedRow, MAX (self->rows->len, 1));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const BagElementRow *row = bag_element_list_get (self, i);

      packed[i].tag = row->tag;
      packed[i].length = row->length;
      packed[i].text_bytes = (guint32) strlen (row->text);
      packed[i].depth = row->depth;
      packed[i].flags = row->flags;
      packed[i].vr = pack_vr (row->vr);
      g_byte_array_append (texts, (const guint8 *) row->text, packed[i].text_bytes);
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE (ROW_TYPE), packed, self->rows->len, sizeof (PackedRow));
}

/**
 * bag_element_list_to_bytes:
 *
 * Returns: (transfer full): @self in the form that
 *   bag_element_list_from_bytes() takes, of this machine's byte order
 */
GBytes *
bag_element_list_to_bytes (const BagElementList *self)
{
  g_autoptr (GByteArray) texts = g_byte_array_new ();
  g_autoptr (GVariant) variant = NULL;
  GVariant *rows = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  rows = pack_rows (self, texts);
  variant = g_variant_ref_sink (g_variant_new ("(ubus@a" ROW_TYPE "@ay)",
                                               FORMAT_VERSION,
                                               self->is_revealed,
                                               self->n_more,
                                               self->problem,
                                               rows,
                                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, texts->data, texts->len, 1)));

  return g_variant_get_data_as_bytes (variant);
}

static gboolean
fail (GError **error, guint number, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's list of elements is not valid: %s of row %u", what, number);

  return FALSE;
}

static gboolean
unpack_vr (BagElementRow *row, guint16 vr)
{
  if (vr == 0)
    return TRUE;

  row->vr[0] = (char) (vr >> 8);
  row->vr[1] = (char) (vr & 0xff);

  return g_ascii_isupper (row->vr[0]) && g_ascii_isupper (row->vr[1]);
}

/* Only an item goes into a sequence, and only elements go into an item. */
static gboolean
check_place (const BagElementRow *row, const Context *context)
{
  gboolean is_item = (row->flags & BAG_ELEMENT_ITEM) != 0;

  return row->depth <= context->deepest && row->depth <= 2 * BAG_MAX_DEPTH && is_item == (row->depth % 2 != 0) && is_item == (row->tag == BAG_TAG_ITEM);
}

static gboolean
check_kind (const BagElementRow *row)
{
  const guint kind = row->flags & (BAG_ELEMENT_ITEM | BAG_ELEMENT_SEQUENCE);

  if ((row->flags & ~(guint) KNOWN_FLAGS) != 0)
    return FALSE;
  if (kind == BAG_ELEMENT_ITEM)
    return row->flags == BAG_ELEMENT_ITEM && row->vr[0] == '\0' && *row->text == '\0';

  return kind != (BAG_ELEMENT_ITEM | BAG_ELEMENT_SEQUENCE) && row->vr[0] != '\0' && (kind == 0 || *row->text == '\0');
}

static gboolean
must_be_hidden (const BagElementRow *row, const Context *context)
{
  const BagDataElement *known = bag_data_element_find (row->tag);

  return known == NULL || known->owner == BAG_DATA_OWNER_PERSON || strcmp (known->vr, "PN") == 0 || strcmp (row->vr, "PN") == 0 || context->hidden_depth != NO_DEPTH;
}

static gboolean
check_mask (const BagElementRow *row, const Context *context, gboolean is_revealed)
{
  gboolean is_hidden = (row->flags & HIDDEN_FLAGS) != 0;
  gboolean is_masked = (row->flags & BAG_ELEMENT_MASKED) != 0;

  if ((row->flags & BAG_ELEMENT_ITEM) != 0)
    return TRUE;
  if (is_masked != (is_hidden && !is_revealed) || (!is_hidden && must_be_hidden (row, context)))
    return FALSE;

  return !is_masked || (*row->text == '\0' && ((row->flags & BAG_ELEMENT_PERSONAL) == 0 || row->length == 0));
}

/* The sequence that hides ends where a row is no deeper than it. */
static void
leave_sequences (Context *context, const BagElementRow *row)
{
  if (context->hidden_depth != NO_DEPTH && row->depth <= context->hidden_depth)
    context->hidden_depth = NO_DEPTH;
}

static void
enter_sequence (Context *context, const BagElementRow *row)
{
  gboolean is_sequence = (row->flags & BAG_ELEMENT_SEQUENCE) != 0;

  context->deepest = row->depth + (is_sequence || (row->flags & BAG_ELEMENT_ITEM) != 0 ? 1u : 0u);
  if (is_sequence && context->hidden_depth == NO_DEPTH && (row->flags & HIDDEN_FLAGS) != 0)
    context->hidden_depth = row->depth;
}

/* (transfer full) (nullable): the next text, NULL when it is none. */
static char *
take_text (Texts *texts, guint32 n_bytes)
{
  g_autofree char *text = NULL;

  if (n_bytes > texts->n_bytes || n_bytes > 4 * BAG_MAX_ELEMENT_TEXT || !g_utf8_validate (texts->text, n_bytes, NULL))
    return NULL;

  text = g_strndup (texts->text, n_bytes);
  texts->text += n_bytes;
  texts->n_bytes -= n_bytes;

  return g_utf8_strlen (text, -1) <= (glong) BAG_MAX_ELEMENT_TEXT ? bag_text_sanitize (text, -1) : NULL;
}

static gboolean
unpack_row (BagElementList *self, const PackedRow *packed, Texts *texts, Context *context, GError **error)
{
  guint number = self->rows->len + 1;
  g_autofree char *text = take_text (texts, packed->text_bytes);
  BagElementRow row = { .tag = packed->tag, .length = packed->length, .depth = packed->depth, .flags = packed->flags, .text = text };

  if (text == NULL)
    return fail (error, number, "text");
  leave_sequences (context, &row);
  if (!unpack_vr (&row, packed->vr))
    return fail (error, number, "type");
  if (!check_kind (&row) || !check_place (&row, context))
    return fail (error, number, "place");
  if (!check_mask (&row, context, self->is_revealed))
    return fail (error, number, "mask");

  bag_element_list_add (self, &row);
  if (self->rows->len != number)
    return fail (error, number, "number");
  enter_sequence (context, &row);

  return TRUE;
}

static gboolean
unpack_rows (BagElementList *self, GVariant *rows, GVariant *text_bytes, GError **error)
{
  Context context = { .hidden_depth = NO_DEPTH };
  Texts texts = { NULL, 0 };
  gsize n = 0;
  const PackedRow *packed = g_variant_get_fixed_array (rows, &n, sizeof (PackedRow));

  if (n > BAG_MAX_LISTED_ELEMENTS)
    return fail (error, BAG_MAX_LISTED_ELEMENTS + 1, "number");

  texts.text = g_variant_get_fixed_array (text_bytes, &texts.n_bytes, 1);
  texts.text = texts.text != NULL ? texts.text : "";
  for (gsize i = 0; i < n; i++)
    if (!unpack_row (self, &packed[i], &texts, &context, error))
      return FALSE;

  return texts.n_bytes == 0 || fail (error, (guint) n, "text behind that");
}

static gboolean
unpack (BagElementList *self, GVariant *variant, GError **error)
{
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GVariant) texts = NULL;
  const char *problem = NULL;
  gboolean is_revealed = FALSE;
  guint32 version = 0;
  guint32 n_more = 0;

  g_variant_get (variant, "(ubu&s@a" ROW_TYPE "@ay)", &version, &is_revealed, &n_more, &problem, &rows, &texts);
  if (version != FORMAT_VERSION || is_revealed != self->is_revealed || n_more > MAX_MORE)
    return fail (error, 0, "head");
  if (!unpack_rows (self, rows, texts, error))
    return FALSE;

  self->n_more = n_more;
  g_free (self->problem);
  self->problem = bag_text_sanitize (problem, -1);

  return TRUE;
}

/**
 * bag_element_list_from_bytes:
 * @bytes: what the decoder sent
 * @is_revealed: whether persons' data were asked for
 * @error: %BAG_ERROR_MALFORMED
 *
 * Takes nothing on trust: form, numbers, order of depths, and that values of
 * persons are masked unless they were asked for; texts are made harmless once more.
 *
 * Returns: (transfer full): the list, or %NULL
 */
BagElementList *
bag_element_list_from_bytes (GBytes *bytes, gboolean is_revealed, GError **error)
{
  g_autoptr (BagElementList) self = NULL;
  g_autoptr (GVariant) variant = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BYTES_TYPE), bytes, FALSE));
  if (!g_variant_is_normal_form (variant))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's list of elements is not valid: not in normal form");
      return NULL;
    }

  self = bag_element_list_new (is_revealed);
  if (!unpack (self, variant, error))
    return NULL;

  return g_steal_pointer (&self);
}
