"""The coordinator's overview, and what can be done with an ask that nobody has taken."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.errands.actions import meeting, steering, taking_back
from handtag.front.forms.cockpit import CallForm, WithdrawForm
from handtag.front.queries import cockpit as queries
from handtag.kernel import clock
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform
from handtag.outreach.actions import steering as searching

MORNING_TO, EVENING_FROM = 10, 18


@needs(Right.STEER_ASKS, personal=True)
def overview(request: Request, town: str) -> HttpResponseBase:
    """What waits, how it goes, and the ask that has waited longest."""
    found = queries.overview(request.actor)
    context = {"overview": found, "desk": found.desk, "chosen": found.chosen, "greeting": _greeting(request)}
    return render(request, "front/cockpit.html", context)


@needs(Right.STEER_ASKS, personal=True)
def ask(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """One ask that waits, with how many each way would reach."""
    found = queries.choice(request.actor, ask_id)
    if found is None:
        messages.info(request, _("That ask is not waiting any more."))
        return redirect("cockpit", town)
    context = {"choice": found, "desk": found.desk, "chosen": found.chosen}
    return render(request, "front/cockpit_ask.html", context)


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def widen(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Ask further away."""
    metres = request.POST.get("metres", "")

    def deed() -> str:
        searching.widen(by=request.actor, ask_id=ask_id, metres=int(metres) if metres.isdecimal() else 0)
        messages.success(request, _("The ask reaches further now. More neighbours are being asked."))
        return _to_ask(town, ask_id)

    return redirect(perform(submission(request), deed))


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def group(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Ask those of a group who may come."""

    def deed() -> str:
        count = steering.ask_group(by=request.actor, ask_id=ask_id, group_id=_id(request, "group"))
        words = ngettext("%(count)s person was asked.", "%(count)s people were asked.", count)
        messages.success(request, words % {"count": count})
        return _to_ask(town, ask_id)

    return redirect(perform(submission(request), deed))


@needs(Right.STEER_ASKS, personal=True)
def propose(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The helpers who fit best, each with the reasons."""
    return render(
        request, "front/cockpit_propose.html", {"proposal": queries.proposal(request.actor, ask_id)}
    )


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def invite(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Ask one helper, who says yes or no themselves."""

    def deed() -> str:
        occasion_id, person_id = _id(request, "occasion"), _id(request, "person")
        meeting.invite(by=request.actor, occasion_id=occasion_id, person_id=person_id)
        messages.success(request, _("Asked. They say yes or no themselves."))
        return reverse("cockpit_propose", args=[town, ask_id])

    return redirect(perform(submission(request), deed))


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def place(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Write down what a helper has promised by phone."""

    def deed() -> str:
        occasion_id, person_id = _id(request, "occasion"), _id(request, "person")
        meeting.place(by=request.actor, occasion_id=occasion_id, person_id=person_id)
        messages.success(request, _("They are agreed, and both have been told."))
        return reverse("cockpit", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.SEE_PEOPLE, methods=("GET", "POST"), personal=True)
def ring(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """The asker's number, and what was said."""
    form = CallForm(request.POST or None)

    def deed() -> str:
        steering.note_call(by=request.actor, ask_id=ask_id, words=form.cleaned_data["words"])
        messages.success(request, _("Noted."))
        return _to_ask(town, ask_id)

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    found = steering.open_contact(by=request.actor, ask_id=ask_id)
    context = {"form": form, "ask": found, "contact": found.contact, "calls": found.calls}
    return render(request, "front/cockpit_ring.html", context)


@needs(Right.STEER_ASKS, methods=("GET", "POST"), personal=True)
def withdraw(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Take an ask back for somebody; it is said first what that leads to, and afterwards how to undo it."""
    found, form = queries.brief(request.actor, ask_id), WithdrawForm(request.POST or None)

    def deed() -> str:
        taking_back.withdraw_ask(by=request.actor, ask_id=ask_id, reason=form.cleaned_data["reason"])
        return reverse("cockpit_withdraw", args=[town, ask_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "front/cockpit_withdraw.html", {"form": form, "ask": found})


@needs(Right.STEER_ASKS, methods=("POST",), personal=True)
def restore(request: Request, town: str, ask_id: UUID) -> HttpResponseBase:
    """Undo that."""
    found, form = queries.brief(request.actor, ask_id), Form(request.POST)

    def deed() -> str:
        taking_back.restore_ask(by=request.actor, ask_id=ask_id)
        messages.success(request, _("The ask is out again, and the asker is told."))
        return _to_ask(town, ask_id)

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "front/cockpit_withdraw.html", {"form": form, "ask": found})


def _to_ask(town: str, ask_id: UUID) -> str:
    return reverse("cockpit_ask", args=[town, ask_id])


def _id(request: Request, field: str) -> UUID:
    """An id chosen in a form; what is none finds nothing."""
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        raise NotFound(field) from None


def _greeting(request: Request) -> str:
    name = {"name": request.person_name.partition(" ")[0]}
    hour = clock.local(clock.now()).hour
    if hour < MORNING_TO:
        return _("Good morning, %(name)s.") % name
    return (_("Good evening, %(name)s.") if hour >= EVENING_FROM else _("Hello, %(name)s.")) % name
