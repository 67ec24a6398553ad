/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "writer/bag-element-writer.h"

G_BEGIN_DECLS

const char *bag_dicos_header_get_fact (const BagDescription *description, const char *keyword);
void bag_dicos_header_add_fact (BagElementWriter *writer,
                                guint32 tag,
                                const char *vr,
                                const BagDescription *description,
                                const char *keyword);
void bag_dicos_header_add_meta (BagElementWriter *writer,
                                const char *sop_class,
                                const char *sop_instance,
                                const char *transfer_syntax,
                                BagElementEncoding encoding);
void bag_dicos_header_add_image (BagElementWriter *writer, const BagDescription *description, gboolean is_count_text);
void bag_dicos_header_add_geometry (BagElementWriter *writer, const BagDescription *description);

G_END_DECLS
