/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-decoder.h"

#include "decoder/bag-decoder-protocol.h"
#include "description/bag-element-list.h"
#include "description/bag-file-ids.h"
#include "description/bag-report.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A decoder that obeys the name that it was started by: "ACTION@KIND" answers
 * requests of that kind as ACTION says, "ACTION@KIND@N" the Nth and all later
 * ones of them; kind 0 comes before any request. All others get good answers: a
 * description of FAKE_N_FRAMES frames, a report of FAKE_N_OBJECTS objects, a list
 * of FAKE_N_ELEMENTS elements, and slices that count from 0. Of several files the
 * first gets a description of one frame, the second words, the third has to be asked
 * for alone, and so on. It does not shut itself in, whatever it is told.
 */
typedef struct
{
  char *action;
  guint32 kind;
  guint n_good; /* requests of that kind that are still answered well */
  guint8 claim; /* BagIsolation */
  guint8 *staging;
  gsize half_bytes;
  GBytes *fetched; /* (owned) what was made last, whose chunks are asked for */
} FakeDecoder;

static GBytes *
make_description (guint n_frames)
{
  g_autoptr (BagDescription) description = bag_description_new ();

  description->layout = (BagPixelLayout){
    .rows = FAKE_ROWS,
    .columns = FAKE_COLUMNS,
    .bits_allocated = 16,
    .bits_stored = 16,
    .high_bit = 15,
  };
  g_free (description->photometric);
  description->photometric = g_strdup ("MONOCHROME2");
  description->n_frames_claimed = n_frames;
  description->codec = BAG_FRAME_CODEC_RLE;
  for (guint64 i = 0; i < n_frames; i++)
    {
      BagFrame frame = { .offset = i * FAKE_FRAME_BYTES, .length = FAKE_FRAME_BYTES, .slope = 1.0 };

      g_array_append_val (description->frames, frame);
    }

  return bag_description_to_bytes (description);
}

static GBytes *
make_report (void)
{
  g_autoptr (BagReport) report = bag_report_new ();

  for (guint i = 0; i < FAKE_N_OBJECTS; i++)
    {
      BagReportObject *object = bag_report_object_new ();
      BagReportAssessment *one = bag_report_assessment_new ();

      object->id = i;
      g_free (one->text);
      one->text = g_strnfill (BAG_MAX_TEXT, 'x');
      g_ptr_array_add (object->assessments, one);
      g_ptr_array_add (report->objects, object);
    }

  return bag_report_to_bytes (report);
}

/* More than a half of the staging memory holds. */
static GBytes *
make_elements (gboolean is_revealed)
{
  g_autoptr (BagElementList) list = bag_element_list_new (is_revealed);
  const BagElementRow row = { .tag = 0x00080070u, .length = 70, .vr = "LO", .text = FAKE_TEXT };

  for (guint i = 0; i < FAKE_N_ELEMENTS; i++)
    bag_element_list_add (list, &row);

  return bag_element_list_to_bytes (list);
}

static GBytes *
make_directory (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < FAKE_N_FILE_IDS; i++)
    g_ptr_array_add (ids, (gpointer) FAKE_FILE_ID);

  return bag_file_ids_to_bytes (ids);
}

static GBytes *
make_answer (const FakeDecoder *self, const BagDecoderRequest *request)
{
  switch (request->kind)
    {
    case BAG_DECODER_REPORT:
      return make_report ();
    case BAG_DECODER_ELEMENTS:
      return make_elements ((request->length == 1) != g_str_equal (self->action, "reveal"));
    case BAG_DECODER_DIRECTORY:
      return make_directory ();
    default:
      return make_description (FAKE_N_FRAMES);
    }
}

/* Opening the pipe tells who reads it that the request has come. */
static void
hang (void)
{
  if (g_getenv ("BAG_TEST_PIPE") != NULL)
    open (g_getenv ("BAG_TEST_PIPE"), O_WRONLY | O_CLOEXEC);
  for (;;)
    pause ();
}

static void
spin (void)
{
  for (volatile guint i = 0;; i++)
    ;
}

