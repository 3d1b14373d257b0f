"""Staff set the services: which, in which order, how, and what is demanded."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.municipalities.queries import committees
from handtag.once.actions import perform
from handtag.permits import actions, queries
from handtag.permits.forms import RuleForm, ServiceForm
from handtag.permits.queries import published, words
from handtag.permits.views.sending import sent

_GET_POST = ("GET", "POST")


@needs(Right.SET_SERVICES)
def services(request: Request, town: str) -> HttpResponseBase:
    """Every service that is this role's to set, on or off, in the order residents see them."""
    rows = queries.settable(request.actor)
    context = {"services": rows, "may_make": queries.may_make(request.actor)}
    return render(request, "permits/services.html", context)


@needs(Right.SET_SERVICES, methods=_GET_POST)
def make_service(request: Request, town: str) -> HttpResponseBase:
    """A service of the municipality's own."""
    form = _service_form(request, {})

    def deed() -> str:
        made = actions.make_service(by=request.actor, wish=actions.ServiceWish(**form.words()))
        messages.success(request, _("Made. It is turned off until you turn it on."))
        return reverse("service", args=[town, made.id])

    return sent(request, form, deed) or render(request, "permits/make_service.html", {"form": form})


@needs(Right.SET_SERVICES, methods=_GET_POST)
def service(request: Request, town: str, service_id: UUID) -> HttpResponseBase:
    """One service: its words, frame, committee, and the way two people come together."""
    row = queries.to_set(request.actor, service_id)
    form = _service_form(request, asdict(row) | {"committee_id": str(row.committee_id)})

    def deed() -> str:
        actions.change_service(
            by=request.actor, service_id=service_id, wish=actions.ServiceWish(**form.words())
        )
        messages.success(request, _("Saved."))
        return reverse("service", args=[town, service_id])

    context = {"form": form, "service": row, "sides": published.sides(row)}
    return sent(request, form, deed) or render(request, "permits/service.html", context)


@needs(Right.SET_SERVICES, methods=("POST",))
def place_service(request: Request, town: str, service_id: UUID) -> HttpResponseBase:
    """On, off, up or down."""
    wanted = request.POST.get("do", "")
    queries.to_set(request.actor, service_id)

    def deed() -> str:
        if wanted in ("on", "off"):
            actions.switch_service(by=request.actor, service_id=service_id, on=wanted == "on")
        elif wanted in ("up", "down"):
            actions.move_service(by=request.actor, service_id=service_id, up=wanted == "up")
        return reverse("services", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.SET_SERVICES, methods=_GET_POST)
def rule(request: Request, town: str, service_id: UUID, side: str) -> HttpResponseBase:
    """What is demanded on one side; saving makes a new version."""
    row = queries.to_set(request.actor, service_id)
    now = queries.current_rule(service_id, side)
    form = _rule_form(request, now)

    def deed() -> str:
        actions.set_rule(by=request.actor, service_id=service_id, side=side, **_rule_words(form))
        messages.success(request, _("Saved. The rule holds from now on."))
        return reverse("rule_history", args=[town, service_id, side])

    context = {"form": form, "service": row, "side": side, "rule": now}
    return sent(request, form, deed) or render(request, "permits/rule.html", context)


def _service_form(request: Request, initial: dict[str, Any]) -> ServiceForm:
    return ServiceForm(
        request.POST or None,
        initial=initial,
        **({"kind": initial["kind"]} if initial else {}),
        committees=[
            (str(each.id), each.name)
            for each in committees(request.municipality.id)
            if request.actor.may(Right.SET_SERVICES, committee_id=each.id)
        ],
        frames=[(key, name) for key, (name, _meaning) in words.FRAMES.items()],
        agreements=words.AGREEMENTS.items(),
    )


def _rule_form(request: Request, now: queries.RuleRow) -> RuleForm:
    trainings = {key: str(name) for key, name in words.TRAININGS.items()}
    return RuleForm(
        request.POST or None,
        names={kind: str(name) for kind, (name, _where) in words.DEMANDS.items()},
        trainings=trainings,
        initial=RuleForm.initial_of(now.demands, now.automatic, now.valid_months, trainings),
    )


def _rule_words(form: RuleForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "demands": form.demands(),
        "automatic": said["automatic"] == "yes",
        "valid_months": said["valid_months"],
        "re_examine": said["re_examine"] == "yes",
    }
