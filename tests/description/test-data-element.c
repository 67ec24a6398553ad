/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-data-element.h"
#include "description/bag-data-element-table.h"

typedef struct
{
  guint32 tag;
  const char *vr, *keyword; /* NULL: not known */
  BagDataOwner owner;
} Known;

static const Known known[] = {
  { 0x00000000u, "UL", "CommandGroupLength", BAG_DATA_OWNER_NOBODY },
  { 0x00020010u, "UI", "TransferSyntaxUID", BAG_DATA_OWNER_NOBODY },
  { 0x00081072u, "SQ", "OperatorIdentificationSequence", BAG_DATA_OWNER_PERSON },
  { 0x00082108u, "CS", "CoordinateSystem", BAG_DATA_OWNER_NOBODY },
  { 0x00100010u, "PN", "PatientName", BAG_DATA_OWNER_PERSON },
  { 0x00100020u, "LO", "PatientID", BAG_DATA_OWNER_NOBODY },
  { 0x00100040u, "CS", "PatientSex", BAG_DATA_OWNER_PERSON },
  { 0x00101030u, "DS", "PatientWeight", BAG_DATA_OWNER_BAG },
  { 0x00280106u, "xs", "SmallestImagePixelValue", BAG_DATA_OWNER_NOBODY },
  { 0x00281106u, "xl", "SmallestImagePixelValue32", BAG_DATA_OWNER_NOBODY },
  { 0x40101047u, "SQ", "OOIOwnerSequence", BAG_DATA_OWNER_PERSON },
  { 0x40101051u, "LO", "ItineraryID", BAG_DATA_OWNER_PERSON },
  { 0x61000030u, "US", "SeriesEnergy", BAG_DATA_OWNER_NOBODY },
  { 0x7fe00010u, "ox", "PixelData", BAG_DATA_OWNER_NOBODY },
  { 0xfffee000u, "", "Item", BAG_DATA_OWNER_NOBODY },
  /* Groups and elements that repeat */
  { 0x60000010u, "US", "OverlayRows", BAG_DATA_OWNER_NOBODY },
  { 0x601e3000u, "ox", "OverlayData", BAG_DATA_OWNER_NOBODY },
  { 0x50020010u, "US", "NumberOfPoints", BAG_DATA_OWNER_NOBODY },
  { 0x002031a7u, "CS", "SourceImageIDs", BAG_DATA_OWNER_NOBODY },
  { 0x00100000u, "UL", "", BAG_DATA_OWNER_NOBODY },
  { 0x00110000u, "UL", "", BAG_DATA_OWNER_NOBODY },
  { 0x00110010u, "LO", "", BAG_DATA_OWNER_NOBODY },
  { 0xffff00ffu, "LO", "", BAG_DATA_OWNER_NOBODY },
  /* Nobody knows these */
  { 0x00110001u, NULL, NULL, 0 },
  { 0x0011000fu, NULL, NULL, 0 },
  { 0x00111000u, NULL, NULL, 0 },
  { 0x60011010u, NULL, NULL, 0 },
  { 0x00100011u, NULL, NULL, 0 },
  { 0xffffffffu, NULL, NULL, 0 },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const BagDataElement *found = bag_data_element_find (known[i].tag);

      g_test_message ("%08x", known[i].tag);
      g_assert_cmpint (found != NULL, ==, known[i].vr != NULL);
      if (found == NULL)
        continue;
      g_assert_cmpstr (found->vr, ==, known[i].vr);
      g_assert_cmpstr (bag_data_element_get_keyword (found), ==, known[i].keyword);
      g_assert_cmpuint (found->owner, ==, known[i].owner);
    }
}

/* What the search relies on, and that each row leads back to itself. */
static void
test_table (void)
{
  g_assert_cmpuint (bag_n_data_elements, >, 4900);
  for (gsize i = 0; i < bag_n_data_elements; i++)
    {
      const BagDataElement *row = &bag_data_elements[i];

      g_assert_true (i == 0 || bag_data_elements[i - 1].tag < row->tag);
      g_assert_true (bag_data_element_find (row->tag) == row);
      g_assert_cmpuint (strlen (bag_data_element_get_name (row)), >, 0);
    }
}

/* A name is a person's whatever the list says of its tag. */
static void
test_names_are_personal (void)
{
  guint n_names = 0;

  for (gsize i = 0; i < bag_n_data_elements; i++)
    if (g_str_equal (bag_data_elements[i].vr, "PN"))
      {
        n_names++;
        g_assert_cmpuint (bag_data_elements[i].owner, ==, BAG_DATA_OWNER_PERSON);
      }
  g_assert_cmpuint (n_names, >, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data-element/find", test_find);
  g_test_add_func ("/data-element/table", test_table);
  g_test_add_func ("/data-element/names-are-personal", test_names_are_personal);

  return g_test_run ();
}
