"""Where the audit of an installation is, and where its head is kept beside it."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from api.audit.anchors import Anchoring
from api.audit.keeping import Audit
from api.audit.log import SEGMENT_BYTES, Log
from graph.errors import UsageError
from graph.settings import AbsolutePath, Settings


class AuditSettings(BaseSettings):
    """Each has a variable `SPONSORGRAPH_AUDIT_…`."""

    model_config = SettingsConfigDict(
        frozen=True, env_prefix="SPONSORGRAPH_AUDIT_", env_ignore_empty=True, extra="ignore"
    )

    # `audit/` in the installation's home unless given. One folder is one chain.
    folder: AbsolutePath | None = None
    # Files on another disk, as in ["/mnt/safe/sponsorgraph.heads"]; their folders must be there.
    anchors: tuple[AbsolutePath, ...] = ()
    # The head is kept there after so many rows, or so many seconds: what is lost of rows after
    # that is what somebody could cut off unseen.
    anchor_rows: int = Field(1_000, gt=0)
    anchor_seconds: float = Field(60.0, gt=0)
    segment_bytes: int = Field(SEGMENT_BYTES, gt=0)

    def folder_of(self, home: Path) -> Path:
        return self.folder or home / "audit"


def audit_settings() -> AuditSettings:
    """The settings as the environment has them.

    Raises:
        UsageError: a variable holds what it cannot hold; the sentence names it, not its value.
    """
    try:
        return AuditSettings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        variable = f"SPONSORGRAPH_AUDIT_{first['loc'][0]}".upper()
        raise UsageError(f"{variable} cannot be read: {first['msg']}.") from None
    except SettingsError:
        raise UsageError(
            'SPONSORGRAPH_AUDIT_ANCHORS must be JSON, as in ["/mnt/safe/heads"].'
        ) from None


def audit_of(settings: Settings, wanted: AuditSettings | None = None) -> Audit:
    """The audit of one installation, for one process."""
    wanted = wanted or audit_settings()
    folder = wanted.folder_of(settings.home)
    log = Log(folder, segment_bytes=wanted.segment_bytes)
    return Audit(log, Anchoring(folder, wanted.anchors, wanted.anchor_rows, wanted.anchor_seconds))
