"""`python -m app`: the program, or one of its commands (app/command_line.py)."""

import sys

from app import command_line

if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing  # a packaged program starts itself for work in a child process

        multiprocessing.freeze_support()
    sys.exit(command_line.main(sys.argv[1:]))
