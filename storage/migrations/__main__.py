"""python -m storage.migrations "What changes": draft the next revision from what the models have and the last lacks.

The draft is to be read, completed and tested like any other code.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import open_engine
from storage.migrate import draft, upgrade


def main(message: str) -> None:
    """Compare the models with a scratch database that has all revisions so far."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'draft.db'}")
        upgrade(engine)
        draft(engine, message)
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
