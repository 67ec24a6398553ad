/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-phantom-contents"

#include "config.h"
#include "scan/bag-phantom-contents.h"

/* What the made-up bag holds, as tables: each part over those before it.
 * Millimetres: x from the left, y downwards, z along the belt. */

#define AT(x, y, z, half_x, half_y, half_z)                                   \
  {                                                                           \
    BAG_PHANTOM_MM (x), BAG_PHANTOM_MM (y), BAG_PHANTOM_MM (z)                \
  },                                                                          \
  {                                                                           \
    BAG_PHANTOM_MM (half_x), BAG_PHANTOM_MM (half_y), BAG_PHANTOM_MM (half_z) \
  }
#define BOX(...)                                \
  {                                             \
    AT (__VA_ARGS__), 0, BAG_PHANTOM_ROUND_NONE \
  }
#define ROUND(edges, radius, ...)                                        \
  {                                                                      \
    AT (__VA_ARGS__), BAG_PHANTOM_MM (radius), BAG_PHANTOM_ROUND_##edges \
  }
#define MM BAG_PHANTOM_MM

/* sine and cosine of 3, -8 and 12 degrees times 16384 */
static const BagPhantomPose laptop_pose = { MM (340), MM (200), 16362, 857 };
static const BagPhantomPose threat_pose = { MM (255), MM (395), 16225, -2280 };
static const BagPhantomPose book_pose = { MM (450), MM (300), 16026, 3406 };

static const BagPhantomPart shell_parts[] = {
  { BOX (320, 496, 375, 320, 2.5, 376), 1120 }, /* belt */
  { BOX (320, 505, 375, 320, 1, 376), 700 },
  { ROUND (YZ, 25, 112, 462, 716, 15, 25, 25), 1150 }, /* wheels, bearings */
  { ROUND (YZ, 25, 528, 462, 716, 15, 25, 25), 1150 },
  { ROUND (YZ, 25, 112, 178, 716, 15, 25, 25), 1150 },
  { ROUND (YZ, 25, 528, 178, 716, 15, 25, 25), 1150 },
  { ROUND (YZ, 6, 112, 462, 716, 19, 6, 6), 5800 },
  { ROUND (YZ, 6, 528, 462, 716, 19, 6, 6), 5800 },
  { ROUND (YZ, 6, 112, 178, 716, 19, 6, 6), 5800 },
  { ROUND (YZ, 6, 528, 178, 716, 19, 6, 6), 5800 },
  { ROUND (ALL, 9, 320, 470, 12, 130, 9, 9), 1300 },            /* handle */
  { ROUND (ALL, 52, 320, 320, 362, 260, 170, 337), 1210 },      /* shell */
  { ROUND (ALL, 48.5, 320, 320, 362, 256.5, 166.5, 333), 330 }, /* lining */
  { ROUND (ALL, 46.5, 320, 320, 362, 254.5, 164.5, 331), 0 },
  { ROUND (XY, 3, 62, 320, 362, 4, 8, 300), 2300 }, /* zip and its frame */
  { ROUND (XY, 3, 578, 320, 362, 4, 8, 300), 2300 },
  { ROUND (XY, 4, 205, 476, 370, 13, 7, 310), 2750 }, /* tubes of the handle */
  { ROUND (XY, 3, 205, 476, 370, 11, 5, 311), 0 },
  { ROUND (XY, 4, 435, 476, 370, 13, 7, 310), 2750 },
  { ROUND (XY, 3, 435, 476, 370, 11, 5, 311), 0 },
};

static const BagPhantomPart cloth_parts[] = {
  { ROUND (ALL, 30, 320, 330, 362, 240, 136, 322), 330, BAG_PHANTOM_CLOTH, MM (9) },
  { ROUND (ALL, 40, 444, 330, 362, 112, 100, 310), 230, BAG_PHANTOM_CLOTH, MM (17) },
  { ROUND (ALL, 30, 185, 345, 380, 105, 95, 300), 480, BAG_PHANTOM_CLOTH, MM (6) },
  { ROUND (ALL, 30, 300, 425, 372, 225, 40, 308), 600, BAG_PHANTOM_CLOTH, MM (12) },
  { ROUND (XY, 34, 104, 425, 540, 34, 34, 60), 560, BAG_PHANTOM_ROLL, MM (7) },
  { ROUND (XY, 30, 250, 310, 590, 30, 30, 55), 480, BAG_PHANTOM_ROLL, MM (6) },
  { ROUND (XY, 36, 345, 330, 130, 36, 36, 70), 520, BAG_PHANTOM_ROLL, MM (8) },
};

