/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-output-error"

#include "config.h"

#include "output/bag-output-error.h"

#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <sys/stat.h>

/* Why a file was not written, what to do about it, and what became of the file that
 * had its name before. */
typedef struct
{
  int code; /* errno */
  BagError error;
  const char *reason, *remedy;
} BagOutputReason;

static const BagOutputReason reasons[] = {
  { ENOSPC, BAG_ERROR_LIMIT, N_ ("the disk is full"), N_ ("Make room on it, or choose another one.") },
  { EDQUOT, BAG_ERROR_LIMIT, N_ ("your share of the disk is used up"), N_ ("Delete files of yours, or choose another disk.") },
  { EFBIG, BAG_ERROR_LIMIT, N_ ("it would be larger than the disk or a limit of the system allows"), N_ ("Choose another disk, or have the limit raised.") },
  { EROFS, BAG_ERROR_NO_ACCESS, N_ ("the disk is read-only"), N_ ("Choose another folder.") },
  { EACCES, BAG_ERROR_NO_ACCESS, N_ ("you are not permitted to write in its folder"), N_ ("Choose another folder, or ask its owner for access.") },
  { EPERM, BAG_ERROR_NO_ACCESS, N_ ("you are not permitted to write in its folder"), N_ ("Choose another folder, or ask its owner for access.") },
  { ENOENT, BAG_ERROR_NO_ACCESS, N_ ("its folder does not exist"), N_ ("Check the name of the folder and whether its drive is connected.") },
  { ENOTDIR, BAG_ERROR_NO_ACCESS, N_ ("its folder does not exist"), N_ ("Check the name of the folder and whether its drive is connected.") },
  { ENAMETOOLONG, BAG_ERROR_NO_ACCESS, N_ ("its name is too long"), N_ ("Choose a shorter one.") },
  { ELOOP, BAG_ERROR_NO_ACCESS, N_ ("it is a link that leads to no file"), N_ ("Choose the file that it should lead to.") },
  { EIO, BAG_ERROR_NO_ACCESS, N_ ("the disk reports a fault"), N_ ("Choose another disk, and have this one checked.") },
  { ENOMEM, BAG_ERROR_NO_MEMORY, N_ ("there is no memory left"), N_ ("Close other programs and try again.") },
};

static const BagOutputReason *
find_reason (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].code == code)
      return &reasons[i];

  return NULL;
}

static void
set_error (GError **error, BagError code, const char *path, const char *reason, const char *remedy, gboolean has_old)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error,
               BAG_ERROR,
               code,
               _ ("“%s” was not written: %s. %s %s"),
               name,
               reason,
               remedy,
               has_old ? _ ("The old file is unchanged.") : _ ("Nothing was left behind."));
}

/**
 * bag_output_error_set:
 * @error: return location, in the domain %BAG_ERROR
 * @path: the file that was to be written
 * @code: the errno of what failed
 * @has_old: whether a file of that name stood there before
 *
 * Says why @path was not written, what to do, and that all is as it was.
 */
void
bag_output_error_set (GError **error, const char *path, int code, gboolean has_old)
{
  const BagOutputReason *reason = find_reason (code);

  if (reason != NULL)
    set_error (error, reason->error, path, _ (reason->reason), _ (reason->remedy), has_old);
  else
    set_error (error, BAG_ERROR_NO_ACCESS, path, g_strerror (code), _ ("Try again, or choose another folder."), has_old);
}

/**
 * bag_output_error_set_kind:
 * @mode: the st_mode of what stands at @path: no regular file
 *
 * Says what stands there instead.
 */
void
bag_output_error_set_kind (GError **error, const char *path, guint mode)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (S_ISDIR (mode))
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” was not written: it is a folder. Give the name of a file."), name);
  else
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” was not written: it is a device, a pipe or a socket, and stays one. Give the name of a file."), name);
}

/**
 * bag_output_error_set_protected:
 *
 * Says that the file at @path may not be written to.
 */
void
bag_output_error_set_protected (GError **error, const char *path)
{
  set_error (error, BAG_ERROR_NO_ACCESS, path, _ ("it is write-protected"), _ ("Choose another name, or lift the protection."), TRUE);
}

/**
 * bag_output_error_set_no_name:
 *
 * Says that @path names no file: it is empty or, as for other programs, the standard output.
 */
void
bag_output_error_set_no_name (GError **error, const char *path)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” is not the name of a file. Give one; a file called “-” is “./-”."), path);
}

/**
 * bag_output_error_set_unconfirmed:
 * @code: the errno of the last step
 *
 * Says that the new file stands at @path, but may not outlive a power failure.
 */
void
bag_output_error_set_unconfirmed (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error,
               BAG_ERROR,
               BAG_ERROR_NO_ACCESS,
               _ ("“%s” was written, but the disk does not confirm that it keeps it: %s. Have the disk checked, or write to another one as well."),
               name,
               g_strerror (code));
}
