/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"
#include "reply-input.h"

#include "decoder/bag-decoder-describe.h"
#include "decoder/bag-decoder-fetch.h"
#include "decoder/bag-isolation-wish.h"
#include "description/bag-file-ids.h"
#include "dicos/bag-byte-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Whatever a decoder says over the socket, and writes into the staging memory. The program's own
 * end asks, with all its checks; at the other end stands the input in place of a decoder. No
 * process is needed for that: the channel gets the number of one that cannot be, and tells that
 * it waits, which is the moment to answer.
 *
 * The first byte chooses what is asked, the next ones are answers: a byte of flags, then what
 * these announce.
 */
#define NO_PROCESS ((GPid) 1 << 30) /* beyond the largest number that Linux gives */
#define FILE_BYTES 10000u
#define N_FILES 2u

typedef struct
{
  BagDecoderChannel channel;
  int socket; /* the decoder's end */
  const guint8 *data;
  gsize size;
} State;

static gsize
take (State *self, gpointer dest, gsize n)
{
  gsize taken = MIN (n, self->size);

  if (taken > 0)
    memcpy (dest, self->data, taken);
  self->data += taken;
  self->size -= taken;

  return taken;
}

static guint32
take_number (State *self, gsize n_bytes)
{
  guint8 bytes[4] = { 0 };

  take (self, bytes, n_bytes);

  return bag_le32 (bytes);
}

static gsize
write_payload (State *self, guint32 half)
{
  gsize wanted = take_number (self, 2);
  gsize length = MIN (wanted, self->size);
  gssize written = pwrite (self->channel.staging.fd, self->data, length, (off_t) (half * self->channel.staging.half_bytes));

  g_assert_cmpint (written, ==, (gssize) length);
  self->data += length;
  self->size -= length;

  return length;
}

static void
make_reply (State *self, Answer answer, const BagDecoderRequest *request, BagDecoderReply *reply)
{
  *reply = (BagDecoderReply){ .magic = BAG_DECODER_MAGIC, .sequence = request->sequence, .kind = request->kind };
  if ((answer & ANSWER_RAW) != 0)
    take (self, reply, sizeof *reply);
  else if ((answer & ANSWER_FITS) == 0)
    {
      reply->status = take_number (self, 1);
      reply->total = take_number (self, 4);
      reply->chunk = take_number (self, 1);
      reply->length = take_number (self, 4);
    }
  if ((answer & ANSWER_PAYLOAD) != 0)
    {
      gsize length = write_payload (self, request->half);

      if ((answer & ANSWER_FITS) != 0)
        reply->total = reply->length = (guint32) length;
    }
}

static void
answer_request (State *self)
{
  Answer answer = self->size > 0 ? take_number (self, 1) : ANSWER_CLOSE;
  BagDecoderRequest request = { 0 };
  BagDecoderReply reply;

  g_assert_cmpint (bag_decoder_receive (self->socket, &request, sizeof request, MSG_DONTWAIT, NULL), ==, sizeof request);
  g_assert_cmpuint (request.half, <, BAG_DECODER_N_HALVES);
  if (answer == ANSWER_NONE)
    return;
  if ((answer & ANSWER_CLOSE) != 0)
    {
      bag_decoder_close_fd (&self->socket);
      return;
    }

  make_reply (self, answer, &request, &reply);
  bag_decoder_send (self->socket, &reply, (answer & ANSWER_SHORT) != 0 ? sizeof reply - 1 : sizeof reply, -1);
  if ((answer & ANSWER_TWICE) != 0)
    bag_decoder_send (self->socket, &reply, sizeof reply, -1);
}

static void
on_changed (gpointer user_data)
{
  State *self = user_data;

  if (self->channel.is_stalled && self->socket >= 0)
    answer_request (self);
}

static void
state_init (State *self, const guint8 *data, gsize size, gsize frame_bytes)
{
  BagDecoderChannel *channel = &self->channel;
  int sockets[2];

  *self = (State){ .data = data, .size = size };
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets), ==, 0);
  self->socket = sockets[1];
  bag_decoder_channel_init (channel);
  channel->process.pid = channel->process.decoder = NO_PROCESS;
  channel->process.socket = sockets[0];
  channel->changed = on_changed;
  channel->user_data = self;
  channel->deadlines = (BagDecoderDeadlines){ .header = G_USEC_PER_SEC, .slice = G_USEC_PER_SEC };
  g_assert_true (bag_decoder_staging_make (&channel->staging, BAG_DECODER_MIN_HALF_BYTES, NULL));
  channel->memory_bytes = BAG_DECODER_BASE_MEMORY_BYTES + BAG_DECODER_CODEC_SLICES * frame_bytes + BAG_DECODER_N_HALVES * BAG_DECODER_MIN_HALF_BYTES;
}

