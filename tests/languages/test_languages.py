import threading

import pytest

from commonroot.languages import (
    LANGUAGES,
    find_language,
    gettext,
    ngettext,
    speaking,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_spoken_until_its_work_is_done(language):
    with speaking(language):
        assert find_language() == language

    assert find_language() == "en"


def test_a_language_within_another_ends_where_it_began():
    with speaking("es"), speaking("en"):
        assert gettext("Place") == "Place"
    with speaking("es"):
        assert gettext("Place") == "Lugar"


def test_a_variant_is_answered_in_its_language_and_an_unknown_one_in_english():
    with speaking("es-mx"):
        assert gettext("Place") == "Lugar"
    with speaking("fr"):
        assert gettext("Place") == "Place"


def test_one_thing_and_many_are_said_apart():
    def say(number):
        return ngettext("{number:,} incident", "{number:,} incidents", number).format(
            number=number
        )

    with speaking("es"):
        assert [say(1), say(1200)] == ["1 incidente", "1,200 incidentes"]


def test_a_language_spoken_in_one_thread_is_not_heard_in_another():
    heard = []
    with speaking("es"):
        other = threading.Thread(target=lambda: heard.append(find_language()))
        other.start()
        other.join()

    assert heard == ["en"]
