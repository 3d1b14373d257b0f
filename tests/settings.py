"""The product's settings as the tests run them: throwaway data, quick passwords, static files as they lie."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="handtag-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in ("MAIL_URL", "TILE_URL", "METRICS_TOKEN", "TRUSTED_PROXIES", "ALLOWED_HOSTS", "SECRET_KEY"):
    os.environ.pop(_name, None)
os.environ.update(SAMPLE="1", DATA_DIR=_folder, BASE_URL="http://localhost:8000", LOG_LEVEL="WARNING")

from config.settings import *  # noqa: E402, F403 (the settings read the environment set above)
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the threads of a race share it. What a crash would lose does not matter here.
    _database["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    _database["CONN_MAX_AGE"] = 0
