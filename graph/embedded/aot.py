"""The JVM's ahead-of-time cache: classes loaded and linked once, so that later starts take seconds.

It is made by watching one start, in a home of its own that is thrown away. It belongs to exactly
these jars, this JVM and these flags, so it is kept under their fingerprint, shared by all homes.
"""

from pathlib import Path

from graph.embedded import java
from graph.settings import Settings


def ready(settings: Settings, jars: tuple[Path, ...]) -> Path | None:
    """The cache for these jars, if it was made."""
    file = _file(settings, jars)
    return file if file.is_file() else None


def use(file: Path) -> tuple[str, ...]:
    """The JVM's flags to start with it. It says on the console when it must do without."""
    return (f"-XX:AOTCache={file}", "-Xlog:aot*=off")


def _file(settings: Settings, jars: tuple[Path, ...]) -> Path:
    return settings.cache / "aot" / f"{java.fingerprint(jars)}.aot"