static const BagPhantomPart bottle_parts[] = {
  { ROUND (ALL, 38, 122, 312, 290, 38, 38, 125), 1280 },
  { ROUND (ALL, 36, 122, 312, 290, 36, 36, 123), 1010, BAG_PHANTOM_LIQUID, MM (-17) },
  { ROUND (XY, 15, 122, 312, 428, 15, 15, 22), 1280 },
  { ROUND (XY, 12, 122, 312, 425, 12, 12, 22), 1010, BAG_PHANTOM_LIQUID, MM (-17) },
  { ROUND (XY, 18, 122, 312, 455, 18, 18, 9), 960 },
  { ROUND (XY, 22, 215, 262, 480, 22, 22, 55), 2350 }, /* glass flask */
  { ROUND (XY, 18, 215, 262, 480, 18, 18, 51), 850, BAG_PHANTOM_LIQUID, MM (-6) },
  { ROUND (XY, 7, 215, 262, 545, 7, 7, 12), 2800 },
};

static const BagPhantomPart laptop_parts[] = {
  { ROUND (XY, 4, 340, 200, 440, 168, 11, 118), 1900, BAG_PHANTOM_SOLID, 0, &laptop_pose },
  { BOX (340, 200, 440, 165, 8.5, 115), 20, BAG_PHANTOM_SOLID, 0, &laptop_pose },
  { BOX (340, 193, 440, 164, 1.6, 114), 2150, BAG_PHANTOM_SOLID, 0, &laptop_pose },     /* screen */
  { BOX (340, 197, 440, 160, 1.8, 100), 900, BAG_PHANTOM_CHIPS, MM (6), &laptop_pose }, /* keys */
  { BOX (300, 204, 480, 110, 1.8, 70), 1900, BAG_PHANTOM_CHIPS, MM (7), &laptop_pose }, /* board */
  { BOX (225, 203.5, 370, 32, 4, 38), 2250, BAG_PHANTOM_SOLID, 0, &laptop_pose },       /* battery */
  { BOX (302, 203.5, 370, 32, 4, 38), 2250, BAG_PHANTOM_SOLID, 0, &laptop_pose },
  { BOX (379, 203.5, 370, 32, 4, 38), 2250, BAG_PHANTOM_SOLID, 0, &laptop_pose },
  { BOX (456, 203.5, 370, 32, 4, 38), 2250, BAG_PHANTOM_SOLID, 0, &laptop_pose },
  { ROUND (XZ, 24, 455, 203, 490, 24, 4, 24), 1700, BAG_PHANTOM_CHIPS, MM (3), &laptop_pose }, /* fan */
  { BOX (380, 202, 508, 60, 1.8, 4), 6000, BAG_PHANTOM_SOLID, 0, &laptop_pose },               /* heat pipe */
  { ROUND (YZ, 4, 240, 196, 553, 30, 4, 4), 5900, BAG_PHANTOM_SOLID, 0, &laptop_pose },        /* hinges */
  { ROUND (YZ, 4, 440, 196, 553, 30, 4, 4), 5900, BAG_PHANTOM_SOLID, 0, &laptop_pose },
};

