"""A start of the program as far as the lock: says whether it got the data folder, and keeps it until its input ends.

python -m tests.safety.starter FOLDER        begins when a line comes in; prints won or busy
"""

import sys
from pathlib import Path

from PySide6.QtCore import QLockFile

from app import command_line
from app.errors import Refused


def main(folder: str) -> None:
    """Wait for the word, try, tell, and hold on."""
    assert QLockFile.__name__  # imported before the start, so that all starters try at the same moment
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        with command_line._alone(Path(folder)):
            print("won", flush=True)
            sys.stdin.read()
    except Refused as refused:
        print("busy" if refused.code == "folder_busy" else refused.code, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
