"""Pages of groups: for everybody to join and leave, for staff to look after."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.groups import actions, queries
from handtag.groups.forms import GroupForm, InviteForm
from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.once.actions import fulfil, perform

_GET_POST = ("GET", "POST")


@needs(Right.TAKE_PART, personal=True)
def groups(request: Request, town: str) -> HttpResponseBase:
    """Which groups there are, and which one is in."""
    rows = queries.for_person(request.actor)
    mine = [row for row in rows if row.state in ("member", "asked", "invited")]
    others = [row for row in rows if row not in mine]
    return render(request, "groups/groups.html", {"mine": mine, "others": others})


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def join_group(request: Request, town: str, group_id: UUID) -> HttpResponseBase:
    """Want in."""

    def deed() -> str:
        actions.join(by=request.actor, group_id=group_id)
        return reverse("groups", args=[town])

    return _done(request, deed, reverse("groups", args=[town]), "")


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def leave_group(request: Request, town: str, group_id: UUID) -> HttpResponseBase:
    """Out again."""

    def deed() -> str:
        actions.leave(by=request.actor, group_id=group_id)
        return reverse("groups", args=[town])

    return _done(request, deed, reverse("groups", args=[town]), _("You have left the group."))


@needs(Right.MANAGE_GROUPS, methods=_GET_POST)
def manage_groups(request: Request, town: str) -> HttpResponseBase:
    """The groups one looks after, and making a new one."""
    form = GroupForm(posted(request))

    def deed() -> str:
        made = actions.make_group(by=request.actor, new=actions.NewGroup(**form.cleaned_data))
        return reverse("group", args=[town, made.id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    rows, may_make = queries.kept_by(request.actor), queries.may_make(request.actor)
    context = {"groups": rows, "form": form, "may_make": may_make}
    return render(request, "groups/manage.html", context)


@needs(Right.MANAGE_GROUPS, methods=_GET_POST, personal=True)
def group(request: Request, town: str, group_id: UUID) -> HttpResponseBase:
    """One group and its people; inviting one more."""
    form = InviteForm(posted(request))

    def deed() -> str:
        actions.invite_address(by=request.actor, group_id=group_id, email=form.cleaned_data["email"])
        messages.success(request, _("If somebody here has that address, they have an invitation now."))
        return reverse("group", args=[town, group_id])

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    page = queries.page(request.actor, group_id)
    return render(request, "groups/group.html", {"page": page, "group": page.group, "form": form})


@needs(Right.MANAGE_GROUPS, methods=_GET_POST)
def change_group(request: Request, town: str, group_id: UUID) -> HttpResponseBase:
    """Another name, other words, another way in; or closing it."""
    page = queries.page(request.actor, group_id)
    form = GroupForm(posted(request), initial=asdict(page.group))

    def deed() -> str:
        new = actions.NewGroup(**form.cleaned_data)
        return reverse(
            "group", args=[town, actions.change_group(by=request.actor, group_id=group_id, new=new).id]
        )

    if where := fulfil(submission(request), form, deed):
        return redirect(where)
    return render(request, "groups/change.html", {"group": page.group, "form": form})


@needs(Right.MANAGE_GROUPS, methods=("POST",), personal=True)
def answer_member(request: Request, town: str, group_id: UUID, membership_id: UUID) -> HttpResponseBase:
    """Yes, no, or out."""
    asked = request.POST.get("answer", "")
    answer = asked if asked in ("approve", "decline", "remove") else "decline"

    def deed() -> str:
        actions.answer(by=request.actor, group_id=group_id, membership_id=membership_id, answer=answer)
        return reverse("group", args=[town, group_id])

    return _done(request, deed, reverse("group", args=[town, group_id]), _("Done. The person is told."))


@needs(Right.MANAGE_GROUPS, methods=("POST",))
def close_group(request: Request, town: str, group_id: UUID) -> HttpResponseBase:
    """No more of this group."""

    def deed() -> str:
        actions.close_group(by=request.actor, group_id=group_id)
        return reverse("manage_groups", args=[town])

    return _done(request, deed, reverse("manage_groups", args=[town]), _("The group is closed."))


def _done(request: Request, deed: Any, back: str, words: str) -> HttpResponseBase:
    """Do it once and say so; or say why not, on the page one came from."""
    try:
        where = perform(submission(request), deed)
    except Problem as problem:
        messages.warning(request, str(problem.message))
        return redirect(back)
    if words:
        messages.success(request, words)
    return redirect(where)
