/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include "session/bag-opener.h"

G_BEGIN_DECLS

/* Shared by the files of BagSession alone: bag-session.c holds the type and its
 * properties, -open.c how a bag comes and goes, -slices.c the pool and the slice
 * drawn, -decoder.c the processes that read files, -alarms.c the alarms of the scan,
 * -elements.c its data elements, -seen.c what was seen, -shelf.c the pictures of all
 * scans, -view.c window and pointer,
 * -probe.c the value under the pointer. */

enum
{
  BAG_SESSION_PROP_SCAN = 1,
  BAG_SESSION_PROP_POOL,
  BAG_SESSION_PROP_LOADING,
  BAG_SESSION_PROP_BAG_ID,
  BAG_SESSION_PROP_TITLE,
  BAG_SESSION_PROP_STATUS,
  BAG_SESSION_PROP_PROBE,
  BAG_SESSION_PROP_MESSAGE,
  BAG_SESSION_PROP_NOTICE,
  BAG_SESSION_PROP_N_SLICES,
  BAG_SESSION_PROP_SLICE_INDEX,
  BAG_SESSION_PROP_SLICE_NUMBER,
  BAG_SESSION_PROP_SLICE,
  BAG_SESSION_PROP_DRAWN_INDEX,
  BAG_SESSION_PROP_EXACT,
  BAG_SESSION_PROP_SLICE_ERROR,
  BAG_SESSION_PROP_WINDOW_CENTER,
  BAG_SESSION_PROP_WINDOW_WIDTH,
  BAG_SESSION_PROP_WINDOW_FUNCTION,
  BAG_SESSION_PROP_INVERTED,
  BAG_SESSION_PROP_POOL_BUDGET,
  BAG_SESSION_PROP_BUDGET_IN_FORCE,
  BAG_SESSION_PROP_BAG_NUMBER,
  BAG_SESSION_PROP_SCANS,
  BAG_SESSION_PROP_ALARMS,
  BAG_SESSION_PROP_ALARM_INDEX,
  BAG_SESSION_PROP_ALARM_TEXT,
  BAG_SESSION_PROP_REPORT_TEXT,
  BAG_SESSION_PROP_N_SEEN,
  BAG_SESSION_PROP_ISOLATION,
  BAG_SESSION_PROP_OPENING_TEXT,
  BAG_SESSION_PROP_OPENING_FRACTION,
  BAG_SESSION_PROP_ELEMENTS,
  BAG_SESSION_PROP_ELEMENTS_TEXT,
  BAG_SESSION_PROP_ELEMENTS_REVEALED,
  BAG_SESSION_N_PROPS,
};

#define BAG_SESSION_NO_SLICE G_MAXUINT
#define BAG_SESSION_NO_FILE G_MAXUINT
#define BAG_SESSION_DEFAULT_CENTER 1000.0
#define BAG_SESSION_DEFAULT_WIDTH 2000.0

/* A voxel of a bag on screen. */
typedef struct
{
  guint bag_number, index, column, row;
} BagProbePlace;

struct _BagSession
{
  GObject parent_instance;

  /* Owned */
  BagScan *scan;
  GListStore *scans;
  BagScanShelf *shelf; /* the same, for a list of them */
  BagPool *pool;
  BagPoolMonitor *monitor;
  BagDecoder *decoder; /* NULL until it was started, or a file is opened */
  BagSliceCache *cache;
  BagPrefetcher *prefetcher;
  BagSlice *slice;
  GHashTable *seen;                      /* BagScan to guint8[]: which slices were seen */
  GCancellable *opening;                 /* of the one opening that counts */
  char *bag_id, *title, *status, *probe; /* never NULL */
  char *message, *notice, *slice_error;
  const char *message_error, *slice_error_name; /* names of what these two tell, or NULL */

  char *opening_text; /* never NULL */
  char *alarm_text;   /* never NULL */
  char *report_text;

  BagElementList *elements; /* of a file, while somebody shows them */
  GListModel *elements_tree;
  GCancellable *listing; /* of the list that is awaited */
  char *elements_text;

  guint bag_number; /* of the bag on screen, from 1; 0: none was opened yet */
  guint slice_index;
  guint drawn_index;
  guint alarm_index; /* in the list of the scan; BAG_SESSION_NO_ALARM for none */
  gboolean exact;
  guint n_seen;
  gboolean scans_listed;
  double opening_fraction;
  guint elements_file; /* among those of the scan; BAG_SESSION_NO_FILE before there was an answer */
  gboolean elements_shown, elements_revealed;
  BagLimits limits;      /* for the next file */
  const char *isolation; /* as bag_decoder_get_isolation() */
  gboolean waiting;      /* for the storage */

  BagWindowLevel window;
  BagWindowLevel scan_window; /* of the file, or measured when it was opened */
  gboolean inverted;

  gboolean pointer_inside;
  guint pointer_column, pointer_row;
  BagProbePlace probe_place; /* that the value was last read of, or 0 as its bag */
  double probe_value;
  gboolean has_probe_value; /* else reading it failed */
  gboolean is_probing;

  guint64 pool_budget; /* as the operator set it; 0: the default */
  guint64 default_budget;
  gboolean prefault_is_due; /* once a wanted slice is there */
};

/* bag-session.c */
void bag_session_notify (BagSession *self, guint property);
void bag_session_set_text (BagSession *self, char **text, guint property, char *value);
void bag_session_emit_states_changed (BagSession *self, guint first, guint last);

/* bag-session-seen.c */
void bag_session_init_seen (BagSession *self);
void bag_session_update_seen (BagSession *self);
void bag_session_forget_seen (BagSession *self);

/* bag-session-slices.c */
gboolean bag_session_prepare_pool (BagSession *self, BagScan *scan, BagPool **pool, GError **error);
void bag_session_use_pool (BagSession *self, BagPool *pool);
void bag_session_start_slices (BagSession *self);
void bag_session_stop_slices (BagSession *self);
void bag_session_drop_slice (BagSession *self);
void bag_session_update_slice (BagSession *self);
void bag_session_update_status (BagSession *self);
void bag_session_update_waiting (BagSession *self);

/* bag-session-shelf.c */
void bag_session_update_shelf (BagSession *self);
char *bag_session_format_notice (BagSession *self, BagScan *scan, guint chosen, guint n_scans);

/* bag-session-alarms.c */
void bag_session_take_alarms (BagSession *self);
void bag_session_update_alarm_text (BagSession *self);
void bag_session_get_alarm_property (BagSession *self, guint id, GValue *value);

/* bag-session-elements.c */
void bag_session_update_elements (BagSession *self);
void bag_session_forget_elements (BagSession *self);
void bag_session_get_elements_property (BagSession *self, guint id, GValue *value);

/* bag-session-probe.c */
void bag_session_update_probe (BagSession *self);

G_END_DECLS
