"""Who is posted near an ask, read from the posting lists alone, and how well each could suit it at most.

Of each only what the lists and their own errands and answers say is read; whether they may come is asked of
the few who could be among the best (`fetching`).
"""

from collections.abc import Sequence
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from handtag.errands.queries import lately
from handtag.errands.queries.lately import MANY, Moments
from handtag.errands.queries.sought import Sought
from handtag.helpers import rules as helping
from handtag.helpers.models import Posting
from handtag.kernel.planned import OneOf
from handtag.kernel.prepared import Prepared, a_list, a_long, a_moment, an_id
from handtag.matching import score
from handtag.matching.score import Floats


class Glance(NamedTuple):
    """People, how far away in kilometres, and the score that each cannot pass."""

    people: list[UUID]
    km: Floats
    most: Floats

    def where(self, kept: Any) -> "Glance":
        """Those for whom it holds."""
        rows = np.asarray(kept, dtype=bool)
        return Glance(list(compress(self.people, rows.tolist())), self.km[rows], self.most[rows])

    def with_more(self, other: "Glance") -> "Glance":
        """These and others."""
        if not other.people:
            return self
        columns = (np.concatenate(pair) for pair in zip(self[1:], other[1:], strict=True))
        return Glance(self.people + other.people, *columns)


NOBODY = Glance([], np.empty(0), np.empty(0))


def glance(ask: Sought, squares: Sequence[int], at: Moments, *, telling: bool) -> Glance:
    """Who is posted in these squares, but for those who cannot come by hours, language or reach."""
    if not squares:
        return NOBODY
    wanted = hours_wanted(ask)
    given = {f"hours_{place}": each for place, each in enumerate(wanted)}
    tongues = helping.tongue_bits(ask.languages)
    rows: list[Any] = _POSTED.ask(
        *(len(wanted) if telling else 0, bool(ask.languages)),
        **{"town": ask.municipality_id, "service": ask.service_id, "squares": squares, "tongues": tongues},
        **{"answers_from": at.answers_from, **given},
    )
    if not rows:
        return NOBODY
    people, *columns = zip(*rows, strict=True)
    longitude, latitude, reach, hours, languages, told = map(np.array, columns)
    km = score.kilometres(ask.longitude, ask.latitude, longitude, latitude)
    near = np.flatnonzero(km * 1000 <= reach + ask.wider_by)
    suits = np.mean([(hours[near] & each) == each for each in wanted], axis=0)
    most = (
        score.nearness(km[near])
        + score.language(languages[near].astype(np.uint64), tongues, helping.tongue_bits(ask.languages[:1]))
        + _readiness(told[near])
        + score.timing(suits)
    )
    return Glance([people[row] for row in near.tolist()], km[near], most)


def everybody(ask: Sought, most: int) -> set[UUID]:
    """All who are posted for the service, near or far; nobody where there are more than `most` postings."""
    rows: list[tuple[UUID]] = _EVERYBODY.ask(most, service=ask.service_id)
    return set() if len(rows) > most else {person for (person,) in rows}


def _everybody(most: int) -> QuerySet[Posting, Any]:
    return Posting.objects.filter(service_id=an_id("service")).values_list("person_id")[: most + 1]


_EVERYBODY = Prepared(_everybody)


def hours_wanted(ask: Sought) -> list[int]:
    """The hours of each date as the postings have them, each once."""
    weekly = dict.fromkeys(slot.weekly for slot in ask.slots)
    return [helping.hour_bits([each]) if each else helping.ANY_TIME for each in weekly]


def _readiness(told: Floats) -> Floats:
    """Answers as they are; errands as if they had done none: counting those would tell few apart."""
    answers, weights = (told // MANY + 1) / (told % MANY + 2), score.WEIGHTS
    return score.readiness(answers, np.zeros(told.shape), np.full(told.shape, weights.idle_full))


def _posted(dates: int, in_languages: bool) -> QuerySet[Posting, Any]:
    found = Posting.objects.filter(OneOf(F("square"), a_list("squares")), service_id=an_id("service"))
    if dates:
        found = found.filter(reduce(or_, (_has("hours", f"hours_{place}") for place in range(dates))))
    if in_languages:
        found = found.exclude(Exact(F("languages").bitand(a_long("tongues")), 0))
    town, times = an_id("town"), Moments(*map(a_moment, Moments.__slots__))
    return found.values_list(
        *("person_id", "longitude", "latitude", "reach", "hours", "languages"),
        lately.told(town, times),
    )


def _has(column: str, hole: str) -> Q:
    return Q(Exact(F(column).bitand(a_long(hole)), a_long(hole)))


_POSTED = Prepared(_posted, is_planned=True)
