/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-fds.h"
#include "decoder/bag-isolation-wish.h"
#include "description/bag-error.h"
#include "fail-page.h"
#include "four-slices.h"
#include "scan/bag-source.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * The n-th failure inside the decoder, for every n, while a scan of four slices
 * is opened and all of it is read: each time there is the right slice or an
 * error with words, and afterwards all is well again and nothing is lost.
 *
 * The decoder runs with few rights only, for it has to inherit what makes calls
 * fail. GLib's own small allocations end it: that is its death, reported.
 */

typedef struct
{
  FailPage *page;
  BagDecoderChild *child;
  guint16 slices[FOUR_SLICES][FOUR_PIXELS];
  GBytes *description; /* of the scan without any failure */
  guint n_warnings;
  char *folder, *page_path, *path;
} Fixture;

/* Since when the decoder runs when the first call may fail. */
typedef enum
{
  WHILE_AT_WORK, /* it has read the scan before */
  WHILE_NEW,     /* it has only been started */
  FROM_START,
} Start;

typedef struct
{
  FourSyntax syntax;
  FailKind kind;
  FailMode mode;
  Start start;
} Plan;

static gboolean is_strange; /* whether something was seen that no failure explains */

static void
complain (Fixture *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
complain (Fixture *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("n = %d: %s", (int) self->page->n, text);
  is_strange = TRUE;
}

static void
arm (Fixture *self, const Plan *plan, gint64 n)
{
  self->page->kind = FAIL_NOTHING;
  self->page->count = 0;
  self->page->failed = 0;
  self->page->n = n;
  self->page->mode = plan->mode;
  self->page->kind = plan->kind;
}

/* It blames what has failed, not the file. */
static void
check_error (Fixture *self, const GError *error)
{
  BagError wanted = self->page->kind == FAIL_READ ? BAG_ERROR_NO_ACCESS : BAG_ERROR_NO_MEMORY;

  if (error == NULL || error->domain != BAG_ERROR || (guint) error->code >= BAG_N_ERRORS)
    complain (self, "no error of ours");
  else if (error->code != (int) wanted && error->code != BAG_ERROR_DECODER_DIED)
    complain (self, "%s [%s]", error->message, bag_error_name_of (error));
  else if (*error->message == '\0' || !g_utf8_validate (error->message, -1, NULL))
    complain (self, "an error without words");
}

static gboolean
read_slices (Fixture *self, BagScan *scan)
{
  guint16 values[FOUR_PIXELS];
  gboolean is_whole = TRUE;

  for (guint i = 0; i < FOUR_SLICES; i++)
    {
      g_autoptr (GError) error = NULL;

      memset (values, 0xa5, sizeof values);
      if (!bag_scan_read_slice (scan, i, self->child, (gpointer) values, sizeof values, NULL, &error))
        {
          check_error (self, error);
          is_whole = FALSE;
        }
      else if (memcmp (values, self->slices[i], sizeof values) != 0)
        {
          complain (self, "wrong pixels in slice %u", i + 1);
        }
    }

  return is_whole;
}

static void
check_scan (Fixture *self, BagScan *scan)
{
  g_autoptr (GBytes) description = bag_description_to_bytes (bag_scan_get_description (scan));

  if (bag_scan_get_n_slices (scan) != FOUR_SLICES || bag_scan_get_n_missing (scan) != 0)
    complain (self, "%u slices and %u missing", bag_scan_get_n_slices (scan), bag_scan_get_n_missing (scan));
  if (self->description == NULL)
    {
      self->description = g_bytes_ref (description);
      self->n_warnings = bag_scan_get_warnings (scan)->len;
    }
  else if (!g_bytes_equal (description, self->description) || self->n_warnings != bag_scan_get_warnings (scan)->len)
    {
      complain (self, "other facts");
    }
}

/* Returns whether all of the scan was had. */
static gboolean
run (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_source_open (self->path, self->child, NULL, &error);
  BagScan *scan = scans != NULL && scans->len == 1 ? g_ptr_array_index (scans, 0) : NULL;

  if (scan == NULL)
    {
      check_error (self, error);
      return FALSE;
    }

  check_scan (self, scan);

  return bag_scan_get_n_slices (scan) == FOUR_SLICES && read_slices (self, scan);
}

/* Until the decoder waits for the next request. */
static void
wait_for_idle (Fixture *self)
{
  while (__atomic_load_n (&self->page->idle, __ATOMIC_SEQ_CST) == 0)
    g_thread_yield ();
}

/* After a run like this one the decoder always keeps the same things. */
static gint64
run_well (Fixture *self)
{
  self->page->kind = FAIL_NOTHING;
  if (!run (self))
    complain (self, "all is not well afterwards");
  wait_for_idle (self);

  return __atomic_load_n (&self->page->live, __ATOMIC_SEQ_CST);
}

/* What a decoder has got once it keeps, so that only a new one asks for all of it. */
static void
renew_decoder (Fixture *self, gboolean has_to_start)
{
  self->page->kind = FAIL_NOTHING;
  if (self->child != NULL)
    bag_decoder_child_free (self->child);
  self->child = bag_decoder_child_new ();
  if (has_to_start)
    bag_decoder_child_start (self->child);
}

static gboolean
run_with_failure (Fixture *self, const Plan *plan, gint64 n)
{
  arm (self, plan, n);
  if (!run (self) && self->page->failed == 0)
    complain (self, "an error without a failure");
  if (plan->kind == FAIL_RECEIVE)
    wait_for_idle (self);
  self->page->kind = FAIL_NOTHING;
  if (plan->kind == FAIL_RECEIVE)
    run (self); /* the decoder may die only now that it is asked */

  return self->page->failed > 0;
}

/* What is allocated once stays; what is lost is lost again each time. */
static gint64
check_leaks (Fixture *self, const Plan *plan, gint64 n, gint64 before)
{
  guint n_deaths = bag_decoder_child_get_n_deaths (self->child);
  gint64 now = run_well (self);

  for (guint i = 0; i < 3 && now > before && bag_decoder_child_get_n_deaths (self->child) == n_deaths; i++)
    {
      before = now;
      run_with_failure (self, plan, n);
      now = run_well (self);
    }
  if (now > before && bag_decoder_child_get_n_deaths (self->child) == n_deaths)
    complain (self, "%d blocks of memory are lost", (int) (now - before));

  return now;
}

/* Returns whether a call failed. */
static gboolean
test_one (Fixture *self, const Plan *plan, gint64 n, gint64 *live, guint *n_died)
{
  guint n_deaths;

  if (plan->start != WHILE_AT_WORK)
    renew_decoder (self, plan->start == WHILE_NEW);
  n_deaths = bag_decoder_child_get_n_deaths (self->child);
  if (!run_with_failure (self, plan, n))
    return FALSE;

  if (bag_decoder_child_get_n_deaths (self->child) == n_deaths)
    {
      gint64 now = check_leaks (self, plan, n, *live);

      *live = plan->start == WHILE_AT_WORK ? now : *live;
      return TRUE;
    }

  *n_died += 1;
  if (plan->start == WHILE_AT_WORK)
    *live = run_well (self);
  else if (n % 16 == 0) /* a new one each time takes long */
    run_well (self);

  return TRUE;
}

static void
test_every_n (Fixture *self, gconstpointer data)
{
  const Plan *plan = data;
  gint64 live = run_well (self), n = 1;
  guint n_fds = bag_test_count_fds (), n_died = 0;

  while (test_one (self, plan, n, &live, &n_died))
    n++;
  g_test_message ("%d failing calls, and the decoder died in %u", (int) n - 1, n_died);
  g_assert_cmpint (n, >, 1);
  g_assert_false (is_strange);
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const Plan *plan = data;
  g_autoptr (BagPhantom) phantom = bag_phantom_new (FOUR_COLUMNS, FOUR_ROWS, FOUR_SLICES, 1, NULL);
  int fd;

  is_strange = FALSE;
  self->folder = g_dir_make_tmp ("bagscope-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "scan.dcs", NULL);
  four_slices_write (phantom, self->path, plan->syntax);
  for (guint i = 0; i < FOUR_SLICES; i++)
    bag_phantom_draw_slice (phantom, i, self->slices[i]);

  self->page_path = g_strconcat (self->folder, ".page", NULL);
  fd = g_open (self->page_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (ftruncate (fd, sizeof *self->page), ==, 0);
  self->page = mmap (NULL, sizeof *self->page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (self->page != MAP_FAILED);
  close (fd);
  g_strlcpy (self->page->program, "bagscope-decoder", sizeof self->page->program);
  g_setenv (FAIL_PAGE_VARIABLE, self->page_path, TRUE);
  renew_decoder (self, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  bag_decoder_child_free (self->child);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1); /* nobody is left */
  g_assert_cmpint (errno, ==, ECHILD);
  munmap (self->page, sizeof *self->page);
  g_clear_pointer (&self->description, g_bytes_unref);
  g_unlink (self->page_path);
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->page_path);
  g_free (self->path);
  g_free (self->folder);
}

static const struct
{
  const char *name;
  FailKind kind;
  Start start;
  guint n_syntaxes;
  FailMode first, last;
} kinds[] = {
  { "allocation", FAIL_ALLOCATION, WHILE_NEW, N_FOUR_SYNTAXES, FAIL_ONCE, FAIL_ONCE },
  { "allocation-from-then-on", FAIL_ALLOCATION, WHILE_NEW, N_FOUR_SYNTAXES, FAIL_FOREVER, FAIL_FOREVER },
  { "allocation-while-starting", FAIL_ALLOCATION, FROM_START, 1, FAIL_ONCE, FAIL_FOREVER }, /* the scan does not matter */
  { "read", FAIL_READ, WHILE_AT_WORK, N_FOUR_SYNTAXES, FAIL_ONCE, FAIL_FOREVER },
  { "map", FAIL_MAP, FROM_START, N_FOUR_SYNTAXES, FAIL_ONCE, FAIL_FOREVER },
  { "receive", FAIL_RECEIVE, WHILE_AT_WORK, N_FOUR_SYNTAXES, FAIL_ONCE, FAIL_FOREVER },
  { "send", FAIL_SEND, WHILE_AT_WORK, N_FOUR_SYNTAXES, FAIL_ONCE, FAIL_FOREVER },
};

static void
add_plans (guint k)
{
  for (guint syntax = 0; syntax < kinds[k].n_syntaxes; syntax++)
    for (guint mode = kinds[k].first; mode <= kinds[k].last; mode++)
      {
        Plan *plan = g_new0 (Plan, 1);
        g_autofree char *path = g_strdup_printf ("/decoder-failures/%s/%s/%s", kinds[k].name, four_slices_get_name (syntax), mode == FAIL_ONCE ? "once" : "from-then-on");

        *plan = (Plan){ syntax, kinds[k].kind, mode, kinds[k].start };
        g_test_add_vtable (path, sizeof (Fixture), plan, (GTestFixtureFunc) set_up, (GTestFixtureFunc) test_every_n, (GTestFixtureFunc) tear_down);
      }
}

/* usage: test-decoder-failures [GTEST-OPTION...] KIND...: what is to fail. */
int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (bag_isolation_wish_set ("off"));
  g_setenv ("LD_PRELOAD", g_getenv ("BAG_FAIL_CALLS"), TRUE);
  g_setenv ("G_SLICE", "always-malloc", TRUE);

  for (int i = 1; i < argc; i++)
    for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (strcmp (argv[i], kinds[k].name) == 0)
        add_plans (k);

  return g_test_run ();
}
