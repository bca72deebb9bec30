/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-limits.h"
#include "imp-sniff.h"

/*
 * Reading a tree of millions of small files is waiting for directories and inodes, not computing:
 * eight blocking threads bring 1.8 times the files of one, whatever the number of cores.
 */
#define N_READERS 8

#define BATCH_ENOUGH (32 * 1024)   /* handed on when a patient ends */
#define BATCH_FULL (1024 * 1024)   /* handed on at once */

/* A folder still to be read. */
typedef struct
{
  char *path;     /* relative to the root; "." for itself */
  guint depth;
  double share;   /* of the whole source, for the progress shown */
} Folder;

typedef struct
{
  const char *root_path;
  char *real_root;
  int root_fd;
  struct stat root_info;
  guint index;
  ImpQueue *queue;
  GCancellable *cancellable;
  ImpSourceProgress *progress;
  ImpSourceResult *result;

  GMutex mutex;
  GCond changed;
  GPtrArray *stack; /* (element-type Folder) the last one is read next: depth first */
  guint n_busy;
  double done;
  GError *error;    /* the first that ends the whole source */
} Tree;

/* One thread. */
typedef struct
{
  Tree *tree;
  ImpBatch *batch;
} Reader;

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  g_free (folder->path);
  g_free (folder);
}

static Folder *
folder_new (char *path, guint depth, double share)
{
  Folder *folder = g_new (Folder, 1);

  folder->path = path;
  folder->depth = depth;
  folder->share = share;
  return folder;
}

static char *
join_path (const char *folder, const char *name)
{
  return strcmp (folder, ".") == 0 ? g_strdup (name) : g_strconcat (folder, "/", name, NULL);
}

static void
stop_tree (Tree *tree, GError *error)
{
  g_mutex_lock (&tree->mutex);
  if (tree->error == NULL)
    tree->error = error;
  else
    g_error_free (error);
  g_cond_broadcast (&tree->changed);
  g_mutex_unlock (&tree->mutex);
}

static gboolean
is_stopped (Tree *tree)
{
  gboolean stopped;

  g_mutex_lock (&tree->mutex);
  stopped = tree->error != NULL;
  g_mutex_unlock (&tree->mutex);
  return stopped;
}

