/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dcmtk/config/osconfig.h"

#include "dcmtk/dcmdata/dctk.h"
#include "dcmtk/dcmdata/dcpixseq.h"
#include "dcmtk/dcmdata/dcpxitem.h"
#include "dcmtk/dcmdata/dcrledrg.h"
#include "dcmtk/dcmjpeg/djdecode.h"

#include "bag-dcmtk-frame.h"

/* Only where DCMTK's library is found: a bench, never a part of the program. */

struct _BagDcmtkFrame
{
  DcmDataset dataset;
  DcmPixelData *pixels; /* of the dataset */
};

static void
add_numbers (DcmDataset &dataset, guint columns, guint rows)
{
  dataset.putAndInsertUint16 (DCM_SamplesPerPixel, 1);
  dataset.putAndInsertString (DCM_PhotometricInterpretation, "MONOCHROME2");
  dataset.putAndInsertUint16 (DCM_Rows, static_cast<Uint16> (rows));
  dataset.putAndInsertUint16 (DCM_Columns, static_cast<Uint16> (columns));
  dataset.putAndInsertUint16 (DCM_BitsAllocated, 16);
  dataset.putAndInsertUint16 (DCM_BitsStored, 16);
  dataset.putAndInsertUint16 (DCM_HighBit, 15);
  dataset.putAndInsertUint16 (DCM_PixelRepresentation, 0);
}

static E_TransferSyntax
get_syntax (guint predictor)
{
  if (predictor == 0)
    return EXS_RLELossless;
  return predictor == 1 ? EXS_JPEGProcess14SV1 : EXS_JPEGProcess14;
}

/**
 * bag_dcmtk_frame_new:
 * @predictor: of JPEG lossless, 0 for RLE
 * @columns: of the frame
 * @rows: of the frame
 * @frame: its compressed bytes, of even length
 * @size: how many
 *
 * Returns: (transfer full): the frame
 */
BagDcmtkFrame *
bag_dcmtk_frame_new (guint predictor, guint columns, guint rows, const guint8 *frame, gsize size)
{
  BagDcmtkFrame *self = new BagDcmtkFrame;
  DcmPixelSequence *sequence = new DcmPixelSequence (DCM_PixelSequenceTag);
  DcmPixelItem *item = new DcmPixelItem (DCM_PixelItemTag);

  DJDecoderRegistration::registerCodecs ();
  DcmRLEDecoderRegistration::registerCodecs ();
  add_numbers (self->dataset, columns, rows);
  item->putUint8Array (frame, static_cast<Uint32> (size));
  sequence->insert (new DcmPixelItem (DCM_PixelItemTag));
  sequence->insert (item);
  self->pixels = new DcmPixelData (DCM_PixelData);
  self->pixels->putOriginalRepresentation (get_syntax (predictor), NULL, sequence);
  self->dataset.insert (self->pixels);

  return self;
}

/**
 * bag_dcmtk_frame_free:
 * @self: (transfer full): a frame
 */
void
bag_dcmtk_frame_free (BagDcmtkFrame *self)
{
  delete self;
}

/**
 * bag_dcmtk_frame_decode:
 * @self: a frame
 * @samples: (out caller-allocates): its samples
 * @size: their bytes
 *
 * Returns: whether all were decoded
 */
gboolean
bag_dcmtk_frame_decode (BagDcmtkFrame *self, guint8 *samples, gsize size)
{
  Uint32 fragment = 1;
  OFString colour_model;

  return self->pixels->getUncompressedFrame (&self->dataset, 0, fragment, samples, static_cast<Uint32> (size), colour_model).good ();
}
