/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-data-element.h"
#include "description/bag-element-list.h"
#include "description/bag-error.h"

#define PERSONAL (BAG_ELEMENT_PERSONAL | BAG_ELEMENT_MASKED)
#define UNKNOWN (BAG_ELEMENT_UNKNOWN | BAG_ELEMENT_MASKED)

static const BagElementRow good[] = {
  { 0x00080060u, 2, 0, 0, "CS", "CT" },
  { 0x00081072u, 0, 0, BAG_ELEMENT_SEQUENCE | PERSONAL, "SQ", "" },
  { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "" },
  { 0x00080080u, 0, 2, PERSONAL, "LO", "" },
  { 0x00100010u, 0, 0, PERSONAL, "PN", "" },
  { 0x00100020u, 6, 0, 0, "LO", "BAG-7" },
  { 0x00111001u, 12, 0, UNKNOWN, "OB", "" },
  { 0x52009229u, 0xffffffffu, 0, BAG_ELEMENT_SEQUENCE, "SQ", "" },
  { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "" },
  { 0x00180050u, 4, 2, 0, "DS", "1.25" },
};

static BagElementList *
make_list (gboolean is_revealed)
{
  BagElementList *self = bag_element_list_new (is_revealed);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      BagElementRow row = good[i];

      if (is_revealed && (row.flags & BAG_ELEMENT_MASKED) != 0)
        {
          row.flags &= (guint8) ~BAG_ELEMENT_MASKED;
          row.text = (row.flags & BAG_ELEMENT_SEQUENCE) == 0 ? "clear" : "";
        }
      bag_element_list_add (self, &row);
    }

  return self;
}

static BagElementList *
roundtrip (const BagElementList *self, GError **error)
{
  g_autoptr (GBytes) bytes = bag_element_list_to_bytes (self);

  return bag_element_list_from_bytes (bytes, self->is_revealed, error);
}

static void
test_roundtrip (gconstpointer data)
{
  g_autoptr (BagElementList) before = make_list (GPOINTER_TO_INT (data));
  g_autoptr (BagElementList) after = NULL;
  g_autoptr (GError) error = NULL;

  before->n_more = 7;
  before->problem = (g_free (before->problem), g_strdup ("cut"));
  after = roundtrip (before, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->rows->len, ==, G_N_ELEMENTS (good));
  g_assert_cmpuint (after->n_more, ==, 7);
  g_assert_cmpstr (after->problem, ==, "cut");
  for (guint i = 0; i < after->rows->len; i++)
    {
      const BagElementRow *a = bag_element_list_get (before, i);
      const BagElementRow *b = bag_element_list_get (after, i);

      g_assert_cmphex (a->tag, ==, b->tag);
      g_assert_cmpuint (a->length, ==, b->length);
      g_assert_cmpuint (a->depth, ==, b->depth);
      g_assert_cmpuint (a->flags, ==, b->flags);
      g_assert_cmpstr (a->vr, ==, b->vr);
      g_assert_cmpstr (a->text, ==, b->text);
    }
}

/* Each puts another row in place of a good one. */
typedef struct
{
  const char *name;
  guint index;
  BagElementRow row;
} Broken;

