/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-element-list.h"

G_BEGIN_DECLS

char *bag_element_format_tag (const BagElementRow *row);
const char *bag_element_get_name (const BagElementRow *row);
const char *bag_element_get_keyword (const BagElementRow *row);
char *bag_element_format_value (const BagElementRow *row);
char *bag_element_list_format_rest (const BagElementList *list);

G_END_DECLS
