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
if WORKER:
    os.environ["DIEMCAU_DATA"] = str(Path(os.environ["DIEMCAU_DATA"]) / WORKER)

from config.settings import *  # noqa: E402, F403
