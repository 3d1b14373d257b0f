"""The page of all parts: a form with every kind of field, and what the other parts are shown with."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from handtag.geo import municipalities as listed
from handtag.geo.polygons import geojson_of
from handtag.kernel import clock
from handtag.kernel.picks import Pick
from handtag.papers import charts
from handtag.papers import map as maps

MISTAKE = "Kl. 9 i dag har passerat. Välj en tid efter kl. 14."
SPOILT = {
    **{"service": "a", "when": "I dag kl. 9", "langs": ["sv", "ar"], "weekly": "2"},
    **{"colour": "#0e4d57", "far": "5", "note": "Hunden skäller men är snäll."},
}


class StatesForm(forms.Form):
    """Every kind of field; its words are Swedish as the page is for those who build."""

    service = forms.ChoiceField(
        label="Vad behöver du hjälp med?",
        widget=forms.RadioSelect,
        choices=[
            ("a", Pick("Handla", icon="shopping-basket", hint="Mat, apotek eller annat i affären")),
            ("b", Pick("Sällskap till vården", icon="stethoscope", hint="Någon som följer med dit och hem")),
            ("c", Pick("Hjälp med teknik", icon="tablet-smartphone", hint="Mobil, dator, BankID eller tv")),
            ("d", Pick("Läxhjälp", icon="graduation-cap")),
        ],
        help_text="Välj det som passar bäst.",
    )
    when = forms.CharField(label="När får den som hjälper komma?", help_text="Till exempel i morgon kl. 14.")
    day = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label="Tid", widget=forms.TimeInput(attrs={"type": "time"}))
    many = forms.IntegerField(label="Hur många hjälpare?", required=False)
    far = forms.ChoiceField(label="Hur långt", choices=[("2", "Högst 2 km"), ("5", "Högst 5 km")])
    weekly = forms.ChoiceField(
        label="En gång, eller varje vecka?",
        widget=forms.RadioSelect,
        choices=[("1", "En gång"), ("2", Pick("Varje vecka", hint="Du kan ta bort enstaka dagar"))],
    )
    langs = forms.MultipleChoiceField(
        label="Språk",
        widget=forms.CheckboxSelectMultiple,
        choices=[("sv", "Svenska"), ("ar", "Arabiska"), ("fi", "Finska")],
        required=False,
    )
    note = forms.CharField(
        label="Bra att veta",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Skriv inget om hälsa eller andra känsliga saker.",
    )
    colour = forms.CharField(label="Färg", widget=forms.TextInput(attrs={"type": "color"}))
    file = forms.FileField(label="Kartfil", required=False)
    agree = forms.BooleanField(
        label="Jag har läst vad som gäller", help_text="Du kan ändra dig när som helst."
    )
    locked = forms.ChoiceField(
        label="Beslut",
        widget=forms.RadioSelect,
        choices=[("a", "Godkänn"), ("b", "Avslå")],
        disabled=True,
        initial="b",
    )


def shown() -> dict[str, Any]:
    """What the other parts of the page are shown with."""
    start = clock.now() + timedelta(days=5)
    return {
        "steps": _steps(),
        "start": start,
        "end": start + timedelta(hours=2),
        "distances": [1, 2, 3, 4],
        "reasons": ["Nära dig", "Torsdagar passar dig", "Du har handlat förut"],
        "waited": timedelta(hours=26),
        "areas": _map(),
        "charts": _charts(),
    }


def _steps() -> list[SimpleNamespace]:
    rows = [
        ("done", "check", "Du skickade frågan", "I dag kl. 9.12"),
        ("now", "users", "Tre grannar har fått den", "Alla bor inom 2 km och är godkända av kommunen."),
        ("next", "hand-helping", "En granne säger ja", "Då ser du förnamn."),
        ("next", "door-open", "Ni ses vid dörren", "På torsdag kl. 14–16"),
    ]
    return [SimpleNamespace(state=s, icon=i, title=t, words=w) for s, i, t, w in rows]


def _map() -> str:
    shapes = [
        maps.Area(shape.name, geojson_of(shape), index % 3, "i balans")
        for index, shape in enumerate(listed.areas("1283"))
    ]
    drawn: str = mark_safe(maps.areas(shapes, title="Karta", dots=[]))  # noqa: S308 (drawn by papers, escaped)
    return drawn


def _charts() -> list[tuple[str, str]]:
    sets = [
        ("Norr", [charts.Bar("Handla", 38, 19), charts.Bar("Ärenden", 14, 12)]),
        ("Söder", [charts.Bar("Handla", 21, 24), charts.Bar("Ärenden", 3, 9)]),
    ]
    most = charts.longest(bars for _name, bars in sets)
    return [
        (name, mark_safe(charts.bars(bars, title=name, units="timmar", most=most)))  # noqa: S308 (as above)
        for name, bars in sets
    ]
