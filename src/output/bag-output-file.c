/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-output-file"

#include "config.h"

#include "output/bag-output-file.h"

#include "output/bag-output-error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The bytes go into a hidden file of the same folder. Once the disk has them
 * this takes the name, and then the disk is asked to keep the name as well: at
 * every moment, also after a power failure, either the old or the new file
 * stands there whole. A program that is killed meanwhile leaves the hidden file.
 */
#define TEMPORARY_NAME ".bagscope-XXXXXX"
#define BUFFER_BYTES (1u << 16)

struct _BagOutputFile
{
  gboolean has_old; /* a file has the name by now: */
  struct stat old;
  int fd;
  int failure; /* the first one, as errno; 0: none */
  gsize n_buffered;
  guint8 buffer[BUFFER_BYTES];

  /* Owned */
  char *path; /* without a link at its end */
  char *folder;
  char *temporary; /* NULL once there is no such file any more */
};

static void
fail (BagOutputFile *self, int code)
{
  if (self->failure == 0)
    self->failure = code;
}

/* A link stays; what it leads to is replaced. */
static char *
follow_link (const char *path, GError **error)
{
  struct stat info;
  char *real = NULL;
  char *target = NULL;

  if (lstat (path, &info) != 0 || !S_ISLNK (info.st_mode))
    return g_strdup (path);

  real = realpath (path, NULL);
  if (real == NULL && stat (path, &info) == 0) /* an open pipe, behind /dev/stdout */
    return g_strdup (path);
  if (real == NULL)
    bag_output_error_set (error, path, errno == ENOENT ? ELOOP : errno, FALSE);
  target = g_strdup (real);
  free (real);

  return target;
}

/* A rename would put a plain file in the place of a folder's, a device's or a pipe's name, and
 * pass over that a file is write-protected. */
static gboolean
look_at_old (BagOutputFile *self, GError **error)
{
  if (stat (self->path, &self->old) != 0)
    {
      if (errno == ENOENT)
        return TRUE;
      bag_output_error_set (error, self->path, errno, FALSE);
    }
  else if (!S_ISREG (self->old.st_mode))
    bag_output_error_set_kind (error, self->path, self->old.st_mode);
  else if (faccessat (AT_FDCWD, self->path, W_OK, AT_EACCESS) != 0 && (errno == EACCES || errno == EPERM))
    bag_output_error_set_protected (error, self->path);
  else
    self->has_old = TRUE;

  return self->has_old;
}

/* Nobody may read more of the new file than of the old one, not even while it is written. */
static gboolean
open_temporary (BagOutputFile *self, GError **error)
{
  self->folder = g_path_get_dirname (self->path);
  self->temporary = g_build_filename (self->folder, TEMPORARY_NAME, NULL);
  self->fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, self->has_old ? 0600 : 0666);
  if (self->fd >= 0)
    return TRUE;

  bag_output_error_set (error, self->path, errno, self->has_old);
  g_clear_pointer (&self->temporary, g_free);

  return FALSE;
}

/**
 * bag_output_file_new:
 * @path: the file to be. A regular file of that name is replaced at the end and
 *   hands on its permissions and, as far as that is allowed, its owner; a link
 *   stays, and what it leads to is replaced
 * @error: return location, in the domain %BAG_ERROR
 *
 * Starts a file in the folder of @path. Any thread.
 *
 * Returns: (transfer full): the file, or %NULL: folders, devices, pipes and
 *   write-protected files are never replaced
 */
