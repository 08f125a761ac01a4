"""What has gone through the door, and what has not.

Pages, tables and files take counts of people only as they come out of `release` and
`protect`. Whatever else is handed to them is refused.
"""

from dataclasses import InitVar, dataclass, field
from typing import Any

SEAL = object()


class UnreleasedError(TypeError):
    """A count of people that has not been released was about to be shown."""


@dataclass(frozen=True)
class Sealed:
    """A thing that only the release engine can make, or copy with other content."""

    seal: InitVar[object] = field(default=None, kw_only=True)

    def __post_init__(self, seal: object) -> None:
        """Refuse to be made by anybody else."""
        if seal is not SEAL:
            name = type(self).__name__
            raise UnreleasedError(f"a {name} can only come out of a release")


def require_released(value: Any, kind: type[Sealed]) -> None:
    """Refuse what is not a released thing of this kind.

    >>> require_released(12, Sealed)
    Traceback (most recent call last):
    ...
    commonroot.analysis.disclosure.seal.UnreleasedError: int is not released; counts of people are shown only as they come out of a release
    """
    if not isinstance(value, kind):
        raise UnreleasedError(
            f"{type(value).__name__} is not released; counts of people are shown only as "
            "they come out of a release"
        )
