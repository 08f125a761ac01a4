"""The fixed words of the sheet, for its page and its print alike."""

from commonroot.languages import gettext as _


def list_words() -> dict[str, str]:
    """List the headings, labels and fixed sentences in the language that is spoken.

    >>> list_words()["where"]
    'Where and when?'
    """
    return {
        "kind": _("Meeting sheet for the data team"),
        "name": _("meeting sheet"),
        "recording": _("Were we recording?"),
        "doing": _("How are we doing?"),
        "rate": _("incidents per 100 students per school day"),
        "chart": _("Run chart of incidents a week."),
        "a_week": _("Incidents a week"),
        "weeks": _("The weeks as a table, and the familiar figures"),
        "week": _("Week of"),
        "incidents": _("Incidents"),
        "days": _("Days with recording"),
        "where": _("Where and when?"),
        "grid": _("Place and time together: incidents in each hour or period"),
        "place": _("Place"),
        "students": _("Students"),
        "hidden_here": _("Fewer than 5 students, or hidden beside such a number:"),
        "more": _("more"),
        "and_more": _("and {number} more."),
        "rest": _("the rest"),
        "out": _("What stands out?"),
        "whom": _("For whom?"),
        "group": _("Group"),
        "share": _("Share of group"),
        "times": _("Times the rest"),
        "steadied": _("Steadied by the other schools"),
        "above": _("Above the rest"),
        "beyond": _("Students beyond that"),
        "hidden": _("hidden*"),
        "not_shown": _("not shown"),
        "rates": _("Incidents a student, times the rest:"),
        "few_carry": _("A few students with many incidents can carry this number."),
        "brackets": _(
            "In brackets: where the true value lies 95 times in 100, if these students were a "
            "sample. Groups of fewer than 10 students are added together."
        ),
        "no_groups": _(
            "Nothing is said about groups of students here. That needs the number of students "
            "in each group, a student number in the file, and columns that name the groups."
        ),
        "questions": _("Three questions for the team"),
        "made_with": _(
            "Made with Commonroot. We look at the system, never at the child."
        ),
    }
