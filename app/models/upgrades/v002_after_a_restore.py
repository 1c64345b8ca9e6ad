"""Schema 2: receipts may go on behind numbers that a restore skipped. Frozen: a later change is a later step.

No table changes. The trigger that keeps receipts in order is another one from here on, and triggers are installed anew
after the last step (models/guards.py).
"""

SCHEMA = ""

FILES_SCHEMA = ""
