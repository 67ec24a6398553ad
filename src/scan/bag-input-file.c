/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-input-file"

#include "config.h"

#include "scan/bag-input-file.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Files are read with pread() and never mapped: a file that somebody cuts off
 * gives a short read then, not a SIGBUS. What a file is gets compared at every
 * use, because its description was made from the bytes it had at first.
 */
struct _BagInputFile
{
  char *path;
  int fd; /* -1 when the file is opened for each use */
  struct stat identity;
};

/**
 * bag_input_file_set_error:
 * @error: return location
 * @path: a file or folder
 * @code: the errno that opening it gave
 *
 * Says why @path cannot be opened, and what to do.
 */
void
bag_input_file_set_error (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_basename (path);

  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” does not exist. Check its name and whether its drive is connected."), name);
      break;
    case EACCES:
    case EPERM:
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("You are not permitted to read “%s”. Ask its owner for access."), name);
      break;
    case ELOOP:
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” is a link that leads back to itself. Choose the scan that it should lead to."), name);
      break;
    case ENXIO: /* so open() answers for them, before anybody can ask what they are */
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” is a socket or an absent device, not a file. Choose a scan or a folder of slices."), name);
      break;
    default:
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("“%s” could not be read: %s. Try again, or copy it to another drive."), name, g_strerror (code));
      break;
    }
}

/**
 * bag_input_file_set_kind_error:
 * @error: return location
 * @path: something that is no regular file
 * @mode: its st_mode
 *
 * Says what stands there instead.
 */
void
bag_input_file_set_kind_error (GError **error, const char *path, guint mode)
{
  g_autofree char *name = g_filename_display_basename (path);
  const char *format = _ ("“%s” is not a regular file. Choose a scan or a folder of slices.");

  if (S_ISDIR (mode))
    format = _ ("“%s” is a folder, not a file. Choose a scan.");
  else if (S_ISFIFO (mode))
    format = _ ("“%s” is a pipe, not a file. Choose a scan or a folder of slices.");
  else if (S_ISSOCK (mode))
    format = _ ("“%s” is a socket, not a file. Choose a scan or a folder of slices.");
  else if (S_ISCHR (mode) || S_ISBLK (mode))
    format = _ ("“%s” is a device, not a file. Choose a scan or a folder of slices.");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, format, name);
#pragma GCC diagnostic pop
}

static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* O_NONBLOCK: a pipe without a writer would keep open() waiting for ever. */
static int
open_regular (const char *path, struct stat *info, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, info) < 0)
    bag_input_file_set_error (error, path, errno);
  else if (!S_ISREG (info->st_mode))
    bag_input_file_set_kind_error (error, path, info->st_mode);
  else
    return fd;

  if (fd >= 0)
    close (fd);

  return -1;
}

static gboolean
check_size (const char *path, const struct stat *info, const BagLimits *limits, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *size = NULL;

  if ((guint64) info->st_size <= bag_limits_get_bytes (limits, BAG_LIMIT_FILE_SIZE))
    return TRUE;

  name = g_filename_display_basename (path);
  size = g_format_size_full ((guint64) info->st_size, G_FORMAT_SIZE_IEC_UNITS);
  bag_limits_set_error (error, limits, BAG_LIMIT_FILE_SIZE, _ ("“%1$s” has %2$s"), name, size);

  return FALSE;
}

/**
 * bag_input_file_new_acquired:
 * @path: a file
 * @keep_open: whether to keep it open, so that renaming and unmounting do no harm
 * @limits: say how large it may be
 * @fd: (out): its descriptor, for bag_input_file_release(); -1 with %NULL
 * @error: return location, in the domain %BAG_ERROR
 *
 * As bag_input_file_new() and bag_input_file_acquire(), with one opening.
 *
 * Returns: (transfer full): the file, or %NULL
 */
BagInputFile *
bag_input_file_new_acquired (const char *path, gboolean keep_open, const BagLimits *limits, int *fd, GError **error)
{
  BagInputFile *self;
  struct stat info;

  g_return_val_if_fail (path != NULL && limits != NULL && fd != NULL, NULL);

  *fd = open_regular (path, &info, error);
  if (*fd < 0)
    return NULL;
  if (!check_size (path, &info, limits, error))
    {
      close (*fd);
      *fd = -1;
      return NULL;
    }

  self = g_new0 (BagInputFile, 1);
  self->path = g_strdup (path);
  self->fd = keep_open ? *fd : -1;
  self->identity = info;

  return self;
}

