"""The picture of a check says what the sentences beside it say."""

from xml.etree import ElementTree as ET

from commonroot.analysis.check import Answer, Verdict
from commonroot.web.teams.check_words import describe
from commonroot.web.teams.templatetags.intervals import interval

FOUND = Answer(Verdict.HELPED, 18, 12, ratio=0.4, low=0.2, high=0.95)


def test_the_picture_is_named_by_the_sentences_of_the_check():
    title, description = ET.fromstring(interval(FOUND))[:2]

    _answer, ratio, bounds, _comparison = describe(FOUND)
    assert title.text == bounds
    assert description.text == ratio


def test_a_page_takes_the_picture_as_it_is():
    assert interval(FOUND).__html__().startswith('<svg class="interval"')
