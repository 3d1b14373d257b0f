"""Receipts: shown by the helper, seen by the two alone, and gone when messages go."""

import base64
import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from handtag.errands.actions import receipts, words
from handtag.errands.models import Receipt
from handtag.errands.queries.errands import errand_page
from handtag.errands.rules.receipts import MOST, MOST_BYTES
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.papers import photos
from handtag.people.models import Person
from handtag.privacy.actions import erasing, retention
from handtag.privacy.queries import holdings
from tests.errands import stage as stages

pytestmark = pytest.mark.django_db


def picture(shade=0, kind="JPEG"):
    out = BytesIO()
    notes = Image.Exif()
    notes[0x010E] = "Exempelgatan"
    Image.new("RGB", (120, 200), (shade, 90, 90)).save(out, kind, exif=notes)
    return out.getvalue()


def photo(shade=0):
    return photos.read(picture(shade))


@pytest.fixture
def stage():
    return stages.build()


@pytest.fixture
def errand(stage):
    return stage.errand(outlay_ceiling=400, outlay_how="swish")


def add(stage, errand, shade=0, name="leila"):
    return receipts.add_receipt(by=stage.actor(name), errand_id=errand.id, photo=photo(shade))


def where(name, errand, *more):
    return reverse(name, args=["helsingborg", errand.id, *more])


def send(browser, errand, data=None, name="kvitto.jpg", **more):
    file = SimpleUploadedFile(name, picture() if data is None else data, content_type="image/jpeg")
    return browser.post(where("errand_receipt_add", errand), {"receipt": file, **more})


# --- it works


def test_the_helper_adds_and_both_see_it_and_nobody_learns_where_it_was_taken(stage, errand):
    helper, asker = stage.browser("leila"), stage.browser("asker")
    assert "multipart/form-data" in helper.get(where("errand", errand)).content.decode()
    answer = send(helper, errand)
    assert answer.status_code == 302
    assert answer["Location"].endswith("#kvitton")
    address = where("errand_receipt", errand, Receipt.objects.of(stage.town.id).get().id)
    for browser in (helper, asker):
        assert address in browser.get(where("errand", errand)).content.decode()
        shown = browser.get(address)
        assert shown["Content-Type"] == "image/jpeg"
        assert shown["Cache-Control"] == "private, no-store"
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert shown["Content-Disposition"].startswith("inline")
        assert b"Exempelgatan" not in shown.content
        assert Image.open(BytesIO(shown.content)).size == (120, 200)


def test_what_was_done_stands_in_the_book_and_in_the_timeline(stage, errand):
    made = add(stage, errand)
    receipts.remove_receipt(by=stage.actor("leila"), errand_id=errand.id, receipt_id=made.id)
    told = Entry.objects.filter(object_id=errand.id, verb__startswith="receipt.").order_by("at")
    assert [(row.verb, row.about_id) for row in told] == [
        ("receipt.added", errand.asker_id),
        ("receipt.removed", errand.asker_id),
    ]
    assert len(errand_page(stage.actor("asker"), errand.id).steps) == 5


def test_removing_asks_first_and_then_it_is_gone(stage, errand):
    made = add(stage, errand)
    browser = stage.browser("leila")
    remove = where("errand_receipt_remove", errand, made.id)
    assert remove in browser.get(where("errand", errand)).content.decode()
    assert browser.get(remove).status_code == browser.head(remove).status_code == 200
    assert Receipt.objects.of(stage.town.id).exists()
    assert browser.post(remove, {"submission": "one"}).status_code == 302
    assert not Receipt.objects.of(stage.town.id).exists()
    assert browser.post(remove, {"submission": "one"}).status_code == 302
    assert browser.post(remove, {"submission": "two"}).status_code == 404


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_other_kinds_are_taken_too(stage, errand, kind):
    assert send(stage.browser("leila"), errand, picture(kind=kind), "kvitto.bin").status_code == 302
    assert Receipt.objects.of(stage.town.id).count() == 1


# --- not allowed, other town, missing


def test_the_asker_adds_and_removes_none(stage, errand):
    made = add(stage, errand)
    for deed in (
        lambda: add(stage, errand, 9, "asker"),
        lambda: receipts.remove_receipt(by=stage.actor("asker"), errand_id=errand.id, receipt_id=made.id),
    ):
        with pytest.raises(NotAllowed):
            deed()
    browser = stage.browser("asker")
    assert "multipart" not in browser.get(where("errand", errand)).content.decode()
    assert browser.get(where("errand_receipt_remove", errand, made.id)).status_code == 404


