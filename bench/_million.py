"""A made-up country in the product's own tables: helpers with permits, hours and a history, by COPY and SQL.

People and places come from `_country`, seeded, by COPY; what hangs on them is made by the database itself, in
the order of the helpers, with its indexes put on afterwards.
"""

import re
from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, models

from bench import _country
from handtag.errands.models import Ask, Errand, Occasion, Offer, Told
from handtag.errands.queries.sought import Slot, Sought
from handtag.errands.rules.times import Window
from handtag.geo.points import Point, cell, cell_centre, snap
from handtag.helpers.models import Availability, HelperLanguage, HelperProfile, HelperService, Posting
from handtag.helpers.queries import ALWAYS, POSTED, Posted, postings_due, square_of
from handtag.helpers.rules import CUTS, tongue_bits
from handtag.kernel import clock, ids
from handtag.municipalities.models import Municipality
from handtag.people.models import Block, Person
from handtag.permits.models import Permit, Service
from tools.ground import step

TABLES = (
    *(Person, HelperProfile, HelperService, Posting, Permit, HelperLanguage, Availability),
    *(Ask, Occasion, Offer, Errand, Told, Block),
)
HOURS = (8, 9, 10, 13, 14, 15, 17, 18)
OWN = """
CREATE FUNCTION pg_temp.uid(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
SELECT ('019a0000-0000-7000-8' || to_hex(kind) || lpad(to_hex(n), 14, '0'))::uuid $$;
CREATE TEMP TABLE made (n int, longitude float, latitude float, reach int, services int, arabic bool,
    active bool, any_time bool, square int);
CREATE TEMP TABLE wanted AS SELECT id, row_number() OVER (ORDER BY position, kind) - 1 AS bit
FROM permits_service;
"""


TOWN = "(SELECT id FROM municipalities_municipality)"
CHOSEN, ORDERED = "made, wanted WHERE (services >> bit::int) & 1 = 1", "ORDER BY n, bit"
PROFILE, PERSON = "pg_temp.uid(2, n)", "pg_temp.uid(1, n)"
ANYBODY = "pg_temp.uid(1, floor(random() * :count)::int)"
HOUR = "date_trunc('hour', now()) + interval '1 hour' * (hashint4(n) % 530 - 430)"
KEY = "row_number() OVER ()"
STRETCHES = len(CUTS) - 1
# As `Availability` is filled below: three parts of days, each a stretch of its own.
HOURS_KEPT = " + ".join(
    f"(1::bigint << ((n + {2 * part}) % 7 * {STRETCHES} + 1 + (n + {part}) % 3))" for part in range(3)
)

