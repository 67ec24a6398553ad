/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-process.h"

#include <poll.h>
#include <unistd.h>

#define N_TIMES 40u
#define LONG_ENOUGH_MS 60000

/* Whoever still runs holds the other end of the socket open. */
static void
assert_gone (int socket)
{
  struct pollfd gone = { .fd = socket, .events = POLLRDHUP };

  g_assert_cmpint (poll (&gone, 1, LONG_ENOUGH_MS), ==, 1);
  g_assert_cmpint (gone.revents & (POLLHUP | POLLRDHUP), !=, 0);
}

/* For its first word, or until each time at another step of the wrapper's. */
static void
listen_shortly (int socket, guint us)
{
  struct pollfd word = { .fd = socket, .events = POLLIN };
  const struct timespec limit = { .tv_nsec = us * 1000L };

  g_assert_cmpint (ppoll (&word, 1, &limit, NULL), >=, 0);
}

/* The wrapper has a child of its own long before the decoder runs. */
static void
test_end_while_starting (gconstpointer data)
{
  BagIsolation isolation = (BagIsolation) GPOINTER_TO_UINT (data);
  BagDecoderProcess process;

  bag_decoder_process_init (&process);
  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autoptr (GError) error = NULL;
      int socket;

      bag_decoder_process_start (&process, isolation, &error);
      g_assert_no_error (error);
      socket = dup (process.socket);
      listen_shortly (socket, i * 50u);
      bag_decoder_process_end (&process);
      assert_gone (socket);
      close (socket);
    }
  bag_decoder_process_clear (&process);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/decoder-process/end-while-starting/full", GUINT_TO_POINTER (BAG_ISOLATION_FULL), test_end_while_starting);
  g_test_add_data_func ("/decoder-process/end-while-starting/seccomp", GUINT_TO_POINTER (BAG_ISOLATION_SECCOMP), test_end_while_starting);

  return g_test_run ();
}
