"""One ask among a million helpers in PostgreSQL: the product's own way against PostGIS, the same answers.

Both find the best 20 with every demand and every figure read in the transaction; CPU of the database's
process and of this one, so that what else the machine does counts less. PostGIS is asked as it is meant to
be: a GiST index of geographies, `ST_DWithin`, the same demands and figures of all it finds, then the ranking
and the reasons of the product. Those near are found first and the rest is asked of them (`MATERIALIZED`):
left to itself the planner takes them for one row, and now and then a plan that takes minutes.
"""

import gc
import os
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from tools import ground

HELPERS, ASKS, BEST = 1_000_000, 200, 20
WARMING = 30  # asks that are not counted
ROWS = (
    ("the best 20, all demands and figures read", "best", "rival"),
    ("all who may take it, with all that is counted of each", "all", "rival"),
    ("the lookup alone: wants the service, active, in reach", "lookup", "its lookup"),
)
FURTHEST = 20_000  # metres: nobody in this country goes further, and PostGIS is told so
MEMORY = {"shared_buffers": "5GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}
ALIKE = {"jit": "off", "max_parallel_workers_per_gather": "0"}  # so that all is done by one process

POSTGIS = """
CREATE EXTENSION postgis;
ALTER TABLE helpers_helperprofile ADD COLUMN spot geography(point);
UPDATE helpers_helperprofile SET spot = ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography;
VACUUM FULL ANALYZE helpers_helperprofile;
CREATE INDEX profiles_by_spot ON helpers_helperprofile USING gist (spot);
ANALYZE helpers_helperprofile
"""
WARM = """
CREATE EXTENSION pg_prewarm;
SELECT sum(pg_prewarm(oid)) FROM pg_class
WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace
"""
HERE = "ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography"
RIVAL = f"""
WITH near AS MATERIALIZED (
  SELECT * FROM helpers_helperprofile p
  WHERE ST_DWithin(p.spot, {HERE}, {FURTHEST}, false) AND ST_DWithin(p.spot, {HERE}, p.reach, false)
)
SELECT p.id, p.person_id, p.longitude, p.latitude, p.reach, p.any_time, p.most_in_week,
  (SELECT count(*) FROM errands_errand e WHERE e.helper_id = p.person_id AND e.municipality_id = %(town)s
    AND e.state = ANY(%(in_force)s) AND e.ends_at >= %(load_from)s),
  (SELECT max(ends_at) FROM errands_errand e WHERE e.helper_id = p.person_id AND e.municipality_id = %(town)s
    AND e.state = ANY(%(in_force)s) AND e.ends_at >= %(load_from)s),
  CASE WHEN p.most_in_week IS NULL THEN 0 ELSE (SELECT count(*) FROM errands_errand e
    WHERE e.helper_id = p.person_id AND e.municipality_id = %(town)s AND e.state = ANY(%(in_force)s)
    AND e.starts_at >= %(monday)s AND e.starts_at < %(next_monday)s) END,
  (SELECT count(*) + 65536 * count(*) FILTER (WHERE t.declined_at IS NOT NULL OR t.yes_at IS NOT NULL)
    FROM errands_told t WHERE t.person_id = p.person_id AND t.municipality_id = %(town)s
    AND t.told_at >= %(answers_from)s),
  (SELECT array_agg(l.language::text) FROM helpers_helperlanguage l WHERE l.profile_id = p.id)
FROM near p JOIN people_person n ON n.id = p.person_id
WHERE p.municipality_id = %(town)s AND p.is_active AND (p.paused_until IS NULL OR p.paused_until <= %(now)s)
  AND n.protection = 'none' AND n.erased_at IS NULL AND p.person_id <> %(asker)s
  AND EXISTS (SELECT 1 FROM helpers_helperservice s WHERE s.profile_id = p.id AND s.service_id = %(service)s)
  AND EXISTS (SELECT 1 FROM permits_service s WHERE s.id = %(service)s AND s.is_on)
  AND EXISTS (SELECT 1 FROM permits_permit q WHERE q.person_id = p.person_id AND q.service_id = %(service)s
    AND q.side = 'perform' AND q.state = 'granted' AND (q.valid_until IS NULL OR q.valid_until >= %(today)s))
  AND EXISTS (SELECT 1 FROM helpers_helperlanguage l
    WHERE l.profile_id = p.id AND l.language = ANY(%(spoken)s))
  AND NOT EXISTS (SELECT 1 FROM errands_errand e WHERE e.helper_id = p.person_id
    AND e.state = ANY(%(booked)s) AND e.starts_at < %(end)s AND e.ends_at > %(start)s)
  AND (p.any_time OR EXISTS (SELECT 1 FROM helpers_availability a WHERE a.profile_id = p.id
    AND a.weekday = %(weekday)s AND a.from_minute <= %(from_minute)s AND a.to_minute >= %(to_minute)s))
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE b.person_id = %(asker)s AND b.other_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE b.other_id = %(asker)s AND b.person_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM errands_told t WHERE t.ask_id = %(ask)s AND t.person_id = p.person_id)
  AND NOT EXISTS (SELECT 1 FROM errands_offer o JOIN errands_occasion d ON d.id = o.occasion_id
    WHERE d.ask_id = %(ask)s AND o.person_id = p.person_id)
"""


def main() -> int:
    """Load, ask both, print the table; without PostGIS, say what must be installed."""
    with ground.postgres(**MEMORY, **ALIKE) as address:
        os.environ |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django

        django.setup()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'")
            if not cursor.fetchone()[0]:
                version = str(connection.pg_version // 10_000)
                print(f"PostGIS is not installed: apt-get install postgresql-{version}-postgis-3. Left out.")
                return 0
        return _measured()


def _measured() -> int:
    from django.core.management import call_command
    from django.db import connection

    from bench import _million
    from handtag.kernel import clock
    from handtag.kernel.actor import system
    from handtag.municipalities import actions as towns

    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    towns.add(by=system(None), code="1283")
    _million.load(HELPERS)
    with connection.cursor() as cursor:
        with ground.step("PostGIS' own column and index"):
            for each in POSTGIS.strip().split(";"):
                cursor.execute(each)
        with ground.step("all of it into memory"):
            cursor.execute(WARM)
    print(f"\nLoaded in {time.monotonic() - begun:.0f} s; load of the machine {os.getloadavg()[0]:.1f}\n")
    with clock.travelling(clock.now()):
        _compare(connection)
    return 0


def _compare(connection: Any) -> None:
    """Every ask by both, in turns, and the same answers demanded."""
    from bench import _million
    from handtag.errands.queries import suggesting

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    spent: dict[str, list[float]] = {name: [] for name in ("best", "all", "rival", "lookup", "its lookup")}
    many = []
    gc.freeze()  # what was made before is nobody's garbage
    for ask in _million.asks(ASKS + WARMING):
        mine = _timed(process, spent["best"], partial(suggesting.suggestions, ask, BEST))
        found, other = _timed(process, spent["rival"], partial(_rival, connection, ask))
        every = _timed(process, spent["all"], partial(_all, ask))
        near = _timed(process, spent["lookup"], partial(_lookup, connection, ask))
        theirs = _timed(process, spent["its lookup"], partial(_its_lookup, connection, ask))
        assert [each.person_id for each in mine] == [each.person_id for each in other]
        assert np.allclose([each.score for each in mine], [each.score for each in other], atol=1e-12)
        assert [each.reasons for each in mine] == [each.reasons for each in other]
        assert {each.person_id for each in every} == found
        assert near == theirs
        many.append(len(found))
    print(
        f"{ASKS} asks; who may take one: p50 {np.percentile(many, 50):.0f}, p99 {np.percentile(many, 99):.0f}"
    )
    print("\n| CPU, ms | product, p50 | p99 | PostGIS, p50 | p99 | ratio at p50 | at p99 |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, one, two in ROWS:
        (a, b), (c, d) = (np.percentile(spent[each][WARMING:], (50, 99)) for each in (one, two))
        print(f"| {name} | {a:.1f} | {b:.1f} | {c:.1f} | {d:.1f} | {c / a:.1f} | {d / b:.1f} |")
    print(f"\nLoad of the machine at the end: {os.getloadavg()[0]:.1f}")


def _timed(process: int, spent: list[float], deed: Callable[[], Any]) -> Any:
    """What came of it; milliseconds of CPU here and in the database are noted."""
    gc.collect()  # and what the one before has left is not this one's
    begun = _spent(process)
    found = deed()
    spent.append(_spent(process) - begun)
    return found


def _spent(process: int) -> float:
    with open(f"/proc/{process}/schedstat") as there:
        return (time.thread_time_ns() + int(there.read().split()[0])) / 1e6


def _rival(connection: Any, ask: Any) -> Any:
    """By PostGIS: everybody who may come, and the best of them with their reasons."""
    from handtag.errands.queries import suggesting

    everybody, chosen, best = _ranked(connection, ask)
    return everybody, suggesting.explained(ask, chosen, best, telling=True)


def _ranked(connection: Any, ask: Any) -> Any:
    """Columns as they come from the database, ranked; of the best what is needed to explain them."""
    from dataclasses import asdict

    from handtag.errands.queries import fetching
    from handtag.errands.queries.fetching import Candidate
    from handtag.errands.queries.lately import MANY, Moments
    from handtag.errands.rules.lifecycle import BOOKED, IN_FORCE
    from handtag.kernel import clock
    from handtag.matching import ranking

    slot, met = ask.slots[0], fetching.met(ask)
    given = {
        **{"longitude": ask.longitude, "latitude": ask.latitude, "town": ask.municipality_id, "ask": ask.id},
        **{"asker": ask.asker_id, "service": ask.service_id, "spoken": list(ask.languages)},
        **{"start": slot.window.start, "end": slot.window.end, **slot.weekly._asdict()},
        **{"in_force": list(IN_FORCE), "booked": list(BOOKED), **asdict(Moments.of(ask))},
    }
    with connection.cursor() as cursor:
        cursor.execute(RIVAL, given)
        rows = [row for row in cursor.fetchall() if row[6] is None or row[9] < row[6]]
    now = clock.now()
    told = np.array([row[10] for row in rows])
    pool = ranking.Pool(
        ids=ranking.halves([row[1] for row in rows]),
        longitude=np.array([row[2] for row in rows]),
        latitude=np.array([row[3] for row in rows]),
        languages=np.array([_bits(ask, row[11]) for row in rows], dtype=np.uint64),
        answers=(told // MANY + 1) / (told % MANY + 2),
        load=np.array([float(row[7]) for row in rows]),
        idle=np.array([max((now - row[8]).total_seconds() / 3600, 0.0) if row[8] else 168.0 for row in rows]),
        before=np.array([float(met[row[1]]) for row in rows]),
    )
    wanted = ranking.Wanted(ask.longitude, ask.latitude, (1 << len(ask.languages)) - 1, 1)
    best = ranking.rank(wanted, pool, BEST)
    chosen = [
        Candidate(*[*rows[row][:11], met[rows[row][1]], tuple(rows[row][11]), km])
        for row, km in zip(best.rows.tolist(), best.km.tolist(), strict=True)
    ]
    return {row[1] for row in rows}, chosen, best


def _bits(ask: Any, spoken: list[str]) -> int:
    return sum(1 << place for place, language in enumerate(ask.languages) if language in spoken)


def _all(ask: Any) -> Any:
    """By the posting lists, everybody at once."""
    from handtag.errands.queries import fetching
    from handtag.errands.queries.lately import Moments

    return fetching.candidates(ask, Moments.of(ask), fetching.met(ask), telling=True)


def _lookup(connection: Any, ask: Any) -> set[Any]:
    """By the posting lists, nothing else demanded."""
    from handtag.errands.queries import eligible
    from handtag.matching.score import kilometres

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT profile_id, longitude, latitude, reach FROM helpers_posting"
            " WHERE service_id = %s AND square = ANY(%s)",
            [ask.service_id, eligible.squares_of(ask)],
        )
        rows = cursor.fetchall()
    columns = np.array([row[1:] for row in rows]).reshape(-1, 3)
    near = kilometres(ask.longitude, ask.latitude, columns[:, 0], columns[:, 1]) * 1000 <= columns[:, 2]
    return {row[0] for row, is_near in zip(rows, near.tolist(), strict=True) if is_near}


def _its_lookup(connection: Any, ask: Any) -> set[Any]:
    """The same by PostGIS."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM helpers_helperprofile p JOIN helpers_helperservice s ON s.profile_id = p.id"
            f" WHERE ST_DWithin(p.spot, {HERE}, {FURTHEST}, false)"
            f" AND ST_DWithin(p.spot, {HERE}, p.reach, false) AND s.service_id = %(service)s AND p.is_active",
            {"longitude": ask.longitude, "latitude": ask.latitude, "service": ask.service_id},
        )
        return {row[0] for row in cursor.fetchall()}