/* As many files as a packet takes, as often as the socket takes it. */
static void
flood (const BagDecoderReply *reply)
{
  enum
  {
    N_FDS = 250
  };
  union
  {
    struct cmsghdr header;
    char space[CMSG_SPACE (N_FDS * sizeof (int))];
  } control = { .header = { .cmsg_len = CMSG_LEN (N_FDS * sizeof (int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
  struct iovec data = { .iov_base = (gpointer) reply, .iov_len = sizeof *reply };
  struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
  int fds[N_FDS] = { 0 };

  memcpy (CMSG_DATA (&control.header), fds, sizeof fds);
  while (sendmsg (BAG_DECODER_SOCKET_FD, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
    ;
}

static void
hang_up (void)
{
  shutdown (BAG_DECODER_SOCKET_FD, SHUT_RDWR);
  for (;;)
    pause ();
}

/* More than any small slice can need. */
static gboolean
can_allocate (void)
{
  void *memory = malloc (FAKE_ALLOCATED_BYTES);
  gboolean is_there = memory != NULL;

  free (memory);

  return is_there;
}

/* What goes wrong before there is an answer. */
static void
misbehave (const char *action)
{
  if (g_str_equal (action, "close"))
    hang_up ();
  if (g_str_equal (action, "die"))
    _exit (1);
  if (g_str_equal (action, "crash"))
    abort ();
  if (g_str_equal (action, "hang"))
    hang ();
  if (g_str_equal (action, "spin"))
    spin ();
}

static void
lie (const char *action, BagDecoderReply *reply)
{
  if (g_str_equal (action, "magic"))
    reply->magic++;
  else if (g_str_equal (action, "sequence"))
    reply->sequence--;
  else if (g_str_equal (action, "kind"))
    reply->kind ^= 3;
  else if (g_str_equal (action, "status"))
    reply->status = 1 + BAG_N_ERRORS;
  else if (g_str_equal (action, "cancelled"))
    reply->status = 1 + BAG_ERROR_CANCELLED;
  else if (g_str_equal (action, "length"))
    reply->length = G_MAXUINT32;
  else if (g_str_equal (action, "total"))
    reply->total += 1;
  else if (g_str_equal (action, "huge"))
    reply->total = G_MAXUINT64;
  else if (g_str_equal (action, "chunk"))
    reply->chunk++;
  else if (g_str_equal (action, "long-message"))
    reply->status = 1 + BAG_ERROR_MALFORMED, reply->length = G_MAXUINT32;
}

static const char complaint[] = "This\033[2J is \xff wrong.";

static gsize
write_part (guint8 *half, guint32 status, gconstpointer bytes, gsize length)
{
  const BagDecoderPart part = { .status = status, .length = (guint32) length };

  memcpy (half, &part, sizeof part);
  if (length > 0)
    memcpy (half + sizeof part, bytes, length);

  return sizeof part + length;
}

static void
describe_all (const char *action, guint n_files, guint8 *half, BagDecoderReply *reply)
{
  g_autoptr (GBytes) small = make_description (1);
  BagDecoderPart *first = (gpointer) half;
  gsize size = 0;

  for (guint i = 0; i < n_files; i++)
    {
      if (i % 3 == 0)
        size += write_part (half + size, 0, g_bytes_get_data (small, NULL), g_bytes_get_size (small));
      else if (i % 3 == 1)
        size += write_part (half + size, 1 + BAG_ERROR_MALFORMED, complaint, sizeof complaint - 1);
      else
        size += write_part (half + size, BAG_DECODER_ALONE, NULL, 0);
    }
  if (g_str_equal (action, "part-length"))
    first->length = G_MAXUINT32;
  else if (g_str_equal (action, "part-status"))
    first->status = 1 + BAG_N_ERRORS;
  else if (g_str_equal (action, "part-cancelled"))
    first->status = 1 + BAG_ERROR_CANCELLED;
  else if (g_str_equal (action, "part-alone"))
    first->status = BAG_DECODER_ALONE;
  else if (g_str_equal (action, "part-few"))
    size -= sizeof (BagDecoderPart);
  else if (g_str_equal (action, "part-many"))
    size += sizeof (BagDecoderPart);
  reply->total = reply->length = (guint32) size;
}

static void
answer (FakeDecoder *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply)
{
  const guint8 *bytes = NULL;
  guint8 *half = self->staging != NULL ? self->staging + request->half * self->half_bytes : NULL;

  if (request->kind == BAG_DECODER_STAGING)
    {
      if (self->staging != NULL)
        munmap (self->staging, 2 * self->half_bytes);
      self->half_bytes = request->length;
      self->staging = mmap (NULL, 2 * self->half_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
      reply->total = self->claim;
      return;
    }
  if (request->kind == BAG_DECODER_DECODE)
    {
      reply->length = (guint32) request->rows * request->columns * 2;
      for (guint i = 0; i < reply->length / 2; i++)
        ((guint16 *) (gpointer) half)[i] = (guint16) i;
      return;
    }

  if (request->kind != BAG_DECODER_CHUNK)
    {
      g_clear_pointer (&self->fetched, g_bytes_unref);
      self->fetched = make_answer (self, request);
    }
  bytes = g_bytes_get_data (self->fetched, NULL);
  reply->total = g_bytes_get_size (self->fetched);
  reply->chunk = request->chunk;
  reply->length = (guint32) bag_decoder_get_chunk_bytes (reply->total, request->chunk, self->half_bytes);
  memcpy (half, bytes + request->chunk * self->half_bytes, reply->length);
}

static void
fail (FakeDecoder *self, const BagDecoderRequest *request, BagDecoderReply *reply)
{
  reply->status = 1 + BAG_ERROR_MALFORMED;
  reply->length = sizeof complaint - 1;
  memcpy (self->staging + request->half * self->half_bytes, complaint, reply->length);
}

static const char *
get_action (FakeDecoder *self, guint32 kind)
{
  if (kind != self->kind)
    return "";
  if (self->n_good == 0)
    return self->action;

  self->n_good--;

  return "";
}

static void
look_for_poison (const int *fds, guint n_fds)
{
  struct stat info;

  for (guint i = 0; i < n_fds; i++)
    if (fstat (fds[i], &info) == 0 && info.st_size == FAKE_POISON_BYTES)
      abort ();
}

static void
serve (FakeDecoder *self, const BagDecoderRequest *request, const int *fds, guint n_fds)
{
  const int fd = n_fds > 0 ? fds[0] : -1;
  BagDecoderReply replies[2] = { 0 };
  BagDecoderReply *reply = &replies[0];
  const char *action = get_action (self, request->kind);
  gsize size = sizeof *reply;
  int sent_fd = -1;

  reply->magic = BAG_DECODER_MAGIC;
  reply->sequence = request->sequence;
  reply->kind = request->kind;
  misbehave (action);
  look_for_poison (fds, n_fds);
  if (request->kind == BAG_DECODER_DESCRIBE_ALL)
    describe_all (action, n_fds, self->staging + request->half * self->half_bytes, reply);
  else
    answer (self, request, fd, reply);
  lie (action, reply);

  if (g_str_equal (action, "fail") || (g_str_equal (action, "allocate") && !can_allocate ()))
    fail (self, request, reply);
  else if (g_str_equal (action, "garbage"))
    memset (reply, 0xA5, sizeof *reply);
  else if (g_str_equal (action, "short"))
    size -= 1;
  else if (g_str_equal (action, "long"))
    size += 1;
  else if (g_str_equal (action, "file"))
    sent_fd = STDIN_FILENO;
  else if (g_str_equal (action, "flood"))
    flood (reply);

  bag_decoder_send (BAG_DECODER_SOCKET_FD, replies, size, sent_fd);
  if (g_str_equal (action, "twice"))
    bag_decoder_send (BAG_DECODER_SOCKET_FD, replies, size, -1);
}

/* Before it was asked. */
static void
speak_first (const char *action)
{
  BagDecoderReply reply = { .magic = BAG_DECODER_MAGIC, .kind = BAG_DECODER_STAGING };

  misbehave (action);
  if (g_str_equal (action, "garbage"))
    memset (&reply, 0xA5, sizeof reply);
  if (g_str_equal (action, "garbage") || g_str_equal (action, "sequence"))
    bag_decoder_send (BAG_DECODER_SOCKET_FD, &reply, sizeof reply, -1);
  if (g_str_equal (action, "short"))
    bag_decoder_send (BAG_DECODER_SOCKET_FD, &reply, sizeof reply - 1, -1);
  if (g_str_equal (action, "flood"))
    flood (&reply);
}

static guint
read_number (char **words, guint place)
{
  return g_strv_length (words) > place ? (guint) atoi (words[place]) : 0;
}

int
main (int argc, char *argv[])
{
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_auto (GStrv) words = g_strsplit (name, "@", 3);
  BagIsolation claim = BAG_ISOLATION_OFF;
  FakeDecoder self = {
    .action = words[0],
    .kind = words[1] != NULL ? read_number (words, 1) : G_MAXUINT32,
    .n_good = MAX (read_number (words, 2), 1) - 1,
  };
  BagDecoderRequest request;
  int fds[BAG_DECODER_MAX_FILES];
  guint n_fds = 0;

  bag_isolation_parse (argc > 1 ? argv[1] : NULL, &claim);
  self.claim = (guint8) claim;
  speak_first (get_action (&self, 0));
  while (bag_decoder_receive_files (BAG_DECODER_SOCKET_FD, &request, sizeof request, fds, &n_fds) == sizeof request)
    {
      serve (&self, &request, fds, n_fds);
      for (guint i = 0; i < n_fds; i++)
        bag_decoder_close_fd (&fds[i]);
    }
  g_clear_pointer (&self.fetched, g_bytes_unref);

  return 0;
}
