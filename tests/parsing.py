"""Reading a module's tree of syntax."""

import ast

TURNS = 20


def parse(text):
    """Parse a module.

    CPython 3.11 loses count of its own depth when another thread compiles at the same
    time, and says so as a SystemError (python/cpython#106905); once more, it counts anew.
    """
    for _turn in range(TURNS):
        try:
            return ast.parse(text)
        except SystemError:
            continue
    return ast.parse(text)