static const BagPhantomPart shoe_parts[] = {
  { ROUND (ALL, 34, 420, 424, 500, 41, 35, 138), 900 },
  { ROUND (ALL, 38, 420, 406, 580, 39, 50, 56), 900 },
  { ROUND (ALL, 31, 420, 424, 500, 38, 32, 135), 0 },
  { ROUND (ALL, 35, 420, 403, 580, 36, 52, 55), 0 },
  { ROUND (XY, 26, 420, 424, 480, 27, 27, 100), 340, BAG_PHANTOM_ROLL, MM (8) },
  { ROUND (XZ, 40, 420, 455, 500, 46, 7, 144), 1180 },
  { ROUND (XZ, 30, 420, 458, 590, 40, 9, 48), 1150 },
  { BOX (420, 454, 520, 7, 1.3, 50), 5600 }, /* shank */
  { ROUND (ALL, 34, 517, 424, 400, 40, 35, 138), 900 },
  { ROUND (ALL, 36, 517, 406, 320, 38, 50, 56), 900 },
  { ROUND (ALL, 31, 517, 424, 400, 37, 32, 135), 0 },
  { ROUND (ALL, 33, 517, 403, 320, 35, 52, 55), 0 },
  { ROUND (XY, 25, 517, 424, 420, 26, 26, 100), 340, BAG_PHANTOM_ROLL, MM (8) },
  { ROUND (XZ, 40, 517, 455, 400, 45, 7, 144), 1180 },
  { ROUND (XZ, 30, 517, 458, 310, 39, 9, 48), 1150 },
  { BOX (517, 454, 380, 7, 1.3, 50), 5600 },
};

static const BagPhantomPart small_parts[] = {
  { BOX (450, 300, 250, 78, 19, 105), 1050, BAG_PHANTOM_SOLID, 0, &book_pose }, /* book */
  { BOX (453, 300, 250, 76, 16.5, 103), 860, BAG_PHANTOM_PAPER, MM (2.5), &book_pose },
  { ROUND (XY, 6, 330, 268, 330, 33, 15, 58), 1250 }, /* power supply */
  { ROUND (XY, 4, 330, 268, 330, 30.5, 12.5, 55.5), 1500, BAG_PHANTOM_CHIPS, MM (9) },
  { BOX (316, 268, 330, 10, 9, 16), 4300 },
  { ROUND (XY, 26, 92, 395, 240, 26, 26, 190), 400, BAG_PHANTOM_ROLL, MM (5) }, /* umbrella */
  { ROUND (XY, 4, 92, 395, 240, 4, 4, 200), 5600 },
  { ROUND (XY, 2, 104, 395, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 80, 395, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 92, 407, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 92, 383, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 100.5, 403.5, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 83.5, 386.5, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 100.5, 386.5, 240, 2, 2, 180), 5000 },
  { ROUND (XY, 2, 83.5, 403.5, 240, 2, 2, 180), 5000 },
  { ROUND (XZ, 12, 380, 240, 200, 12, 3, 12), 6200 }, /* coins */
  { ROUND (XZ, 11, 402, 244, 212, 11, 2, 11), 6000 },
  { ROUND (XY, 3, 520, 240, 470, 26, 4, 5), 6100 },   /* buckle */
  { ROUND (XY, 3, 390, 352, 335, 14, 13, 25), 2600 }, /* battery of the threat */
  { ROUND (XY, 2, 390, 352, 335, 12, 11, 23), 1900 },
};

/* The marked object: a brick with a detonator pushed into it. */
static const BagPhantomPart threat_parts[] = {
  { ROUND (XY, 7, 255, 395, 335, 82, 25, 66), 1600, BAG_PHANTOM_SOLID, 0, &threat_pose },
  { ROUND (YZ, 4, 325, 392, 335, 40, 4, 4), 2900, BAG_PHANTOM_SOLID, 0, &threat_pose },
};

/* Corners of the cables, from the wall plug and from the detonator. */
static const gint32 cable[][3] = {
  { MM (335), MM (268), MM (270) },
  { MM (330), MM (300), MM (240) },
  { MM (285), MM (330), MM (215) },
  { MM (230), MM (322), MM (200) },
  { MM (205), MM (290), MM (225) },
  { MM (235), MM (272), MM (260) },
  { MM (285), MM (290), MM (300) },
  { MM (300), MM (325), MM (345) },
  { MM (262), MM (342), MM (390) },
  { MM (220), MM (320), MM (420) },
  { MM (235), MM (290), MM (450) },
  { MM (290), MM (280), MM (470) },
};
static const gint32 wire[][3] = {
  { MM (362), MM (378), MM (335) },
  { MM (378), MM (372), MM (350) },
  { MM (374), MM (360), MM (368) },
  { MM (390), MM (352), MM (361) },
};