/* Whether the folder the user named is still the one that was opened. */
static gboolean
root_is_there (Tree *tree)
{
  struct stat info;
  int fd = open (tree->root_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean same;

  if (fd < 0)
    return FALSE;
  same = fstat (fd, &info) == 0 && info.st_dev == tree->root_info.st_dev &&
         info.st_ino == tree->root_info.st_ino;
  close (fd);
  return same;
}

/* A drive pulled out or a share gone makes every further file fail: say it once, and stop. */
static void
stop_if_vanished (Tree *tree, int errnum)
{
  if (errnum == EACCES || errnum == EPERM || errnum == ELOOP || root_is_there (tree))
    return;
  stop_tree (tree, g_error_new (IMP_ERROR, IMP_ERROR_SOURCE, "%s: the source vanished (%s)",
                                tree->root_path, g_strerror (errnum)));
}

static ImpReason
reason_for_errno (int errnum)
{
  switch (errnum)
    {
    case EACCES:
    case EPERM:
      return IMP_REASON_DENIED;
    case ENOENT:
    case ESTALE:
      return IMP_REASON_VANISHED;
    default:
      return IMP_REASON_IO_ERROR;
    }
}

static void
hand_on (Reader *reader)
{
  ImpBatch *batch = reader->batch;
  gsize cost;

  if (batch->files->len == 0)
    return;

  cost = imp_batch_cost (batch);
  reader->batch = imp_batch_new (reader->tree->index);
  if (!imp_queue_push (reader->tree->queue, batch, cost))
    stop_tree (reader->tree, g_error_new (IMP_ERROR, IMP_ERROR_CANCELLED, "interrupted"));
}

/* ---- files ---------------------------------------------------------------------------------- */

static gboolean
link_stays_inside (Tree *tree, const char *path)
{
  g_autofree char *full = g_build_filename (tree->root_path, path, NULL);
  char *target = realpath (full, NULL);
  gsize len = strlen (tree->real_root);
  gboolean inside;

  if (target == NULL)
    return FALSE;
  inside = strncmp (target, tree->real_root, len) == 0 &&
           (target[len] == '/' || target[len] == '\0' || strcmp (tree->real_root, "/") == 0);
  free (target);
  return inside;
}

/* Appends the file's bytes to the batch; a file that grows meanwhile is read up to the ceiling. */
static ImpReason
read_bytes (int fd, guint64 size, gboolean is_wanted, GByteArray *bytes)
{
  gsize start = bytes->len;
  gsize room = (gsize) size + 1;

  while (TRUE)
    {
      gsize filled = bytes->len;
      gssize n;

      g_byte_array_set_size (bytes, (guint) (filled + room));
      n = read (fd, bytes->data + filled, room);
      if (n < 0 && errno == EINTR)
        n = 0;
      else if (n <= 0)
        {
          g_byte_array_set_size (bytes, (guint) filled);
          return n == 0 ? IMP_REASON_NONE : reason_for_errno (errno);
        }

      g_byte_array_set_size (bytes, (guint) (filled + (gsize) n));
      if (bytes->len - start > IMP_MAX_FILE_BYTES)
        return IMP_REASON_TOO_LARGE;
      if (!is_wanted && bytes->len > start &&
          !imp_source_may_be_read (bytes->data + start, bytes->len - start))
        return IMP_REASON_NOT_MESSAGE;
      room = MAX (room - (gsize) n, 4096);
    }
}

static ImpReason
read_opened (int fd, const struct stat *info, gboolean is_wanted, GByteArray *bytes)
{
  guint8 peek[IMP_SOURCE_PEEK_BYTES];
  gssize n;

  if (!S_ISREG (info->st_mode))
    return IMP_REASON_SPECIAL;

  /* A film or a disk image among the messages is not read to the end to find that out. */
  if (!is_wanted && info->st_size > (off_t) sizeof peek)
    {
      n = pread (fd, peek, sizeof peek, 0);
      if (n < 0)
        return reason_for_errno (errno);
      if (!imp_source_may_be_read (peek, (gsize) n))
        return IMP_REASON_NOT_MESSAGE;
    }

  if (info->st_size > IMP_MAX_FILE_BYTES)
    return IMP_REASON_TOO_LARGE;
  return read_bytes (fd, (guint64) info->st_size, is_wanted, bytes);
}

/* Of a file that is not read: was it made unreadable? */
static void
look_at_head (int fd, ImpFile *file)
{
  guint8 head[IMP_SNIFF_MIN_RANDOM_BYTES];
  gssize n = pread (fd, head, sizeof head, 0);

  if (n > 0)
    imp_source_note_head (file, head, (gsize) n);
}

static void
read_file (Reader *reader, int folder_fd, const char *folder_path, const char *name)
{
  g_autofree char *path = join_path (folder_path, name);
  char *shown = imp_source_display_path (path);
  struct stat info = { 0 };
  ImpReason reason;
  ImpName parsed;
  ImpFile *file;
  int fd;

  imp_name_parse (shown, &parsed);
  reason = imp_source_classify (&parsed);
  if (strlen (path) > IMP_MAX_PATH_BYTES)
    reason = IMP_REASON_UNSAFE_NAME;

  file = imp_batch_add (reader->batch, shown, &parsed, reason);
  if (reason != IMP_REASON_NONE)
    return;

  fd = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0 && errno == ELOOP)
    file->reason = link_stays_inside (reader->tree, path) ? IMP_REASON_LINK_INSIDE
                                                          : IMP_REASON_LINK_OUTSIDE;
  else if (fd < 0 && errno == ENXIO)
    file->reason = IMP_REASON_SPECIAL; /* a socket */
  else if (fd < 0)
    {
      int errnum = errno;

      file->reason = reason_for_errno (errnum);
      stop_if_vanished (reader->tree, errnum);
    }
  else
    {
      if (fstat (fd, &info) == 0)
        file->reason = read_opened (fd, &info, imp_source_is_wanted (&parsed),
                                    reader->batch->bytes);
      else
        file->reason = reason_for_errno (errno);
      if (file->reason == IMP_REASON_NOT_MESSAGE)
        look_at_head (fd, file);
      close (fd);
      if (file->reason == IMP_REASON_IO_ERROR)
        stop_if_vanished (reader->tree, EIO);
    }

  if (file->reason != IMP_REASON_NONE)
    g_byte_array_set_size (reader->batch->bytes, (guint) file->offset);
  file->size = (guint64) info.st_size;
  file->mtime = (gint64) info.st_mtime;
  file->len = reader->batch->bytes->len - file->offset;
}

