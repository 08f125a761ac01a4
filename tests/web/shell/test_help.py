"""Every page has help, in both languages, in plain words."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import commonroot
from commonroot.web.pages import PAGES
from commonroot.web.shell.help_topics import OF_PAGE, TOPICS, read_help

FOLDER = Path(commonroot.__file__).parent / "web" / "shell" / "help"
VOWELS = re.compile(r"[aeiouy]+")


def measure_grade(text):
    """Measure the grade that a text is written for: Flesch and Kincaid's formula."""
    words = re.findall(r"[a-z']+", text.lower())
    sentences = max(1, len(re.findall(r"[.:?!](?:\s|$)", text)))
    syllables = sum(
        max(1, len(VOWELS.findall(word.removesuffix("e")))) for word in words
    )
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_topic_is_there(language):
    assert {path.stem for path in (FOLDER / language).iterdir()} == set(TOPICS)


def test_topics_are_of_pages_that_there_are():
    assert set(OF_PAGE) - set(PAGES) == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_english_help_is_for_grade_8(topic):
    text = (FOLDER / "en" / f"{topic}.md").read_text()

    assert measure_grade(re.sub(r"[#*`]|\?from\S+", "", text)) <= 8.0


@pytest.mark.parametrize("topic", TOPICS)
def test_help_is_shown_in_the_language_of_the_reader(client, db, topic):
    address = reverse("shell:show-help", args=[topic])
    english = client.get(address).content.decode()
    spanish = client.get(address, headers={"Accept-Language": "es"}).content.decode()

    assert read_help(topic, "en") in english
    assert read_help(topic, "es") in spanish
    assert read_help(topic, "en") != read_help(topic, "es")


def test_a_topic_that_there_is_not_is_not_found(client, db):
    assert client.get(reverse("shell:show-help", args=["nothing"])).status_code == 404


def test_a_page_leads_to_its_help(cast, browse):
    page = browse(cast.Grace).get(reverse("records:tally", args=[cast.Oak.pk]))

    assert reverse("shell:show-help", args=["entry"]) in page.content.decode()


def test_search_finds_places_and_people_that_one_may_see(cast, browse):
    def search(person, sought):
        page = browse(person).get(reverse("shell:search"), {"q": sought})
        return page.content.decode().partition("<main")[2].partition("</main>")[0]

    assert "Grace" in search(cast.Ben, "grac")
    assert "Grace" not in search(cast.Noor, "rac").replace('value="rac"', "")
    assert "Oak" in search(cast.Noor, "oak")
    assert "Nothing that you can see" in search(cast.Olga, "Oak")
    assert "<b>" not in search(cast.Ben, "<b>")
