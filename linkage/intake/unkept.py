"""Columns that are never kept, whoever delivers them: what this system must not know.

Nobody's biometrics and nobody's immigration status (REQUIREMENTS.md §8) are in any table that is
read. But columns that a table does not know are kept as received: these are not, and the report of
the delivery names them.
"""

import re
import unicodedata

# In any writing: `Fingerprint ID`, `fingerprintId`, `FINGER-PRINTS`.
_BIOMETRIC = (
    *("biometric", "fingerprint", "handprint", "palmprint", "faceprint", "voiceprint"),
    *("retina", "irisscan", "facialrecognition", "dnasample", "dnaprofile", "huellas"),
)
_BIOMETRIC_BY_ITSELF = ("dna", "iris")
_STATUS = ("status", "estatus", "situacion")
_OF_IMMIGRATION = ("immigra", "immig", "inmigra", "migrator", "legal", "lawful", "residen", "visa")
_TELLS_IT = ("immstatus", "undocumented", "unlawfulpresence", "greencard", "indocumentad")
# Of a child's own papers these are no secret; of whoever takes her in they are.
_GROWN_UP = ("sponsor", "household", "caregiver", "patrocinador")
_TELLS_IT_OF_THEM = (*_STATUS, "citizen", "nationality", "alien", "anumber", "ciudadan")


def is_never_kept(header: str) -> bool:
    """Whether a column so called is left out of what is kept."""
    name = _plain(header)
    if name in _BIOMETRIC_BY_ITSELF or _has(name, (*_BIOMETRIC, *_TELLS_IT)):
        return True
    if _has(name, _GROWN_UP) and _has(name, _TELLS_IT_OF_THEM):
        return True
    return _has(name, _STATUS) and _has(name, _OF_IMMIGRATION)


def _has(name: str, parts: tuple[str, ...]) -> bool:
    return any(part in name for part in parts)


def _plain(header: str) -> str:
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", header).casefold())
