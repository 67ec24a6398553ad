/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-element-parser.h"
#include "dicos/bag-element-summary.h"
#include "dicos/bag-element-value.h"

#include <string.h>

/* The grammar of data elements, however they are nested. The first byte chooses the syntax; the
 * rest is a data set. Whatever stands in it, the parser goes forward, stays within the bytes,
 * within what holds the element and within its depth, and each value is read as everything that
 * it may be. */

#define MAX_VALUES 64u /* that are read of one input: the rest of a long list is like it */

typedef enum
{
  CHOICE_IMPLICIT = 1 << 0,
  CHOICE_BIG_ENDIAN = 1 << 1,
  CHOICE_DEFLATED = 1 << 2,
  CHOICE_ALL_SEQUENCES = 1 << 3, /* enter what the dictionary calls a sequence */
  CHOICE_ONE_GROUP = 1 << 4,
  CHOICE_STOP = 1 << 5, /* at pixel data */
} Choice;

typedef struct
{
  BagByteReader *reader;
  Choice choice;
  guint64 last; /* where the last element or item began */
  guint n_values;
  guint64 ends[BAG_MAX_DEPTH]; /* of the sequences around, as they say themselves */
} State;

static gboolean
is_sequence (guint32 tag)
{
  const BagDataElement *known = bag_data_element_find (tag);

  return known != NULL && strcmp (known->vr, "SQ") == 0;
}

static void
read_value (State *self, const BagElement *element)
{
  static const char *const charsets[] = { "", "ISO_IR 192", "\\ISO 2022 IR 87" };
  const char *charset = charsets[element->tag % G_N_ELEMENTS (charsets)];
  g_autofree char *ascii = bag_element_get_ascii (self->reader, element);
  g_autofree char *text = bag_element_get_text (self->reader, element, charset);
  g_autofree char *summary = bag_element_summarize (self->reader, element, element->vr[0] != '\0' ? element->vr : "UN", charset);
  double numbers[6];

  g_assert_true (ascii == NULL || g_utf8_validate (ascii, -1, NULL));
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  g_assert_true (summary == NULL || g_utf8_validate (summary, -1, NULL));
  g_assert_cmpuint (bag_element_get_doubles (self->reader, element, numbers, G_N_ELEMENTS (numbers)), <=, G_N_ELEMENTS (numbers));
  bag_element_get_uint (self->reader, element, 0);
  bag_element_get_count (self->reader, element);
  bag_element_get_binary_count (self->reader, element);
  for (guint kind = BAG_VALUE_TEXT; kind <= BAG_VALUE_DOUBLE; kind++)
    g_free (bag_element_get_display (self->reader, element, (BagValueKind) kind, charset));
}

static gboolean
on_element (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  State *self = user_data;

  g_assert_cmpuint (path->depth, <=, BAG_MAX_DEPTH);
  g_assert_cmpuint (element->start, >=, self->last);
  g_assert_cmpuint (element->offset, >, element->start);
  self->last = element->start;
  if (bag_tag_is_pixel_data (element->tag))
    return (self->choice & CHOICE_STOP) == 0;

  g_assert_true (bag_byte_reader_contains (self->reader, element->offset, element->length));
  if (path->depth > 0)
    g_assert_cmpuint (element->offset + element->length, <=, self->ends[path->depth - 1]);
  if (self->n_values++ < MAX_VALUES)
    read_value (self, element);

  return TRUE;
}

static void
on_sequence (const BagElement *element, const BagElementPath *path, gpointer user_data)
{
  State *self = user_data;
  guint64 around = path->depth > 0 ? self->ends[path->depth - 1] : G_MAXUINT64;

  g_assert_cmpuint (element->start, >=, self->last);
  self->last = element->start;
  if (path->depth < BAG_MAX_DEPTH)
    self->ends[path->depth] = element->length == BAG_UNDEFINED_LENGTH ? around : element->offset + element->length;
}