# For each table what its rows are made of, and FROM; `_counts` says how many.
ROWS: tuple[tuple[type[models.Model], dict[str, str]], ...] = (
    (Person, {"id": PERSON, "given_name": "'P' || n", "age": "'adult'", "FROM": "made"}),
    (
        HelperProfile,
        {
            **{"id": PROFILE, "municipality_id": TOWN, "person_id": PERSON, "longitude": "longitude"},
            **{"latitude": "latitude", "reach": "reach", "any_time": "any_time", "is_active": "active"},
            "most_in_week": "nullif((ARRAY[0, 1, 2, 3, 5])[1 + n % 5], 0)",
            "paused_until": "CASE WHEN n % 50 = 7 THEN now() + interval '9 days' END",
            "FROM": "made",
        },
    ),
    (
        HelperService,
        {"id": KEY, "profile_id": PROFILE, "service_id": "id", "FROM": f"{CHOSEN} {ORDERED}"},
    ),
    (
        Posting,
        {
            **{"id": KEY, "profile_id": PROFILE, "service_id": "id", "person_id": PERSON},
            **{"square": "square", "reach": "reach", "longitude": "longitude", "latitude": "latitude"},
            "hours": f"CASE WHEN any_time THEN {ALWAYS} ELSE {HOURS_KEPT} END",
            "languages": f"{tongue_bits(['sv'])} + CASE WHEN arabic THEN {tongue_bits(['ar'])} ELSE 0 END",
            "FROM": f"{CHOSEN} AND active {ORDERED}",
        },
    ),
    (
        Permit,
        {
            **{"id": f"pg_temp.uid(3, n * {_country.SERVICES}::bigint + bit)", "person_id": PERSON},
            **{"municipality_id": TOWN, "service_id": "id", "side": "'perform'"},
            "state": "CASE WHEN random() < 0.93 THEN 'granted' ELSE 'suspended' END",
            "FROM": f"{CHOSEN} {ORDERED}",
        },
    ),
    (
        HelperLanguage,
        {
            **{"id": KEY, "profile_id": PROFILE, "language": "code"},
            "FROM": "made, (VALUES ('sv'), ('ar')) AS each (code) WHERE code = 'sv' OR arabic ORDER BY n",
        },
    ),
    (
        Availability,
        {
            **{"id": KEY, "profile_id": PROFILE, "weekday": "(n + 2 * part) % 7"},
            **{"from_minute": "(ARRAY[480, 720, 1020])[1 + (n + part) % 3]"},
            "to_minute": "(ARRAY[720, 1020, 1260])[1 + (n + part) % 3]",
            "FROM": "made, generate_series(0, 2) AS part WHERE NOT any_time ORDER BY n",
        },
    ),
    (
        Ask,
        {
            **{
                "id": "pg_temp.uid(4, n)",
                "municipality_id": TOWN,
                "asker_id": ANYBODY,
                "state": "'done'",
            },
            **{"service_id": "id", "agreement": "'first'", "longitude": "13.0", "latitude": "57.0"},
            "responsibility_accepted_at": "now()",
            "FROM": f"generate_series(0, :asks - 1) AS n JOIN wanted ON bit = n % {_country.SERVICES}",
        },
    ),
    (
        Occasion,
        {
            **{
                "id": "pg_temp.uid(5, n)",
                "municipality_id": TOWN,
                "ask_id": "pg_temp.uid(4, n % :asks)",
            },
            **{
                "state": "'done'",
                "filled": "1",
                "starts_at": HOUR,
                "ends_at": f"{HOUR} + interval '2 hours'",
            },
            "FROM": "generate_series(0, :errands - 1) AS n",
        },
    ),
    (
        Offer,
        {
            **{"id": "pg_temp.uid(6, n)", "municipality_id": TOWN, "occasion_id": "pg_temp.uid(5, n)"},
            **{"person_id": ANYBODY, "state": "'accepted'", "responsibility_accepted_at": "now()"},
            "FROM": "generate_series(0, :errands - 1) AS n",
        },
    ),
    (
        Errand,
        {
            **{
                "id": "pg_temp.uid(7, n)",
                "municipality_id": TOWN,
                "occasion_id": "o.id",
                "offer_id": "f.id",
            },
            **{"helper_id": "f.person_id", "asker_id": "a.asker_id", "door_code": "'1234'"},
            "state": "CASE WHEN o.ends_at < now() THEN 'completed' ELSE 'agreed' END",
            **{"starts_at": "o.starts_at", "ends_at": "o.ends_at"},
            "FROM": "generate_series(0, :errands - 1) AS n"
            " JOIN errands_occasion o ON o.id = pg_temp.uid(5, n)"
            " JOIN errands_offer f ON f.id = pg_temp.uid(6, n) JOIN errands_ask a ON a.id = o.ask_id",
        },
    ),
    (
        Told,
        {
            **{"id": "pg_temp.uid(8, n)", "municipality_id": TOWN, "person_id": ANYBODY, "wave": "1"},
            **{
                "ask_id": "pg_temp.uid(4, n % :asks)",
                "told_at": "now() - interval '1 day' * (n % 100)",
            },
            "declined_at": "CASE WHEN random() < 0.3 THEN now() END",
            "FROM": "generate_series(0, :told - 1) AS n",
        },
    ),
    (
        Block,
        {
            **{
                "id": "pg_temp.uid(9, n)",
                "municipality_id": TOWN,
                "person_id": ANYBODY,
                "other_id": ANYBODY,
            },
            "FROM": "generate_series(0, :blocks - 1) AS n",
        },
    ),
)


