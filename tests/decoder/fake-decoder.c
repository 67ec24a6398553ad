/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-decoder.h"

#include "decoder/bag-decoder-protocol.h"
#include "description/bag-element-list.h"
#include "description/bag-report.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * A decoder that obeys: BAG_TEST_DECODER is "ACTION@KIND", and requests of
 * that kind are answered as ACTION says. All others get good answers: a
 * description of FAKE_N_FRAMES frames, a report of FAKE_N_OBJECTS objects, a list
 * of FAKE_N_ELEMENTS elements, and slices that count from 0.
 */
typedef struct
{
  char *action;
  guint32 kind;
  guint8 *staging;
  gsize half_bytes;
  GBytes *description, *report, *elements;
  GBytes *fetched; /* (not owned) the one of them whose chunks are asked for */
} FakeDecoder;

static GBytes *
make_description (void)
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
  description->n_frames_claimed = FAKE_N_FRAMES;
  for (guint64 i = 0; i < FAKE_N_FRAMES; i++)
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

/* What goes wrong before there is an answer. */
static void
misbehave (const char *action)
{
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

static void
answer (FakeDecoder *self, const BagDecoderRequest *request, int fd, BagDecoderReply *reply)
{
  const guint8 *bytes = NULL;
  guint8 *half = self->staging != NULL ? self->staging + request->half * self->half_bytes : NULL;

  if (request->kind == BAG_DECODER_STAGING)
    {
      self->half_bytes = request->length;
      self->staging = mmap (NULL, 2 * self->half_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
      return;
    }
  if (request->kind == BAG_DECODER_DECODE)
    {
      reply->length = (guint32) request->rows * request->columns * 2;
      for (guint i = 0; i < reply->length / 2; i++)
        ((guint16 *) (gpointer) half)[i] = (guint16) i;
      return;
    }

  if (request->kind == BAG_DECODER_REPORT && self->report == NULL)
    self->report = make_report ();
  if (request->kind == BAG_DECODER_ELEMENTS)
    {
      g_clear_pointer (&self->elements, g_bytes_unref);
      self->elements = make_elements ((request->length == 1) != g_str_equal (self->action, "reveal"));
    }
  if (request->kind == BAG_DECODER_ELEMENTS)
    self->fetched = self->elements;
  else if (request->kind != BAG_DECODER_CHUNK)
    self->fetched = request->kind == BAG_DECODER_REPORT ? self->report : self->description;
  bytes = g_bytes_get_data (self->fetched, NULL);
  reply->total = g_bytes_get_size (self->fetched);
  reply->chunk = request->chunk;
  reply->length = (guint32) bag_decoder_get_chunk_bytes (reply->total, request->chunk, self->half_bytes);
  memcpy (half, bytes + request->chunk * self->half_bytes, reply->length);
}

static void
fail (FakeDecoder *self, const BagDecoderRequest *request, BagDecoderReply *reply)
{
  static const char message[] = "This\033[2J is \xff wrong.";

  reply->status = 1 + BAG_ERROR_MALFORMED;
  reply->length = sizeof message - 1;
  memcpy (self->staging + request->half * self->half_bytes, message, reply->length);
}

static void
serve (FakeDecoder *self, const BagDecoderRequest *request, int fd)
{
  BagDecoderReply replies[2] = { 0 };
  BagDecoderReply *reply = &replies[0];
  const char *action = request->kind == self->kind ? self->action : "";
  gsize size = sizeof *reply;
  int sent_fd = -1;

  reply->magic = BAG_DECODER_MAGIC;
  reply->sequence = request->sequence;
  reply->kind = request->kind;
  misbehave (action);
  answer (self, request, fd, reply);
  lie (action, reply);

  if (g_str_equal (action, "fail"))
    fail (self, request, reply);
  else if (g_str_equal (action, "garbage"))
    memset (reply, 0xA5, sizeof *reply);
  else if (g_str_equal (action, "short"))
    size -= 1;
  else if (g_str_equal (action, "long"))
    size += 1;
  else if (g_str_equal (action, "file"))
    sent_fd = STDIN_FILENO;

  bag_decoder_send (BAG_DECODER_SOCKET_FD, replies, size, sent_fd);
  if (g_str_equal (action, "twice"))
    bag_decoder_send (BAG_DECODER_SOCKET_FD, replies, size, -1);
}

int
main (void)
{
  g_auto (GStrv) words = g_strsplit (g_getenv ("BAG_TEST_DECODER") != NULL ? g_getenv ("BAG_TEST_DECODER") : "@0", "@", 2);
  FakeDecoder self = {
    .action = words[0],
    .kind = (guint32) atoi (words[1]),
    .description = make_description (),
  };
  BagDecoderRequest request;
  int fd = -1;

  while (bag_decoder_receive (BAG_DECODER_SOCKET_FD, &request, sizeof request, 0, &fd) == sizeof request)
    {
      serve (&self, &request, fd);
      bag_decoder_close_fd (&fd);
    }
  g_bytes_unref (self.description);
  g_clear_pointer (&self.report, g_bytes_unref);
  g_clear_pointer (&self.elements, g_bytes_unref);

  return 0;
}
