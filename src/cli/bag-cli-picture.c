/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-picture.h"

#include "description/bag-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A picture file appears whole or not at all: it is written under another name
 * beside its place and renamed. */

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  int fd = *(int *) closure;

  while (length > 0)
    {
      gssize n = TEMP_FAILURE_RETRY (write (fd, data, length));

      if (n <= 0)
        return CAIRO_STATUS_WRITE_ERROR;
      data += n;
      length -= (unsigned int) n;
    }

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
set_error (GError **error, int code)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("the picture cannot be written: %s"), g_strerror (code));

  return FALSE;
}

static gboolean
write_temporary (cairo_surface_t *picture, int fd, GError **error)
{
  if (cairo_surface_write_to_png_stream (picture, write_bytes, &fd) != CAIRO_STATUS_SUCCESS)
    {
      set_error (error, errno != 0 ? errno : EIO);
      close (fd);
      return FALSE;
    }
  if (close (fd) != 0)
    return set_error (error, errno);

  return TRUE;
}

/* A rename would put a plain file in the place of a device or a pipe. */
static gboolean
check_place (const char *path, GError **error)
{
  struct stat place = { 0 };

  if (stat (path, &place) != 0 || S_ISREG (place.st_mode))
    return TRUE;

  return set_error (error, S_ISDIR (place.st_mode) ? EISDIR : EINVAL);
}

/**
 * bag_cli_picture_write:
 * @picture: an image surface
 * @path: of the PNG file; a regular file of that name is replaced
 *
 * Returns: whether @path is the whole picture now; else nothing has changed
 */
gboolean
bag_cli_picture_write (cairo_surface_t *picture, const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  int fd = -1;

  if (!check_place (path, error))
    return FALSE;

  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return set_error (error, errno);

  if (!write_temporary (picture, fd, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (g_rename (temporary, path) != 0)
    {
      set_error (error, errno);
      g_unlink (temporary);
      return FALSE;
    }

  return TRUE;
}
