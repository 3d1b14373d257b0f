"""Taking down what a caller asks for: the same ask, queue and status as from the web, with both names."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.desk.actions.acting import taking_part, voice
from handtag.desk.actions.calls import log
from handtag.desk.actions.ways import choose_way
from handtag.desk.models import Consent
from handtag.desk.queries.reading import Spoken, before_asking
from handtag.desk.rules.calls import Reading, Way
from handtag.errands.actions import asking
from handtag.errands.actions.placing import spot_of
from handtag.errands.models import Ask
from handtag.errands.rules import asks as rules
from handtag.errands.rules.asks import Wish
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.mandates.queries import in_force, within
from handtag.notices.actions import told_by_phone
from handtag.people import actions as people
from handtag.people.actions import NewPerson
from handtag.people.models import Person
from handtag.permits.queries import service


@dataclass(frozen=True, slots=True)
class NewCaller:
    """Somebody who rings for the first time; where they live is where they ask for help."""

    given_name: str
    family_name: str = ""
    phone: str = ""
    age: str = "unknown"
    language: str = "sv"
    address: str = ""
    place_id: UUID | None = None
    postcode: str = ""
    post_town: str = ""


@transaction.atomic
def register_caller(*, by: Actor, new: NewCaller) -> Person:
    """Make a caller known: without a login, an e-mail address or a number, if they have none."""
    by.must(Right.ANSWER_CALLS)
    made = people.register(
        by=by,
        new=NewPerson(
            given_name=new.given_name,
            family_name=new.family_name,
            phone=new.phone,
            age=new.age,
            language=new.language,
            speaks=(new.language.split("_")[0],),
            address=new.address,
            place_id=new.place_id,
            postcode=new.postcode,
            post_town=new.post_town,
        ),
    )
    log(by=by, person_id=made.id, topic="registered")
    return made


@transaction.atomic
def file_ask(*, by: Actor, person_id: UUID, wish: Wish, reading: Reading, way: Way) -> Ask:
    """File what the caller asks for, with the words that were read to them and how they will hear from us."""
    caller = taking_part(by=by, person_id=person_id)
    read = _read(caller, wish, reading)
    said_by = _said_by(by, person_id, wish, reading)
    choose_way(by=by, person_id=person_id, way=way)
    ask = asking.open_ask(by=caller, wish=replace(wish, accepted=True))
    Consent.objects.create(
        municipality_id=by.tenant,
        person_id=person_id,
        said_by_id=said_by,
        heard_by_id=by.person,
        kind=Consent.Kind.ASK,
        version=read.version,
        language=read.language,
        words=read.words,
        in_swedish=read.in_swedish,
        ask=ask,
        at=clock.now(),
    )
    told_by_phone(by=by, person_id=person_id, about_id=ask.id)
    log(by=by, person_id=person_id, topic="ask")
    return ask


@transaction.atomic
def change(*, by: Actor, person_id: UUID, ask_id: UUID, wish: Wish) -> Ask:
    """Change what the caller asked for while nobody has agreed; what was read to them still holds."""
    caller = voice(by=by, person_id=person_id)
    changed = asking.change_ask(by=caller, ask_id=ask_id, wish=replace(wish, accepted=True))
    log(by=by, person_id=person_id, topic="change")
    return changed


@transaction.atomic
def prepare(*, by: Actor, person_id: UUID, service_id: UUID) -> None:
    """Apply for what filing needs, by itself, so that the application stands though the ask has to wait."""
    asking.secure_permit(by=voice(by=by, person_id=person_id), service_id=service_id)


@transaction.atomic
def continue_with(*, by: Actor, person_id: UUID) -> None:
    """The ask was there already: nothing is filed, and the call is noted."""
    known = voice(by=by, person_id=person_id)
    log(by=by, person_id=known.whose, topic="continued")


def check(*, by: Actor, wish: Wish) -> None:
    """Raise Problems where the wish has faults, before anything is read aloud."""
    asking.refuse(rules.problems(replace(wish, accepted=True), clock.now()))
    spot_of(by, wish)


def _read(caller: Actor, wish: Wish, reading: Reading) -> Spoken:
    """The words that stood on the page, if they still are those that hold."""
    language = Person.objects.values_list("language", flat=True).get(pk=caller.whose)
    read = before_asking(language, service(caller.tenant, wish.service_id))
    if read.digest != reading.digest:
        raise Problem(_("Read the text to the caller, and say that they said yes."), field="accepted")
    return read


def _said_by(by: Actor, person_id: UUID, wish: Wish, reading: Reading) -> UUID:
    """Who on the line said yes: the person, or who may ask for them in this service."""
    if reading.said_by in (None, person_id):
        return person_id
    mandate = in_force(by.tenant, reading.said_by, person_id) if reading.said_by else None
    covered = within(mandate) if mandate else frozenset()
    if mandate is None or (covered is not None and wish.service_id not in covered):
        raise NotFound("mandate")
    return mandate.proxy_id
