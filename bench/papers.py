"""What a print costs: CPU of one letter, of two hundred in one file, of a poster and a card."""

import time
from collections.abc import Callable
from dataclasses import replace

from handtag.papers.documents import Card, Fact, Letter, Poster, Sheet, cards, letter, letters, poster

LETTER = Letter(
    sender=("Helsingborg", "Handtag", "042-10 50 00"),
    recipient=("Elsa Lund", "Storgatan 12 lgh 1202", "252 23 Helsingborg"),
    dated="22 november 2026",
    heading="Någon kommer och hjälper dig",
    paragraphs=("Den som kommer säger koden innan du öppnar.",),
    facts=(Fact("När", "Torsdag 26 november kl. 14–16"), Fact("Kod vid dörren", "4 8 2 1")),
    closing=("Vänliga hälsningar\nHandtag i Helsingborg",),
    large=True,
)
ARABIC = replace(LETTER, language="ar", heading="ستأتي فاطمة", paragraphs=("اتصلي على 042-10 50 00",))
POSTER = Poster(
    around="Ödåkra",
    heading="Ett handtag nära dig",
    lead="Här hjälper vi varandra i vardagen.",
    choices=(Fact("Jag behöver hjälp", "Handla, ärenden."), Fact("Jag vill hjälpa", "En timme räcker.")),
    leads_to="https://handtag.example/helsingborg/",
    code_says="handtag.example/helsingborg",
    scan="Rikta mobilens kamera mot koden.",
    address="handtag.example/helsingborg",
)
CARD = Card("Handtag", "Leila", (Fact("Kod", "k7xw9q2m"),), ("Jag heter Leila.",), "https://h.example/", "h")


def main() -> int:
    """Print a row for each; no word is the same twice, so that nothing is remembered from the time before."""
    letter(LETTER)
    print("| print | CPU, ms | kB |\n| --- | ---: | ---: |")
    _row("one letter", lambda n: letter(replace(LETTER, heading=f"Brev {n}")))
    _row("one letter in Arabic", lambda n: letter(replace(ARABIC, dated=f"{n}")))
    _row("200 letters in one file", lambda n: letters([_numbered(n, each) for each in range(200)]), times=3)
    _row("a poster, A4", lambda n: poster(replace(POSTER, around=f"Ödåkra {n}")))
    _row("two leaflets", lambda n: poster(replace(POSTER, around=f"Ödåkra {n}"), Sheet.LEAFLET))
    _row("a card", lambda n: cards([replace(CARD, name=f"Leila {n}")], title="Kort", how="Klipp ut."))
    return 0


def _numbered(n: int, each: int) -> Letter:
    return replace(
        LETTER, recipient=(f"Elsa Lund {n} {each}", *LETTER.recipient[1:]), heading=f"Brev {n} {each}"
    )


def _row(name: str, make: Callable[[int], bytes], times: int = 20) -> None:
    start = time.process_time()
    sizes = [len(make(n)) for n in range(times)]
    spent = (time.process_time() - start) / times * 1000
    print(f"| {name} | {spent:.0f} | {sum(sizes) / times / 1000:.0f} |")