static const Broken broken[] = {
  { "name-in-clear", 4, { 0x00100010u, 4, 0, 0, "PN", "DOE" } },
  { "name-flagged-but-in-clear", 4, { 0x00100010u, 4, 0, BAG_ELEMENT_PERSONAL, "PN", "DOE" } },
  { "mask-with-text", 4, { 0x00100010u, 0, 0, PERSONAL, "PN", "DOE" } },
  { "mask-with-length", 4, { 0x00100010u, 4, 0, PERSONAL, "PN", "" } },
  { "gender-in-clear", 4, { 0x00100040u, 2, 0, 0, "CS", "F" } },
  { "other-name-in-clear", 0, { 0x00080060u, 2, 0, 0, "PN", "DOE" } },
  { "name-of-other-type-in-clear", 4, { 0x00100010u, 4, 0, 0, "LO", "DOE" } },
  { "in-a-sequence-in-clear", 3, { 0x00080080u, 4, 2, 0, "LO", "DOE" } },
  { "private-in-clear", 6, { 0x00111001u, 4, 0, 0, "LO", "DOE" } },
  { "unknown-in-clear", 6, { 0x00100011u, 4, 0, 0, "LO", "DOE" } },
  { "mask-without-reason", 5, { 0x00100020u, 6, 0, BAG_ELEMENT_MASKED, "LO", "" } },
  { "unknown-flag", 5, { 0x00100020u, 6, 0, 64, "LO", "" } },
  { "type", 5, { 0x00100020u, 6, 0, 0, "l!", "" } },
  { "no-type", 5, { 0x00100020u, 6, 0, 0, "", "" } },
  { "half-a-type", 5, { 0x00100020u, 6, 0, 0, "L", "" } },
  { "too-deep-at-first", 0, { 0x00080060u, 2, 2, 0, "CS", "CT" } },
  { "too-deep", 5, { 0x00100020u, 6, 2, 0, "LO", "" } },
  { "too-deep-in-item", 9, { 0x00180050u, 4, 4, 0, "DS", "1" } },
  { "element-in-sequence", 8, { 0x00180050u, 4, 1, 0, "DS", "1" } },
  { "item-at-the-top", 5, { BAG_TAG_ITEM, 0, 0, BAG_ELEMENT_ITEM, "", "" } },
  { "item-that-is-none", 8, { 0x00180050u, 0, 1, BAG_ELEMENT_ITEM, "", "" } },
  { "item-with-text", 8, { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "x" } },
  { "item-and-sequence", 8, { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM | BAG_ELEMENT_SEQUENCE, "", "" } },
  { "sequence-with-text", 7, { 0x52009229u, 0, 0, BAG_ELEMENT_SEQUENCE, "SQ", "x" } },
  { "long-text", 5, { 0x00100020u, 6, 0, 0, "LO", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456" } },
};

static void
test_broken (gconstpointer data)
{
  const Broken *one = data;
  g_autoptr (BagElementList) before = make_list (FALSE);
  g_autoptr (BagElementList) after = NULL;
  g_autoptr (GError) error = NULL;

  g_array_index (before->rows, BagElementRow, one->index) = one->row;
  after = roundtrip (before, &error);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_null (after);
}

/* The decoder may not decide by itself that persons' data are in clear. */
static void
test_not_asked_for (void)
{
  g_autoptr (BagElementList) list = make_list (TRUE);
  g_autoptr (GBytes) bytes = bag_element_list_to_bytes (list);
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_element_list_from_bytes (bytes, FALSE, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

static void
test_masked_though_asked_for (void)
{
  g_autoptr (BagElementList) list = make_list (FALSE);
  g_autoptr (GError) error = NULL;

  list->is_revealed = TRUE;
  g_assert_null (roundtrip (list, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

static void
test_number (void)
{
  g_autoptr (BagElementList) list = bag_element_list_new (FALSE);
  g_autoptr (BagElementList) after = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < BAG_MAX_LISTED_ELEMENTS + 3; i++)
    bag_element_list_add (list, &good[0]);
  g_assert_cmpuint (list->rows->len, ==, BAG_MAX_LISTED_ELEMENTS);
  g_assert_cmpuint (list->n_more, ==, 3);
  after = roundtrip (list, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->n_more, ==, 3);

  g_array_append_val (list->rows, good[0]);
  g_assert_null (roundtrip (list, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

static void
test_text_bytes (void)
{
  g_autoptr (BagElementList) list = bag_element_list_new (FALSE);
  g_autofree char *text = g_strnfill (BAG_MAX_ELEMENT_LIST_TEXT / 1024, 'x');
  const BagElementRow row = { 0x00100020u, 6, 0, 0, "LO", text };

  for (guint i = 0; i < 1026; i++)
    bag_element_list_add (list, &row);
  bag_element_list_add (list, &good[0]);
  g_assert_cmpuint (list->rows->len, ==, 1024);
  g_assert_cmpuint (list->n_more, ==, 3);
}

static void
test_text_made_harmless (void)
{
  g_autoptr (BagElementList) before = make_list (FALSE);
  g_autoptr (BagElementList) after = NULL;
  g_autoptr (GError) error = NULL;

  g_array_index (before->rows, BagElementRow, 5).text = "A\x1b[31m\xe2\x80\xae";
  after = roundtrip (before, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bag_element_list_get (after, 5)->text, ==, "A\xef\xbf\xbd[31m\xef\xbf\xbd");
}

static void
test_cut_bytes (void)
{
  g_autoptr (BagElementList) list = make_list (FALSE);
  g_autoptr (GBytes) bytes = bag_element_list_to_bytes (list);

  for (gsize length = 0; length < g_bytes_get_size (bytes); length++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, length);

      g_assert_null (bag_element_list_from_bytes (part, FALSE, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/element-list/roundtrip", GINT_TO_POINTER (FALSE), test_roundtrip);
  g_test_add_data_func ("/element-list/roundtrip-revealed", GINT_TO_POINTER (TRUE), test_roundtrip);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strdup_printf ("/element-list/broken/%s", broken[i].name);

      g_test_add_data_func (path, &broken[i], test_broken);
    }
  g_test_add_func ("/element-list/not-asked-for", test_not_asked_for);
  g_test_add_func ("/element-list/masked-though-asked-for", test_masked_though_asked_for);
  g_test_add_func ("/element-list/number", test_number);
  g_test_add_func ("/element-list/text-bytes", test_text_bytes);
  g_test_add_func ("/element-list/text-made-harmless", test_text_made_harmless);
  g_test_add_func ("/element-list/cut-bytes", test_cut_bytes);

  return g_test_run ();
}
