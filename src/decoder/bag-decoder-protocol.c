/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-protocol"

#include "config.h"

#include "decoder/bag-decoder-protocol.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The packets and the rules for what may stand in them. Both sides hold the
 * other to these rules: the decoder because a mistake there must not write
 * outside the staging memory, the program because the decoder has read bytes
 * that somebody else chose, and may say anything.
 */

/**
 * bag_decoder_request_set_layout:
 * @self: a request
 * @layout: how the samples of the frame shall lie in the staging memory
 *
 * Codecs answer in little endian, so the byte order does not travel; nor does
 * what the bits of a sample mean.
 */
void
bag_decoder_request_set_layout (BagDecoderRequest *self, const BagPixelLayout *layout)
{
  self->rows = layout->rows;
  self->columns = layout->columns;
  self->bits_allocated = layout->bits_allocated;
  self->bits_stored = layout->bits_stored;
  self->high_bit = layout->high_bit;
  self->is_signed = layout->is_signed != FALSE;
}

/**
 * bag_decoder_request_get_layout:
 * @self: a request
 * @layout: (out caller-allocates): the layout that it carries, not checked
 */
void
bag_decoder_request_get_layout (const BagDecoderRequest *self, BagPixelLayout *layout)
{
  *layout = (BagPixelLayout){
    .rows = self->rows,
    .columns = self->columns,
    .bits_allocated = self->bits_allocated,
    .bits_stored = self->bits_stored,
    .high_bit = self->high_bit,
    .is_signed = self->is_signed != 0,
  };
}

static gboolean
check_decode_request (const BagDecoderRequest *self, gsize half_bytes)
{
  BagPixelLayout layout;

  bag_decoder_request_get_layout (self, &layout);
  if (bag_pixel_layout_is_wide (&layout) && self->codec != BAG_FRAME_CODEC_DEFLATED)
    return FALSE;

  return self->codec > BAG_FRAME_CODEC_NATIVE && self->codec < BAG_N_FRAME_CODECS && bag_pixel_layout_check (&layout, NULL) && bag_pixel_layout_get_frame_bytes (&layout) <= half_bytes;
}

/**
 * bag_decoder_request_check:
 * @self: a request as it came
 * @half_bytes: size of a half of the staging memory, 0 while there is none
 * @n_fds: how many files came with it
 *
 * Returns: whether the request makes sense
 */
gboolean
bag_decoder_request_check (const BagDecoderRequest *self, gsize half_bytes, guint n_fds)
{
  const gboolean has_fd = n_fds == 1;

  if (self->magic != BAG_DECODER_MAGIC || self->half >= BAG_DECODER_N_HALVES || !bag_limits_check (&self->limits))
    return FALSE;

  switch ((BagDecoderKind) self->kind)
    {
    case BAG_DECODER_STAGING:
      return has_fd && self->length >= BAG_DECODER_MIN_HALF_BYTES && self->length <= BAG_DECODER_MAX_HALF_BYTES;
    case BAG_DECODER_DESCRIBE:
    case BAG_DECODER_REPORT:
    case BAG_DECODER_DIRECTORY:
      return has_fd && half_bytes > 0 && self->chunk == 0;
    case BAG_DECODER_ELEMENTS:
      return has_fd && half_bytes > 0 && self->chunk == 0 && self->length <= 1;
    case BAG_DECODER_DESCRIBE_ALL:
      return half_bytes > 0 && self->chunk == 0 && n_fds > 0 && n_fds <= BAG_DECODER_MAX_FILES && self->length == n_fds;
    case BAG_DECODER_CHUNK:
      return n_fds == 0 && half_bytes > 0;
    case BAG_DECODER_DECODE:
      return has_fd && half_bytes > 0 && check_decode_request (self, half_bytes);
    default:
      return FALSE;
    }
}

/**
 * bag_decoder_get_chunk_bytes:
 * @total: bytes of the whole description
 * @chunk: number of a chunk, from 0
 * @half_bytes: size of a half of the staging memory
 *
 * Returns: the bytes of that chunk: a full half each, but for the last; 0 past it
 */
gsize
bag_decoder_get_chunk_bytes (guint64 total, guint32 chunk, gsize half_bytes)
{
  guint64 start = (guint64) chunk * half_bytes;

  return start < total ? MIN (total - start, half_bytes) : 0;
}

