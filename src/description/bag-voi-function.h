/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* VOILUTFunction (0028,1056): how a window turns values into grey levels, by the
 * sections of PS3.3 that define it. Where a file names none it is LINEAR. */
typedef enum
{
  BAG_VOI_FUNCTION_LINEAR,       /* C.11.2.1.2.1 */
  BAG_VOI_FUNCTION_LINEAR_EXACT, /* C.11.2.1.3.2 */
  BAG_VOI_FUNCTION_SIGMOID,      /* C.11.2.1.3.1 */
} BagVoiFunction;

#define BAG_N_VOI_FUNCTIONS (BAG_VOI_FUNCTION_SIGMOID + 1)