static void
state_clear (State *self)
{
  bag_decoder_channel_clear (&self->channel);
  bag_decoder_close_fd (&self->socket);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static void
check_description (const BagDescription *description)
{
  for (guint i = 0; description != NULL && i < description->frames->len; i++)
    {
      const BagFrame *frame = &g_array_index (description->frames, BagFrame, i);

      g_assert_true (frame->offset <= FILE_BYTES && frame->length <= FILE_BYTES - frame->offset);
    }
}

static void
describe_all (State *self, int fd)
{
  BagDecoderFile files[N_FILES] = { { .fd = fd, .size = FILE_BYTES }, { .fd = fd, .size = FILE_BYTES } };

  bag_decoder_describe_all (&self->channel, files, N_FILES, NULL);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_assert_true ((files[i].description == NULL) != (files[i].error == NULL));
      check_description (files[i].description);
      g_clear_pointer (&files[i].description, bag_description_free);
      g_clear_error (&files[i].error);
    }
}

static void
check_fetched (GBytes *bytes, Ask ask, GError **error)
{
  g_autoptr (BagReport) report = ask == ASK_REPORT ? bag_report_from_bytes (bytes, error) : NULL;
  g_autoptr (GPtrArray) ids = ask == ASK_DIRECTORY ? bag_file_ids_from_bytes (bytes, error) : NULL;
  g_autoptr (BagElementList) elements = NULL;

  if (ask == ASK_ELEMENTS || ask == ASK_ELEMENTS_REVEALED)
    elements = bag_element_list_from_bytes (bytes, ask == ASK_ELEMENTS_REVEALED, error);
  g_assert_true (report != NULL || ids != NULL || elements != NULL || *error != NULL);
  g_assert_true (elements == NULL || elements->is_revealed == (ask == ASK_ELEMENTS_REVEALED));
}

static void
fetch (State *self, Ask ask, int fd, GError **error)
{
  static const BagDecoderKind kinds[N_ASKS] = {
    [ASK_REPORT] = BAG_DECODER_REPORT,
    [ASK_DIRECTORY] = BAG_DECODER_DIRECTORY,
    [ASK_ELEMENTS] = BAG_DECODER_ELEMENTS,
    [ASK_ELEMENTS_REVEALED] = BAG_DECODER_ELEMENTS,
  };
  gboolean reveal = ask == ASK_ELEMENTS_REVEALED;
  g_autoptr (GBytes) bytes = bag_decoder_fetch (&self->channel, kinds[ask], reveal, fd, NULL, error);

  if (bytes == NULL)
    return;

  g_assert_cmpuint (g_bytes_get_size (bytes), <=, BAG_DECODER_MAX_DESCRIPTION_BYTES);
  check_fetched (bytes, ask, error);
}

/* What a frame of so many samples may say: all of it, or that it is nearer. */
static void
decode (State *self, BagFrameCodec codec, int fd, gsize frame_bytes, GError **error)
{
  const BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };
  BagDecoderRequest request = { .kind = BAG_DECODER_DECODE, .codec = codec, .offset = BAG_MAX_FILE_BYTES, .length = frame_bytes };
  BagDecoderReply reply;

  if (!bag_decoder_channel_prepare (&self->channel, frame_bytes, BAG_DECODER_CODEC_SLICES, NULL, error))
    return;
  bag_decoder_request_set_layout (&request, &layout);
  if (bag_decoder_channel_ask (&self->channel, &request, fd, G_USEC_PER_SEC, &reply, NULL, error))
    g_assert_true (reply.length == frame_bytes || (codec == BAG_FRAME_CODEC_DEFLATED && reply.length == 0 && reply.total < request.offset));
}

/* In place of the C library's: a channel that has rejected an answer would start a decoder for the next
 * file, and that takes longer than all the rest. */
int
posix_spawn (pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
  return ENOENT;
}

/* Any file does: the input stands in for what would read it. */
static int
get_file (void)
{
  static int file = -1;

  if (file < 0)
    file = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  return file;
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  Ask ask = size > 0 ? data[0] % N_ASKS : 0;
  gsize frame_bytes = ask == ASK_DECODE || ask == ASK_INFLATE ? TEST_PIXELS * 2u : 0;
  g_autoptr (GError) error = NULL;
  g_auto (State) state;

  bag_isolation_wish_set ("off");
  state_init (&state, size > 0 ? data + 1 : NULL, size > 0 ? size - 1 : 0, frame_bytes);
  state.channel.is_staged = size > 0 && (data[0] & ASK_UNSTAGED) == 0;

  if (ask == ASK_DESCRIBE)
    {
      g_autoptr (BagDescription) description = bag_decoder_describe (&state.channel, get_file (), FILE_BYTES, NULL, &error);

      g_assert_true ((description == NULL) != (error == NULL));
      check_description (description);
    }
  else if (ask == ASK_DESCRIBE_ALL)
    describe_all (&state, get_file ());
  else if (ask == ASK_DECODE || ask == ASK_INFLATE)
    decode (&state, ask == ASK_DECODE ? BAG_FRAME_CODEC_RLE : BAG_FRAME_CODEC_DEFLATED, get_file (), frame_bytes, &error);
  else
    fetch (&state, ask, get_file (), &error);

  return 0;
}
