"""Files as they come, turned into one table of strings with its row numbers.

`read_source` looks at the bytes, never at the file's ending: a web page saved as
`.xls` is read as a page. What had to be guessed is told in `Source.guesses`.
"""

from commonroot.intake.sources.detect import read_source
from commonroot.intake.sources.table import Source, UnreadableFileError

__all__ = ["Source", "UnreadableFileError", "read_source"]
