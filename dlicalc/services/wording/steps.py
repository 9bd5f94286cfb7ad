"""One sentence per step of the arithmetic; the result stands beside it."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

STEPS: Final[Mapping[str, str]] = {
    "count.wbc": N_("Bag {bag}, white cells: {entered} × {times}"),
    "count.nrbc": N_("Bag {bag}, white cells without nucleated red cells: {before} × 100 / (100 + {nrbc})"),
    "count.mnc": N_("Bag {bag}, MNC as counted: {entered} × {times}"),
    "count.cd3": N_("Bag {bag}, CD3⁺ as counted: {entered} × {times}"),
    "count.lymphocytes": N_("Bag {bag}, lymphocytes as counted: {entered} × {times}"),
    "count.mnc-share": N_("Bag {bag}, MNC: {share} of {whole}"),
    "count.cd3-share": N_("Bag {bag}, CD3⁺: {share} of {whole} {of}"),
    "count.lymphocytes-share": N_("Bag {bag}, lymphocytes: {share} of {whole}"),
    "present.mnc-viable": N_("Bag {bag}, living MNC: {before} × viability {viability}"),
    "present.cd3-viable": N_("Bag {bag}, living CD3⁺: {before} × viability {viability}"),
    "present.mnc-recovered": N_("Bag {bag}, MNC after thaw: {before} × recovery {recovery}"),
    "present.cd3-recovered": N_("Bag {bag}, CD3⁺ after thaw: {before} × recovery {recovery}"),
    "present.mnc-processed": N_("Bag {bag}, MNC after processing: {before} × {volume_from} / {volume_to} × {recovery}"),
    "present.cd3-processed": N_(
        "Bag {bag}, CD3⁺ after processing: {before} × {volume_from} / {volume_to} × {recovery}"
    ),
    "bag.weighed": N_("Bag {bag}, volume: ({gross} − {tare}) / {density}"),
    "dose.weight": N_("Weight of the recipient: {entered}"),
    "dose.mnc-needed": N_("MNC needed: {target}/kg × {weight} kg"),
    "dose.cd3-needed": N_("CD3⁺ needed: {target}/kg × {weight} kg"),
    "dose.mnc-volume": N_("Volume for the MNC target from bag {bag}: {before} / ({whole}/mL)"),
    "dose.cd3-volume": N_("Volume for the CD3⁺ target from bag {bag}: {before} / ({whole}/mL)"),
    "dose.mnc-whole-bag": N_(
        "Volume for the MNC target from bag {bag}: all of it, for {before} / ({whole}/mL) is more"
    ),
    "dose.cd3-whole-bag": N_(
        "Volume for the CD3⁺ target from bag {bag}: all of it, for {before} / ({whole}/mL) is more"
    ),
    "dose.mnc-held": N_("MNC in all that the bags can give, fewer than needed"),
    "dose.cd3-held": N_("CD3⁺ in all that the bags can give, fewer than needed"),
    "dose.bag-volume": N_(
        "To give from bag {bag}: {exact} mL (limited by: {limiting}), rounded down to steps of {step} mL"
    ),
    "dose.ordered": N_("Volume to infuse: the sum of {bags} bags"),
    "dose.mnc-delivered": N_("MNC given: {volume} mL × {whole}/mL / {weight} kg"),
    "dose.cd3-delivered": N_("CD3⁺ given: {volume} mL × {whole}/mL / {weight} kg"),
    "dose.mnc-in-bag": N_("MNC given from bag {bag}: {volume} mL × {whole}/mL"),
    "dose.cd3-in-bag": N_("CD3⁺ given from bag {bag}: {volume} mL × {whole}/mL"),
    "dose.mnc-delivered-by-all": N_("MNC given by all bags: {before} / {weight} kg"),
    "dose.cd3-delivered-by-all": N_("CD3⁺ given by all bags: {before} / {weight} kg"),
}