def test_strangers_visitors_and_other_towns_find_nothing(stage, errand):
    made = add(stage, errand)
    stage.helper("olle")
    bjuv = stages.build("1260")
    bjuv.person("karin", role=Role.COORDINATOR)
    bjuv.person("vera")
    for browser in (stage.browser("olle"), bjuv.browser("vera"), bjuv.browser("karin")):
        for name in ("errand_receipt", "errand_receipt_remove"):
            assert browser.get(where(name, errand, made.id)).status_code in (403, 404)
        assert send(browser, errand).status_code in (403, 404)
    next_door = reverse("errand_receipt", args=["bjuv", errand.id, made.id])
    assert bjuv.browser("vera").get(next_door).status_code == 404
    assert Client().get(where("errand_receipt", errand, made.id)).status_code == 302
    with pytest.raises(NotFound):
        receipts.open_receipt(by=bjuv.actor("karin"), errand_id=errand.id, receipt_id=made.id)
    assert Receipt.objects.of(stage.town.id).count() == 1


def test_a_receipt_of_another_errand_is_not_found_through_this_one(stage, errand):
    other = stage.errand(asker="rut", helper="maja", outlay_ceiling=100, outlay_how="cash")
    theirs = add(stage, other, name="maja")
    for name in ("errand_receipt", "errand_receipt_remove"):
        assert stage.browser("leila").get(where(name, errand, theirs.id)).status_code == 404
    with pytest.raises(NotFound):
        receipts.remove_receipt(by=stage.actor("leila"), errand_id=errand.id, receipt_id=theirs.id)


def test_staff_who_may_see_the_errand_see_it_and_that_is_noted(stage, errand):
    made = add(stage, errand)
    stage.person("karin", role=Role.COORDINATOR)
    stage.person("eva", role=Role.CASEWORKER)
    with pytest.raises(NotFound):
        receipts.open_receipt(by=stage.actor("eva"), errand_id=errand.id, receipt_id=made.id)
    assert receipts.open_receipt(by=stage.actor("karin"), errand_id=errand.id, receipt_id=made.id)
    looked = Entry.objects.filter(verb="person.read", actor_id=stage.people["karin"].id)
    assert set(looked.values_list("about_id", flat=True)) == {errand.asker_id, errand.helper_id}
    assert [row.id for row in errand_page(stage.actor("karin"), errand.id).receipts] == [made.id]
    with pytest.raises(NotAllowed):
        receipts.remove_receipt(by=stage.actor("karin"), errand_id=errand.id, receipt_id=made.id)


def test_without_money_agreed_on_there_is_nowhere_to_add_one(stage):
    errand = stage.errand(asker="rut", helper="maja")
    browser = stage.browser("maja")
    assert "multipart" not in browser.get(where("errand", errand)).content.decode()
    with pytest.raises(Problem):
        add(stage, errand, name="maja")


def test_seven_days_afterwards_they_are_seen_but_not_changed(stage, errand):
    made = add(stage, errand)
    with clock.travelling(errand.ends_at + timedelta(days=7)):
        by = stage.actor("leila")
        assert errand_page(by, errand.id).receipts
        assert receipts.open_receipt(by=stage.actor("asker"), errand_id=errand.id, receipt_id=made.id)
        for deed in (
            lambda: add(stage, errand, 9),
            lambda: receipts.remove_receipt(by=by, errand_id=errand.id, receipt_id=made.id),
        ):
            with pytest.raises(TooLate):
                deed()


# --- twice, too many


def test_the_same_photo_twice_is_one(stage, errand):
    assert add(stage, errand).id == add(stage, errand).id
    assert Receipt.objects.of(stage.town.id).count() == 1
    assert Entry.objects.filter(verb="receipt.added").count() == 1


def test_a_form_sent_twice_is_once_and_another_photo_in_it_is_said(stage, errand):
    browser = stage.browser("leila")
    for _time in range(2):
        assert send(browser, errand, submission="one").status_code == 302
    answer = send(browser, errand, picture(shade=200), "annat.jpg", submission="one")
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Receipt.objects.of(stage.town.id).count() == 1


def test_five_are_enough(stage, errand):
    for shade in range(MOST):
        add(stage, errand, shade * 40)
    with pytest.raises(Problem) as refusal:
        add(stage, errand, 250)
    assert refusal.value.field == "receipt"
    assert "multipart" not in stage.browser("leila").get(where("errand", errand)).content.decode()


@pytest.mark.race
def test_at_the_same_moment_there_are_never_more_than_five(at_once):
    stage = stages.build()
    errand = stage.errand(outlay_ceiling=400, outlay_how="swish")
    for shade in range(MOST - 1):
        add(stage, errand, shade * 40)
    results = at_once(*(lambda shade=shade: add(stage, errand, shade) for shade in (201, 221, 241)))
    assert sorted(type(each).__name__ for each in results) == ["Problem", "Problem", "Receipt"]
    assert Receipt.objects.of(stage.town.id).count() == MOST


