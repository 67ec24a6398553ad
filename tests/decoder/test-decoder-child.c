/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"
#include "decoder/bag-isolation-wish.h"

#include "bag-test-fds.h"
#include "fake-decoder.h"
#include "obedience.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *action;
  BagError error;
} Misdeed;

static const Misdeed misdeeds[] = {
  { "die", BAG_ERROR_DECODER_DIED },
  { "crash", BAG_ERROR_DECODER_DIED },
  { "spin", BAG_ERROR_TIMEOUT },
  { "garbage", BAG_ERROR_DECODER_DIED },
  { "short", BAG_ERROR_DECODER_DIED },
  { "long", BAG_ERROR_DECODER_DIED },
  { "magic", BAG_ERROR_DECODER_DIED },
  { "sequence", BAG_ERROR_DECODER_DIED },
  { "kind", BAG_ERROR_DECODER_DIED },
  { "status", BAG_ERROR_DECODER_DIED },
  { "cancelled", BAG_ERROR_DECODER_DIED },
  { "length", BAG_ERROR_DECODER_DIED },
  { "long-message", BAG_ERROR_DECODER_DIED },
};

static const Misdeed chunk_misdeeds[] = {
  { "total", BAG_ERROR_DECODER_DIED },
  { "huge", BAG_ERROR_DECODER_DIED },
  { "chunk", BAG_ERROR_DECODER_DIED },
};

static const BagDecoderKind kinds[] = {
  BAG_DECODER_STAGING,
  BAG_DECODER_DESCRIBE,
  BAG_DECODER_CHUNK,
  BAG_DECODER_DECODE,
};

static const BagPixelLayout layout = {
  .rows = 200,
  .columns = 300,
  .bits_allocated = 16,
  .bits_stored = 16,
  .high_bit = 15,
};

