"""The glossary is a table that programs can read, and the map knows the tree."""

from docs.pages import ROOT, list_pages, read_page


def read_glossary() -> dict[str, tuple[str, str]]:
    """Read the table: word -> what it means, what not to say."""
    found: dict[str, tuple[str, str]] = {}
    for line in read_page("glossary.md").splitlines():
        if line.startswith("|") and not line.startswith(("| word |", "|---")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) == 3, line
            assert cells[0] not in found, f"{cells[0]} stands twice"
            found[cells[0]] = (cells[1], cells[2])
    return found


def test_the_glossary_has_a_meaning_for_every_word():
    glossary = read_glossary()
    assert len(glossary) > 30
    assert all(meaning for meaning, _ in glossary.values())


def test_no_word_is_both_ours_and_unwanted():
    glossary = read_glossary()
    ours = {word.strip() for words in glossary for word in words.split(",")}
    unwanted = {
        word.strip()
        for _, words in glossary.values()
        for word in words.split(",")
        if word.strip()
    }
    assert not ours & unwanted


def test_the_map_names_every_folder_and_the_larger_modules():
    text = read_page("map.md")
    source = ROOT / "src/commonroot"
    folders = [path.parent.name for path in source.rglob("__init__.py")]
    data = ["templates", "maps"]
    for name in [*folders, *data]:
        assert name == "commonroot" or f"{name}/" in text, f"docs/map.md lacks {name}/"
    for layer in ("analysis", "briefs", "charts", "intake"):
        for path in (source / layer).glob("*.py"):
            if path.name != "__init__.py":
                assert path.name in text, f"docs/map.md lacks {layer}/{path.name}"


def test_decisions_are_numbered_without_a_hole():
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_every_page_begins_with_its_one_title():
    for page in list_pages():
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith("# "), page
