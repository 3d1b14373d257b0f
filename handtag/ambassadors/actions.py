"""What ambassadors do: take on somebody who said yes, begin to ask for them, learn; and what is demanded."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.ambassadors import queries, rules
from handtag.ambassadors.models import Ambassador, Demand
from handtag.ambassadors.rules import Branch, NewHelped
from handtag.errands.actions import drafting
from handtag.errands.queries import drafts
from handtag.errands.queries.drafts import Where
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right, Role
from handtag.mandates import actions as mandates
from handtag.mandates import queries as acting
from handtag.mandates import rules as mandate_rules
from handtag.mandates.models import Mandate
from handtag.people import actions as people
from handtag.people.queries import certainly
from handtag.permits.actions import record_check

__all__ = ["NewHelped", "answer", "begin", "demand_course", "forget_person", "say_branch", "take_on"]


class CourseFirst(Problem):
    """The municipality wants the course done before that."""


@transaction.atomic
def take_on(*, by: Actor, said: NewHelped) -> Mandate:
    """Somebody met at work has said yes: they become known here, unless they are, and a mandate is made.

    Who has the same number and first name is the same person. Whether they were known shows nowhere, and
    what is on record of them stays as it is.
    """
    by.must(Right.ASK_FOR_OTHERS)
    _must_have_learnt(by)
    new = people.NewPerson(
        given_name=said.given_name,
        family_name=said.family_name,
        phone=said.phone,
        age="adult",
        language=said.language,
        address=said.address,
        postcode=said.postcode,
        post_town=said.post_town,
        place_id=UUID(said.place_id) if said.place_id else None,
    )
    known = certainly(by, new)
    helped_id = known or people.register_met(by=by, new=new).id
    return mandates.take_on(by=by, helped_id=helped_id, new=_mandate(said, clock.today()))


@transaction.atomic
def begin(*, by: Actor, mandate_id: UUID) -> UUID:
    """Whom one acts for from now on; that the help is for them is known, and need not be asked."""
    by.must(Right.ASK_FOR_OTHERS)
    _must_have_learnt(by)
    mandate = acting.kept(by, mandate_id)
    held = acting.in_force(by.tenant, by.person, mandate.helped_id)
    if held is None or held.id != mandate.id:
        raise NotFound("mandate")
    resident = Actor(by.person, by.tenant, (Hat(Role.RESIDENT),), via=by.via)
    proxy = resident.in_name_of(mandate.helped_id, acting.within(mandate))
    where = Where(by.tenant)
    if not drafts.words(proxy, where).get("for_whom"):
        speaks = list(mandate.helped.speaks) or [mandate.helped.language[:2]]
        answers = {"for_whom": "self", "languages": speaks}
        drafting.keep(by=proxy, where=where, step="whom", answers=answers)
    return mandate.helped_id


@transaction.atomic
def say_branch(*, by: Actor, branch: str) -> None:
    """Say where one meets people; it is counted by that, never by name."""
    by.must(Right.ASK_FOR_OTHERS)
    row = _row(by)
    if row.branch == branch:
        return
    Ambassador.objects.of(by.tenant).filter(pk=row.pk).update(branch=Branch(branch))
    history.record(by=by, verb="ambassador.branch", kind="ambassador", object_id=row.id, about=by.person)


@transaction.atomic
def answer(*, by: Actor, page: str, chosen: int) -> bool:
    """Answer a page's question, and say whether it was right; the course is done with the last right one.

    Of who is no ambassador nothing is noted: they read out of interest.
    """
    by.must(Right.LEARN)
    if page not in rules.RIGHT:
        raise NotFound("page")
    if rules.RIGHT[page] != chosen:
        return False
    if by.may(Right.ASK_FOR_OTHERS):
        _note(by, page)
    return True


@transaction.atomic
def demand_course(*, by: Actor, wanted: bool) -> None:
    """Whether the course shall be done before anybody asks for others; it is asked for at the next deed."""
    by.must(Right.GIVE_ROLES)
    found = Demand.objects.of(by.tenant)
    if found.exists() == wanted:
        return
    if wanted:
        Demand.objects.create(municipality_id=by.tenant)
    else:
        found.delete()
    verb = "course.demanded" if wanted else "course.left_free"
    history.record(by=by, verb=verb, kind="municipality", object_id=by.tenant)


def forget_person(by: Actor, person_id: UUID) -> None:
    """Somebody's details are destroyed: that they were an ambassador goes too."""
    Ambassador.objects.everywhere().filter(person_id=person_id).delete()


def _must_have_learnt(by: Actor) -> None:
    if queries.course_comes_first(by):
        raise CourseFirst(_("Do the short course first. It takes ten minutes."))


def _row(by: Actor) -> Ambassador:
    row, _made = Ambassador.objects.of(by.tenant).get_or_create(
        person_id=by.person, defaults={"municipality_id": by.tenant}
    )
    return Ambassador.objects.of(by.tenant).select_for_update().get(pk=row.pk)


def _note(by: Actor, page: str) -> None:
    row = _row(by)
    done = [each for each in rules.PAGES if each in {*row.pages_done, page}]
    mine = Ambassador.objects.of(by.tenant).filter(pk=row.pk)
    mine.update(pages_done=done)
    if len(done) < len(rules.PAGES) or not mine.filter(course_done_at=None).update(
        course_done_at=clock.now()
    ):
        return
    history.record(by=by, verb="course.done", kind="ambassador", object_id=row.id, about=by.person)
    # Nobody notes their own check: the service does, that saw the right answers.
    record_check(by=system(by.tenant, by.via), person_id=by.person, kind="training", name=rules.TRAINING)


def _mandate(said: NewHelped, today: date) -> mandate_rules.NewMandate:
    return mandate_rules.NewMandate(
        kind=Mandate.Kind.STAFF,
        evidence=rules.EVIDENCE,
        evidence_on=today,
        consent=mandate_rules.CONSENT,
        consent_how=said.consent_how,
        consent_on=today,
        starts_on=today,
        ends_on=mandate_rules.latest_end(today),
        services=tuple(UUID(each) for each in said.services),
        proxy_told=said.proxy_told,
        consent_language=said.language,
    )
