"""Three questions for the team, chosen by the shape of the data. Never an answer."""

from dataclasses import dataclass

from commonroot.languages import gettext as _

LEADING_SHARE = 0.25
BUSY_PLACE_AND_TIME = 0.1


@dataclass(frozen=True)
class Shape:
    """What the choice of questions looks at. Shares are of incidents; None is unknown."""

    place: str | None = None
    time: str | None = None
    place_time: tuple[str, str] | None = None
    place_time_share: float | None = None
    behaviour: str | None = None
    behaviour_is_subjective: bool = False
    response: str | None = None
    removal_leads: bool = False
    recording_fell: bool = False
    share_without_time: float = 0.0
    share_without_place: float = 0.0
    group_differs: bool = False


def choose_questions(shape: Shape) -> list[str]:
    """Choose three questions, place and time first.

    >>> for question in choose_questions(Shape(place="Playground", time="12:30",
    ...         behaviour="Defiance", behaviour_is_subjective=True)):
    ...     print(question)
    More incidents were written down in one place than in any other: Playground. What do our routines there ask of students and adults, and has anyone taught them this year?
    What is different around 12:30: who is where, how full is it, and what happens just before?
    "Defiance" is a judgement: two adults may see the same moment differently. What do students say was going on? Who will ask them before we choose a change?
    """
    candidates = [
        ask_about_recording(shape),
        ask_about_situation(shape),
        ask_about_place(shape),
        ask_students(shape),
        ask_about_time(shape),
        ask_about_response(shape),
        ask_about_groups(shape),
        _(
            "What do families and students say about these places and times? Who will ask them, and by when?"
        ),
        _(
            "Are we writing down what would help us see a pattern: the place, the time, and what was going on just before?"
        ),
        _(
            "What one small change in our routines, space or schedule could we try for six weeks, and how will we know that we did it?"
        ),
    ]
    chosen = [question for question in candidates if question][:3]
    ask = ask_students(shape)
    if ask and ask not in chosen:
        chosen[-1] = ask
    return (
        sorted(chosen, key=candidates.index) if ask is None else put_last(chosen, ask)
    )


def put_last(questions: list[str], last: str) -> list[str]:
    """Put the question that sends the team to its students at the end."""
    return [question for question in questions if question != last] + [last]


def ask_about_recording(shape: Shape) -> str | None:
    """Ask about the record itself when it fell or lacks place or time."""
    if shape.recording_fell:
        return _(
            "There are weeks without a record. What got in the way of writing things "
            "down then, and what would make it easier?"
        )
    if max(shape.share_without_time, shape.share_without_place) > LEADING_SHARE:
        if shape.share_without_time >= shape.share_without_place:
            return _(
                "Many records have no time. Could the form fill it in, so that we can see "
                "when and where days get hard?"
            )
        return _(
            "Many records have no place. Could the form fill it in, so that we can see when "
            "and where days get hard?"
        )
    return None


def ask_about_situation(shape: Shape) -> str | None:
    """Ask about one place at one time when much happens there."""
    if shape.place_time is None or (shape.place_time_share or 0) < BUSY_PLACE_AND_TIME:
        return None
    place, time = shape.place_time
    return _(
        "Many incidents were written down in one place at one time: {place}, {time}. "
        "What does that time ask of students and adults, and have the routines "
        "for it been taught this year?"
    ).format(place=place, time=time)


def ask_about_place(shape: Shape) -> str | None:
    """Ask about the leading place."""
    if shape.place is None:
        return None
    return _(
        "More incidents were written down in one place than in any other: {place}. What do "
        "our routines there ask of students and adults, and has anyone taught them this year?"
    ).format(place=shape.place)


def ask_about_time(shape: Shape) -> str | None:
    """Ask about the leading time of day."""
    if shape.time is None:
        return None
    return _(
        "What is different around {time}: who is where, how full is it, and what happens just "
        "before?"
    ).format(time=shape.time)


def ask_students(shape: Shape) -> str | None:
    """Send the team to its students when a subjective behaviour leads."""
    if not shape.behaviour_is_subjective:
        return None
    return _(
        '"{behaviour}" is a judgement: two adults may see the same moment differently. What do '
        "students say was going on? Who will ask them before we choose a change?"
    ).format(behaviour=shape.behaviour)


def ask_about_response(shape: Shape) -> str | None:
    """Ask about responses when removal leads them."""
    if not shape.removal_leads:
        return None
    return _(
        'The most frequent response takes students out of class or community ("{response}"). '
        "What else could adults do in the first minute?"
    ).format(response=shape.response)


def ask_about_groups(shape: Shape) -> str | None:
    """Ask about the system where groups of students differ beyond chance."""
    if not shape.group_differs:
        return None
    return _(
        "Some groups of students are written up more often than others. In which places, "
        "times and decisions does our system make that difference?"
    )
