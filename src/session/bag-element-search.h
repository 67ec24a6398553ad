/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-element-list.h"

G_BEGIN_DECLS

/* What a search has to do with a row. */
typedef enum
{
  BAG_ELEMENT_IS_APART,  /* nothing: it is not shown */
  BAG_ELEMENT_IS_SHOWN,  /* it was found, or lies in a sequence that was */
  BAG_ELEMENT_HAS_FOUND, /* something in it was found */
} BagElementFound;

GBytes *bag_element_search (const BagElementList *list, const char *text);

G_END_DECLS