def _counts(count: int) -> dict[str, int]:
    """How many of each, around so many helpers."""
    return {
        **{":count": count, ":errands": count * 6 // 10, ":asks": max(1, count * 6 // 40)},
        **{":told": count * 2, ":blocks": count // 50},
    }


def load(count: int, seed: int = 0) -> None:
    """So many helpers in the one municipality there is, and the rows a busy country has around them."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # every key that is pointed to is there
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(OWN)
        indexes = _off(cursor)
        _people(cursor, count, seed)
        for model, columns in ROWS:
            with step(model._meta.db_table):
                _fill(cursor, model, columns, _counts(count))
        with step("indexes"):
            for each in indexes:
                cursor.execute(each)
        cursor.execute("SET session_replication_role = origin")
        with step("VACUUM ANALYZE"):
            cursor.execute("VACUUM ANALYZE")
    _assert_posted()


def _assert_posted() -> None:
    """The postings made by SQL are those that the product would make."""
    some = list(HelperProfile.objects.everywhere().values_list("id", flat=True)[:1000])
    kept = Posting.objects.filter(profile_id__in=some).values_list(*POSTED)
    assert set(postings_due(some)) == set(map(Posted._make, kept))


def _off(cursor: Any) -> list[str]:
    """Take the indexes off that no constraint needs; what makes them anew."""
    names = [model._meta.db_table for model in TABLES]
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [names],
    )
    found = cursor.fetchall()
    for name, _made in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [made for _name, made in found]


def _people(cursor: Any, count: int, seed: int) -> None:
    """The helpers as numbers, by COPY."""
    pool, random = _country.helpers(count, seed), np.random.default_rng(seed + 2)
    assert pool.reach is not None
    assert pool.services is not None
    assert pool.active is not None
    reach = (pool.reach * 1000).astype(int).tolist()
    columns: Iterable[Any] = zip(
        *(range(count), _snapped(pool), reach, pool.services.tolist(), (pool.languages & 2).tolist()),
        *(pool.active.tolist(), (random.random(count) < 0.6).tolist()),
        strict=True,
    )
    squares: dict[Any, int] = {}
    with step("helpers, by COPY"), cursor.cursor.copy("COPY made FROM STDIN") as copy:
        for n, point, far, services, arabic, active, any_time in columns:
            square = squares.get((point, far)) or squares.setdefault(
                (point, far), square_of(point[0], point[1], far)
            )
            row = (n, *point, far, services, bool(arabic), active, any_time, square)
            copy.write("\t".join(map(str, row)) + "\n")
    cursor.execute("ANALYZE made")


def _snapped(pool: Any) -> list[tuple[float, float]]:
    """Each point as the product keeps it: the middle of its 500 m square."""
    middle: dict[int, tuple[float, float]] = {}
    found = []
    for lon, lat in zip(pool.longitude.tolist(), pool.latitude.tolist(), strict=True):
        square = cell(Point(lon, lat))
        if square not in middle:
            centre = cell_centre(square)
            middle[square] = (centre.lon, centre.lat)
        found.append(middle[square])
    return found


def _fill(cursor: Any, model: type[models.Model], made: dict[str, str], counts: dict[str, int]) -> None:
    """Write a table's rows; a column that is not named gets its model's default."""
    fields = {each.attname: each for each in model._meta.concrete_fields}
    values = {name: made.get(name) or _default(field) for name, field in fields.items()}
    columns = ", ".join(f'"{fields[name].column}"' for name in values)
    sql = f"SELECT {', '.join(values.values())} FROM {made['FROM']} ON CONFLICT DO NOTHING"
    for name, number in counts.items():
        sql = re.sub(rf"(?<!:){name}\b", str(number), sql)
    cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({columns}) {sql}')


def _default(field: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return "NULL" if field.null else "now()"
    value = [] if isinstance(field, models.JSONField) else field.get_default()
    if value is None:
        return "NULL"
    return f"'{value}'"


def asks(count: int, seed: int = 3) -> list[Sought]:
    """Asks where helpers live, by one of them, for a day to come; four in five in Swedish."""
    random = np.random.default_rng(seed)
    town = Municipality.objects.get().id
    services = list(Service.objects.of(town).order_by("position", "kind").values_list("id", flat=True))
    found = []
    for n in random.integers(0, HelperProfile.objects.of(town).count(), count).tolist():
        asker = HelperProfile.objects.of(town).get(id=UUID(f"019a00000000700082{n:014x}"))
        here = snap(Point(asker.longitude + random.normal() * 0.01, asker.latitude + random.normal() * 0.005))
        start = clock.at(
            clock.today() + timedelta(days=int(random.integers(2, 9))), time(int(random.choice(HOURS)))
        )
        found.append(
            Sought(
                id=ids.new(),
                municipality_id=town,
                asker_id=asker.person_id,
                service_id=services[int(random.integers(len(services)))],
                longitude=here.lon,
                latitude=here.lat,
                wider_by=0,
                languages=("sv",) if random.random() < 0.8 else ("ar", "sv"),
                group_ids=(),
                slots=(Slot(ids.new(), Window(start, start + timedelta(hours=2))),),
            )
        )
    return found
