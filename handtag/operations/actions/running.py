"""The two processes in the foreground: the web server and the worker."""

import logging
import os
import signal
import socket
import time
from types import FrameType

from django.conf import settings
from django.db import OperationalError, close_old_connections
from granian.constants import Interfaces
from granian.server import Server

from handtag.jobs import actions as jobs

logger = logging.getLogger(__name__)

BEAT_EVERY = 5.0
PAUSE = 0.25


def serve() -> None:
    """Serve the site until SIGTERM or SIGINT; a web process that dies is replaced."""
    Server(
        "config.wsgi:application",
        address="0.0.0.0" if not settings.SAMPLE else "127.0.0.1",  # noqa: S104 (a proxy stands in front)
        port=int(settings.PORT),
        interface=Interfaces.WSGI,
        workers=int(settings.WEB_CONCURRENCY),
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=6,
        log_access=False,
    ).serve()


class Worker:
    """Does the duties that are due until it is told to stop; several may run at once."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        self.stopping = False
        self._beaten_at = 0.0

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Finish the duty in hand, then stop."""
        self.stopping = True

    def run(self) -> None:
        """Work until stopped; a database that is away for a while is waited for."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        self._patiently(jobs.prepare)
        while not self.stopping:
            self._patiently(self._once)
            time.sleep(PAUSE)
        jobs.leave(self.name)

    def _once(self) -> object:
        if time.monotonic() - self._beaten_at >= BEAT_EVERY:
            jobs.beat(self.name)
            jobs.take_over(self._may_live)
            self._beaten_at = time.monotonic()
        return jobs.run_due(worker=self.name)

    def _may_live(self, worker: str) -> bool:
        """Whether that worker may be at its duty; what bears our own name was left by who had it before us.

        Of another machine nothing is known: what a worker there has left is free when its lease runs out.
        """
        host, _, number = worker.rpartition("-")
        return worker != self.name and (host != socket.gethostname() or _is_running(int(number)))

    def _patiently(self, deed: jobs.Deed) -> None:
        while not self.stopping:
            try:
                deed()
                return
            except OperationalError:
                logger.warning("database away, waiting")
                close_old_connections()
                time.sleep(1)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, but it runs
        return True
    return True
