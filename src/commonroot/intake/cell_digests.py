"""Digests of cells that are the same on every machine, whatever else a file holds.

64 bits each: XXH64 of texts, and the last step of SplitMix64 for numbers. They keep
incidents apart and know them again; they hide nothing.
"""

import numpy as np
import numpy.typing as npt
import polars as pl
import polars_hash

Bits = npt.NDArray[np.uint64]


def digest_cells(column: pl.Series) -> Bits:
    """Digest each cell of a column; one that says nothing is 0."""
    if column.null_count() == len(column):
        return np.zeros(len(column), dtype=np.uint64)
    if isinstance(column.dtype, pl.Enum):
        labels = digest_texts(column.name, column.dtype.categories)
        found = labels[column.to_physical().fill_null(0).to_numpy()]
    elif column.dtype == pl.String:
        found = digest_texts(column.name, column.fill_null(""))
    else:
        named = digest_texts(column.name, pl.Series([""]))
        found = mix_bits(read_bits(column) ^ named)
    return np.where(column.is_null().to_numpy(), np.uint64(0), found)


def read_bits(column: pl.Series) -> Bits:
    """Read numbers, days and truths as 64 bits each."""
    kind = column.dtype if column.dtype in (pl.UInt64, pl.Float64) else pl.Int64
    whole = column.to_physical().cast(kind).fill_null(0)
    return whole.to_numpy().view(np.uint64)


def digest_texts(name: str, texts: pl.Series) -> Bits:
    """Digest texts of a column with the XXH64 of its name and theirs."""
    said = pl.DataFrame({"said": f"{name}=" + texts.cast(pl.String)})
    hashed: pl.Expr = polars_hash.col("said").nchash.xxhash64()
    return said.select(hashed).to_series().to_numpy()


def mix_bits(bits: Bits) -> Bits:
    """Mix 64 bits so that each depends on all (SplitMix64's last step, Steele et al. 2014)."""
    mixed = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
