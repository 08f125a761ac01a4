"""The ten largest files and functions: a place to look, not a gate."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHOWN = 10


def main() -> None:
    """Print both lists."""
    files, functions = [], []
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(ROOT)
        files.append((text.count("\n"), str(where)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                functions.append((size, f"{where}:{node.lineno} {node.name}"))
    for title, found in (("Files", files), ("Functions", functions)):
        print(f"{title}, by lines")
        for size, name in sorted(found, reverse=True)[:SHOWN]:
            print(f"  {size:5d}  {name}")


if __name__ == "__main__":
    main()
