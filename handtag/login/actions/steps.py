"""The second step of staff: an app with codes, codes for a rainy day, and showing one of them."""

from dataclasses import dataclass
from datetime import timedelta

import segno
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history.actions import record
from handtag.kernel import sealing
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.login import messages
from handtag.login.gateways.allauth import KeyAdapter
from handtag.login.models import User
from handtag.once.actions import take_turn

WRONG = _("That is not the code the app shows now. It changes every 30 seconds: try the next one.")
MOST, WITHIN = 5, timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewApp:
    """A secret for an app: as the address of a picture, in letters, and sealed for the session to keep."""

    picture: str
    letters: str
    sealed: str


def begin_app(*, login: User, sealed: str = "") -> NewApp:
    """A secret to be read into an app; the same one again where it was begun already."""
    secret = sealing.unseal(sealed) if sealed else totp.generate_totp_secret()
    address = KeyAdapter().build_totp_url(login, secret)
    picture = segno.make(address, micro=False).svg_data_uri(border=4, light="#fff", dark="#000")
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return NewApp(picture, letters, sealed or sealing.seal(secret))


@transaction.atomic
def confirm_app(*, by: Actor, login: User, sealed: str, code: str) -> list[str]:
    """Keep the app once it shows the right code; answers codes for the day it is lost, shown this once."""
    _take_turn(login)
    secret = sealing.unseal(sealed)
    if not totp.validate_totp_code(secret, code):
        raise Problem(WRONG, field="code")
    Authenticator.objects.filter(user=login, type=Authenticator.Type.TOTP).delete()
    totp.TOTP.activate(login, secret)
    record(by=by, verb="step.added", kind="login", object_id=login.id, about=by.person_id)
    if by.person_id is not None:
        messages.tell_of_key(by.person_id, messages.STEP_ADDED)
    return make_codes(by=by, login=login)


@transaction.atomic
def make_codes(*, by: Actor, login: User) -> list[str]:
    """New codes for the day the app is lost; the old ones no longer work."""
    Authenticator.objects.filter(user=login, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(login).get_unused_codes()
    record(by=by, verb="step.codes_made", kind="login", object_id=login.id, about=by.person_id)
    return codes


def check_code(*, by: Actor, login: User, code: str) -> None:
    """Take the app's code, or one of those for a rainy day; each works once. Raises Problem, TooOften."""
    _take_turn(login)
    rows = Authenticator.objects.filter(user=login, type__in=_CODES).order_by("-type")
    is_right = any(row.wrap().validate_code(code.strip()) for row in rows)
    verb = "step.taken" if is_right else "step.refused"
    record(by=by, verb=verb, kind="login", object_id=login.id, about=by.person_id)
    if not is_right:
        raise Problem(WRONG, field="code")


_CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def _take_turn(login: User) -> None:
    words = _("That was many tries. Wait a few minutes, then try again.")
    take_turn(deed="second step", sender=str(login.id), most=MOST, within=WITHIN, words=words)
