"""Where an installation lives and which Neo4j it speaks to. Built once at the edge, handed in."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import UsageError
from graph.secret_files import secret_in
from graph.vocabulary.feeds import STALE_AFTER_DAYS


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _without_user(uri: str | None) -> str | None:
    if uri is not None and "@" in uri:
        raise ValueError("it holds a user or a password: set NEO4J_USER, NEO4J_PASSWORD_FILE")
    return uri


_MEMORY_SIZE = r"^[1-9][0-9]*[kmgKMG]$"  # what both the JVM's -Xmx and neo4j.conf read

AbsolutePath = Annotated[Path, AfterValidator(_absolute)]
MemorySize = Annotated[str, Field(pattern=_MEMORY_SIZE)]


class Settings(BaseSettings):
    """One installation, from the environment.

    `SPONSORGRAPH_HOME` holds everything of it, so two homes side by side never touch.
    `SPONSORGRAPH_CACHE` holds what all homes share: verified jars and the JVM's AOT cache.
    `NEO4J_URI` names a server of your own; without it the local one is used.
    """

    # Without the prefix, `home` would be $HOME.
    model_config = SettingsConfigDict(
        frozen=True,
        env_prefix="SPONSORGRAPH_",
        env_ignore_empty=True,
        extra="ignore",
        validate_default=True,
        hide_input_in_errors=True,  # it may be a password in the wrong place
    )

    home: AbsolutePath = Path("~/.local/share/sponsorgraph")
    # After how many days without an extract a table is called stale: a local target, not law.
    feed_days: int = Field(default=STALE_AFTER_DAYS, gt=0)
    cache: AbsolutePath = Path("~/.cache/sponsorgraph")
    # Named as every Neo4j client names them, so without the prefix.
    neo4j_uri: Annotated[str | None, AfterValidator(_without_user)] = Field(
        default=None, validation_alias="neo4j_uri"
    )
    neo4j_user: str = Field(default="neo4j", validation_alias="neo4j_user")
    neo4j_password: SecretStr | None = Field(default=None, validation_alias="neo4j_password")
    neo4j_password_file: AbsolutePath | None = Field(
        default=None, validation_alias="neo4j_password_file"
    )
    neo4j_database: str = Field(default="neo4j", validation_alias="neo4j_database")
    # Who signed the certificate of `NEO4J_URI`, in PEM, if no public authority did.
    neo4j_ca_file: AbsolutePath | None = None
    # That a line to another machine may be one that others can read or answer on.
    neo4j_unprotected: bool = False
    # Of the local server only; None lets graph.embedded.java choose by the machine's memory.
    neo4j_heap: MemorySize | None = None
    neo4j_pagecache: MemorySize | None = None
    # In how many days each step of a follow-up should be taken: graph/following/targets.toml.
    follow_up_targets: AbsolutePath | None = None
    # For a graph that is emptied and filled again and again, as by tests: plans are kept.
    neo4j_short_lived: bool = False

    def password_for_uri(self) -> str:
        """The password for `NEO4J_URI`: `NEO4J_PASSWORD`, else the file `NEO4J_PASSWORD_FILE`.

        Raises:
            UsageError: neither is set, or the file cannot be read or is for everybody's eyes.
        """
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        if self.neo4j_password_file is None:
            raise UsageError("NEO4J_URI is set without NEO4J_PASSWORD or NEO4J_PASSWORD_FILE.")
        return secret_in("NEO4J_PASSWORD_FILE", self.neo4j_password_file).get_secret_value()


def settings_from_environment(home: Path | None = None) -> Settings:
    """The settings as the environment has them; `home` (the option `--home`) comes first.

    Raises:
        UsageError: a variable holds what it cannot hold; the sentence names it, not its value.
    """
    try:
        return Settings() if home is None else Settings(home=home)
    except ValidationError as invalid:
        field = str(invalid.errors()[0]["loc"][0])
        prefixed = Settings.model_fields.get(field, FieldInfo()).validation_alias is None
        variable = f"{'SPONSORGRAPH_' if prefixed else ''}{field}".upper()
        raise UsageError(f"{variable} cannot be read: {invalid.errors()[0]['msg']}.") from None
