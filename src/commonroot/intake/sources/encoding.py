"""Bytes to text: the byte-order mark first, then UTF-8, then Windows' own code."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def name_encoding(raw: bytes) -> str:
    """Name the encoding of a file.

    >>> name_encoding("año".encode("utf-8")), name_encoding("año".encode("cp1252"))
    ('utf-8', 'cp1252')
    >>> name_encoding("Date".encode("utf-16-be"))
    'utf-16-be'
    """
    for mark, name in MARKS:
        if raw.startswith(mark):
            return name
    even, odd = raw[0:2000:2].count(0), raw[1:2000:2].count(0)
    if max(even, odd) > len(raw[:2000]) // 5:
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decode(raw: bytes, encoding: str) -> str:
    """Decode; what cannot be decoded becomes a question mark, and the mark goes."""
    return raw.decode(encoding, errors="replace").removeprefix("\ufeff")


def to_text(raw: bytes) -> tuple[str, str]:
    """Give the text of a file, and the name of the encoding that it was in."""
    encoding = name_encoding(raw)
    return decode(raw, encoding), encoding
