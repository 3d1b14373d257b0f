"""Four short steps to become a helper, what is open then, and one's profile to change and rest."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.groups import queries as groups
from handtag.helpers import actions, queries, rules
from handtag.helpers.forms import (
    AmountForm,
    PauseForm,
    ServicesForm,
    WhenForm,
    WhereForm,
)
from handtag.kernel import clock
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import Problem
from handtag.kernel.picks import Pick
from handtag.kernel.rights import Right
from handtag.municipalities import queries as municipalities
from handtag.once.actions import fulfil, perform
from handtag.permits import queries as permits

_GET_POST = ("GET", "POST")
STEPS = ("helper_services", "helper_where", "helper_when", "helper_amount")


@needs(Right.TAKE_PART, methods=_GET_POST, personal=True)
def helper_services(request: Request, town: str) -> HttpResponseBase:
    """Step 1: with what."""
    profile, young = _mine(request), queries.is_youth(request.actor.whose)
    rows = [row for row in permits.services(request.actor.tenant) if row.open_to_youth or not young]
    choices = [(str(row.id), Pick(row.words.name, icon=row.icon, hint=row.words.summary)) for row in rows]
    known = {"services": [str(one) for one in profile.service_ids] if profile else []}
    form = ServicesForm(posted(request), services=choices, initial=known)

    def deed(said: dict[str, Any]) -> object:
        return actions.set_services(by=request.actor, service_ids=said["services"])

    return _step(request, 1, profile, form, deed)


@needs(Right.TAKE_PART, methods=_GET_POST, personal=True)
def helper_where(request: Request, town: str) -> HttpResponseBase:
    """Step 2: from where, how far, in which groups."""
    profile = _mine(request)
    if profile is None:
        return redirect(STEPS[0], town=town)
    rows = groups.for_person(request.actor)
    form = WhereForm(
        posted(request),
        places=municipalities.place_choices(request.actor.tenant),
        groups=[(str(row.id), Pick(row.name, hint=_group_hint(row))) for row in rows],
        initial={"place": profile.place_id, "reach": profile.reach, "groups": _ticked(rows)},
    )
    return _step(request, 2, profile, form, lambda said: _save_where(request, said))


@needs(Right.TAKE_PART, methods=_GET_POST, personal=True)
def helper_when(request: Request, town: str) -> HttpResponseBase:
    """Step 3: when in the week."""
    profile = _mine(request)
    if profile is None:
        return redirect(STEPS[0], town=town)
    known = {"any_time": profile.any_time and profile.is_ready, "ticks": rules.write_ticks(profile.ticks)}
    form = WhenForm(posted(request), initial=known)

    def deed(said: dict[str, Any]) -> object:
        return actions.set_availability(by=request.actor, any_time=said["any_time"], ticks=form.chosen())

    return _step(request, 3, profile, form, deed)


@needs(Right.TAKE_PART, methods=_GET_POST, personal=True)
def helper_amount(request: Request, town: str) -> HttpResponseBase:
    """Step 4: in which languages, how often; then it is done."""
    profile = _mine(request)
    if profile is None:
        return redirect(STEPS[0], town=town)
    known = {"languages": profile.languages, "most_in_week": str(profile.most_in_week or "")}

    def deed(said: dict[str, Any]) -> object:
        actions.set_amount(by=request.actor, **said)
        return actions.finish(by=request.actor)

    return _step(request, 4, profile, AmountForm(posted(request), initial=known), deed)


@needs(Right.TAKE_PART, personal=True)
def helper_ready(request: Request, town: str) -> HttpResponseBase:
    """Which services are open at once; for the rest what remains to do, and where."""
    profile = _mine(request)
    if profile is None:
        return redirect(STEPS[0], town=town)
    stands = queries.readiness(request.actor, profile)
    return render(request, "helpers/ready.html", {"profile": profile, "stands": stands})


@needs(Right.TAKE_PART, personal=True)
def my_profile(request: Request, town: str) -> HttpResponseBase:
    """How one helps: all on one page, each with a way to change it."""
    profile = _mine(request)
    if profile is None or not profile.is_ready:
        return render(request, "helpers/none.html", {"begun": profile is not None})
    chosen = [row for row in permits.services(request.actor.tenant) if row.id in profile.service_ids]
    page = {
        "profile": profile,
        "words": queries.words_of(profile),
        "services": [row.words.name for row in chosen],
        "groups": groups.names_of(request.actor),
        "form": PauseForm(),
    }
    return render(request, "helpers/profile.html", page)


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def pause_helping(request: Request, town: str) -> HttpResponseBase:
    """One touch, and nothing new is asked of one."""
    form = PauseForm(request.POST)
    day = form.cleaned_data["until"] if form.is_valid() else None

    def deed() -> str:
        actions.pause(by=request.actor, until=clock.at(day, time(0)) if day else None)
        return reverse("my_profile", args=[town])

    if not form.is_valid():
        messages.warning(request, _("Write the day as 2026-11-26."))
        return redirect("my_profile", town=town)
    return _said(request, deed, _("You are resting. What you have promised already still stands."))


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def resume_helping(request: Request, town: str) -> HttpResponseBase:
    """Back again."""

    def deed() -> str:
        actions.resume(by=request.actor)
        return reverse("my_profile", args=[town])

    return _said(request, deed, _("Good to have you back!"))


def _mine(request: Request) -> queries.Profile | None:
    return queries.profile(request.actor.tenant, request.actor.whose)


def _step(
    request: Request,
    number: int,
    profile: queries.Profile | None,
    form: Form,
    deed: Callable[[dict[str, Any]], object],
) -> HttpResponseBase:
    """Save what was answered and go on to the next question; or back, where one only came to change it."""
    ready = profile is not None and profile.is_ready
    town = request.municipality.slug

    def save() -> str:
        deed(form.cleaned_data)
        following = "my_profile" if ready else (*STEPS, "helper_ready")[number]
        return reverse(following, args=[town])

    if where := fulfil(submission(request), form, save):
        return redirect(where)
    back = "my_profile" if ready else (STEPS[number - 2] if number > 1 else "")
    page = {"form": form, "step": number, "ready": ready, "back": reverse(back, args=[town]) if back else ""}
    return render(request, f"helpers/step_{number}.html", page)


def _save_where(request: Request, said: dict[str, Any]) -> object:
    return actions.set_where(
        by=request.actor, place_id=said["place"], reach=said["reach"], group_ids=said["groups"]
    )


def _group_hint(row: groups.GroupRow) -> str:
    return " ".join(part for part in (f"{row.joining_words}.", row.about) if part)


def _ticked(rows: list[groups.GroupRow]) -> list[str]:
    """The groups one is in or on the way into; for a beginner in none, nothing is taken for granted."""
    return [str(row.id) for row in rows if row.state in ("member", "asked", "invited")]


def _said(request: Request, deed: Callable[[], str], words: str) -> HttpResponseBase:
    try:
        where = perform(submission(request), deed)
    except Problem as problem:
        messages.warning(request, str(problem.message))
        return redirect("my_profile", town=request.municipality.slug)
    messages.success(request, words)
    return redirect(where)
