"""How news reaches a caller: we ring, we write a letter, or we tell somebody they trust."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.desk.actions.acting import voice
from handtag.desk.actions.calls import log
from handtag.desk.models import Confidant, Consent
from handtag.desk.queries import reading
from handtag.desk.rules.calls import WAYS, Way
from handtag.history import actions as history
from handtag.kernel import clock, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.mandates.queries import in_force
from handtag.notices import actions as notices
from handtag.notices import queries as told
from handtag.people import queries as people
from handtag.people.models import Person

_CHANNEL: Final = {"ring": "phone", "letter": "letter", "tell": "phone"}


@transaction.atomic
def choose_way(*, by: Actor, person_id: UUID, way: Way) -> None:
    """Keep what the caller chose, ahead of what they chose before. Whom we tell takes a yes of its own."""
    caller = voice(by=by, person_id=person_id)
    if way.way not in WAYS:
        raise Problem(_("Choose how they shall hear from us."), field="way")
    if way.way == "keep":
        return
    if way.way == "tell":
        _tell_another(by, person_id, way)
    else:
        stop_telling(by=by, person_id=person_id)
    _put_first(caller, _CHANNEL[way.way])
    log(by=by, person_id=person_id, topic="way")


@transaction.atomic
def stop_telling(*, by: Actor, person_id: UUID) -> None:
    """From now on nobody else is told; twice changes nothing."""
    caller = voice(by=by, person_id=person_id)
    live = Confidant.objects.of(by.tenant).filter(person_id=person_id, ended_at=None)
    for confidant in live.select_for_update():
        Confidant.objects.of(by.tenant).filter(pk=confidant.pk).update(ended_at=clock.now())
        history.record(
            by=caller, verb="confidant.ended", kind="confidant", object_id=confidant.pk, about=person_id
        )


def _put_first(caller: Actor, channel: str) -> None:
    stands = told.chosen(caller.whose)
    before = stands.channels
    if before is None:
        before = tuple(told.possible(Person.objects.get(pk=caller.whose)))
    later = tuple(each for each in before if each not in (channel, "phone", "letter"))
    wish = notices.Wish((channel, *later), stands.quiet_from, stands.quiet_until)
    try:
        notices.choose_channels(by=caller, wish=wish)
    except Problem as problem:
        raise Problem(problem.message, field="way") from problem


def _tell_another(by: Actor, person_id: UUID, way: Way) -> None:
    """A mandate holder by their own channels, or a name and a number that staff ring."""
    stop_telling(by=by, person_id=person_id)
    name, phone = _named(by, person_id, way)
    caller = voice(by=by, person_id=person_id)
    language = Person.objects.values_list("language", flat=True).get(pk=person_id)
    read = reading.before_telling(language, name)
    consent = Consent.objects.create(
        municipality_id=by.tenant,
        person_id=person_id,
        said_by_id=person_id,
        heard_by_id=by.person,
        kind=Consent.Kind.TELL,
        version=read.version,
        language=read.language,
        words=read.words,
        in_swedish=read.in_swedish,
        at=clock.now(),
    )
    made = Confidant.objects.create(
        municipality_id=by.tenant,
        person_id=person_id,
        told_id=way.told_id,
        name="" if way.told_id else name,
        phone="" if way.told_id else phone,
        consent=consent,
        since=clock.now(),
    )
    history.record(by=caller, verb="confidant.named", kind="confidant", object_id=made.pk, about=person_id)


def _named(by: Actor, person_id: UUID, way: Way) -> tuple[str, str]:
    if way.told_id is not None:
        if in_force(by.tenant, way.told_id, person_id) is None:
            raise NotFound("mandate")
        return people.names(by, [way.told_id])[way.told_id], ""
    if not way.told_name.strip():
        raise Problem(_("Write whom we may tell."), field="told_name")
    return " ".join(way.told_name.split()), phones.normal(way.told_phone, field="told_phone")