BagOutputFile *
bag_output_file_new (const char *path, GError **error)
{
  g_autoptr (BagOutputFile) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (*path == '\0' || g_str_equal (path, "-"))
    {
      bag_output_error_set_no_name (error, path);
      return NULL;
    }

  self = g_new0 (BagOutputFile, 1);
  self->fd = -1;
  self->path = follow_link (path, error);
  if (self->path == NULL || !look_at_old (self, error))
    return NULL;
  if (!open_temporary (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * bag_output_file_free:
 * @self: (nullable): a file
 *
 * Without a bag_output_file_close() before, nothing of it remains.
 */
void
bag_output_file_free (BagOutputFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  if (self->temporary != NULL)
    unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

static void
put (BagOutputFile *self, const guint8 *data, gsize size)
{
  while (size > 0 && self->failure == 0)
    {
      gssize n = TEMP_FAILURE_RETRY (write (self->fd, data, size));

      if (n <= 0)
        {
          fail (self, n < 0 ? errno : ENOSPC);
          return;
        }
      data += n;
      size -= (gsize) n;
    }
}

static void
flush (BagOutputFile *self)
{
  put (self, self->buffer, self->n_buffered);
  self->n_buffered = 0;
}

/**
 * bag_output_file_write:
 * @self: a file
 * @data: (array length=size): the next bytes
 * @size: how many
 *
 * Returns: whether nothing has failed so far; bag_output_file_close() says what
 */
gboolean
bag_output_file_write (BagOutputFile *self, gconstpointer data, gsize size)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (size > BUFFER_BYTES - self->n_buffered)
    flush (self);
  if (size >= BUFFER_BYTES)
    {
      put (self, data, size);
    }
  else if (size > 0)
    {
      memcpy (self->buffer + self->n_buffered, data, size);
      self->n_buffered += size;
    }

  return self->failure == 0;
}

/* Where the group cannot stay, the new one gets no more than everybody. */
static void
take_rights (BagOutputFile *self)
{
  mode_t mode = self->old.st_mode & 0777;

  if (!self->has_old)
    return;

  if (fchown (self->fd, self->old.st_uid, self->old.st_gid) != 0 && fchown (self->fd, (uid_t) -1, self->old.st_gid) != 0)
    mode = (mode & 0707) | ((mode & 0007) << 3);
  if (fchmod (self->fd, mode) != 0)
    fail (self, errno);
}

static void
finish_bytes (BagOutputFile *self)
{
  int fd = self->fd;

  flush (self);
  if (self->failure == 0)
    take_rights (self);
  if (self->failure == 0 && fsync (fd) != 0)
    fail (self, errno);

  self->fd = -1;
  if (close (fd) != 0)
    fail (self, errno);
}

/* Some file systems know no such wish, and a folder that may only be written to cannot be opened
 * for it: that is no failure. */
static gboolean
keep_name (BagOutputFile *self, GError **error)
{
  int fd = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = 0;

  if (fd < 0)
    return TRUE;

  if (fsync (fd) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
    code = errno;
  close (fd);
  if (code != 0)
    bag_output_error_set_unconfirmed (error, self->path, code);

  return code == 0;
}

/**
 * bag_output_file_close:
 * @self: a file
 * @error: return location, in the domain %BAG_ERROR: the first thing that failed
 *   since bag_output_file_new()
 *
 * Gives the file its name. Nothing can be written to @self any more. May wait for the disk.
 *
 * Returns: whether the file is there whole; else all is as before, unless @error
 *   says that only the disk's confirmation is missing
 */
gboolean
bag_output_file_close (BagOutputFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  finish_bytes (self);
  if (self->failure == 0 && rename (self->temporary, self->path) != 0)
    fail (self, errno);
  if (self->failure != 0)
    {
      bag_output_error_set (error, self->path, self->failure, self->has_old);
      return FALSE;
    }

  g_clear_pointer (&self->temporary, g_free);

  return keep_name (self, error);
}

/**
 * bag_output_file_save:
 * @path: as for bag_output_file_new()
 * @bytes: the whole file
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: as bag_output_file_close()
 */
gboolean
bag_output_file_save (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (BagOutputFile) self = NULL;
  gconstpointer data = NULL;
  gsize size = 0;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  self = bag_output_file_new (path, error);
  if (self == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &size);
  bag_output_file_write (self, data, size);

  return bag_output_file_close (self, error);
}

typedef struct
{
  char *path;
  GBytes *bytes;
} BagSaving;

static void
saving_free (gpointer data)
{
  BagSaving *saving = data;

  g_bytes_unref (saving->bytes);
  g_free (saving->path);
  g_free (saving);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BagSaving *saving = data;
  GError *error = NULL;

  if (bag_output_file_save (saving->path, saving->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * bag_output_file_save_async:
 * @path: as for bag_output_file_new()
 * @bytes: the whole file
 *
 * As bag_output_file_save(), in a thread. What has begun is brought to its end, also
 * when @cancellable is cancelled: only the answer is another then. Main thread.
 */
void
bag_output_file_save_async (const char *path, GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BagSaving *saving = NULL;

  g_return_if_fail (path != NULL && bytes != NULL);

  saving = g_new0 (BagSaving, 1);
  saving->path = g_strdup (path);
  saving->bytes = g_bytes_ref (bytes);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bag_output_file_save_async);
  g_task_set_name (task, "bag-output-file");
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * bag_output_file_save_finish:
 *
 * Returns: as bag_output_file_close()
 */
gboolean
bag_output_file_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
