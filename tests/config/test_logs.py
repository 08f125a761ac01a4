"""Logs are JSON, a line each, and say nothing about a person."""

import io
import json
import logging

import pytest

from commonroot.config.logs import JsonLines
from commonroot.web.shell import views

SECRET = "zeb-marker-7788"


@pytest.fixture
def lines():
    """What is logged, as it is written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(each) for each in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_request_is_one_line_with_its_page_status_and_time(client, db, lines):
    client.get("/health/")

    (line,) = [each for each in lines() if each["from"] == "commonroot.requests"]
    assert {name: line[name] for name in ("what", "method", "page", "status")} == {
        "what": "request",
        "method": "GET",
        "page": "shell:health",
        "status": 200,
    }
    assert line["milliseconds"] > 0


def test_no_address_and_nobodys_name_is_logged(client, db, lines):
    client.get(f"/invitation/{SECRET}/")
    client.get(f"/nothing/{SECRET}/?q={SECRET}")
    client.post(
        "/account/login/", {"login": f"{SECRET}@example.org", "password": SECRET}
    )

    told = lines()
    assert len(told) >= 3
    assert SECRET not in json.dumps(told)


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_text(
    client, db, lines, monkeypatch
):
    def fail(*arguments):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(views, "JsonResponse", fail)
    client.raise_request_exception = False

    assert client.get("/health/").status_code == 500
    (line,) = [each for each in lines() if "error" in each]
    assert line["error"] == "RuntimeError"
    assert any("shell/views.py" in place for place in line["where"])
    assert SECRET not in json.dumps(lines())
