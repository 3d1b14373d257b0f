"""A municipality is set up: how it is reached, how it looks, what it says of itself."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock, ids, phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.municipalities.models import Municipality
from handtag.municipalities.queries.looks import checked_accent
from handtag.municipalities.rules import pictures
from handtag.municipalities.rules.words import FONTS, SetUp, Statement


@transaction.atomic
def set_up(*, by: Actor, words: SetUp) -> Municipality:
    """Write how the municipality is reached, looks and speaks."""
    by.must(Right.SET_UP)
    checked_accent(words.accent)
    _check_languages(words.languages)
    if words.font not in FONTS:
        raise Problem(_("Choose one of the typefaces."), field="font")
    phone = phones.shown(phones.normal(words.phone)) if words.phone else ""
    values: dict[str, Any] = asdict(words) | {
        "phone": phone,
        "accent": words.accent.lower(),
        "languages": list(words.languages),
    }
    return _write(by, "municipality.set_up", **values)


@transaction.atomic
def set_statement(*, by: Actor, statement: Statement) -> Municipality:
    """Publish the accessibility statement; the day it was changed shows on it."""
    by.must(Right.SET_UP)
    said = asdict(statement) | {"published_on": clock.today()}
    written = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
    return _write(by, "municipality.statement_set", statement=written)


@transaction.atomic
def set_privacy_notice(*, by: Actor, text: str) -> Municipality:
    """Publish the municipality's own words on personal data; none brings back the ready ones."""
    by.must(Right.SET_UP)
    return _write(by, "municipality.privacy_notice_set", privacy_notice=text.strip())


@transaction.atomic
def set_logo(*, by: Actor, data: bytes) -> Municipality:
    """Put up a logo: PNG, JPEG or WebP by its content, whatever the file was called."""
    by.must(Right.SET_UP)
    if len(data) > pictures.MOST_BYTES:
        raise Problem(_("The picture is larger than 500 kB. Save it smaller and try again."), field="logo")
    picture = pictures.read(data)
    if picture is None:
        raise Problem(_("That file is no picture in PNG, JPEG or WebP. Save the logo as PNG."), field="logo")
    if not picture.fits:
        raise Problem(_("The logo must be at least 32 and at most 4,000 points on each side."), field="logo")
    town = Municipality.objects.select_for_update().get(pk=by.tenant)
    _take_down(town)
    town.logo.save(f"{town.slug}-{ids.token(8)}.{picture.kind}", ContentFile(data), save=False)
    return _write(by, "municipality.logo_set", logo=town.logo.name)


@transaction.atomic
def remove_logo(*, by: Actor) -> Municipality:
    """Take the logo down; the municipality's name shows in its place."""
    by.must(Right.SET_UP)
    _take_down(Municipality.objects.select_for_update().get(pk=by.tenant))
    return _write(by, "municipality.logo_removed", logo="")


def _take_down(town: Municipality) -> None:
    """The old file goes once the change holds; a change that fails leaves it."""
    name, storage = town.logo.name, town.logo.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _write(by: Actor, verb: str, **values: Any) -> Municipality:
    Municipality.objects.filter(pk=by.tenant).update(**values)
    history.record(by=by, verb=verb, kind="municipality", object_id=by.tenant, fields=sorted(values))
    return Municipality.objects.get(pk=by.tenant)


def _check_languages(chosen: tuple[str, ...]) -> None:
    known = {code for code, _name in settings.LANGUAGES}
    if "sv" not in chosen:
        raise Problem(_("Swedish must be among the languages."), field="languages")
    if not set(chosen) <= known:
        raise Problem(_("Choose languages from the list."), field="languages")
