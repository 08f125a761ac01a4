"""Things of convenings that an address is about, made for the test of walls."""

import datetime as dt

from django.db.models import Max

from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    ConveningAgreement,
    Guest,
    MadeConnection,
    Naming,
    Plan,
    Question,
    SchoolTeam,
    Thanks,
    Thought,
    Words,
)


def make_convening(place):
    """Make a convening of a place, on a day of its own."""
    last = Convening.objects.aggregate(last=Max("day"))["last"] or dt.date(2026, 5, 16)
    return Convening.objects.create(
        place=place, name="Spring", day=last + dt.timedelta(days=1)
    )


def make_team(place):
    """Make the team of a place at a convening of the place."""
    return SchoolTeam.objects.create(convening=make_convening(place), school=place)


def make_guest(place):
    return Guest.objects.create(team=make_team(place), name="Lu", kind="educator")


def make_plan(place):
    return Plan.objects.create(
        team=make_team(place), aim="a", first_step="b", by_when=dt.date(2026, 9, 1)
    )


def make_part(place):
    return AgendaPart.objects.create(
        convening=make_convening(place), kind="circle", starts=dt.time(9), minutes=30
    )


def make_agreement(place):
    return ConveningAgreement.objects.create(
        convening=make_convening(place), text="Dream Big", review=dt.date(2027, 5, 1)
    )


def make_words(place, person):
    return Words.objects.create(
        convening=make_convening(place), by=person, kind="reflection", text="x"
    )


def make_connection(place, person):
    return MadeConnection.objects.create(
        convening=make_convening(place),
        by=person,
        other="Lu",
        next_contact=dt.date(2026, 9, 1),
    )


def make_naming(place, person):
    """Make a celebration of nobody who is still there, which names somebody."""
    words = Words.objects.create(
        convening=make_convening(place),
        kind="celebration",
        text="x",
        audience="network",
    )
    return Naming.objects.create(words=words, person=person)


def make_thanks(place, person):
    return Thanks.objects.create(
        convening=make_convening(place), by=person, text="x", read_by="room"
    )


def make_question(place):
    return Question.objects.create(team=make_team(place), text="Why?")


def make_thought(place, person):
    return Thought.objects.create(question=make_question(place), by=person, text="x")


MADE = {
    "convening": make_convening,
    "school team": make_team,
    "guest": make_guest,
    "convening plan": make_plan,
    "agenda part": make_part,
    "convening agreement": make_agreement,
    "convening question": make_question,
}
# Things that belong to whoever they are made with.
OWN = {
    "convening words": make_words,
    "convening connection": make_connection,
    "convening thought": make_thought,
    "convening naming": make_naming,
    "convening thanks": make_thanks,
}
