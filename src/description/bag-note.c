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

/**
 * bag_note_new:
 * @name: kebab-case name of a warning, or keyword of a fact
 * @text: plain words or a value; both are made harmless here
 *
 * Returns: (transfer full): a new note
 */
BagNote *
bag_note_new (const char *name, const char *text)
{
  BagNote *note = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  note = g_new0 (BagNote, 1);
  note->name = bag_text_sanitize (name, -1);
  note->text = bag_text_sanitize (text, -1);

  return note;
}

/**
 * bag_note_free:
 * @note: (transfer full) (nullable): a note
 */
void
bag_note_free (BagNote *note)
{
  if (note == NULL)
    return;

  g_free (note->name);
  g_free (note->text);
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
