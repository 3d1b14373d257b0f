"""Building the sample: the ground, then 60 days as they come, then what is on just now."""

import gc
import random
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from handtag.front.actions.sample import acting, ground, life, office, scenes
from handtag.front.actions.sample.world import Say, World
from handtag.front.rules.cast import BJUV, HELSINGBORG
from handtag.history import actions as history
from handtag.kernel import clock, ids
from handtag.kernel.errors import Problem
from handtag.municipalities import queries as municipalities
from handtag.notices import actions as notices

DAYS = 60
PEOPLE = 900


def build(*, seed: int, people: int, say: Say, days: int | None = None) -> World:
    """Build two towns with 60 days of life. Raises Problem outside the sample, or where towns are already."""
    if not settings.SAMPLE:
        raise Problem("The sample is built with SAMPLE=1 only, never beside real people.")
    if municipalities.everyone():
        raise Problem("There are municipalities here already.")
    days = days or DAYS
    ends = clock.now().replace(microsecond=0)
    begins = clock.at(clock.local(ends).date() - timedelta(days=days), life.MIDNIGHT)
    world = World(random.Random(seed), begins, ends, say)  # noqa: S311 (an invented town)
    # Nothing made here is thrown away before the end: collecting would only walk over it again and again.
    gc.disable()
    with ids.seeded(seed):
        with clock.travelling(begins), transaction.atomic():
            ground.found(world, (HELSINGBORG, BJUV))
            ground.settle_cast(world)
            ground.equip_cast(world)
        ground.people_by_day(world, max(0, people - len(world.people)))
        life.asks_by_day(world)
        life.nightly(world)
        office.mornings(world)
        _live(world, days)
        with transaction.atomic():
            scenes.play(world)
            acting.play(world)
        notices.put_aside()
    gc.enable()
    while history.seal():
        pass
    return world


def _live(world: World, days: int) -> None:
    """Let everything happen, a day to a transaction."""
    coming = world.next_deed()
    while coming is not None:
        day = clock.local(coming[0]).date()
        world.say(f"{(day - clock.local(world.begins).date()).days} of {days} days")
        with transaction.atomic():
            while coming is not None and clock.local(coming[0]).date() == day:
                moment, deed = coming
                with clock.travelling(moment):
                    deed()
                coming = world.next_deed()
