"""In through a provider: away to it, back from it, and who it was."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from handtag.kernel import clock
from handtag.kernel.doors import Request, public, submission
from handtag.kernel.errors import NotFound
from handtag.login import actions, queries, rules
from handtag.login.rules import Kept, Purpose, Refused
from handtag.login.views.entrance import BACKEND, wish
from handtag.login.views.turns import take_turn
from handtag.once.actions import perform

PURPOSES = {one.value: one for one in Purpose}


@public("to log in one must not be logged in", personal=True)
def begin(request: Request, town: str, key: str) -> HttpResponseBase:
    """Away to the provider; what was begun is kept in this browser alone."""
    take_turn(request)
    purpose = PURPOSES.get(request.GET.get("for", ""), Purpose.ENTER)
    try:
        begun = actions.begin(
            municipality_id=town_id_of(request), key=key, purpose=purpose, leads_to=wish(request)
        )
    except Refused as fault:
        return _refused(request, key, fault)
    request.session["began"] = rules.add(request.session.get("began", {}), begun.kept)
    return redirect(begun.url)


@csrf_exempt
@public("the provider's signed answer is the key", methods=("GET", "POST"), personal=True)
def answer(request: Request, town: str, key: str) -> HttpResponseBase:
    """Back from the provider. A directory posts, without the browser's cookies: its answer waits a moment."""
    if request.method == "POST":
        said = request.POST.get("SAMLResponse", "")
        ticket = actions.receive(municipality_id=town_id_of(request), key=key, answer=said)
        asked = urlencode({"state": request.POST.get("RelayState", ""), "biljett": ticket})
        return redirect(f"{request.path}?{asked}")
    kept, request.session["began"] = rules.take(
        request.session.get("began", {}), request.GET.get("state", "")
    )
    try:
        return _let_in(request, key, _finish(request, key, kept))
    except Refused as fault:
        return _refused(request, key, fault, kept)


@csrf_exempt
@public("the provider's signed token is the key", methods=("POST",), personal=True)
def logged_out_there(request: Request, town: str, key: str) -> HttpResponseBase:
    """The provider says that somebody logged out there (OpenID Connect Back-Channel Logout)."""
    token = request.POST.get("logout_token", "")
    try:
        actions.end_from_provider(municipality_id=town_id_of(request), key=key, token=token)
    except Refused:
        take_turn(request)
        return HttpResponse('{"error": "invalid_request"}', status=400, content_type="application/json")
    return HttpResponse(headers={"Cache-Control": "no-store"})


@public("an e-identity that nobody here has yet", methods=("GET", "POST"), personal=True)
def newcomer(request: Request) -> HttpResponseBase:
    """New here, or here before? Who says new gets a login; who was here shows it by their old way in."""
    known = request.session.get("newcomer")
    if not known:
        return redirect("account_login")
    request.municipality = queries.town_of(f"/{known['town']}/")
    if request.method == "POST" and not known["is_staff"]:
        entered = actions.start_anew(identity_id=known["identity"])
        request.session.pop("newcomer")
        login(request, entered, backend=BACKEND)
        _remember(request, is_strong=known["is_strong"])
        return redirect(rules.onward(known["leads_to"] or f"/{known['town']}/"))
    return render(request, "login/newcomer.html", {"known": known, "next": reverse("connect")})


@public("one's own login; a visitor is sent to log in", methods=("GET", "POST"), personal=True)
def connect(request: Request) -> HttpResponseBase:
    """Tie the e-identity that one has just shown to the login one is in with."""
    known, who = request.session.get("newcomer"), request.user
    if not who.is_authenticated or not known:
        return redirect("my_logins" if who.is_authenticated else "account_login")

    def deed() -> str:
        actions.connect(by=request.actor, login=who, identity_id=known["identity"])
        request.session.pop("newcomer", None)
        messages.success(request, _("Connected. From now on you can log in with it."))
        return _begin_again(known) if known["is_staff"] else reverse("my_logins")

    if request.method != "POST":
        return render(
            request, "login/connect.html", {"known": known, "who": request.person_name or who.email}
        )
    try:
        return redirect(perform(submission(request), deed))
    except Refused as fault:
        return _refused(request, known["key"], fault)


def _begin_again(known: dict[str, str]) -> str:
    """The directory is asked once more, for the roles it gives."""
    return reverse("provider_begin", args=[known["town"], known["key"]])


def _finish(request: Request, key: str, kept: Kept | None) -> actions.Arrival:
    said = actions.Unheard(
        state=request.GET.get("state", ""),
        code=request.GET.get("code", ""),
        issuer=request.GET.get("iss", ""),
        error=request.GET.get("error", ""),
        ticket=request.GET.get("biljett", ""),
    )
    login_id = request.user.id if request.user.is_authenticated else None
    return actions.finish(
        municipality_id=town_id_of(request), key=key, kept=kept, said=said, login_id=login_id
    )


def _let_in(request: Request, key: str, arrival: actions.Arrival) -> HttpResponseBase:
    slug = request.municipality.slug
    if arrival.login is None:
        way = next(way for way in queries.ways_in(request.municipality.id) if way.key == key)
        known = {"identity": str(arrival.identity_id), "town": slug, "key": key, "name": way.name}
        known |= {"leads_to": arrival.leads_to, "is_staff": way.is_for_staff}
        known["is_strong"] = arrival.is_strong
        request.session["newcomer"] = known
        return redirect("newcomer")
    if arrival.purpose == Purpose.ENTER:
        login(request, arrival.login, backend=BACKEND)
    _keep(request, arrival)
    if arrival.purpose != Purpose.CONNECT:
        _remember(request, is_strong=arrival.is_strong)
    if arrival.purpose == Purpose.CONNECT:
        messages.success(request, _("Connected. From now on you can log in with it."))
        return redirect("my_logins")
    if arrival.purpose == Purpose.STEP:
        return redirect(arrival.leads_to or rules.onward(""))
    return redirect(rules.onward(arrival.leads_to or f"/{slug}/"))


def _keep(request: Request, arrival: actions.Arrival) -> None:
    """Through whom one came in, to be logged out there too; and so that a directory can end this session."""
    request.session["came_from"] = {"provider": str(arrival.provider_id), "hint": arrival.hint}
    key = request.session.session_key
    if arrival.session and arrival.identity_id is not None and key:
        actions.keep_session(identity_id=arrival.identity_id, session=arrival.session, session_key=key)


def _remember(request: Request, *, is_strong: bool) -> None:
    now = clock.now() if is_strong else None
    rules.came_through(request.session, str(request.municipality.id), now)


def _refused(request: Request, key: str, fault: Refused, kept: Kept | None = None) -> HttpResponseBase:
    """Nobody is logged in; what one can do about it stands on the page."""
    take_turn(request)
    again = {"for": kept.purpose.value, "next": kept.leads_to} if kept else {"next": wish(request)}
    context = {
        "kind": rules.kind_of(fault.refusal),
        "again": f"{reverse('provider_begin', args=[request.municipality.slug, key])}?{urlencode(again)}",
        "next": again["next"],
    }
    return render(request, "login/refused.html", context, status=403)


def town_id_of(request: Request) -> UUID:
    """The municipality of the address."""
    if request.municipality is None:
        raise NotFound("no such municipality")
    town_id: UUID = request.municipality.id
    return town_id