# --- wrong file, too large


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 kvitto",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"0" * 100,
        picture()[:300],
        picture() + b"0" * MOST_BYTES,
    ],
    ids=["empty", "pdf", "svg", "gif", "half", "large"],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_nothing_is_lost(stage, errand, data):
    add(stage, errand, 40)
    words.note_spent(by=stage.actor("leila"), errand_id=errand.id, spent=240)
    answer = send(stage.browser("leila"), errand, data, "kvitto.jpg")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in text
    assert 'href="#id_receipt"' in text
    assert 'id="id_receipt_error"' in text
    assert 'value="240"' in text
    assert Receipt.objects.of(stage.town.id).count() == 1


def test_no_file_at_all(stage, errand):
    answer = stage.browser("leila").post(where("errand_receipt_add", errand), {})
    assert 'id="id_receipt_error"' in answer.content.decode()


# --- protected, erased, destroyed


@pytest.mark.parametrize("who", ["asker", "leila"])
def test_where_one_is_protected_only_officers_see_it(stage, errand, who):
    made = add(stage, errand)
    Person.objects.filter(id=stage.people[who].id).update(protection=Person.Protection.SECRECY_MARK)
    stage.person("karin", role=Role.COORDINATOR)
    stage.person("vera", role=Role.PROTECTED_IDENTITY_OFFICER)
    for name in ("leila", "asker", "karin"):
        with pytest.raises(NotFound):
            receipts.open_receipt(by=stage.actor(name), errand_id=errand.id, receipt_id=made.id)
    for name in ("leila", "asker"):
        assert str(made.id) not in stage.browser(name).get(where("errand", errand)).content.decode()
    with pytest.raises(NotFound):
        add(stage, errand, 9)
    assert receipts.open_receipt(by=stage.actor("vera"), errand_id=errand.id, receipt_id=made.id)


@pytest.mark.parametrize("who", ["asker", "leila"])
def test_it_goes_with_the_person(stage, errand, who):
    from handtag.errands.actions import errand as actions

    add(stage, errand)
    actions.complete(by=stage.actor("leila"), errand_id=errand.id)
    stage.person("keeper", role=Role.ADMINISTRATOR)
    erasing.erase(by=stage.actor("keeper"), person_id=stage.people[who].id)
    assert not Receipt.objects.of(stage.town.id).exists()


@pytest.mark.parametrize("who", ["asker", "leila"])
def test_both_find_it_in_my_data_and_the_photo_in_the_file(stage, errand, who):
    made = add(stage, errand)
    by, person = stage.actor(who), stage.people[who].id
    assert "receipt" in {held.record.type for held in holdings.holdings(by, person)}
    records: Any = holdings.export(by, person)["records"]
    [given] = records["receipt"]
    assert base64.b64decode(given["photo"]) == made.photo
    assert json.dumps(given)


def test_the_page_of_my_data_does_not_fetch_photos(stage, errand):
    add(stage, errand)
    with CaptureQueriesContext(connection) as asked:
        holdings.holdings(stage.actor("leila"), errand.helper_id)
    assert not [one for one in asked if '"photo"' in one["sql"]]


def test_the_errand_does_not_fetch_photos_and_asks_little(stage, errand):
    for shade in range(MOST):
        add(stage, errand, shade * 40)
    browser = stage.browser("asker")
    browser.get(where("errand", errand))
    with CaptureQueriesContext(connection) as asked:
        browser.get(where("errand", errand))
    assert not [one for one in asked if '"photo"' in one["sql"]]
    assert len(asked) <= 12


def test_it_goes_when_messages_go(stage, errand):
    add(stage, errand)
    stage.person("keeper", role=Role.ADMINISTRATOR)
    stage.person("second", role=Role.ADMINISTRATOR)
    by = stage.actor("keeper")
    retention.decide(by=by, record_type="message", keep_days=30, reference="KS 1", on=date(2026, 1, 1))
    with clock.travelling(clock.now() + timedelta(days=29)), pytest.raises(Problem):
        retention.propose(by=by)
    with clock.travelling(clock.now() + timedelta(days=31)):
        proposed = retention.propose(by=by)
        retention.approve(by=stage.actor("second"), destruction_id=proposed.id)
        assert retention.destroy_approved() == {"receipt": 1}
    assert proposed.planned == {"receipt": 1}
    assert not Receipt.objects.of(stage.town.id).exists()
