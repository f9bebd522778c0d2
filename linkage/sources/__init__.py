"""The tables that agencies deliver, one file an agency (FORMATS.md)."""

from graph.vocabulary.agencies import Table
from linkage.records import Row
from linkage.sources.earm import Earm
from linkage.sources.eoir import EoirCase, EoirJuvenile, EoirProceeding, EoirSchedule
from linkage.sources.nta import Nta
from linkage.sources.orr import OrrContact, OrrRelease
from linkage.sources.orr_public import OrrPublic
from linkage.sources.planet import Planet
from linkage.sources.uscis import UscisRelief
from linkage.sources.vor import Vor
from linkage.sources.worksheet import Worksheet

MODELS: tuple[type[Row], ...] = (
    Earm,
    Planet,
    EoirCase,
    EoirProceeding,
    EoirSchedule,
    EoirJuvenile,
    OrrRelease,
    OrrPublic,
    OrrContact,
    Vor,
    Nta,
    UscisRelief,
    Worksheet,
)

MODEL_OF: dict[Table, type[Row]] = {model.table: model for model in MODELS}