static void
on_item (const BagElementPath *path, gpointer user_data)
{
  g_assert_cmpuint (path->depth, >, 0);
  g_assert_cmpuint (path->depth, <=, BAG_MAX_DEPTH);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  Choice choice = size > 0 ? data[0] : 0;
  State state = { .reader = reader, .choice = choice };
  BagElementGrammar grammar = {
    .on_element = on_element,
    .on_sequence = on_sequence,
    .on_item = on_item,
    .only_group = (choice & CHOICE_ONE_GROUP) != 0 ? 0x0008 : 0,
    .is_implicit = (choice & CHOICE_IMPLICIT) != 0,
    .is_big_endian = (choice & CHOICE_BIG_ENDIAN) != 0,
    .is_sequence = (choice & CHOICE_ALL_SEQUENCES) != 0 ? is_sequence : NULL,
  };
  guint64 offset = MIN (size, 1);

  if ((choice & CHOICE_DEFLATED) != 0)
    g_assert_true (bag_byte_reader_inflate_from (reader, offset, NULL));
  bag_element_parser_run (reader, &grammar, &offset, &state, NULL);
  g_assert_cmpuint (offset, >=, state.last);

  return 0;
}

/* The data set of a file, which begins with its group 0008. */
static void
add_data_set (GPtrArray *seeds, const char *syntax, TestShape shape, Choice choice)
{
  static const guint8 little[] = { 0x08, 0x00, 0x05, 0x00 };
  static const guint8 big[] = { 0x00, 0x08, 0x00, 0x05 };
  g_autoptr (GByteArray) file = test_file_new (syntax, shape, NULL, 0);
  const guint8 *tag = (choice & CHOICE_BIG_ENDIAN) != 0 ? big : little;
  guint8 *start = memmem (file->data, file->len, tag, sizeof little);
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  guint8 first = (guint8) choice;

  g_byte_array_append (seed, &first, 1);
  g_byte_array_append (seed, start, (guint) (file->data + file->len - start));
  if ((choice & CHOICE_DEFLATED) != 0)
    test_deflate (seed, 1, 6);
  fuzz_seeds_add (seeds, seed->data, seed->len);
}

/* Sequences within sequences, more than may be. */
static void
add_nest (GPtrArray *seeds, Choice choice, guint depth)
{
  static const guint8 explicit_head[] = { 0x08, 0, 0x40, 0x11, 'S', 'Q', 0, 0, 0xff, 0xff, 0xff, 0xff };
  static const guint8 implicit_head[] = { 0x08, 0, 0x40, 0x11, 0xff, 0xff, 0xff, 0xff };
  static const guint8 item[] = { 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff };
  static const guint8 ends[] = { 0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0 };
  gboolean is_implicit = (choice & CHOICE_IMPLICIT) != 0;
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  guint8 first = (guint8) choice;

  g_byte_array_append (seed, &first, 1);
  for (guint i = 0; i < depth; i++)
    {
      g_byte_array_append (seed, is_implicit ? implicit_head : explicit_head, is_implicit ? sizeof implicit_head : sizeof explicit_head);
      g_byte_array_append (seed, item, sizeof item);
    }
  for (guint i = 0; i < depth; i++)
    g_byte_array_append (seed, ends, sizeof ends);
  fuzz_seeds_add (seeds, seed->data, seed->len);
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const TestShape shapes[] = { 0, TEST_DEFINED, TEST_UNKNOWN };
  GPtrArray *seeds = fuzz_seeds_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      add_data_set (seeds, TEST_EXPLICIT, shapes[i], 0);
      add_data_set (seeds, TEST_EXPLICIT, shapes[i], CHOICE_DEFLATED);
      add_data_set (seeds, TEST_IMPLICIT, shapes[i], CHOICE_IMPLICIT | CHOICE_ALL_SEQUENCES);
      add_data_set (seeds, TEST_BIG_ENDIAN, shapes[i], CHOICE_BIG_ENDIAN | CHOICE_STOP);
    }
  add_data_set (seeds, TEST_RLE, TEST_ICON | TEST_TABLE, 0);
  add_data_set (seeds, TEST_EXPLICIT, 0, CHOICE_ONE_GROUP);
  for (guint depth = 1; depth <= BAG_MAX_DEPTH + 1; depth += 16)
    {
      add_nest (seeds, 0, depth);
      add_nest (seeds, CHOICE_IMPLICIT, depth);
    }

  return seeds;
}
