/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-data-element.h"
#include "session/bag-element-node.h"
#include "session/bag-element-search.h"
#include "session/bag-element-text.h"

/* The tree of a list, and what a search leaves of it. */

#define PERSONAL (BAG_ELEMENT_PERSONAL | BAG_ELEMENT_MASKED)

static const BagElementRow rows[] = {
  { 0x00080060u, 2, 0, 0, "CS", "CT" },
  { 0x00081072u, 0, 0, BAG_ELEMENT_SEQUENCE | PERSONAL, "SQ", "" },
  { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "" },
  { 0x00080080u, 0, 2, PERSONAL, "LO", "" },
  { 0x00100020u, 6, 0, 0, "LO", "BÄG-7" },
  { 0x00111001u, 12, 0, BAG_ELEMENT_UNKNOWN | BAG_ELEMENT_MASKED, "OB", "" },
  { 0x52009230u, 0, 0, BAG_ELEMENT_SEQUENCE, "SQ", "" },
  { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "" },
  { 0x00209113u, 0, 2, BAG_ELEMENT_SEQUENCE, "SQ", "" },
  { BAG_TAG_ITEM, 0, 3, BAG_ELEMENT_ITEM, "", "" },
  { 0x00200032u, 6, 4, 0, "DS", "0\\0\\1.5" },
  { BAG_TAG_ITEM, 0, 1, BAG_ELEMENT_ITEM, "", "" },
  { 0x7fe00010u, 1000, 0, 0, "OW", "" },
  { 0x7fe00010u, 0xffffffffu, 0, 0, "OB", "" },
};

static BagElementList *
make_list (void)
{
  BagElementList *list = bag_element_list_new (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    bag_element_list_add (list, &rows[i]);

  return list;
}

static void
append_lines (GString *out, GListModel *level, guint depth)
{
  for (guint i = 0; i < g_list_model_get_n_items (level); i++)
    {
      g_autoptr (BagElementNode) node = g_list_model_get_item (level, i);
      g_autoptr (GListModel) children = bag_element_node_get_children (node);
      g_autofree char *name = bag_element_node_format_name (node);

      g_string_append_printf (out, "%*s%s%s\n", (int) depth, "", name, bag_element_node_has_found (node) ? " >" : "");
      if (children != NULL)
        append_lines (out, children, depth + 1);
    }
}

static void
assert_tree (const char *search, const char *wanted)
{
  g_autoptr (BagElementList) list = make_list ();
  g_autoptr (GListModel) tree = bag_element_node_new_tree (list, search);
  g_autoptr (GString) lines = g_string_new (NULL);

  append_lines (lines, tree, 0);
  g_assert_cmpstr (lines->str, ==, wanted);
}

#define WHOLE                              \
  "Modality\n"                             \
  "Operator Identification Sequence\n"     \
  " Item 1\n"                              \
  "  Institution Name\n"                   \
  "Patient ID\n"                           \
  "Private element\n"                      \
  "Per-frame Functional Groups Sequence\n" \
  " Item 1\n"                              \
  "  Plane Position Sequence\n"            \
  "   Item 1\n"                            \
  "    Image Position (Patient)\n"         \
  " Item 2\n"                              \
  "Pixel Data\n"                           \
  "Pixel Data\n"

static void
test_tree (void)
{
  assert_tree (NULL, WHOLE);
  assert_tree ("", WHOLE);
  assert_tree ("  ", WHOLE);
}

static void
test_search (void)
{
  const char *const position = "Per-frame Functional Groups Sequence >\n Item 1 >\n  Plane Position Sequence >\n   Item 1 >\n    Image Position (Patient)\n";

  assert_tree ("modality", "Modality\n");
  assert_tree (" (0008,0060) ", "Modality\n");
  assert_tree ("0008,006", "Modality\n");
  assert_tree ("00080060", "Modality\n");
  assert_tree ("ct", "Modality\nPer-frame Functional Groups Sequence\n Item 1\n  Plane Position Sequence\n   Item 1\n    Image Position (Patient)\n Item 2\n");
  assert_tree ("bäg", "Patient ID\n");
  assert_tree ("BÄG-7", "Patient ID\n");
  assert_tree ("1.5", position);
  assert_tree ("ImagePosition", position);
  assert_tree ("no such thing", "");
  assert_tree ("item", "");
  /* What is found shows what is in it. */
  assert_tree ("operator", "Operator Identification Sequence\n Item 1\n  Institution Name\n");
  assert_tree ("institution", "Operator Identification Sequence >\n Item 1 >\n  Institution Name\n");
  /* What is hidden is not found by what it would say. */
  assert_tree ("hidden", "");
}

static void
assert_value (guint index, const char *wanted)
{
  g_autofree char *value = bag_element_format_value (&rows[index]);

  g_assert_cmpstr (value, ==, wanted);
}

static void
test_values (void)
{
  assert_value (0, "CT");
  assert_value (1, "hidden: personal data");
  assert_value (2, "");
  assert_value (3, "hidden: personal data");
  assert_value (5, "hidden: may be personal, 12 bytes");
  assert_value (6, "");
  assert_value (12, "1000 bytes");
  assert_value (13, "compressed");
}

static void
test_line (void)
{
  g_autoptr (BagElementList) list = make_list ();
  g_autoptr (GListModel) tree = bag_element_node_new_tree (list, NULL);
  const char *const wanted[] = {
    "(0008,0060) Modality: CT",
    "(0008,1072) Operator Identification Sequence: hidden: personal data",
    "(0010,0020) Patient ID: BÄG-7",
    "(0011,1001) Private element: hidden: may be personal, 12 bytes",
    "(5200,9230) Per-frame Functional Groups Sequence",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (BagElementNode) node = g_list_model_get_item (tree, i);
      g_autofree char *line = bag_element_node_format_line (node);

      g_assert_cmpstr (line, ==, wanted[i]);
    }
}

static void
test_rest (void)
{
  g_autoptr (BagElementList) list = make_list ();
  g_autofree char *more = NULL;
  g_autofree char *damaged = NULL;

  g_assert_null (bag_element_list_format_rest (list));
  list->n_more = 3;
  more = bag_element_list_format_rest (list);
  g_assert_cmpstr (more, ==, "and 3 more");
  g_free (list->problem);
  list->problem = g_strdup ("cut");
  damaged = bag_element_list_format_rest (list);
  g_assert_cmpstr (damaged, ==, "The list ends here, because the file is damaged: cut.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/element-node/tree", test_tree);
  g_test_add_func ("/element-node/search", test_search);
  g_test_add_func ("/element-node/values", test_values);
  g_test_add_func ("/element-node/line", test_line);
  g_test_add_func ("/element-node/rest", test_rest);

  return g_test_run ();
}
