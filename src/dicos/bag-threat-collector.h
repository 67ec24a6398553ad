/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "dicos/bag-element-parser.h"
#include "dicos/bag-transfer-syntax.h"

G_BEGIN_DECLS

/**
 * BagThreatCollector:
 *
 * A threat report on its way from its file.
 */
typedef struct
{
  BagByteReader *reader; /* borrowed */
  BagReport *report;     /* borrowed */
  char *meta_class, *sop_class, *syntax, *charset;
  GArray *masks; /* (element-type BagElement): one a place, of length 0 without one */
  guint n_places, n_assessments, n_references;
  guint n_claimed; /* G_MAXUINT when not given */
  guint n_bad_numbers;
  gboolean is_seeking; /* only the class of the object */
  const char *too_many;
} BagThreatCollector;

void bag_threat_collector_init (BagThreatCollector *self, BagByteReader *reader, BagReport *report);
void bag_threat_collector_clear (BagThreatCollector *self);
gboolean bag_threat_collector_read_meta (BagThreatCollector *self, guint64 *offset, GError **error);
gboolean bag_threat_collector_read (BagThreatCollector *self, const BagTransferSyntax *syntax, gboolean only_class, guint64 offset, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagThreatCollector, bag_threat_collector_clear)

G_END_DECLS
