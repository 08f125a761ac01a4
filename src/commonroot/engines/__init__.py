"""Rows in, counts out: one question, and every engine gives the same answer."""

from commonroot.engines.duckdb import DuckDBEngine
from commonroot.engines.memory import MemoryEngine
from commonroot.engines.question import Count, Cube, Engine, Value

__all__ = ["Count", "Cube", "DuckDBEngine", "Engine", "MemoryEngine", "Value"]
