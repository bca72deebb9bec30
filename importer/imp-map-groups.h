/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map-parts.h"

G_BEGIN_DECLS

/* One function for each message group; private to imp-map*.c. */

void imp_map_basics (ImpMapper *self);       /* ADT-00 */
/** imp_map_movement: ADT-01, -12 to -52. @event: what happened, in words; @agrees: type and event
 * do; otherwise it places nobody (SS-MIX2 spec 2.1) */
void imp_map_movement (ImpMapper *self, const char *type, const char *event, gboolean agrees);
/** imp_map_adt_common: what of an ADT belongs to the message as a whole. */
void imp_map_adt_common (ImpMapper *self);
/** imp_map_adt_attachments: contacts, measurements, disability and insurance of an ADT. */
void imp_map_adt_attachments (ImpMapper *self);
void imp_map_allergies (ImpMapper *self);    /* ADT-61 */
/** imp_map_order_allergies: AL1 wherever they stand; @at_order: the list as it was then. */
void imp_map_order_allergies (ImpMapper *self, gboolean at_order);
/** imp_map_adt_allergies: the same of an ADT, where IAM is read as well. */
void imp_map_adt_allergies (ImpMapper *self, gboolean at_order);
void imp_map_problems (ImpMapper *self);     /* PPR-01 */
/** imp_map_old_problems: DG1 of SS-MIX version 1. */
void imp_map_old_problems (ImpMapper *self);
void imp_map_meals (ImpMapper *self);        /* OMD */
/** imp_mapper_add_encoded_order: what RXE says alike of prescriptions and injections. */
void imp_mapper_add_encoded_order (ImpMapper *self, DiscRecordBuilder *item,
                                   const ImpSegment *rxe);
/** imp_mapper_tell_trial: CTI, the trial that the drug belongs to, as a comment. */
void imp_mapper_tell_trial (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *cti);
/** imp_mapper_is_injection_kind: whether RXE-2 is the kind of an injection order, JHSI0002, and
 * thus no drug (SS-MIX2 spec 2.1, 4.10). */
gboolean imp_mapper_is_injection_kind (ImpMapper *self, const ImpSegment *rxe);
void imp_map_drug_orders (ImpMapper *self);  /* OMP-01, OMP-02: block by block */
void imp_map_prescription (ImpMapper *self, ImpRange block, const ImpSegment *orc);
void imp_map_injection (ImpMapper *self, ImpRange block, const ImpSegment *orc);
void imp_map_administrations (ImpMapper *self); /* OMP-11, -12 */
void imp_map_lab (ImpMapper *self, gboolean is_order); /* OML-01, -11 and OMG-13 */

/** One panel of a lab message: a specimen, its order and request, and their rows. */
typedef struct
{
  const ImpSegment *spm;
  const ImpSegment *orc;
  const ImpSegment *obr;
  const ImpSegment *asked_obr; /* the request that asks_microbiology is of, or NULL */
  gboolean asks_microbiology;
  ImpRange rows;           /* from the first row to the next panel */
  GHashTable *pairs;       /* rows of microbiology by OBX-4; NULL until needed */
  GHashTable *organisms;   /* of the whole message: OBX-4 to the row that names it */
} ImpPanel;

/** imp_panel_is_microbiology: by the JLAC10 code of the row, or of the panel. */
gboolean imp_panel_is_microbiology (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx);
/** imp_panel_add_microbiology: an item of organism or drug and result; rows that only name the
 * organism or drug of another row join that row. */
void imp_panel_add_microbiology (ImpMapper *self, ImpPanel *panel, const ImpSegment *obx,
                                 ImpState state);
/** imp_panel_add_at: OBX-14, else SPM-17, else OBR-7. @obx: (nullable) */
void imp_panel_add_at (ImpMapper *self, const ImpPanel *panel, DiscRecordBuilder *item,
                       const ImpSegment *obx);
void imp_map_exams (ImpMapper *self, gboolean is_performed); /* OMG-01 to -03, -11, -12 */
void imp_map_unknown (ImpMapper *self);
/** imp_mapper_coverage: IN1 or ZI1 as an item of kind coverage. */
void imp_mapper_coverage (ImpMapper *self, const ImpSegment *insurance, ImpState state);

G_END_DECLS
