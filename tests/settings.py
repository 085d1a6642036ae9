"""config.settings over a data folder of the test run's own: nothing is read from or written to var/, no two runs meet."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if not os.environ.get("DIEMCAU_DATA"):
    os.environ["DIEMCAU_DATA"] = tempfile.mkdtemp(prefix="diemcau-test-")
    atexit.register(shutil.rmtree, os.environ["DIEMCAU_DATA"], ignore_errors=True)
# What tests/service.py makes once for all workers of a run.
if not os.environ.get("PREPARED_INSTALLATION"):
    os.environ["PREPARED_INSTALLATION"] = tempfile.mkdtemp(prefix="diemcau-prepared-")
    atexit.register(shutil.rmtree, os.environ["PREPARED_INSTALLATION"], ignore_errors=True)
if WORKER:
    os.environ["DIEMCAU_DATA"] = str(Path(os.environ["DIEMCAU_DATA"]) / WORKER)

from config.settings import *  # noqa: E402, F403
from config.settings import CHANNEL_LAYERS  # noqa: E402

# Workers share one Redis: none hears another's groups (its numbered databases do not part them, a prefix does).
if WORKER and "CONFIG" in CHANNEL_LAYERS["default"]:
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{WORKER}"
