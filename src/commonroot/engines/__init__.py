"""Rows in, counts out: one question, and every engine gives the same answer."""

from commonroot.engines.duckdb import DuckDBEngine
from commonroot.engines.memory import MemoryEngine
from commonroot.engines.question import Count, Cube, Cubes, Engine, Listing, Value

__all__ = [
    "Count",
    "Cube",
    "Cubes",
    "DuckDBEngine",
    "Engine",
    "Listing",
    "MemoryEngine",
    "Value",
]
