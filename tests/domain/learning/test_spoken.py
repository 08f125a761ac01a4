"""Languages that people ask for, set against who interprets them."""

import pytest

from commonroot.domain.learning.spoken import find_languages, match_languages


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Spanish", {"es"}),
        ("ESPAÑOL", {"es"}),
        ("inglés", {"en"}),
        ("Vietnamita", {"vi"}),
        ("Spanish and English", {"es", "en"}),
        ("ruso/ucraniano", {"ru", "uk"}),
        ("Hmong", {"hmong"}),
        ("K'iche'", {"kiche"}),
        (" , ", set()),
    ],
)
def test_a_language_is_known_by_any_of_its_names(words, expected):
    assert find_languages(words) == expected


def tell(asked, interpreters=()):
    found = match_languages(asked, interpreters)
    return [(each.words, each.people, each.interpreters, each.is_met) for each in found]


def test_what_is_asked_in_other_words_is_one_language_the_most_asked_first():
    assert tell(["Hmong", "español", "Spanish"]) == [
        ("español", 2, (), False),
        ("Hmong", 1, (), False),
    ]


def test_the_sites_own_language_needs_nobody():
    assert tell(["English", "inglés", "English or Spanish"]) == []


def test_whoever_interprets_one_of_two_languages_meets_the_need():
    assert tell(
        ["Russian or Ukrainian"], [("ucraniano", "Olha"), ("Hmong", "Mai")]
    ) == [("Russian or Ukrainian", 1, ("Olha",), True)]


def test_an_interpreter_whose_name_is_not_known_yet_meets_the_need():
    assert tell(["Hmong"], [("Hmong", "")]) == [("Hmong", 1, (), True)]
