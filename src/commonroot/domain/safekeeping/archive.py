"""A backup file: every table of a site, packed and encrypted, and read back as it was.

age around gzip around JSON, a line each: a head that counts what follows, the rows of
every table, the site's secrets, and an end. The head names the migrations, so that a
backup of an earlier version can be restored and brought up to date.
"""

import gzip
import io
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from pyrage import DecryptError, decrypt_io, encrypt_io, x25519

from commonroot.domain.safekeeping.problems import BackupError

FORMAT = 1
Line = dict[str, Any]


@contextmanager
def write_lines(
    path: Path, recipient: x25519.Recipient
) -> Iterator[Callable[[Line], None]]:
    """Write lines into an encrypted file that is there whole or not at all."""
    writing = path.with_name(f".{path.name}.writing")
    try:
        with writing.open("wb") as file:
            os.chmod(writing, 0o600)
            with encrypt_into(file, recipient) as sink, gzip.open(sink, "wb") as packed:
                yield lambda line: write_line(packed, line)
            file.flush()
            os.fsync(file.fileno())
        os.replace(writing, path)
    except OSError as error:
        raise BackupError(
            f"The backup could not be written to {path}: {error.strerror}. An earlier "
            "one of this name is as it was."
        ) from None
    finally:
        writing.unlink(missing_ok=True)


def write_line(file: Any, line: Line) -> None:
    """Write one line."""
    file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
    file.write(b"\n")


@contextmanager
def encrypt_into(file: BinaryIO, recipient: x25519.Recipient) -> Iterator[BinaryIO]:
    """Give where to write; what is written is encrypted beside, and is never on a disk."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as source, os.fdopen(writing, "wb") as sink:
        worker = Worker(lambda: encrypt_io(source, file, [recipient]))
        worker.start()
        yield sink
        sink.close()
        worker.finish()


@contextmanager
def read_lines(path: Path, identity: x25519.Identity) -> Iterator[Iterator[Line]]:
    """Read the lines of an encrypted file. Raises BackupError for one that is damaged."""
    try:
        with path.open("rb") as file:
            reading, writing = os.pipe()
            with os.fdopen(reading, "rb") as source:
                worker = Worker(lambda: decrypt_into(file, writing, identity))
                worker.start()
                yield parse_lines(source, worker)
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None


def decrypt_into(file: BinaryIO, descriptor: int, identity: x25519.Identity) -> None:
    """Decrypt a file into a pipe, and close it whatever happens."""
    with os.fdopen(descriptor, "wb") as sink:
        decrypt_io(file, sink, [identity])


def parse_lines(source: BinaryIO, worker: "Worker") -> Iterator[Line]:
    """Parse lines up to the end line; without one the file was cut off."""
    try:
        with gzip.open(source, "rb") as packed:
            for text in io.TextIOWrapper(packed, encoding="utf-8"):
                line = json.loads(text)
                yield line
                if "end" in line:
                    break
        worker.finish()
    except (EOFError, gzip.BadGzipFile, ValueError):
        worker.finish()
        raise BackupError("The backup is damaged or was cut off.") from None


class Worker(threading.Thread):
    """Encrypts or decrypts beside the rest, and hands on what went wrong."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.problem: BaseException | None = None

    def run(self) -> None:
        """Do the work."""
        try:
            self.work()
        except BaseException as error:
            self.problem = error

    def finish(self) -> None:
        """Wait for the end, and raise what went wrong."""
        self.join()
        # A piece that was changed comes as an error of reading that has no number.
        is_numbered = getattr(self.problem, "errno", None) is not None
        if isinstance(self.problem, DecryptError | OSError) and not is_numbered:
            raise BackupError(
                "The backup cannot be opened: it is damaged, or this is not the key that "
                "it was written for."
            )
        if self.problem is not None:
            raise self.problem
