"""`python -m commonroot` is the same as `commonroot`."""

from commonroot.cli import main

main()
