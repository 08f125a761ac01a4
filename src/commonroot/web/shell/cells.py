"""Cells of tables that people open in a spreadsheet."""

# A spreadsheet would run what begins so.
RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_cell(value: object) -> str:
    """Write a cell that no spreadsheet takes for a formula.

    >>> write_cell("=1+1"), write_cell(None), write_cell(0.5)
    ("'=1+1", '', '0.5')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