/**
 * bag_input_file_new:
 * @path: a file
 * @keep_open: whether to keep it open, so that renaming and unmounting do no harm
 * @limits: say how large it may be
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): the file, or %NULL when it cannot be opened, is
 *   not a regular file or is too large
 */
BagInputFile *
bag_input_file_new (const char *path, gboolean keep_open, const BagLimits *limits, GError **error)
{
  int fd = -1;
  BagInputFile *self = bag_input_file_new_acquired (path, keep_open, limits, &fd, error);

  if (self != NULL)
    bag_input_file_release (self, fd);

  return self;
}

/**
 * bag_input_file_free:
 * @self: (transfer full): a file
 */
void
bag_input_file_free (BagInputFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * bag_input_file_get_path:
 * @self: a file
 *
 * Returns: (transfer none): the path it was opened by
 */
const char *
bag_input_file_get_path (const BagInputFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * bag_input_file_get_size:
 * @self: a file
 *
 * Returns: its bytes when it was first opened
 */
guint64
bag_input_file_get_size (const BagInputFile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint64) self->identity.st_size;
}

/**
 * bag_input_file_hash:
 * @self: a file
 *
 * Returns: a hash that goes with bag_input_file_equal()
 */
guint
bag_input_file_hash (gconstpointer self)
{
  gint64 inode = (gint64) ((const BagInputFile *) self)->identity.st_ino;

  return g_int64_hash (&inode);
}

/**
 * bag_input_file_equal:
 * @self: a file
 * @other: another one
 *
 * Returns: whether both are the same file by two names
 */
gboolean
bag_input_file_equal (gconstpointer self, gconstpointer other)
{
  return is_same (&((const BagInputFile *) self)->identity, &((const BagInputFile *) other)->identity);
}

/**
 * bag_input_file_acquire:
 * @self: a file
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: a descriptor of the file as it was at first, for
 *   bag_input_file_release(); -1 when it cannot be had
 */
int
bag_input_file_acquire (const BagInputFile *self, GError **error)
{
  struct stat info;
  int fd;

  g_return_val_if_fail (self != NULL, -1);

  fd = self->fd >= 0 ? self->fd : open_regular (self->path, &info, error);
  if (fd >= 0 && !bag_input_file_check (self, fd, error))
    {
      bag_input_file_release (self, fd);
      return -1;
    }

  return fd;
}

/**
 * bag_input_file_release:
 * @self: a file
 * @fd: what bag_input_file_acquire() returned
 */
void
bag_input_file_release (const BagInputFile *self, int fd)
{
  g_return_if_fail (self != NULL);

  if (fd >= 0 && fd != self->fd)
    close (fd);
}

/**
 * bag_input_file_check:
 * @self: a file
 * @fd: its descriptor
 * @error: return location, set to %BAG_ERROR_FILE_CHANGED
 *
 * Returns: whether the file is still the one that was first opened
 */
gboolean
bag_input_file_check (const BagInputFile *self, int fd, GError **error)
{
  g_autofree char *name = NULL;
  struct stat info;

  g_return_val_if_fail (self != NULL && fd >= 0, FALSE);

  if (fstat (fd, &info) == 0 && is_same (&self->identity, &info))
    return TRUE;

  name = g_filename_display_basename (self->path);
  g_set_error (error, BAG_ERROR, BAG_ERROR_FILE_CHANGED, _ ("“%s” changed after it was opened. Open the scan again."), name);

  return FALSE;
}

static gboolean
fail_read (const BagInputFile *self, int fd, gssize result, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_basename (self->path);

  if (result < 0)
    bag_input_file_set_error (error, self->path, code);
  else if (bag_input_file_check (self, fd, error))
    g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, _ ("“%s” ends before this slice does. Copy it again from where it came."), name);

  return FALSE;
}

/**
 * bag_input_file_read:
 * @self: a file
 * @fd: its descriptor
 * @offset: where to begin
 * @dest: (out): room for @size bytes
 * @size: how many bytes
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: whether all of them were read
 */
gboolean
bag_input_file_read (const BagInputFile *self, int fd, guint64 offset, gpointer dest, gsize size, GError **error)
{
  g_return_val_if_fail (self != NULL && fd >= 0, FALSE);

  if (offset > (guint64) self->identity.st_size || size > (guint64) self->identity.st_size - offset)
    return fail_read (self, fd, 0, error);

  for (gsize done = 0; done < size;)
    {
      gssize n = pread (fd, (guint8 *) dest + done, size - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail_read (self, fd, n, error);
      done += (gsize) n;
    }

  return TRUE;
}
