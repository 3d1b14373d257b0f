"""The product's settings as the tests run them: throwaway data, quick passwords, static files as they lie."""

import os
import tempfile
from pathlib import Path

from config import variables

DATABASE_URL = os.environ.get("DATABASE_URL", "")
FOLDER = Path(tempfile.gettempdir()) / f"handtag-test-{os.getpid()}"  # made and removed by conftest.py
for _variable in variables.VARIABLES:
    os.environ.pop(_variable.name, None)
os.environ.update(
    DATABASE_URL=DATABASE_URL,
    DATA_DIR=str(FOLDER),
    LOG_LEVEL="WARNING",
    SAMPLE="1",
    SECRET_KEY="a key for tests, where nothing is worth signing",
)

from config.settings import *  # noqa: E402, F403 (the settings read the environment set above)
from config.settings import DATABASES, STORAGES  # noqa: E402 (as above)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

_database = DATABASES["default"]
# The tables are made at once: every test would wait for sixty steps. test_upgrade.py takes them all.
_no_steps = {"MIGRATE": False}
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the threads of a race share it. What a crash would lose does not matter here.
    _database["TEST"] = {"NAME": str(FOLDER / "test.sqlite3"), **_no_steps}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    _database["TEST"] = _no_steps
    _database["CONN_MAX_AGE"] = 0
