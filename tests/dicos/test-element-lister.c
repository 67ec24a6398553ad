/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "description/bag-error.h"
#include "dicos/bag-element-lister.h"
#include "dicos/bag-element-parser.h"

#include <string.h>

/* Explicit little endian, element by element. */
static void
put (GByteArray *out, guint32 tag, const char *vr, gconstpointer value, gsize length)
{
  gboolean is_long = strstr ("OB OW OF SQ UN UT", vr) != NULL;
  guint8 head[12] = { (guint8) (tag >> 16), (guint8) (tag >> 24), (guint8) tag, (guint8) (tag >> 8), (guint8) vr[0], (guint8) vr[1] };

  memcpy (head + (is_long ? 8 : 6), (guint8[]){ (guint8) length, (guint8) (length >> 8), 0, 0 }, is_long ? 4 : 2);
  g_byte_array_append (out, head, is_long ? 12 : 8);
  if (length > 0)
    g_byte_array_append (out, value, (guint) length);
}

static void
put_text (GByteArray *out, guint32 tag, const char *vr, const char *text)
{
  put (out, tag, vr, text, strlen (text));
}

static void
put_mark (GByteArray *out, guint32 tag, guint32 length)
{
  guint8 head[8] = { (guint8) (tag >> 16), (guint8) (tag >> 24), (guint8) tag, (guint8) (tag >> 8), (guint8) length, (guint8) (length >> 8), (guint8) (length >> 16), (guint8) (length >> 24) };

  g_byte_array_append (out, head, sizeof head);
}

static void
begin (GByteArray *out, guint32 tag)
{
  put (out, tag, "SQ", NULL, 0);
  memset (out->data + out->len - 4, 0xff, 4);
  put_mark (out, BAG_TAG_ITEM, BAG_UNDEFINED_LENGTH);
}

static void
end (GByteArray *out)
{
  put_mark (out, BAG_TAG_ITEM_END, 0);
  put_mark (out, BAG_TAG_SEQUENCE_END, 0);
}

static GByteArray *
begin_file (const char *sop_class)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_set_size (out, 128);
  memset (out->data, 0, 128);
  g_byte_array_append (out, (const guint8 *) "DICM", 4);
  put_text (out, 0x00020002u, "UI", sop_class);
  put_text (out, 0x00020010u, "UI", TEST_EXPLICIT);

  return out;
}

static BagElementList *
read_list (GByteArray *bytes, gboolean reveal)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  BagElementList *list = bag_element_lister_read (reader, reveal, &error);

  g_assert_no_error (error);

  return list;
}

/* The first row with that tag. */
static const BagElementRow *
find (const BagElementList *list, guint32 tag)
{
  for (guint i = 0; i < list->rows->len; i++)
    if (bag_element_list_get (list, i)->tag == tag)
      return bag_element_list_get (list, i);

  g_error ("(%04X,%04X) is not in the list", tag >> 16, tag & 0xffff);
}

#define DICOS_CT "1.2.840.10008.5.1.4.1.1.501.1"
#define LAST_BYTES 16u /* of the last element of the file below */
#define MEDICAL_CT "1.2.840.10008.5.1.4.1.1.2"

static GByteArray *
make_persons (const char *sop_class)
{
  GByteArray *out = begin_file (sop_class);

  put_text (out, 0x00080005u, "CS", "ISO_IR 100");
  begin (out, 0x00081072u); /* OperatorIdentificationSequence */
  begin (out, 0x00401101u);
  put_text (out, 0x00080100u, "SH", "ID42");
  end (out);
  put_text (out, 0x00080080u, "LO", "Airport");
  end (out);
  begin (out, 0x00081115u); /* ReferencedSeriesSequence: nobody's */
  put_text (out, 0x00080005u, "CS", "ISO_IR 126");
  put_text (out, 0x0008103eu, "LO", "\xc1\xc2");
  put_text (out, 0x00401102u, "ST", "Street 1");
  end (out);
  put_text (out, 0x00081090u, "LO", "M\xe4"
                                    "x");
  put_text (out, 0x00090010u, "LO", "MAKER");
  begin (out, 0x00091001u);
  put_text (out, 0x00080060u, "CS", "CT");
  end (out);
  put_text (out, 0x00100010u, "PN", "Doe^Jane");
  put_text (out, 0x00100020u, "LO", "BAG-7 ");
  put_text (out, 0x00101030u, "DS", "12.5");
  put_text (out, 0x00100041u, "LO", "odd");
  put_text (out, 0x00200010u, "PN", "Not^here");

  return out;
}

typedef struct
{
  guint32 tag;
  guint flags;
  guint depth;
  const char *text; /* in clear */
} Wanted;

