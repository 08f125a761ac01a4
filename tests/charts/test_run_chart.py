"""The run chart shows released weeks, and its words and its table say the same."""

from charts.drawings import SIGNALS, WEEKS, list_words, read_run_chart
from commonroot.charts.drawing import BAND, SIGNAL
from commonroot.charts.run_chart import describe_key, list_rows, specify
from commonroot.languages import speaking


def list_layers(weeks=WEEKS, median=7.0, signals=SIGNALS):
    spec = specify(weeks, median, signals, width=300, height=100, font="serif")
    return [(layer["mark"], layer["data"]["values"]) for layer in spec["layer"]]


def find_values(layers, **looks):
    (found,) = (
        values for mark, values in layers if all(mark.get(k) == looks[k] for k in looks)
    )
    return found


def test_a_protected_week_is_a_ring_on_the_base_line_without_a_number():
    layers = list_layers()

    rings = find_values(layers, type="point", fill="#ffffff")
    assert rings == [{"week": "2025-09-08", "base": 0}]
    dots = find_values(layers, type="point", fill="#22302f")
    assert [each["incidents"] for each in dots] == [7, 12]


def test_a_week_without_recording_is_shaded_to_its_sunday():
    assert find_values(list_layers(), type="rect", color=BAND) == [
        {"week": "2025-09-15", "end": "2025-09-21"}
    ]


def test_a_signal_has_a_shade_of_its_own():
    assert find_values(list_layers(), type="rect", color=SIGNAL) == [
        {"week": "2025-09-22", "end": "2025-09-28"}
    ]


def test_without_a_median_there_is_no_line_across_and_no_word_of_one():
    assert "rule" in [mark["type"] for mark, _values in list_layers()]
    assert "rule" not in [mark["type"] for mark, _values in list_layers(median=None)]
    assert "median" in describe_key(WEEKS, 7.0)
    assert "median" not in describe_key(WEEKS, None)


def test_the_key_names_only_what_is_drawn():
    plain = [WEEKS[0], WEEKS[3]]

    assert describe_key(plain, None) == "Each dot is a week."
    assert "ring" in describe_key([*plain, WEEKS[1]], None)
    assert "shaded" in describe_key([*plain, WEEKS[2]], None)


def test_the_table_has_a_row_for_every_week_of_the_drawing():
    assert list_rows(WEEKS) == [
        {"week": "2025-09-01", "incidents": "7", "days": 4},
        {"week": "2025-09-08", "incidents": "fewer than 5*", "days": 5},
        {"week": "2025-09-15", "incidents": "0", "days": 0},
        {"week": "2025-09-22", "incidents": "12", "days": 5},
    ]


def test_the_line_breaks_where_nobody_recorded():
    """A zero of a week without recording is not a fall, and is not drawn as one."""
    weeks = [
        {"week": f"2025-09-{day:02d}", "incidents": count, "logging_days": days}
        for day, count, days in (
            (1, 7, 5),
            (8, 8, 5),
            (15, 0, 0),
            (22, 9, 5),
            (29, 6, 5),
        )
    ]
    (line,) = [
        layer
        for layer in specify(weeks, None, [], width=300, height=100, font="x")["layer"]
        if layer["mark"]["type"] == "line"
    ]

    drawn = [point["incidents"] for point in line["data"]["values"]]
    assert drawn == [7, 8, None, 9, 6]


def test_a_week_whose_days_are_hidden_too_has_none_in_the_table():
    hidden = {"week": "2025-09-01", "incidents": None, "logging_days": None}

    assert [row["days"] for row in list_rows([hidden])] == [""]


def test_the_axes_are_named_in_the_language_that_is_spoken():
    english = list_words(read_run_chart())
    with speaking("es"):
        words = list_words(read_run_chart())

    assert {"incidents a week", "Sep"} <= set(english)
    assert {"incidentes por semana", "sep"} <= set(words)
    assert not {"incidents a week", "Sep"} & set(words)
