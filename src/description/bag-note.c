/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-note"

#include "config.h"

#include "description/bag-description.h"

#include "description/bag-error.h"

#include <string.h>

/* A named text that came out of a file, and the one place where such texts are
 * made harmless: a label must never be turned round, broken or flooded by what
 * somebody wrote into a header. */

#define REPLACEMENT 0xfffdu

static gboolean
is_bidi_or_invisible (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || c == 0xfeff || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f);
}

static gunichar
neutralize (gunichar c)
{
  if (c == '\t' || c == '\n' || c == '\r' || c == 0x0085 || c == 0x2028 || c == 0x2029)
    return ' ';
  if (g_unichar_iscntrl (c) || is_bidi_or_invisible (c))
    return REPLACEMENT;

  return c;
}

/* Most texts are plain, and there are many: those need no look at each character's kind. */
static gboolean
is_plain (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] < ' ' || text[i] > '~')
      return FALSE;

  return TRUE;
}

/**
 * bag_text_sanitize:
 * @text: (nullable): any bytes, UTF-8 at best
 * @length: how many bytes, or -1 when @text ends in a NUL
 *
 * Makes a text fit to be shown in a label or a terminal: broken sequences,
 * control and bidirectional formatting characters become U+FFFD, line breaks
 * and tabs become spaces, and the end is cut after %BAG_MAX_TEXT characters.
 *
 * Returns: (transfer full): valid UTF-8, never %NULL
 */
char *
bag_text_sanitize (const char *text, gssize length)
{
  g_autofree char *valid = NULL;
  GString *out = NULL;
  guint n = 0;

  if (text == NULL || length == 0)
    return g_strdup ("");

  if (length < 0)
    length = (gssize) strlen (text);
  if (length <= (gssize) BAG_MAX_TEXT && is_plain (text, (gsize) length))
    return g_strndup (text, (gsize) length);

  /* A character has at most 4 bytes: what lies behind can never be kept. */
  if (length > (gssize) BAG_MAX_TEXT * 4)
    length = (gssize) BAG_MAX_TEXT * 4;

  valid = g_utf8_make_valid (text, length);
  out = g_string_new (NULL);
  for (const char *p = valid; *p != '\0' && n < BAG_MAX_TEXT; p = g_utf8_next_char (p), n++)
    g_string_append_unichar (out, neutralize (g_utf8_get_char (p)));

  return g_string_free (out, FALSE);
}

/* A note and its texts are one block: a header has many. */
static BagNote *
make_note (const char *name, gsize name_length, const char *text, gsize text_length)
{
  BagNote *note = g_malloc (sizeof *note + name_length + text_length + 2);

  note->name = (char *) (note + 1);
  note->text = note->name + name_length + 1;
  memcpy (note->name, name, name_length);
  note->name[name_length] = '\0';
  memcpy (note->text, text, text_length);
  note->text[text_length] = '\0';

  return note;
}

static gboolean
is_harmless (const char *text, gsize length)
{
  return length <= BAG_MAX_TEXT && is_plain (text, length);
}

/**
 * bag_note_new_sized:
 * @name: as of bag_note_new(), any bytes
 * @name_length: how many
 * @text: as of bag_note_new(), any bytes
 * @text_length: how many
 *
 * Returns: (transfer full): a new note
 */
BagNote *
bag_note_new_sized (const char *name, gsize name_length, const char *text, gsize text_length)
{
  g_autofree char *clean_name = NULL;
  g_autofree char *clean_text = NULL;

  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  if (is_harmless (name, name_length) && is_harmless (text, text_length))
    return make_note (name, name_length, text, text_length);

  clean_name = bag_text_sanitize (name, (gssize) name_length);
  clean_text = bag_text_sanitize (text, (gssize) text_length);

  return make_note (clean_name, strlen (clean_name), clean_text, strlen (clean_text));
}

/**
 * bag_note_new:
 * @name: kebab-case name of a warning, or keyword of a fact
 * @text: (nullable): plain words or a value; both are made harmless here
 *
 * Returns: (transfer full): a new note
 */
BagNote *
bag_note_new (const char *name, const char *text)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (text == NULL)
    text = "";

  return bag_note_new_sized (name, strlen (name), text, strlen (text));
}

/**
 * bag_note_free:
 * @note: (transfer full) (nullable): a note
 */
void
bag_note_free (BagNote *note)
{
  g_free (note);
}

/**
 * bag_notes_pack:
 * @notes: (element-type BagNote): facts or warnings
 *
 * Returns: (transfer floating): @notes as a(ss), for another process
 */
GVariant *
bag_notes_pack (const GPtrArray *notes)
{
  GVariantBuilder builder;

  g_return_val_if_fail (notes != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < notes->len; i++)
    {
      const BagNote *note = g_ptr_array_index (notes, i);

      g_variant_builder_add (&builder, "(ss)", note->name, note->text);
    }

  return g_variant_builder_end (&builder);
}

/**
 * bag_notes_unpack:
 * @notes: (element-type BagNote): where they are appended
 * @variant: a(ss) that another process sent, in normal form
 * @error: %BAG_ERROR_MALFORMED when there are more than %BAG_MAX_NOTES
 *
 * The texts are made harmless once more.
 *
 * Returns: whether @notes took them all; otherwise it took none
 */
gboolean
bag_notes_unpack (GPtrArray *notes, GVariant *variant, GError **error)
{
  gsize n = g_variant_n_children (variant);

  if (n > BAG_MAX_NOTES)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The decoder's answer is not valid: %" G_GSIZE_FORMAT " notes, more than %u", n, BAG_MAX_NOTES);
      return FALSE;
    }

  for (gsize i = 0; i < n; i++)
    {
      const char *name = NULL;
      const char *text = NULL;

      g_variant_get_child (variant, i, "(&s&s)", &name, &text);
      g_ptr_array_add (notes, bag_note_new (name, text));
    }

  return TRUE;
}
