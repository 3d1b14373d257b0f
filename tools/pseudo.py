"""A made-up language: longer, accented words in either direction, to test pages with."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tools.messages import collect, replace

_ACCENTS = str.maketrans("aceginosuyACEGINOSUY", "áçéğíñöšûýÁÇÉĞÍÑÖŠÛÝ")
_KEPT = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;")


def accented(text: str, right_to_left: bool = False) -> str:
    """A text that looks foreign, is 40 % longer, and keeps its placeholders and tags."""
    pieces, at = [], 0
    for kept in [*_KEPT.finditer(text), None]:
        plain = text[at : kept.start() if kept else len(text)].translate(_ACCENTS)
        pieces.append(re.sub(r"\S+", "\u200f\u202e\\g<0>\u202c\u200f", plain) if right_to_left else plain)
        if kept:
            pieces.append(kept.group())
            at = kept.end()
    padding = "·" * max(1, round(len(text) * 0.4) - 2)
    ends = re.match(r"(\s*).*?(\s*)\Z", text, re.S)
    before, after = ends.groups() if ends else ("", "")
    return f"{before}[{''.join(pieces).strip()}{padding}]{after}"


def make(folder: Path, language: str, *, right_to_left: bool = False) -> None:
    """Write a compiled catalogue of everything the product says into `folder`, for LOCALE_PATHS."""
    catalogue = Catalog(locale=language)
    for (context, message), one in collect().items():
        words = accented(message, right_to_left)
        if one.plural:
            forms = (accented(one.plural, right_to_left),) * (catalogue.num_plurals - 1)
            catalogue.add((message, one.plural), (words, *forms), context=context)
        else:
            catalogue.add(message, words, context=context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    replace(folder / language / "LC_MESSAGES" / "django.mo", compiled.getvalue())