static const Wanted persons[] = {
  { 0x00081072u, BAG_ELEMENT_SEQUENCE | BAG_ELEMENT_PERSONAL, 0, "" },
  { 0x00401101u, BAG_ELEMENT_SEQUENCE | BAG_ELEMENT_PERSONAL, 2, "" },
  { 0x00080100u, BAG_ELEMENT_PERSONAL, 4, "ID42" },
  { 0x00080080u, BAG_ELEMENT_PERSONAL, 2, "Airport" },
  { 0x00081115u, BAG_ELEMENT_SEQUENCE, 0, "" },
  { 0x0008103eu, 0, 2, "ΑΒ" },
  { 0x00401102u, BAG_ELEMENT_PERSONAL, 2, "Street 1" },
  { 0x00081090u, 0, 0, "Mäx" },
  { 0x00090010u, 0, 0, "MAKER" },
  { 0x00091001u, BAG_ELEMENT_SEQUENCE | BAG_ELEMENT_UNKNOWN, 0, "" },
  { 0x00080060u, BAG_ELEMENT_UNKNOWN, 2, "CT" },
  { 0x00100010u, BAG_ELEMENT_PERSONAL, 0, "Doe^Jane" },
  { 0x00100020u, 0, 0, "BAG-7" },
  { 0x00100041u, BAG_ELEMENT_UNKNOWN, 0, "odd" },
  { 0x00200010u, BAG_ELEMENT_PERSONAL, 0, "Not^here" },
};

static void
check_persons (const BagElementList *list, gboolean reveal)
{
  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      const BagElementRow *row = find (list, persons[i].tag);
      gboolean is_masked = !reveal && (persons[i].flags & (BAG_ELEMENT_PERSONAL | BAG_ELEMENT_UNKNOWN)) != 0;

      g_test_message ("%08x", persons[i].tag);
      g_assert_cmpuint (row->depth, ==, persons[i].depth);
      g_assert_cmpuint (row->flags, ==, persons[i].flags | (is_masked ? BAG_ELEMENT_MASKED : 0u));
      g_assert_cmpstr (row->text, ==, is_masked ? "" : persons[i].text);
      if (is_masked && (persons[i].flags & BAG_ELEMENT_PERSONAL) != 0)
        g_assert_cmpuint (row->length, ==, 0);
    }
}

static void
test_persons (gconstpointer data)
{
  gboolean reveal = GPOINTER_TO_INT (data);
  g_autoptr (GByteArray) file = make_persons (DICOS_CT);
  g_autoptr (BagElementList) list = read_list (file, reveal);

  check_persons (list, reveal);
}

/* The mass is the bag's in DICOS, and a person's elsewhere. */
static void
test_mass (void)
{
  g_autoptr (GByteArray) dicos = make_persons (DICOS_CT);
  g_autoptr (GByteArray) medical = make_persons (MEDICAL_CT);
  g_autoptr (BagElementList) bag = read_list (dicos, FALSE);
  g_autoptr (BagElementList) person = read_list (medical, FALSE);

  g_assert_cmpstr (find (bag, 0x00101030u)->text, ==, "12.5");
  g_assert_cmpuint (find (person, 0x00101030u)->flags, ==, BAG_ELEMENT_PERSONAL | BAG_ELEMENT_MASKED);
}

typedef struct
{
  const char *vr;
  guint8 bytes[8];
  gsize length;
  const char *text;
} Value;

static const Value values[] = {
  { "US", { 0xff, 0xff, 1, 0 }, 4, "65535\\1" },
  { "SS", { 0xff, 0xff, 1, 0 }, 4, "-1\\1" },
  { "UL", { 0xff, 0xff, 0xff, 0xff }, 4, "4294967295" },
  { "SL", { 0xff, 0xff, 0xff, 0xff }, 4, "-1" },
  { "FL", { 0xcd, 0xcc, 0xcc, 0x3d }, 4, "0.1" },
  { "FL", { 0, 0, 0xc0, 0x7f }, 4, "nan" },
  { "FD", { 0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f }, 8, "0.1" },
  { "AT", { 0x10, 0, 0x20, 0 }, 4, "(0010,0020)" },
  { "OB", { 0, 1, 0xff, 9 }, 4, "00 01 FF 09" },
  { "OW", { 0, 1, 0xff, 9 }, 4, "0100 09FF" },
  { "OF", { 0, 0, 0x80, 0x3f }, 4, "1" },
  { "UN", { 'A', 'B' }, 2, "AB" }, /* as the dictionary has it: text */
  { "DS", { '1', '\\', '2', ' ' }, 4, "1\\2" },
  { "US", { 1 }, 1, "" },
};

