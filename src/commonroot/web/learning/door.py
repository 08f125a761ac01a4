"""The code at a door, as a picture that a phone reads."""

import qrcode


def list_squares(text: str) -> tuple[int, list[tuple[int, int]]]:
    """List the dark squares of a text's QR code, and how wide it is with its margin.

    >>> width, squares = list_squares("https://example.org/here/abc/")
    >>> width == 29 + 8, (4, 4) in squares, (0, 0) in squares
    (True, True, False)
    """
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [
        (x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    ]
    return len(rows), dark


def draw_code(text: str) -> dict[str, object]:
    """Draw a text's QR code as one path; `width` is that of its square."""
    width, squares = list_squares(text)
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in squares)
    return {"width": width, "path": path}


def draw_svg(text: str) -> str:
    """Draw a text's QR code as a picture of its own."""
    drawn = draw_code(text)
    size = drawn["width"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{drawn["path"]}" fill="#000"/></svg>'
    )
