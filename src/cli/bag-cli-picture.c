/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-picture.h"

#include "description/bag-error.h"
#include "output/bag-output-file.h"

#include <glib/gi18n.h>

static cairo_status_t
write_bytes (void *file, const unsigned char *data, unsigned int length)
{
  return bag_output_file_write (file, data, length) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static gboolean
set_error (GError **error, const char *path, cairo_status_t status)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (status == CAIRO_STATUS_NO_MEMORY)
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("There is no memory for the picture “%s”. Make it smaller with --size, or close other programs."), name);
  else
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("The picture “%s” cannot be made: %s."), name, cairo_status_to_string (status));

  return FALSE;
}

/**
 * bag_cli_picture_write:
 * @picture: an image surface
 * @path: of the PNG file, as for bag_output_file_new()
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: as bag_output_file_close()
 */
gboolean
bag_cli_picture_write (cairo_surface_t *picture, const char *path, GError **error)
{
  g_autoptr (BagOutputFile) file = NULL;
  cairo_status_t status = cairo_surface_status (picture);

  if (status != CAIRO_STATUS_SUCCESS)
    return set_error (error, path, status);

  file = bag_output_file_new (path, error);
  if (file == NULL)
    return FALSE;

  status = cairo_surface_write_to_png_stream (picture, write_bytes, file);
  if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR)
    return set_error (error, path, status);

  return bag_output_file_close (file, error);
}
