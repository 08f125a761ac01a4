"""A progress bar for work that takes longer than a second, on a terminal only."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

DELAY_SECONDS = 1.0


Report = Callable[[str, float], None]


@contextmanager
def show_progress() -> Iterator[Report]:
    """Show how far the work is, from its second second on."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    task = bar.add_task("Starting", total=1.0)
    timer = threading.Timer(DELAY_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda message, share: bar.update(
            task, description=message, completed=share
        )
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