/* Errors that only the program may find: from the decoder they would be lies. */
static gboolean
check_failure (guint32 status, gsize length, gsize room)
{
  guint32 code = status - 1;

  if (code >= BAG_N_ERRORS || code == BAG_ERROR_TIMEOUT || code == BAG_ERROR_DECODER_DIED || code == BAG_ERROR_FILE_CHANGED || code == BAG_ERROR_CANCELLED)
    return FALSE;

  return length <= BAG_DECODER_MAX_MESSAGE_BYTES && length <= room;
}

/**
 * bag_decoder_part_check:
 * @self: what stands before one of several answers
 * @room: bytes that are there behind it
 *
 * Returns: whether it can be true
 */
gboolean
bag_decoder_part_check (const BagDecoderPart *self, gsize room)
{
  if (self->status == BAG_DECODER_ALONE)
    return self->length == 0;
  if (self->status != 0)
    return check_failure (self->status, self->length, room);

  return self->length > 0 && self->length <= room;
}

static gboolean
check_chunk (const BagDecoderReply *self, const BagDecoderRequest *request, gsize half_bytes)
{
  return self->total > 0 && self->total <= BAG_DECODER_MAX_DESCRIPTION_BYTES && self->chunk == request->chunk && self->length > 0 && self->length == bag_decoder_get_chunk_bytes (self->total, self->chunk, half_bytes);
}

static gboolean
check_samples (const BagDecoderReply *self, const BagDecoderRequest *request)
{
  BagPixelLayout layout;

  if (request->codec == BAG_FRAME_CODEC_DEFLATED && self->length == 0)
    return self->total >= BAG_DECODER_STEP_BYTES && self->total < request->offset;

  bag_decoder_request_get_layout (request, &layout);

  return self->length == bag_pixel_layout_get_frame_bytes (&layout);
}

/**
 * bag_decoder_reply_check:
 * @self: a reply as it came
 * @request: what was asked
 * @half_bytes: size of a half of the staging memory
 *
 * Returns: whether the reply can be an answer to @request
 */
gboolean
bag_decoder_reply_check (const BagDecoderReply *self, const BagDecoderRequest *request, gsize half_bytes)
{
  if (self->magic != BAG_DECODER_MAGIC || self->sequence != request->sequence || self->kind != request->kind)
    return FALSE;
  if (self->status != 0)
    return check_failure (self->status, self->length, half_bytes);

  switch ((BagDecoderKind) self->kind)
    {
    case BAG_DECODER_STAGING:
      return self->total < BAG_N_ISOLATIONS && self->length == 0;
    case BAG_DECODER_DESCRIBE:
    case BAG_DECODER_CHUNK:
    case BAG_DECODER_REPORT:
    case BAG_DECODER_DIRECTORY:
    case BAG_DECODER_ELEMENTS:
      return check_chunk (self, request, half_bytes);
    case BAG_DECODER_DESCRIBE_ALL:
      return self->total == self->length && self->chunk == 0 && self->length > 0 && self->length <= half_bytes;
    case BAG_DECODER_DECODE:
      return check_samples (self, request);
    default:
      return FALSE;
    }
}

/**
 * bag_decoder_send:
 * @socket: one end of the socket
 * @packet: the packet
 * @size: its bytes
 * @fd: a file to send with it, or -1
 *
 * Returns: whether the other side got it; else errno tells why
 */
gboolean
bag_decoder_send (int socket, gconstpointer packet, gsize size, int fd)
{
  return bag_decoder_send_files (socket, packet, size, &fd, fd >= 0 ? 1 : 0);
}

typedef union
{
  struct cmsghdr header;
  char space[CMSG_SPACE (BAG_DECODER_MAX_FILES * sizeof (int))];
} FilesControl;

/**
 * bag_decoder_send_files:
 * @socket: one end of the socket
 * @packet: the packet
 * @size: its bytes
 * @fds: (array length=n_fds): files to send with it
 * @n_fds: how many, at most %BAG_DECODER_MAX_FILES
 *
 * Returns: whether the other side got it; else errno tells why
 */
gboolean
bag_decoder_send_files (int socket, gconstpointer packet, gsize size, const int *fds, guint n_fds)
{
  FilesControl control = { 0 };
  struct iovec data = { .iov_base = (gpointer) packet, .iov_len = size };
  struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };
  gssize sent;

  g_assert (n_fds <= BAG_DECODER_MAX_FILES);

  if (n_fds > 0)
    {
      message.msg_control = &control;
      message.msg_controllen = CMSG_SPACE (n_fds * sizeof *fds);
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (n_fds * sizeof *fds);
      memcpy (CMSG_DATA (&control.header), fds, n_fds * sizeof *fds);
    }

  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);

  return sent == (gssize) size;
}

