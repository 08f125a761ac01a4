"""Logs as one JSON object a line, without anything about a person.

Only named fields are written: no address of a page (it can hold the token of an
invitation), no text of an error (it can quote what somebody wrote), nobody's name.
"""

import json
import logging
import traceback
from typing import Any

FIELDS = (
    "method",
    "page",
    "status",
    "milliseconds",
    "work",
    "task",
    "line",
    "digest",
)
PACKAGE = "commonroot"


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line.

        >>> record = logging.LogRecord("x", 20, "", 1, "done", None, None)
        >>> record.status = 200
        >>> json.loads(JsonLines().format(record))["status"]
        200
        """
        told: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": tell_message(record),
        }
        for name in FIELDS:
            if (value := getattr(record, name, None)) is not None:
                told[name] = value
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["where"] = list_places(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False)


def tell_message(record: logging.LogRecord) -> str:
    """Tell the message of our own records, and of others' what kind it is.

    >>> record = logging.LogRecord("django.request", 40, "", 1, "%s: %s", ("Not Found", "/a/"), None)
    >>> tell_message(record)
    'Not Found'
    """
    if record.name.startswith(PACKAGE) or not record.args:
        return record.getMessage() if record.name.startswith(PACKAGE) else record.msg
    first = record.args[0] if isinstance(record.args, tuple) else ""
    # The first of them is a reason, or an address, which can hold a token.
    if record.name == "django.request" and not str(first).startswith("/"):
        return str(first)
    return str(record.msg)


def list_places(trace: Any) -> list[str]:
    """List where in the code an error went through, without what it says."""
    return [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}"
        for frame in traceback.extract_tb(trace)
    ]


def describe_logs(level: str) -> dict[str, Any]:
    """Describe the logs to the framework: everything to the error stream."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "commonroot.config.logs.JsonLines"}},
        "handlers": {
            "stream": {"class": "logging.StreamHandler", "formatter": "lines"}
        },
        "root": {"handlers": ["stream"], "level": level},
        # The framework's own handlers would write addresses, and mail errors.
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
        },
    }
