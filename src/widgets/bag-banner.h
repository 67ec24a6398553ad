/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  BAG_BANNER_ERROR,
  BAG_BANNER_WARNING,
} BagBannerKind;

#define BAG_TYPE_BANNER_KIND (bag_banner_kind_get_type ())
GType bag_banner_kind_get_type (void) G_GNUC_CONST;

#define BAG_TYPE_BANNER (bag_banner_get_type ())
G_DECLARE_FINAL_TYPE (BagBanner, bag_banner, BAG, BANNER, GtkWidget)

GtkWidget *bag_banner_new (BagBannerKind kind);
const char *bag_banner_get_text (BagBanner *self);
void bag_banner_set_text (BagBanner *self, const char *text);
void bag_banner_set_offer (BagBanner *self, const char *label, const char *action);
BagBannerKind bag_banner_get_kind (BagBanner *self);
void bag_banner_set_kind (BagBanner *self, BagBannerKind kind);
char *bag_banner_summarize (const char *text);

G_END_DECLS