static void
test_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GByteArray) file = begin_file (DICOS_CT);
      g_autoptr (BagElementList) list = NULL;

      put (file, 0x00080070u, values[i].vr, values[i].bytes, values[i].length);
      list = read_list (file, FALSE);
      g_test_message ("%s", values[i].vr);
      g_assert_cmpstr (find (list, 0x00080070u)->text, ==, values[i].text);
      g_assert_cmpstr (find (list, 0x00080070u)->vr, ==, values[i].vr);
    }
}

/* A long value is cut off where it is in the way, and says so. */
static void
test_long_values (void)
{
  static const char *const vrs[] = { "UT", "OB", "OW", "OF", "US", "AT", "FD" };
  g_autofree char *bytes = g_strnfill (4000, 'A');

  for (guint i = 0; i < G_N_ELEMENTS (vrs); i++)
    {
      g_autoptr (GByteArray) file = begin_file (DICOS_CT);
      g_autoptr (BagElementList) list = NULL;
      const BagElementRow *row = NULL;

      put (file, 0x00080070u, vrs[i], bytes, 4000);
      list = read_list (file, FALSE);
      row = find (list, 0x00080070u);
      g_assert_cmpint (g_utf8_strlen (row->text, -1), ==, BAG_MAX_ELEMENT_TEXT);
      g_assert_true (g_str_has_suffix (row->text, "…"));
      g_assert_cmpuint (row->length, ==, 4000);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GByteArray) file = begin_file (DICOS_CT);
  g_autoptr (BagElementList) list = NULL;

  for (guint i = 0; i < BAG_MAX_LISTED_ELEMENTS; i++)
    put (file, 0x00080070u, "LO", "A ", 2);
  list = read_list (file, FALSE);
  g_assert_cmpuint (list->rows->len, ==, BAG_MAX_LISTED_ELEMENTS);
  g_assert_cmpuint (list->n_more, ==, 2);
}

/* All there is of a header that is cut off, and why it ends. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) file = make_persons (DICOS_CT);

  for (guint n_cut = 1; n_cut < LAST_BYTES; n_cut++)
    {
      g_autoptr (BagElementList) list = NULL;

      g_byte_array_set_size (file, file->len - 1);
      list = read_list (file, FALSE);
      g_assert_cmpstr (find (list, 0x00100010u)->text, ==, "");
      g_assert_cmpstr (list->problem, !=, "");
      g_assert_null (strstr (list->problem, "Not"));
    }
}

static void
test_no_file (void)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory ("nothing", 7);
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_element_lister_read (reader, FALSE, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NOT_DICOM);
}

/* Every way to write a file gives the same rows; what comes behind the pixels is listed where it
 * can be found without reading them. */
static void
test_syntaxes (void)
{
  static const char *const syntaxes[] = { TEST_EXPLICIT, TEST_IMPLICIT, TEST_BIG_ENDIAN, TEST_DEFLATED, TEST_RLE };
  static const TestChange changes[] = { { 0x00100010u, "PN", "DOE^JANE" } };

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    {
      g_autoptr (GByteArray) file = test_file_new (syntaxes[i], 0, changes, G_N_ELEMENTS (changes));
      g_autoptr (BagElementList) list = read_list (file, FALSE);
      g_autoptr (BagElementList) clear = read_list (file, TRUE);

      g_assert_cmpstr (list->problem, ==, "");
      g_assert_cmpstr (find (list, 0x00020010u)->text, ==, syntaxes[i]);
      g_assert_cmpstr (find (list, 0x00280010u)->text, ==, "4");
      g_assert_cmpstr (find (list, 0x00280010u)->vr, ==, "US");
      g_assert_cmpuint (find (list, 0x00200032u)->depth, ==, 4);
      g_assert_cmpstr (find (list, 0x7fe00010u)->text, ==, "");
      g_assert_cmpstr (find (list, 0x00100010u)->text, ==, "");
      g_assert_cmpstr (find (clear, 0x00100010u)->text, ==, "DOE^JANE");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/element-lister/persons", GINT_TO_POINTER (FALSE), test_persons);
  g_test_add_data_func ("/element-lister/persons-revealed", GINT_TO_POINTER (TRUE), test_persons);
  g_test_add_func ("/element-lister/mass", test_mass);
  g_test_add_func ("/element-lister/values", test_values);
  g_test_add_func ("/element-lister/long-values", test_long_values);
  g_test_add_func ("/element-lister/too-many", test_too_many);
  g_test_add_func ("/element-lister/cut", test_cut);
  g_test_add_func ("/element-lister/no-file", test_no_file);
  g_test_add_func ("/element-lister/syntaxes", test_syntaxes);

  return g_test_run ();
}
