"""How much the long tests try: little in `make test`, much in `make soak`, which sets SOAK. Nothing else reads it."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
HISTORIES = 7_000 if SOAK else 20  # each of some forty steps, the journal folded after each step
HISTORIES_OF_THE_HAND = 3_000 if SOAK else 10
HISTORIES_OF_ATTENDANCE = 3_000 if SOAK else 10
HISTORIES_OF_VOTES = 3_000 if SOAK else 10
HISTORIES_READ_ON = 1_000 if SOAK else 12  # the state of the room read on and read anew
HISTORIES_SHOWN = range(101, 201) if SOAK else (1, 3, 5)  # seeds: every screen, in both languages, back at each number
EXAMPLES = 10_000 if SOAK else 100  # of what a pure function is given
SCANS_OF_BROWSERS = 3_000 if SOAK else 24  # by six devices at their doors
SECONDS_OFF_LINE = 1_800 if SOAK else 0  # that four of them have no line at least
VOTERS = 10_000 if SOAK else 300  # in one poll, all at once, each ballot sent one to five times while it is being closed
ROUNDS_OF_VOTING = 100 if SOAK else 2  # such polls, named and secret in turn
VOTERS_IN_SECRET = 2_000 if SOAK else 200  # in the poll whose box is attacked
