/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-element-parser.h"

G_BEGIN_DECLS

char *bag_element_summarize (BagByteReader *reader, const BagElement *element, const char *vr, const char *charset);

G_END_DECLS