static const BagPhantomMetal metals[] = {
  { MM (340), MM (204), MM (332), MM (408), 30 },
  { MM (380), MM (202), MM (500), MM (516), 60 },
  { MM (240), MM (196), MM (545), MM (560), 70 },
  { MM (440), MM (196), MM (545), MM (560), 70 },
  { MM (92), MM (395), MM (50), MM (440), 26 },
  { MM (420), MM (459), MM (470), MM (570), 24 },
  { MM (517), MM (459), MM (330), MM (430), 24 },
  { MM (316), MM (268), MM (314), MM (346), 44 },
  { MM (112), MM (462), MM (706), MM (726), 50 },
  { MM (528), MM (462), MM (706), MM (726), 50 },
  { MM (112), MM (178), MM (706), MM (726), 50 },
  { MM (528), MM (178), MM (706), MM (726), 50 },
  { MM (388), MM (241), MM (188), MM (222), 60 },
  { MM (520), MM (240), MM (465), MM (475), 60 },
  { MM (390), MM (352), MM (310), MM (360), 20 },
  { MM (325), MM (392), MM (330), MM (340), 30 },
};

static void
paint_parts (BagPhantomCanvas *canvas, const BagPhantomPart *parts, gsize n_parts)
{
  for (gsize i = 0; i < n_parts; i++)
    bag_phantom_canvas_paint (canvas, &parts[i]);
}

static void
paint_cord (BagPhantomCanvas *canvas, const gint32 (*corners)[3], gsize n_corners, gint32 radius, guint16 value)
{
  for (gsize i = 0; i + 1 < n_corners; i++)
    bag_phantom_canvas_paint_line (canvas, corners[i], corners[i + 1], radius, value);
}

/*
 * bag_phantom_contents_paint:
 *
 * Paints everything but the marked object.
 */
void
bag_phantom_contents_paint (BagPhantomCanvas *canvas)
{
  paint_parts (canvas, shell_parts, G_N_ELEMENTS (shell_parts));
  paint_parts (canvas, cloth_parts, G_N_ELEMENTS (cloth_parts));
  paint_parts (canvas, bottle_parts, G_N_ELEMENTS (bottle_parts));
  paint_parts (canvas, laptop_parts, G_N_ELEMENTS (laptop_parts));
  paint_parts (canvas, shoe_parts, G_N_ELEMENTS (shoe_parts));
  paint_parts (canvas, small_parts, G_N_ELEMENTS (small_parts));
  paint_cord (canvas, cable, G_N_ELEMENTS (cable), MM (4), 1250);
  paint_cord (canvas, cable, G_N_ELEMENTS (cable), MM (1.8), 4800);
  paint_cord (canvas, wire, G_N_ELEMENTS (wire), MM (1.6), 3600);
}

/*
 * bag_phantom_contents_paint_threat:
 *
 * Paints the marked object: just the places of bag_phantom_contents_is_threat().
 */
void
bag_phantom_contents_paint_threat (BagPhantomCanvas *canvas)
{
  paint_parts (canvas, threat_parts, G_N_ELEMENTS (threat_parts));
}

/*
 * bag_phantom_contents_is_threat:
 *
 * Whether a voxel with its middle at this place belongs to the marked object.
 */
gboolean
bag_phantom_contents_is_threat (gint32 x, gint32 y, gint32 z)
{
  bag_phantom_pose_apply (&threat_pose, &x, &y);
  for (gsize i = 0; i < G_N_ELEMENTS (threat_parts); i++)
    if (bag_phantom_shape_contains (&threat_parts[i].shape, x, y, z))
      return TRUE;
  return FALSE;
}

/*
 * bag_phantom_contents_get_threat_reach:
 *
 * A box that the marked object certainly does not leave.
 */
void
bag_phantom_contents_get_threat_reach (gint32 start[3], gint32 end[3])
{
  start[0] = MM (160);
  end[0] = MM (380);
  start[1] = MM (340);
  end[1] = MM (450);
  start[2] = MM (260);
  end[2] = MM (410);
}

/*
 * bag_phantom_contents_get_metals:
 *
 * Returns: (transfer none): the things that streak the picture.
 */
const BagPhantomMetal *
bag_phantom_contents_get_metals (guint *n_metals)
{
  *n_metals = G_N_ELEMENTS (metals);
  return metals;
}
