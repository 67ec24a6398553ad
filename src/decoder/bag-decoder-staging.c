/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-staging"

#include "config.h"

#include "decoder/bag-decoder-staging.h"

#include "decoder/bag-decoder-protocol.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE_BYTES 4096u
#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)

/*
 * Sealed against shrinking, because a decoder that cut the file off would
 * otherwise end the program with SIGBUS at its next look. Pages cost memory
 * only once the decoder writes them.
 */

/**
 * bag_decoder_staging_init:
 * @self: memory for it
 */
void
bag_decoder_staging_init (BagDecoderStaging *self)
{
  *self = (BagDecoderStaging){ .fd = -1 };
}

/**
 * bag_decoder_staging_clear:
 * @self: staging memory
 */
void
bag_decoder_staging_clear (BagDecoderStaging *self)
{
  if (self->data != NULL)
    munmap (self->data, BAG_DECODER_N_HALVES * self->half_bytes);
  bag_decoder_close_fd (&self->fd);
  bag_decoder_staging_init (self);
}

static gboolean
map (BagDecoderStaging *self, gsize bytes)
{
  void *data;

  self->fd = memfd_create ("bagscope-staging", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (self->fd < 0 || ftruncate (self->fd, (off_t) bytes) < 0 || fcntl (self->fd, F_ADD_SEALS, SEALS) < 0)
    return FALSE;

  data = mmap (NULL, bytes, PROT_READ, MAP_SHARED, self->fd, 0);
  if (data == MAP_FAILED)
    return FALSE;

  self->data = data;
  return TRUE;
}

/**
 * bag_decoder_staging_make:
 * @self: staging memory
 * @half_bytes: size of a half, as bag_decoder_staging_get_wanted_bytes() says
 * @error: return location
 *
 * Makes the memory anew; what was there before is gone.
 *
 * Returns: whether the machine gave it; else @error is %BAG_ERROR_NO_MEMORY
 */
gboolean
bag_decoder_staging_make (BagDecoderStaging *self, gsize half_bytes, GError **error)
{
  bag_decoder_staging_clear (self);
  if (!map (self, BAG_DECODER_N_HALVES * half_bytes))
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("There is no memory to exchange slices with the decoder: %s."), g_strerror (errno));
      bag_decoder_staging_clear (self);
      return FALSE;
    }

  self->half_bytes = half_bytes;
  return TRUE;
}

/**
 * bag_decoder_staging_get_wanted_bytes:
 * @self: staging memory
 * @frame_bytes: what a half has to hold
 *
 * Returns: the present size of a half when it serves, neither too small nor
 *   more than four times too large; else the size it should be made anew with
 */
gsize
bag_decoder_staging_get_wanted_bytes (const BagDecoderStaging *self, gsize frame_bytes)
{
  gsize wanted = MAX ((frame_bytes + PAGE_BYTES - 1) & ~(gsize) (PAGE_BYTES - 1), BAG_DECODER_MIN_HALF_BYTES);

  return self->half_bytes >= wanted && self->half_bytes / 4 <= wanted ? self->half_bytes : wanted;
}

/**
 * bag_decoder_staging_get_half:
 * @self: staging memory that was made
 * @half: 0 or 1
 *
 * Returns: (transfer none): where that half begins
 */
const guint8 *
bag_decoder_staging_get_half (const BagDecoderStaging *self, guint half)
{
  g_assert (self->data != NULL && half < BAG_DECODER_N_HALVES);

  return self->data + half * self->half_bytes;
}