/* ---- folders -------------------------------------------------------------------------------- */

static void
refuse_folder (Tree *tree, const char *path, const char *why)
{
  g_autofree char *shown = imp_source_display_path (path);

  g_atomic_int_inc (&tree->progress->n_folders_refused);
  g_mutex_lock (&tree->mutex);
  if (tree->result->folders_refused == NULL)
    tree->result->folders_refused = g_ptr_array_new_with_free_func (g_free);
  if (tree->result->folders_refused->len < 100)
    g_ptr_array_add (tree->result->folders_refused, g_strdup_printf ("%s: %s", shown, why));
  g_mutex_unlock (&tree->mutex);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Splits the entries of a folder; both arrays come sorted, so that a walk repeats itself. */
static gboolean
list_folder (int fd, GPtrArray *folders, GPtrArray *files)
{
  DIR *dir = fdopendir (fd);
  struct dirent *entry;
  int errnum;

  if (dir == NULL)
    {
      close (fd);
      return FALSE;
    }

  for (errno = 0; (entry = readdir (dir)) != NULL; errno = 0)
    {
      unsigned char type = entry->d_type;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      if (type == DT_UNKNOWN)
        {
          struct stat info;

          if (fstatat (dirfd (dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
              S_ISDIR (info.st_mode))
            type = DT_DIR;
        }
      g_ptr_array_add (type == DT_DIR ? folders : files, g_strdup (entry->d_name));
    }

  errnum = errno;
  closedir (dir);
  errno = errnum;
  g_ptr_array_sort (folders, compare_names);
  g_ptr_array_sort (files, compare_names);
  return errnum == 0;
}

/* Care date and data type folders hold a message or two each: the thread that read the patient
 * folder goes into them itself, so that a patient's messages stay together. */
static gboolean
belongs_to_patient (const char *name)
{
  return strcmp (name, "-") == 0 || imp_name_is_data_type (name) ||
         (strlen (name) == 8 && strspn (name, "0123456789") == 8);
}

static void
push_folders (Tree *tree, const Folder *parent, GPtrArray *paths)
{
  double share = paths->len > 0 ? parent->share / paths->len : 0;

  g_mutex_lock (&tree->mutex);
  if (paths->len == 0)
    tree->done += parent->share;
  for (guint i = paths->len; i > 0; i--)
    g_ptr_array_add (tree->stack, folder_new (g_strdup (g_ptr_array_index (paths, i - 1)),
                                              parent->depth + 1, share));
  g_atomic_int_set (&tree->progress->done_permille, (int) (tree->done * 1000));
  g_cond_broadcast (&tree->changed);
  g_mutex_unlock (&tree->mutex);
}

static void
read_folder (Reader *reader, const char *path, guint depth, GPtrArray *later)
{
  Tree *tree = reader->tree;
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  int fd;
  int again;

  if (g_cancellable_is_cancelled (tree->cancellable) || is_stopped (tree))
    return;
  if (depth > IMP_MAX_DEPTH || strlen (path) > IMP_MAX_PATH_BYTES)
    {
      refuse_folder (tree, path, "too deep");
      return;
    }

  fd = openat (tree->root_fd, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  again = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 0) : -1;
  if (again < 0 || !list_folder (again, folders, files))
    {
      int errnum = errno;

      refuse_folder (tree, path, g_strerror (errnum));
      stop_if_vanished (tree, errnum);
    }

  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (tree->cancellable); i++)
    {
      read_file (reader, fd, path, g_ptr_array_index (files, i));
      if (imp_batch_cost (reader->batch) >= BATCH_FULL)
        hand_on (reader);
    }
  if (fd >= 0)
    close (fd);

  for (guint i = 0; i < folders->len; i++)
    {
      const char *name = g_ptr_array_index (folders, i);
      g_autofree char *below = join_path (path, name);

      if (belongs_to_patient (name))
        read_folder (reader, below, depth + 1, later);
      else
        g_ptr_array_add (later, g_steal_pointer (&below));
    }
}

/* (transfer full): waits while others may still find folders; NULL at the end. */
static Folder *
take_folder (Tree *tree)
{
  Folder *folder = NULL;

  g_mutex_lock (&tree->mutex);
  while (tree->error == NULL && tree->stack->len == 0 && tree->n_busy > 0)
    g_cond_wait (&tree->changed, &tree->mutex);
  if (tree->error == NULL && tree->stack->len > 0)
    {
      folder = g_ptr_array_steal_index (tree->stack, tree->stack->len - 1);
      tree->n_busy++;
    }
  g_mutex_unlock (&tree->mutex);
  return folder;
}

static void
release_folder (Tree *tree)
{
  g_mutex_lock (&tree->mutex);
  tree->n_busy--;
  g_cond_broadcast (&tree->changed);
  g_mutex_unlock (&tree->mutex);
}

static gpointer
run_reader (gpointer data)
{
  Reader reader = { .tree = data };
  Tree *tree = reader.tree;
  Folder *folder;

  reader.batch = imp_batch_new (tree->index);
  while ((folder = take_folder (tree)) != NULL)
    {
      g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_free);

      read_folder (&reader, folder->path, folder->depth, later);
      push_folders (tree, folder, later);
      folder_free (folder);
      if (imp_batch_cost (reader.batch) >= BATCH_ENOUGH)
        hand_on (&reader);
      release_folder (tree);
    }
  hand_on (&reader);
  imp_batch_free (reader.batch);
  return NULL;
}

static gboolean
open_root (Tree *tree, const char *path, GError **error)
{
  char *real;

  tree->root_fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (tree->root_fd < 0 || fstat (tree->root_fd, &tree->root_info) != 0 ||
      (real = realpath (path, NULL)) == NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  tree->root_path = path;
  tree->real_root = g_strdup (real);
  free (real);
  return TRUE;
}

static gboolean
read_all_folders (Tree *tree, GError **error)
{
  GThread *threads[N_READERS];

  g_ptr_array_add (tree->stack, folder_new (g_strdup ("."), 0, 1.0));
  for (guint i = 0; i < N_READERS; i++)
    threads[i] = g_thread_new ("read", run_reader, tree);
  for (guint i = 0; i < N_READERS; i++)
    g_thread_join (threads[i]);

  if (imp_source_is_cancelled (tree->cancellable, error))
    return FALSE;
  if (tree->error == NULL && !root_is_there (tree))
    stop_if_vanished (tree, ENOENT);
  if (tree->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&tree->error));
      return FALSE;
    }
  return TRUE;
}

gboolean
imp_source_read_tree (const char *path, guint index, ImpQueue *queue, GCancellable *cancellable,
                      ImpSourceProgress *progress, ImpSourceResult *result, GError **error)
{
  Tree tree = { .root_fd = -1, .index = index, .queue = queue, .cancellable = cancellable,
                .progress = progress, .result = result };
  gboolean done;

  g_mutex_init (&tree.mutex);
  g_cond_init (&tree.changed);
  tree.stack = g_ptr_array_new_with_free_func (folder_free);

  done = open_root (&tree, path, error) && read_all_folders (&tree, error);

  if (tree.root_fd >= 0)
    close (tree.root_fd);
  g_clear_error (&tree.error);
  g_free (tree.real_root);
  g_ptr_array_unref (tree.stack);
  g_mutex_clear (&tree.mutex);
  g_cond_clear (&tree.changed);
  return done;
}
