"""Every text of the pages is there in Spanish too."""

import ast
import datetime as dt
import gettext
import re
from pathlib import Path

import pytest
from django.utils.formats import number_format, time_format
from django.utils.translation import override, trans_real
from django.utils.translation.template import templatize

import commonroot
from parsing import parse

ROOT = Path(commonroot.__file__).parent
CATALOG = ROOT / "languages" / "locale" / "es" / "LC_MESSAGES" / "django.mo"
MARKS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext")
TEXT = re.compile(r"""gettext\((?:u?)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)""")
# What a template shows outside of every translation, once tags and code are gone.
BARE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>|&\w+;", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Commonroot"}


def read_catalog():
    with CATALOG.open("rb") as file:
        return gettext.GNUTranslations(file)


def is_told(catalog, text):
    """Say whether a text has its Spanish; one with two numbers is asked for one of it."""
    return (catalog.gettext(text), catalog.ngettext(text, text, 1)) != (text, text)


def list_python_texts():
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in MARKS
                and isinstance(node.args[0], ast.Constant)
            ):
                yield path.name, node.args[0].value


TEMPLATES = sorted((ROOT / "web").rglob("*.html"))


def list_template_texts():
    for path in TEMPLATES:
        for found in TEXT.findall(templatize(path.read_text(), origin=path.name)):
            yield path.name, ast.literal_eval(found).replace("%%", "%")


def test_every_text_has_its_spanish():
    catalog = read_catalog()
    texts = [*list_python_texts(), *list_template_texts()]

    assert len(texts) > 80
    assert [each for each in texts if not is_told(catalog, each[1])] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_shows_a_text_that_cannot_be_translated(path):
    text = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}",
        "",
        path.read_text(),
        flags=re.DOTALL,
    )

    assert set(LETTERS.findall(BARE.sub(" ", text))) - NAMES == set()


def test_the_catalog_is_made_from_the_texts_that_people_edit():
    edited = CATALOG.with_suffix(".po").read_text()
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', edited, flags=re.MULTILINE)
    catalog = read_catalog()

    told = [
        (
            each[0].encode().decode("unicode_escape").encode("latin-1").decode(),
            each[1].encode().decode("unicode_escape").encode("latin-1").decode(),
        )
        for each in pairs
    ]
    assert len(told) > 80
    assert [(e, s) for e, s in told if catalog.gettext(e) != s] == []
    assert trans_real.get_supported_language_variant("es-mx") == "es"


def test_numbers_and_times_are_written_as_on_the_sheet():
    with override("es"):
        assert (
            number_format(1234.5, 2, use_l10n=True, force_grouping=True) == "1,234.50"
        )
        assert time_format(dt.time(15, 15)) == "3:15 p.m."
