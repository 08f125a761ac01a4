"""The spelling of the glossary: our words are used, and the words not to use are not.

Reads the table of docs/glossary.md. A word of its last column must not stand in a
name (of a file, function, class, argument or column) of our own code. Words inside
strings are left alone: an export says "Behavior" and a page speaks to Americans.
"""

import re
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
FOLDERS = ("src", "tests", "bench", "tools")


def read_unwanted() -> dict[str, str]:
    """Read the words that the glossary gives as not to be used, with our own."""
    unwanted = {}
    for line in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[2] not in ("", "not"):
            for word in re.findall(r"[a-z_]+", cells[2]):
                unwanted[word] = cells[0]
    return unwanted


def split_name(name: str) -> set[str]:
    """Split a name into its words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return {spaced, *spaced.split("_")}


def find_faults(unwanted: dict[str, str]) -> list[str]:
    """Find every name with an unwanted word."""
    faults = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT)
            for word in split_name(path.stem) & unwanted.keys():
                faults.append(
                    f"{where}: the file says {word!r}; say {unwanted[word]!r}"
                )
            with path.open("rb") as file:
                for token in tokenize.tokenize(file.readline):
                    if token.type == tokenize.NAME:
                        for word in split_name(token.string) & unwanted.keys():
                            faults.append(
                                f"{where}:{token.start[0]}: {token.string} says {word!r}; "
                                f"say {unwanted[word]!r}"
                            )
    return faults


def main() -> int:
    """Print the faults; give 1 when there are any."""
    unwanted = read_unwanted()
    if not unwanted:
        print(f"{GLOSSARY} names no word to avoid; is its table whole?")
        return 1
    faults = find_faults(unwanted)
    print("\n".join(faults) or "The glossary's words are used.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
