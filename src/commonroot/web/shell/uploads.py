"""Files that people give: read out of a folder that is gone afterwards."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 100 * 1024 * 1024
LONGEST_NAME = 80


class FileForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large to be read."""
        given: UploadedFile[Any] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 100 megabytes."))
        return given


@contextmanager
def keep_for_now(given: "UploadedFile[Any]") -> Iterator[Path]:
    """Keep an upload as a file, under its own name, until it has been read."""
    own = re.sub(r"[^\w.\- ]", "_", Path(given.name or "").name).strip(". ")
    with tempfile.TemporaryDirectory(prefix="commonroot-") as folder:
        path = Path(folder) / (own[-LONGEST_NAME:] or "file")
        with path.open("wb") as file:
            for chunk in given.chunks():
                file.write(chunk)
        yield path
