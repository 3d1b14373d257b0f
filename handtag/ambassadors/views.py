"""Pages of ambassadors: the people they ask for, adding one, the course, the material, and all of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.ambassadors import actions, queries
from handtag.ambassadors.forms import AnswerForm, BranchForm, NewHelpedForm
from handtag.ambassadors.rules import MATERIAL, after
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.rights import Right
from handtag.mandates.actions import end_mandate
from handtag.mandates.queries import service_scopes
from handtag.mandates.rules import ACTS_FOR, CONSENT
from handtag.municipalities.queries import place_choices
from handtag.once.actions import fulfil, perform

_BOTH, _POST = ("GET", "POST"), ("POST",)


@needs(Right.ASK_FOR_OTHERS, methods=_BOTH, personal=True)
def people(request: Request, town: str) -> HttpResponseBase:
    """Whom one asks for, with what is on for each; and where one meets people."""
    form = BranchForm(posted(request), branches=list(queries.BRANCHES.items()))

    def deed() -> str:
        actions.say_branch(by=request.actor, branch=form.cleaned_data["branch"])
        return reverse("ambassador", args=[town])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    context = {"own": queries.own(request.actor), "form": form}
    return render(request, "ambassadors/people.html", context)


@needs(Right.ASK_FOR_OTHERS, methods=_BOTH, personal=True)
def take_on(request: Request, town: str) -> HttpResponseBase:
    """Somebody has said yes to being asked for."""
    services = [(str(one.id), one.name) for one in service_scopes(request.actor) if one.is_offered]
    places = place_choices(request.actor.tenant)
    form = NewHelpedForm(posted(request), places=places, services=services)

    def deed() -> str:
        actions.take_on(by=request.actor, said=form.words())
        messages.success(request, _("Done. They are told, and you can ask for them now."))
        return reverse("ambassador", args=[town])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    context = {"form": form, "consent": CONSENT, "wordings": queries.wordings()}
    return render(request, "ambassadors/take_on.html", context)


@needs(Right.ASK_FOR_OTHERS, methods=_POST, personal=True)
def ask(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """Begin to ask in somebody's name, at the first thing that is not known."""
    return _begin(request, mandate_id, "ask_start")


@needs(Right.ASK_FOR_OTHERS, methods=_POST, personal=True)
def follow(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """Look after what was asked in somebody's name."""
    return _begin(request, mandate_id, "asks")


def _begin(request: Request, mandate_id: UUID, page: str) -> HttpResponseBase:
    town = request.municipality.slug
    try:
        helped_id = actions.begin(by=request.actor, mandate_id=mandate_id)
    except Problem as problem:
        messages.warning(request, str(problem.message))
        return redirect("ambassador", town=town)
    request.session[ACTS_FOR] = {"town": str(request.actor.tenant), "person": str(helped_id)}
    return redirect(page, town=town)


@needs(Right.ASK_FOR_OTHERS, methods=_POST, personal=True)
def end(request: Request, town: str, mandate_id: UUID) -> HttpResponseBase:
    """One no longer meets somebody: it ends at once."""

    def deed() -> str:
        end_mandate(by=request.actor, mandate_id=mandate_id, side="proxy")
        messages.success(request, _("It is ended. You are both told."))
        return reverse("ambassador", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.LEARN)
def course(request: Request, town: str) -> HttpResponseBase:
    """The pages of the course, and which of them one has done."""
    return render(request, "ambassadors/course.html", {"course": queries.course(request.actor)})


@needs(Right.LEARN, methods=_BOTH)
def page(request: Request, town: str, page: str) -> HttpResponseBase:
    """One page and its question; a wrong answer says no more than that there is a better one."""
    found = queries.page(request.actor, page)
    form = AnswerForm(posted(request), question=found.question, answers=found.answers)
    is_right = False
    if request.method == "POST" and form.is_valid():
        is_right = actions.answer(by=request.actor, page=page, chosen=form.cleaned_data["answer"])
        if not is_right:
            form.add_error("answer", _("Not quite. Read it once more and choose again."))
    context = {"page": found, "form": form, "is_right": is_right, "next": after(page)}
    return render(request, "ambassadors/page.html", context)


@needs(Right.LEARN)
def material(request: Request, town: str) -> HttpResponseBase:
    """What there is to read and print."""
    return render(request, "ambassadors/material.html", {"may_see_all": request.actor.may(Right.GIVE_ROLES)})


@needs(Right.LEARN)
def leaf(request: Request, town: str, leaf: str) -> HttpResponseBase:
    """One piece of the material, to read or to print."""
    if leaf not in MATERIAL:
        raise NotFound("leaf")
    return render(request, f"ambassadors/material/{leaf}.html", {})


@needs(Right.GIVE_ROLES, methods=_BOTH, personal=True)
def colleagues(request: Request, town: str) -> HttpResponseBase:
    """Every ambassador, and whether the course is demanded."""
    if request.method == "POST":

        def deed() -> str:
            actions.demand_course(by=request.actor, wanted=request.POST.get("wanted") == "yes")
            return reverse("ambassadors", args=[town])

        return redirect(perform(submission(request), deed))
    found = queries.colleagues(request.actor)
    context = {"colleagues": found, "is_demanded": queries.is_demanded(request.actor)}
    return render(request, "ambassadors/colleagues.html", context)
