"""The sample has its own door into each of its cast."""

import pytest
import time_machine
from django.test import Client

from tests.house.conftest import MORNING
from tests.house.sample import Sample


@pytest.mark.on_sqlite
@pytest.mark.django_db
def test_everybody_of_the_cast_can_be_entered_without_a_password(sample: Sample) -> None:
    with time_machine.travel(MORNING, tick=True):
        page = Client().get("/prova/").content.decode()
        for key in sample.cast:
            assert f"/prova/in/{key}/" in page
            browser = Client()
            begins = browser.post(f"/prova/in/{key}/")
            assert begins.status_code == 302, key
            answer = browser.get(begins["Location"], follow=True)
            assert answer.status_code == 200, key
            assert "data-person" in answer.content.decode(), key
        assert Client().post("/prova/in/nobody/").status_code == 404
        assert Client().get(f"/prova/in/{key}/").status_code == 405
