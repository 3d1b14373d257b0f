"""One sheet with a caller on the line: what was typed so far, what is to be read, and then it is filed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.desk import actions
from handtag.desk.actions import NewCaller
from handtag.desk.forms import AskForm, PersonForm, ReadForm
from handtag.desk.queries import calling, reading
from handtag.desk.queries.same import Same, same
from handtag.errands.queries import drafts
from handtag.errands.rules.asks import Wish
from handtag.errands.rules.drafts import wish_of
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.doors import Request, submission
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.mending import beside
from handtag.kernel.rights import Right
from handtag.mandates import queries as mandates
from handtag.municipalities.queries import place_choices
from handtag.notices import queries as notices
from handtag.once.actions import perform
from handtag.people import queries as people
from handtag.people.actions import NewPerson
from handtag.permits.queries import NoPermit, services


class LookFirst(Problem):
    """It may be there already: that is looked at before anything is filed."""


@dataclass
class Sheet:
    """The forms of the page; `person` and what is known of them for who is known already."""

    ask: AskForm
    read: ReadForm
    person: PersonForm | None = None
    person_id: UUID | None = None
    text: reading.Spoken | None = None
    same: list[Same] = field(default_factory=list)
    alike: list[people.Alike] = field(default_factory=list)
    held: tuple[mandates.Row, ...] = ()

    @classmethod
    def blank(cls, request: Request, words: str = "") -> "Sheet":
        """For somebody new, with what was typed to find them."""
        person = PersonForm(initial={**calling.said(words), "language": "sv"})
        return cls(ask_form(request, None), ReadForm(keep=""), person)

    @property
    def is_read(self) -> bool:
        """Whether the text is on the page, to be read."""
        return self.text is not None and not self.same and not self.alike


def ask_form(request: Request, caller: Actor | None, initial: dict[str, Any] | None = None) -> AskForm:
    """The form of the ask, with what is known of the caller."""
    town = request.municipality.id
    known = drafts.known(caller) if caller else {}
    return AskForm(
        request.POST if "service" in request.POST else None,
        services=[(str(row.id), row.words.name) for row in services(town)],
        places=place_choices(town),
        home=drafts.home(caller) if caller else None,
        initial={"languages": known.get("languages", []), **(initial or {})},
    )


def sheet_of(request: Request, caller: Actor) -> Sheet:
    """For somebody known."""
    may_see = request.actor.may(Right.KEEP_MANDATES)
    held = mandates.of_person(request.actor, caller.whose).rows if may_see else ()
    proxies = [
        (str(row.proxy_id), row.proxy) for row in held if row.is_in_force and row.helped_id == caller.whose
    ]
    name = people.names(request.actor, [caller.whose])[caller.whose]
    read = ReadForm(
        request.POST if "digest" in request.POST else None,
        line=[(str(caller.whose), name), *[(key, each) for key, each in proxies]],
        holders=proxies,
        keep=_("As before") if notices.chosen(caller.whose).channels else "",
    )
    return Sheet(ask_form(request, caller), read, person_id=caller.whose, held=held)


def take_down(request: Request, sheet: Sheet, caller: Actor | None) -> str:
    """One sending of the sheet: where to go once it is filed, or nothing where more is to be done."""
    if sheet.person is not None and not sheet.person.is_valid():
        sheet.ask.is_valid()
        return ""
    if not sheet.ask.is_valid():
        return ""
    wish = wish_of(sheet.ask.answers(), clock.now())
    try:
        actions.check(by=caller or request.actor, wish=wish)
    except Problem as problem:
        _beside(sheet, problem)
        return ""
    try:
        if request.POST.get("stage") == "file" and sheet.read.is_valid():
            return _file(request, sheet, caller, wish)
        _look_for_same(request, sheet, caller, wish)
    except LookFirst:
        pass  # the page shows what may be the same
    except Problem as problem:
        _look_for_same(request, sheet, caller, wish)
        _beside(sheet, problem)
    return ""


def _look_for_same(request: Request, sheet: Sheet, caller: Actor | None, wish: Wish) -> None:
    """The likely doubles first; then what is to be read."""
    passed_by = set(request.POST.getlist("passed_by"))
    if sheet.person is not None:
        new = NewPerson(**_details(sheet))
        found = people.alike(request.actor, new)
        sheet.alike = found if {str(one.id) for one in found} - passed_by else []
    if caller is not None:
        seen = same(request.actor, caller, wish)
        sheet.same = seen if {str(one.id) for one in seen} - passed_by else []
    language = sheet.person.cleaned_data["language"] if sheet.person else ""
    sheet.text = reading.to_read(request.actor, wish, person_id=sheet.person_id, language=language)


def _file(request: Request, sheet: Sheet, caller: Actor | None, wish: Wish) -> str:
    """File it once; likely doubles are looked for in the same breath, so that sent twice is one answer."""

    def deed() -> str:
        _look_for_same(request, sheet, caller, wish)
        if not sheet.is_read:
            raise LookFirst(_("Is it this one?"))
        return _filed(request, sheet, wish)

    try:
        if sheet.person_id is not None:
            actions.prepare(by=request.actor, person_id=sheet.person_id, service_id=wish.service_id)
        return perform(submission(request), deed)
    except NoPermit as refusal:
        return _waits(request, sheet, wish, refusal)


def _filed(request: Request, sheet: Sheet, wish: Wish) -> str:
    person_id = sheet.person_id or _registered(request, sheet)
    actions.file_ask(
        by=request.actor,
        person_id=person_id,
        wish=wish,
        reading=sheet.read.reading(),
        way=sheet.read.way_of(),
    )
    messages.success(request, _("The question is filed. It stands in the same queue as from the web."))
    return reverse("caller", args=[request.municipality.slug, person_id])


def _registered(request: Request, sheet: Sheet) -> UUID:
    return actions.register_caller(by=request.actor, new=NewCaller(**_details(sheet))).id


def _waits(request: Request, sheet: Sheet, wish: Wish, refusal: NoPermit) -> str:
    """Something is demanded before asking: the person stays known, the application stands."""

    def deed() -> str:
        person_id = sheet.person_id or _registered(request, sheet)
        actions.prepare(by=request.actor, person_id=person_id, service_id=wish.service_id)
        return reverse("caller", args=[request.municipality.slug, person_id])

    where = perform(submission(request), deed)
    left = ", ".join(refusal.remaining) or _("a decision by the municipality")
    messages.warning(
        request, _("Nothing was filed yet. Before they can ask, this remains: %(left)s.") % {"left": left}
    )
    return where


def _details(sheet: Sheet) -> dict[str, Any]:
    """The person as typed; where they live is where they ask for help."""
    if sheet.person is None:
        raise NotFound("somebody new")
    said = sheet.ask.cleaned_data
    return {**sheet.person.cleaned_data, "address": said["address"], "place_id": UUID(said["place"])}


def _beside(sheet: Sheet, problem: Problem) -> None:
    """A refusal at the form that has its field."""
    forms = [each for each in (sheet.read, sheet.person, sheet.ask) if each is not None]
    named = [each for each in forms if problem.field in each.fields and each.is_bound]
    beside(named[0] if named else sheet.ask, problem)


def show(request: Request, sheet: Sheet, **context: Any) -> HttpResponseBase:
    """The page, with the place to write first in focus."""
    first = sheet.read.fields["accepted"] if sheet.is_read else sheet.ask.fields["service"]
    if sheet.person is not None and not sheet.person.is_bound:
        first = sheet.person.fields["given_name"]
        if sheet.person.initial.get("given_name"):
            first = sheet.person.fields["phone"]
    if "page" not in context or not context["page"].ringing:
        first.widget.attrs["autofocus"] = True
    passed_by = request.POST.getlist("passed_by")
    context |= {"sheet": sheet, "passed_by": passed_by, "now": clock.now()}
    return render(request, "desk/call.html", context)