static guint
take_fds (struct msghdr *message, int fds[BAG_DECODER_MAX_FILES])
{
  struct cmsghdr *header = CMSG_FIRSTHDR (message);
  gsize n;

  if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS || header->cmsg_len < CMSG_LEN (0))
    return 0;

  n = MIN ((header->cmsg_len - CMSG_LEN (0)) / sizeof *fds, BAG_DECODER_MAX_FILES);
  memcpy (fds, CMSG_DATA (header), n * sizeof *fds);

  return (guint) n;
}

/**
 * bag_decoder_receive_files:
 * @socket: one end of the socket
 * @packet: (out caller-allocates): room for the packet
 * @size: bytes that a packet has
 * @fds: (out caller-allocates): the files that came with it, for the caller to close
 * @n_fds: (out): how many
 *
 * Returns: as bag_decoder_receive()
 */
gssize
bag_decoder_receive_files (int socket, gpointer packet, gsize size, int fds[BAG_DECODER_MAX_FILES], guint *n_fds)
{
  FilesControl control = { 0 };
  struct iovec data = { .iov_base = packet, .iov_len = size };
  struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
  gssize received;

  do
    received = recvmsg (socket, &message, MSG_TRUNC | MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);

  *n_fds = received > 0 ? take_fds (&message, fds) : 0;

  return received;
}

/* There is room for one file; the kernel drops what else was sent. */
static int
take_fd (struct msghdr *message)
{
  struct cmsghdr *header = CMSG_FIRSTHDR (message);
  int fd = -1;

  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN (sizeof fd))
    memcpy (&fd, CMSG_DATA (header), sizeof fd);

  return fd;
}

/**
 * bag_decoder_receive:
 * @socket: one end of the socket
 * @packet: (out caller-allocates): room for the packet
 * @size: bytes that a packet has
 * @flags: for recvmsg(), such as MSG_DONTWAIT
 * @fd: (out) (optional): the file that came with it, or -1. When %NULL, no file can come in
 *
 * Returns: the bytes of the packet as it was sent, even when that was more than
 *   @size; 0 when the other side is gone; -1 with errno set
 */
gssize
bag_decoder_receive (int socket, gpointer packet, gsize size, int flags, int *fd)
{
  union
  {
    struct cmsghdr header;
    char space[CMSG_SPACE (sizeof (int))];
  } control = { 0 };
  struct iovec data = { .iov_base = packet, .iov_len = size };
  struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1 };
  gssize received;

  if (fd != NULL)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
    }

  do
    received = recvmsg (socket, &message, flags | MSG_TRUNC | MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);

  if (fd != NULL)
    *fd = received > 0 ? take_fd (&message) : -1;

  return received;
}

/**
 * bag_decoder_receive_sender:
 * @socket: an end of the socket with SO_PASSCRED
 * @packet: (out caller-allocates): room for the packet
 * @size: bytes that a packet has
 * @sender: (out): the process that has sent it, by its number here, as the kernel says; or 0
 *
 * Like bag_decoder_receive() without waiting, and without room for a file.
 *
 * Returns: as bag_decoder_receive()
 */
gssize
bag_decoder_receive_sender (int socket, gpointer packet, gsize size, GPid *sender)
{
  union
  {
    struct cmsghdr header;
    char space[CMSG_SPACE (sizeof (struct ucred))];
  } control = { 0 };
  struct iovec data = { .iov_base = packet, .iov_len = size };
  struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control };
  struct ucred credentials = { 0 };
  gssize received;

  do
    received = recvmsg (socket, &message, MSG_DONTWAIT | MSG_TRUNC | MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);

  if (received > 0 && message.msg_controllen > 0 && control.header.cmsg_level == SOL_SOCKET && control.header.cmsg_type == SCM_CREDENTIALS && control.header.cmsg_len == CMSG_LEN (sizeof credentials))
    memcpy (&credentials, CMSG_DATA (&control.header), sizeof credentials);
  *sender = credentials.pid;

  return received;
}

/**
 * bag_decoder_close_fd:
 * @fd: (inout): a file descriptor, or -1
 *
 * Closes @fd once.
 */
void
bag_decoder_close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}
