"""What a reader of PDF finds in a file: its promises, its structure as read aloud, its fonts, its places."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

MM = 72 / 25.4


@dataclass(frozen=True)
class Words:
    """A piece of text and where it begins, in millimetres from the upper left corner of its page."""

    text: str
    left: float
    top: float


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


def places(pdf: bytes, page: int = 0) -> list[Words]:
    """Every piece of text on a page and where it stands."""
    found: list[Words] = []
    sheet = reader(pdf).pages[page]
    high = float(sheet.mediabox.height)

    def note(words: str, cm: Any, tm: Any, *_: Any) -> None:
        if words.strip():
            # What the page's own matrix does to where the text begins.
            x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
            y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            found.append(Words(words.strip(), x / MM, (high - y) / MM))

    sheet.extract_text(visitor_text=note)
    return found


def tags(pdf: bytes) -> list[DictionaryObject]:
    """The structure, in the order in which it is read aloud."""

    def below(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for one in node:
                yield from below(one)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from below(node["/K"])

    return list(below(reader(pdf).root_object["/StructTreeRoot"]))


def kinds(pdf: bytes) -> list[str]:
    return [str(tag["/S"]) for tag in tags(pdf)]


def check(pdf: bytes, *, language: str = "sv") -> None:
    """What PDF/UA-1 asks of a file and a program can see; fails with what is missing."""
    root: Any = reader(pdf).root_object
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    said = reader(pdf).xmp_metadata.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<dc:title>" in said
    assert "H1" in [kind.strip("/") for kind in kinds(pdf)]
    for tag in tags(pdf):
        assert str(tag["/S"]) != "/Figure" or tag.get("/Alt"), "a picture without words"
    for name, font in _fonts(pdf):
        assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3")), f"{name} is not inside"


def _fonts(pdf: bytes) -> Iterator[tuple[str, DictionaryObject]]:
    for page in reader(pdf).pages:
        for name, font in page["/Resources"].get("/Font", {}).items():
            for below in font.get_object().get("/DescendantFonts", [font]):
                yield name, below.get_object()["/FontDescriptor"].get_object()
