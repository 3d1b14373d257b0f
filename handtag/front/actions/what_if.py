"""What if …: a question is put, once; and the worker plays it, one town at a time.

It changes nothing for anybody and says nothing of anybody, so that history holds no row of it.
"""

import logging
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handtag.front.models import WhatIf
from handtag.front.queries import own_town
from handtag.front.queries import what_if as queries
from handtag.front.rules import what_if as rules
from handtag.jobs.actions import RowsFailed
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.outreach.rules import widening
from handtag.permits.queries import services

logger = logging.getLogger(__name__)


def ask(*, by: Actor, changes: rules.Changes) -> UUID:
    """Put a question, or find the same one that is being played or was lately; gives back its id."""
    by.must(Right.STEER_ASKS)
    changes = changes.beside(widening.WEEKLY_BUDGET)
    _must_be_sound(by, changes)
    try:
        with transaction.atomic():
            if found := _same(by, changes):
                return found
            made = WhatIf.objects.create(
                municipality_id=by.tenant, changes=changes.kept, key=changes.key, asked_at=clock.now()
            )
    except IntegrityError:  # somebody pressed at the same moment
        found = _same(by, changes)
        if found is None:
            raise
        return found
    _forget_old(by.tenant)
    return made.id


def _must_be_sound(by: Actor, changes: rules.Changes) -> None:
    if not changes:
        raise Problem(_("Choose something to change first."))
    budgets = (None, *rules.BUDGETS)
    chosen = (changes.km in rules.KM, changes.helpers in rules.HELPERS, changes.budget in budgets)
    if not all(chosen):
        raise Problem(_("Choose from the lists."))
    if changes.helpers and changes.service not in {str(row.id) for row in services(by.tenant)}:
        raise Problem(_("Choose what the new helpers help with."), field="service")
    if own_town.size(by.tenant).is_too_small:
        raise Problem(_("There are too few helpers or asks here yet to try anything out."))


def _same(by: Actor, changes: rules.Changes) -> UUID | None:
    lately = Q(done_at=None) | Q(asked_at__gt=clock.now() - rules.FRESH, turns__lte=rules.MOST_TURNS)
    rows = WhatIf.objects.of(by.tenant).filter(lately, key=changes.key).order_by("-asked_at")
    return rows.values_list("id", flat=True).first()


def _forget_old(municipality_id: UUID) -> None:
    rows = WhatIf.objects.of(municipality_id).order_by("-asked_at")
    kept = list(rows.values_list("id", flat=True)[: rules.KEPT])
    rows.exclude(id__in=kept).delete()


def play_due() -> int:
    """Play one town of the question that has waited longest; returns how many were played.

    One town is a matter of seconds, so that the worker is soon back at what people wait for; no transaction
    is open meanwhile. The question is leased: who was killed or is too slow writes nothing, and another
    begins that town anew. One that fails again and again is given up.
    """
    now = clock.now()
    until = now + rules.LEASE
    free = WhatIf.objects.everywhere().filter(Q(claimed_until=None) | Q(claimed_until__lt=now), done_at=None)
    row = free.order_by("asked_at").first()
    if row is None or not free.filter(id=row.id).update(claimed_until=until, turns=F("turns") + 1):
        return 0
    mine = WhatIf.objects.everywhere().filter(id=row.id, claimed_until=until)
    if row.turns >= rules.MOST_TURNS:
        mine.update(done_at=clock.now(), claimed_until=None)
        return 0
    try:
        played = queries.play(row.municipality_id, rules.Changes.read(row.changes), len(row.plays))
    except Exception as fault:  # one question must not stop the others
        logger.exception("what if failed", extra={"row": str(row.id)})
        mine.update(claimed_until=None)
        raise RowsFailed(0, {type(fault).__name__}) from fault
    plays = [*row.plays, played]
    done_at = clock.now() if len(plays) >= rules.SEEDS else None
    return mine.update(plays=plays, done_at=done_at, claimed_until=None)
