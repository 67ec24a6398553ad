/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-data-element.h"

G_BEGIN_DECLS

/* Made when the program is built, for bag-data-element.c alone. */
extern const char bag_data_element_texts[];
extern const BagDataElement bag_data_elements[]; /* by tag */
extern const gsize bag_n_data_elements;
extern const BagDataElement bag_data_element_patterns[]; /* those that say most about a tag first */
extern const gsize bag_n_data_element_patterns;

G_END_DECLS
