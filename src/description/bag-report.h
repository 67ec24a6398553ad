/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/* What one threat detection report says (DICOS, SOP class ...501.3): made by the
 * reader inside the decoder process, checked again on the other side of the socket. */

#define BAG_MAX_REPORT_OBJECTS 4096u
#define BAG_MAX_REPORT_PLACES 8192u           /* of all objects of a report together */
#define BAG_MAX_REPORT_ASSESSMENTS 16384u     /* likewise */
#define BAG_MAX_REPORT_REFERENCES 16384u      /* likewise, and those of the report itself */
#define BAG_MAX_REPORT_BYTES (24u << 20)      /* on their way from the decoder, masks included */
#define BAG_MAX_REPORT_MASK_BYTES (16u << 20) /* of all masks of a report: boxes without one beyond that */

/* ThreatAssessmentFlag (4010,1015), in the order that lists go by. */
typedef enum
{
  BAG_THREAT_FLAG_HIGH_THREAT,
  BAG_THREAT_FLAG_THREAT,
  BAG_THREAT_FLAG_UNKNOWN,
  BAG_THREAT_FLAG_NO_THREAT,
} BagThreatFlag;

#define BAG_N_THREAT_FLAGS (BAG_THREAT_FLAG_NO_THREAT + 1)

typedef enum
{
  BAG_REPORT_TEXT_SOP_INSTANCE,
  BAG_REPORT_TEXT_STUDY,
  BAG_REPORT_TEXT_SERIES,
  BAG_REPORT_TEXT_FRAME_OF_REFERENCE,
  BAG_REPORT_TEXT_BAG_ID,
  BAG_REPORT_TEXT_DECISION,  /* ALARM, CLEAR, UNKNOWN */
  BAG_REPORT_TEXT_TYPE,      /* MACHINE, OPERATOR, GROUND TRUTH ... */
  BAG_REPORT_TEXT_ALGORITHM, /* its name, and its version where there is one */
  BAG_REPORT_TEXT_TIME,
  BAG_REPORT_TEXT_ABORT_FLAG, /* SUCCESS, ABORT */
  BAG_REPORT_TEXT_ABORT_REASON,
} BagReportText;

#define BAG_N_REPORT_TEXTS (BAG_REPORT_TEXT_ABORT_REASON + 1)

/* One opinion about an object. */
typedef struct
{
  BagThreatFlag flag;
  char *category;     /* EXPLOSIVE, CONTRABAND ... */
  char *text;         /* in the maker's words */
  char *ability;      /* NO_INTERFERENCE, SHIELD */
  double probability; /* 0 to 1, NaN when not given */
} BagReportAssessment;

typedef enum
{
  BAG_REPORT_PLACE_HAS_REGION = 1 << 0,
  BAG_REPORT_PLACE_HAS_POLYGON = 1 << 1,
  BAG_REPORT_PLACE_HAS_MASK = 1 << 2,
} BagReportPlaceFlags;

/* One representation of an object: where it lies in which scans. */
typedef struct
{
  GPtrArray *instances; /* (element-type utf8): SOP instances of those scans */
  BagReportPlaceFlags flags;
  double base[3], extents[3];    /* region: X, Y and stored frame, in voxels from 0 */
  double corners[2][3];          /* least and greatest point of the polygon, in mm */
  guint64 n_masked;              /* voxels that the mask of the region marks */
  GBytes *mask;                  /* its bits, those behind the last voxel 0; NULL without a mask, or when it is too large */
  double mass, density;          /* g, g/cc; NaN when not given, as the next two */
  double z_effective, volume_cc; /* effective atomic number, cubic centimetres */
  char *location;                /* in the maker's words */
} BagReportPlace;

typedef struct
{
  guint id;               /* PotentialThreatObjectID */
  GPtrArray *places;      /* (element-type BagReportPlace) */
  GPtrArray *assessments; /* (element-type BagReportAssessment) */
} BagReportObject;

/**
 * BagReport:
 *
 * All texts are valid UTF-8 without control or bidirectional formatting
 * characters, at most BAG_MAX_TEXT characters, and never NULL ("" when absent).
 * Unchanged once it is made; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char *name; /* of its file, for people; of no use to find it */
  char *texts[BAG_N_REPORT_TEXTS];
  GPtrArray *instances; /* (element-type utf8): SOP instances of the scans that it is about */
  GPtrArray *objects;   /* (element-type BagReportObject) */
  GPtrArray *warnings;  /* (element-type BagNote) */
} BagReport;

const char *bag_threat_flag_get_name (BagThreatFlag flag);

BagReportAssessment *bag_report_assessment_new (void);
BagReportPlace *bag_report_place_new (void);
BagReportObject *bag_report_object_new (void);

BagReport *bag_report_new (void);
BagReport *bag_report_ref (BagReport *self);
void bag_report_unref (BagReport *self);
const char *bag_report_get_text (const BagReport *self, BagReportText text);
void bag_report_set_text (BagReport *self, BagReportText text, const char *value);
void bag_report_add_warning (BagReport *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
const BagReportAssessment *bag_report_object_get_gravest (const BagReportObject *self);

GBytes *bag_report_to_bytes (const BagReport *self);
BagReport *bag_report_from_bytes (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagReport, bag_report_unref)

G_END_DECLS
