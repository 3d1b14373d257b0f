"""Puts what somebody had filled in back into a page that is shown anew, without keeping it anywhere."""

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final

Fields = Mapping[str, Sequence[str]]
PAGE: Final = "page"  # the id of the form on a page whose fields go along to another language
NEVER: Final = frozenset({"hidden", "password", "file", "submit", "button", "reset", "image"})
CHOSEN: Final = frozenset({"checkbox", "radio"})
Attributes = list[tuple[str, str | None]]


def refilled(html: str, fields: Fields) -> str:
    """The page with the fields of its form as they were: never hidden ones, secrets or files."""
    page = _Page(fields)
    page.feed(html)
    page.close()
    return "".join(page.said)


class _Page(HTMLParser):
    """Copies a page to the letter, but for what stands in the fields of its form."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(convert_charrefs=False)
        self.fields, self.said = fields, list[str]()
        self.is_inside = self.is_skipping = False
        self.choices: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A field as it was filled in; all else as it stands."""
        said, raw = dict(attrs), self.get_starttag_text() or ""
        if tag == "form":
            self.is_inside = said.get("id") == PAGE
        name = said.get("name") or ""
        if not self.is_inside:
            self._say(raw)
        elif tag == "input" and self._is_filled_in(said, name):
            self._say(self._input(attrs, said, name))
        elif tag == "textarea" and name in self.fields:
            self._say(raw + "\n" + escape(self.fields[name][0]))
            self.is_skipping = True
        elif tag == "select":
            self.choices = list(self.fields.get(name, ()))
            self._say(raw)
        elif tag == "option" and self.choices:
            self._say(_tag(tag, attrs, "selected", is_on=said.get("value") in self.choices))
        else:
            self._say(raw)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """One that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of something."""
        self.is_skipping = self.is_skipping and tag != "textarea"
        self.is_inside = self.is_inside and tag != "form"
        if tag == "select":
            self.choices = None
        self._say(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Words."""
        self._say(data)

    def handle_entityref(self, name: str) -> None:
        """A letter by its name."""
        self._say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A letter by its number."""
        self._say(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """A remark."""
        self._say(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """What kind of page it is."""
        self._say(f"<!{decl}>")

    def _say(self, words: str) -> None:
        if not self.is_skipping:
            self.said.append(words)

    def _is_filled_in(self, said: Mapping[str, str | None], name: str) -> bool:
        kind = (said.get("type") or "text").lower()
        if not name or kind in NEVER or said.get("autocomplete") == "one-time-code":
            return False
        return kind in CHOSEN or name in self.fields

    def _input(self, attrs: Attributes, said: Mapping[str, str | None], name: str) -> str:
        values = self.fields.get(name, ())
        if (said.get("type") or "").lower() in CHOSEN:
            return _tag("input", attrs, "checked", is_on=(said.get("value", "on") or "") in values)
        without: Attributes = [pair for pair in attrs if pair[0] != "value"]
        return _tag("input", [*without, ("value", values[0])])


def _tag(tag: str, attrs: Attributes, switch: str = "", *, is_on: bool = False) -> str:
    """A tag with its attributes, a switch among them turned on or off."""
    kept: Attributes = [pair for pair in attrs if pair[0] != switch]
    if is_on:
        kept.append((switch, None))
    said = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in kept)
    return f"<{tag}{said}>"