/* A decoder that does what it should gets all the time it needs on a busy machine. */
static const BagDecoderDeadlines patient = {
  .header = 60 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

/* Busy machines give it little time: only what it used up counts. */
static const BagDecoderDeadlines impatient = {
  .header = G_USEC_PER_SEC / 20,
  .slice = G_USEC_PER_SEC / 20,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

static int
make_file (void)
{
  int fd = memfd_create ("input", MFD_CLOEXEC);

  g_assert_cmpint (ftruncate (fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);

  return fd;
}

static BagDecoderChild *
new_child (void)
{
  BagDecoderChild *child = bag_decoder_child_new ();

  bag_decoder_child_set_deadlines (child, &patient);

  return child;
}

static gboolean
describe (BagDecoderChild *child, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (BagDescription) description = bag_decoder_child_describe (child, fd, cancellable, error);

  if (description == NULL)
    return FALSE;
  g_assert_cmpuint (description->frames->len, ==, FAKE_N_FRAMES);
  g_assert_cmpuint (g_array_index (description->frames, BagFrame, FAKE_N_FRAMES - 1).offset, ==, (FAKE_N_FRAMES - 1) * FAKE_FRAME_BYTES);

  return TRUE;
}

static gboolean
decode (BagDecoderChild *child, int fd, const BagPixelLayout *of, GCancellable *cancellable, GError **error)
{
  gsize n = (gsize) of->rows * of->columns;
  g_autofree guint16 *values = g_new0 (guint16, n);

  if (!bag_decoder_child_decode (child, fd, BAG_FRAME_CODEC_RLE, of, 0, 100, values, n * 2, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (values[i], ==, (guint16) i);

  return TRUE;
}

static gboolean
call (BagDecoderChild *child, int fd, BagDecoderKind kind, GError **error)
{
  return kind == BAG_DECODER_DECODE ? decode (child, fd, &layout, NULL, error) : describe (child, fd, NULL, error);
}

static void
check_misdeed (const Misdeed *misdeed, BagDecoderKind kind)
{
  BagDecoderChild *child = new_child ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  if (misdeed->error == BAG_ERROR_TIMEOUT)
    bag_decoder_child_set_deadlines (child, &impatient);
  obey (misdeed->action, kind);
  g_test_message ("%s in request %u", misdeed->action, kind);
  g_assert_false (call (child, fd, kind, &error));
  g_assert_error (error, BAG_ERROR, (int) misdeed->error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 1);
  g_clear_error (&error);

  behave ();
  bag_decoder_child_set_deadlines (child, &patient);
  g_assert_true (call (child, fd, kind, &error));
  g_assert_no_error (error);
  g_assert_true (call (child, fd, BAG_DECODER_DECODE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 1);

  close (fd);
  bag_decoder_child_free (child);
}

static void
test_misdeeds (void)
{
  guint n_fds = bag_test_count_fds ();

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < G_N_ELEMENTS (misdeeds); i++)
      check_misdeed (&misdeeds[i], kinds[kind]);

  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
}

static void
test_chunk_misdeeds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (chunk_misdeeds); i++)
    {
      check_misdeed (&chunk_misdeeds[i], BAG_DECODER_DESCRIBE);
      check_misdeed (&chunk_misdeeds[i], BAG_DECODER_CHUNK);
    }
}

/* The second answer must not be taken for that of the next request. It is
 * noticed before that is sent or as its reply, whichever comes first. */
static void
test_speaks_unasked (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  obey ("twice", BAG_DECODER_DECODE);
  g_assert_true (decode (child, fd, &layout, NULL, &error));
  behave ();
  if (!decode (child, fd, &layout, NULL, &error))
    g_assert_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  g_clear_error (&error);
  g_assert_true (decode (child, fd, &layout, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 1);

  close (fd);
}

static void
test_sends_files (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  guint n_fds;
  int fd = make_file ();

  obey ("file", BAG_DECODER_DECODE);
  g_assert_true (decode (child, fd, &layout, NULL, NULL));
  n_fds = bag_test_count_fds ();
  g_assert_true (decode (child, fd, &layout, NULL, NULL));
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
  behave ();

  close (fd);
}

static void
test_message (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  obey ("fail", BAG_DECODER_DESCRIBE);
  g_assert_false (describe (child, fd, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\033'));
  g_assert_true (g_str_has_prefix (error->message, "This"));
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 0);
  behave ();

  close (fd);
}

/* Slices of another size need other staging memory, larger and smaller. */
static void
test_sizes (void)
{
  static const guint16 sides[] = { 16, 1024, 1500, 16, 725, 1024, 3000, 1 };
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      BagPixelLayout square = layout;

      square.rows = square.columns = sides[i];
      decode (child, fd, &square, NULL, &error);
      g_assert_no_error (error);
      describe (child, fd, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 0);

  close (fd);
}

static void
test_cancelled_before (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  g_cancellable_cancel (cancellable);
  g_assert_false (decode (child, fd, &layout, cancellable, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (describe (child, fd, cancellable, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);

  close (fd);
}

/*
 * Something that happens while a decoder that hangs is at work. It opens the pipe
 * once it has the request: whoever opens the other end waits for that.
 */
typedef struct
{
  char *dir, *pipe_path;
  GThread *thread;
} Meeting;

static void
meeting_begin (Meeting *self, GThreadFunc meet, gpointer data)
{
  self->dir = g_dir_make_tmp ("bag-XXXXXX", NULL);
  self->pipe_path = g_build_filename (self->dir, "pipe", NULL);
  g_assert_cmpint (mkfifo (self->pipe_path, 0600), ==, 0);
  g_setenv ("BAG_TEST_PIPE", self->pipe_path, TRUE);
  obey ("hang", BAG_DECODER_DECODE);
  self->thread = g_thread_new ("meeting", meet, data);
}

static void
meeting_end (Meeting *self)
{
  g_thread_join (self->thread);
  behave ();
  g_unsetenv ("BAG_TEST_PIPE");
  g_remove (self->pipe_path);
  g_rmdir (self->dir);
  g_free (self->pipe_path);
  g_free (self->dir);
}

static int
meet_decoder (void)
{
  return open (g_getenv ("BAG_TEST_PIPE"), O_RDONLY | O_CLOEXEC);
}

static gpointer
cancel (gpointer cancellable)
{
  int fd = meet_decoder ();

  g_cancellable_cancel (cancellable);
  close (fd);

  return NULL;
}

static void
test_cancelled_within (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Meeting meeting;
  int fd = make_file ();

  meeting_begin (&meeting, cancel, cancellable);
  g_assert_false (decode (child, fd, &layout, cancellable, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
  g_clear_error (&error);
  meeting_end (&meeting);

  g_assert_true (decode (child, fd, &layout, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 0);

  close (fd);
}

static void
kill_process (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *pids = NULL;

  g_assert_true (g_file_get_contents (path, &pids, NULL, NULL));
  g_assert_cmpint (kill ((pid_t) g_ascii_strtoll (pids, NULL, 10), SIGKILL), ==, 0);
}

static gpointer
kill_at_work (gpointer user_data)
{
  int fd = meet_decoder ();

  kill_process ();
  close (fd);

  return NULL;
}

static void
test_killed_within (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autoptr (GError) error = NULL;
  Meeting meeting;
  int fd = make_file ();

  meeting_begin (&meeting, kill_at_work, NULL);
  g_assert_false (decode (child, fd, &layout, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  g_clear_error (&error);
  meeting_end (&meeting);

  g_assert_true (decode (child, fd, &layout, NULL, &error));
  g_assert_no_error (error);

  close (fd);
}

static void
test_cannot_start (void)
{
  g_autoptr (BagDecoderChild) child = new_child ();
  g_autofree char *program = g_strdup (g_getenv ("BAGSCOPE_DECODER"));
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  g_setenv ("BAGSCOPE_DECODER", "/nowhere/decoder", TRUE);
  bag_decoder_child_start (child);
  g_assert_false (decode (child, fd, &layout, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  g_assert_nonnull (strstr (error->message, "/nowhere/decoder"));
  g_clear_error (&error);

  g_setenv ("BAGSCOPE_DECODER", program, TRUE);
  g_assert_true (decode (child, fd, &layout, NULL, &error));
  g_assert_no_error (error);

  close (fd);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  /* The decoder has to reach the pipe that one meets at. */
  bag_isolation_wish_set ("off");
  obedience_begin ();
  g_test_add_func ("/decoder-child/misdeeds", test_misdeeds);
  g_test_add_func ("/decoder-child/chunk-misdeeds", test_chunk_misdeeds);
  g_test_add_func ("/decoder-child/speaks-unasked", test_speaks_unasked);
  g_test_add_func ("/decoder-child/sends-files", test_sends_files);
  g_test_add_func ("/decoder-child/message", test_message);
  g_test_add_func ("/decoder-child/sizes", test_sizes);
  g_test_add_func ("/decoder-child/cancelled-before", test_cancelled_before);
  g_test_add_func ("/decoder-child/cancelled-within", test_cancelled_within);
  g_test_add_func ("/decoder-child/killed-within", test_killed_within);
  g_test_add_func ("/decoder-child/cannot-start", test_cannot_start);
  result = g_test_run ();
  obedience_end ();

  return result;
}
