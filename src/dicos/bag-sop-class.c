/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sop-class"

#include "config.h"

#include "dicos/bag-sop-class.h"

#include "description/bag-error.h"

#include <string.h>

/* What kind of object a file holds: CT classes, and those that an operator may
 * well pick by mistake and should be told about in plain words. */

#define DISC_DIRECTORY "1.2.840.10008.1.3.10"
#define THREAT_REPORT "1.2.840.10008.5.1.4.1.1.501.3"

static const struct
{
  const char *uid;
  BagError code;
  const char *words;
} refused[] = {
  { DISC_DIRECTORY, BAG_ERROR_NOT_AN_IMAGE, "This is a directory of a disc (DICOMDIR), not an image: open the folder that it lies in" },
  { THREAT_REPORT, BAG_ERROR_NOT_AN_IMAGE, "This is a threat report, not an image: open the scan it belongs to" },
  { "1.2.840.10008.5.1.4.1.1.501.4", BAG_ERROR_UNSUPPORTED_OBJECT, "This is an image of a body scanner (AIT 2D), not of a bag" },
  { "1.2.840.10008.5.1.4.1.1.501.5", BAG_ERROR_UNSUPPORTED_OBJECT, "This is an image of a body scanner (AIT 3D), not of a bag" },
  { "1.2.840.10008.5.1.4.1.1.501.6", BAG_ERROR_UNSUPPORTED_OBJECT, "This is a quadrupole resonance object (QR), not a CT scan" },
};

/* The class itself, or a variant of it such as "....501.4.1". */
static gboolean
is_class (const char *uid, const char *class_uid)
{
  gsize length = strlen (class_uid);

  return strncmp (uid, class_uid, length) == 0 && (uid[length] == '\0' || uid[length] == '.');
}

/**
 * bag_sop_class_check:
 * @uid: a SOP class, or ""
 * @error: %BAG_ERROR_NOT_AN_IMAGE or %BAG_ERROR_UNSUPPORTED_OBJECT
 *
 * Returns: %FALSE for objects that are known not to be scans
 */
gboolean
bag_sop_class_check (const char *uid, GError **error)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (is_class (uid, refused[i].uid))
      {
        g_set_error_literal (error, BAG_ERROR, (int) refused[i].code, refused[i].words);
        return FALSE;
      }

  return TRUE;
}

/**
 * bag_sop_class_is_medical_ct:
 * @uid: a SOP class
 *
 * Returns: whether it is CT Image Storage: one slice, without functional groups
 */
gboolean
bag_sop_class_is_medical_ct (const char *uid)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  return strcmp (uid, "1.2.840.10008.5.1.4.1.1.2") == 0;
}

/**
 * bag_sop_class_is_ct:
 * @uid: a SOP class
 *
 * Returns: whether it is a CT of any kind (medical, enhanced, legacy converted, DICOS)
 */
gboolean
bag_sop_class_is_ct (const char *uid)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  return is_class (uid, "1.2.840.10008.5.1.4.1.1.2") || is_class (uid, "1.2.840.10008.5.1.4.1.1.501.1");
}

/**
 * bag_sop_class_is_disc_directory:
 * @uid: a SOP class
 *
 * Returns: whether it is the directory of a disc (DICOMDIR)
 */
gboolean
bag_sop_class_is_disc_directory (const char *uid)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  return strcmp (uid, DISC_DIRECTORY) == 0;
}

/**
 * bag_sop_class_get_note:
 * @uid: a SOP class, or ""
 *
 * Returns: (transfer none) (nullable): what an operator should know of pictures of that
 *   class; %NULL for a CT
 */
const char *
bag_sop_class_get_note (const char *uid)
{
  g_return_val_if_fail (uid != NULL, NULL);

  if (bag_sop_class_is_ct (uid))
    return NULL;
  if (is_class (uid, "1.2.840.10008.5.1.4.1.1.501.2") || is_class (uid, "1.2.840.10008.5.1.4.1.1.1"))
    return "This is a picture taken from one side (X-ray projection), not a CT scan";

  return "This is a grayscale image, but not a CT scan";
}

/**
 * bag_sop_class_is_threat_report:
 * @uid: a SOP class
 *
 * Returns: whether it is a threat detection report of DICOS
 */
gboolean
bag_sop_class_is_threat_report (const char *uid)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  return is_class (uid, THREAT_REPORT);
}

/**
 * bag_sop_class_is_dicos:
 * @uid: a SOP class
 *
 * Returns: whether it is an object of DICOS about a bag: a body scanner's is about a person
 */
gboolean
bag_sop_class_is_dicos (const char *uid)
{
  g_return_val_if_fail (uid != NULL, FALSE);

  return is_class (uid, "1.2.840.10008.5.1.4.1.1.501") && !is_class (uid, "1.2.840.10008.5.1.4.1.1.501.4") && !is_class (uid, "1.2.840.10008.5.1.4.1.1.501.5");
}
