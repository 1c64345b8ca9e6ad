"""`python -m app`: the program, or one of its commands (app/command_line.py)."""

import sys

from app import command_line

if __name__ == "__main__":
    sys.exit(command_line.main(sys.argv[1:]))
