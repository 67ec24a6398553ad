/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-charset.h"
#include "dicos/bag-element-parser.h"

G_BEGIN_DECLS

/* What an element of binary type holds where the file does not name its type. */
typedef enum
{
  BAG_VALUE_TEXT,
  BAG_VALUE_US,
  BAG_VALUE_FLOAT,
  BAG_VALUE_DOUBLE,
} BagValueKind;

char *bag_element_get_ascii (BagByteReader *reader, const BagElement *element);
char *bag_element_get_text (BagByteReader *reader, const BagElement *element, const char *charset);
char *bag_element_get_display (BagByteReader *reader, const BagElement *element, BagValueKind kind, const char *charset);
guint bag_element_get_doubles (BagByteReader *reader, const BagElement *element, double *values, guint n_values);
guint bag_element_get_uint (BagByteReader *reader, const BagElement *element, guint fallback);
guint bag_element_get_binary_count (BagByteReader *reader, const BagElement *element);
guint bag_element_get_count (BagByteReader *reader, const BagElement *element);

G_END_DECLS
