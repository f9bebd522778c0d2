"""Where the data that nobody here made comes from: an environment of its own, made on first use.

The packages that carry it want an older pandas than anything else here, so that they are never
installed beside the project: `requirements.txt` goes into `FOLDER/venv`, dump.py runs there once,
and what is read here is its Parquet.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "build" / "benchmarks"
FILES = ("febrl3", "febrl4", "pseudopeople")


def datasets(folder: Path) -> dict[str, Path]:
    """Each file by name, in `folder`; made there (about two minutes) unless all are there."""
    files = {name: folder / f"{name}.parquet" for name in FILES}
    if all(file.exists() for file in files.values()):
        return files
    folder.mkdir(parents=True, exist_ok=True)
    python = folder / "venv" / "bin" / "python"
    wanted = HERE / "requirements.txt"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
    # -P: the modules beside dump.py are not those that the packages mean by the same name.
    subprocess.run([python, "-P", HERE / "dump.py", folder], check=True)
    return files
