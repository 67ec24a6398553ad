/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-session-status.h"

static void
assert_text (char *got, const char *wanted)
{
  g_assert_cmpstr (got, ==, wanted);
  g_free (got);
}

static void
test_title (void)
{
  assert_text (bag_format_title ("BAG-1"), "BAG-1 – Bagscope");
  assert_text (bag_format_title ("100 %s"), "100 %s – Bagscope");
  assert_text (bag_format_title (""), "Bagscope");
}

static void
test_status (void)
{
  const double z = 266.25;

  assert_text (bag_format_status (212, 600, &z, "MHU"), "slice 213 of 600 · z 266.25 mm · MHU");
  assert_text (bag_format_status (0, 1, NULL, "raw"), "one picture · raw");
}

static void
test_probe (void)
{
  const double position[3] = { 153.75, -56.25, 266.25 };

  assert_text (bag_format_probe (122, 44, position, 1034, "MHU"), "(col 123, row 45) · x 153.75 y -56.25 z 266.25 mm · 1034 MHU");
  assert_text (bag_format_probe (0, 0, NULL, -1000, "HU"), "(col 1, row 1) · -1000 HU");
  assert_text (bag_format_probe (0, 0, NULL, -0.0, "HU"), "(col 1, row 1) · 0 HU");
  assert_text (bag_format_probe (0, 0, NULL, 0.125, "raw"), "(col 1, row 1) · 0.12 raw");
}

static void
test_notice (void)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_note_free);

  assert_text (bag_format_notice (warnings, 0, 1), NULL);
  assert_text (bag_format_notice (NULL, 0, 0), NULL);
  g_ptr_array_add (warnings, bag_note_new ("gap", "Slices are missing."));
  assert_text (bag_format_notice (warnings, 0, 1), "Slices are missing.");
  g_ptr_array_add (warnings, bag_note_new ("no-position", "No positions."));
  assert_text (bag_format_notice (warnings, 1, 3), "This is scan 2 of 3. Ctrl+Page Down and Ctrl+Page Up show the others.\nSlices are missing.\nNo positions.");
  assert_text (bag_format_notice (NULL, 0, 2), "This is scan 1 of 2. Ctrl+Page Down and Ctrl+Page Up show the others.");
}

static void
test_open_error (void)
{
  g_autoptr (GError) plain = g_error_new (BAG_ERROR, BAG_ERROR_MALFORMED, "It contradicts itself.");
  g_autoptr (GError) of_decoder = g_error_new (BAG_ERROR, BAG_ERROR_MALFORMED, "It contradicts itself");
  g_autoptr (GError) limit = g_error_new (BAG_ERROR, BAG_ERROR_LIMIT, "It has 7 frames, more than the limit of 6 (setting limit-frames)");
  g_autoptr (GError) fixed = g_error_new (BAG_ERROR, BAG_ERROR_LIMIT, "It has too many objects");
  g_autoptr (GError) named = g_error_new (BAG_ERROR, BAG_ERROR_NO_ACCESS, "“a.dcs” does not exist.");
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Failed.");

  assert_text (bag_format_open_error ("/x/a.dcs", 0, plain), "Cannot open “a.dcs”: It contradicts itself. Get the file from the scanner again.");
  assert_text (bag_format_open_error ("/x/a.dcs", 0, of_decoder), "Cannot open “a.dcs”: It contradicts itself. Get the file from the scanner again.");
  assert_text (bag_format_open_error ("/x/a.dcs", 0, limit), "Cannot open “a.dcs”: It has 7 frames, more than the limit of 6 (setting limit-frames). Raise that setting if you trust the file, or export a smaller scan.");
  assert_text (bag_format_open_error ("/x/a.dcs", 0, fixed), "Cannot open “a.dcs”: It has too many objects. Export a smaller scan.");
  assert_text (bag_format_open_error ("/x/a.dcs", 0, named), "“a.dcs” does not exist.");
  assert_text (bag_format_open_error ("/x/a.dcs", 2, plain), "Cannot open “a.dcs and 2 more”: It contradicts itself. Get the file from the scanner again.");
  assert_text (bag_format_open_error ("/x/a.dcs", 0, foreign), "Cannot open “a.dcs”: Failed.");
}

/* Every error that stops an opening says something; none breaks the formatter. */
static void
test_all_errors (void)
{
  for (guint code = 0; code < BAG_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (BAG_ERROR, (int) code, "Why.");
      g_autofree char *text = bag_format_open_error ("a\n\xe2\x80\xae.dcs", 0, error);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (g_utf8_strchr (text, -1, '\n'));
      g_assert_null (g_utf8_strchr (text, -1, 0x202e));
    }
}

static void
test_slice_error (void)
{
  g_autoptr (GError) error = g_error_new (BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "Damaged.");

  assert_text (bag_format_slice_error (6, error), "Slice 7 cannot be shown: Damaged.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-status/title", test_title);
  g_test_add_func ("/session-status/status", test_status);
  g_test_add_func ("/session-status/probe", test_probe);
  g_test_add_func ("/session-status/notice", test_notice);
  g_test_add_func ("/session-status/open-error", test_open_error);
  g_test_add_func ("/session-status/all-errors", test_all_errors);
  g_test_add_func ("/session-status/slice-error", test_slice_error);

  return g_test_run ();
}
