"""A choice that shows more than its words: a picture before them and a line beneath."""


class Pick(str):
    """The words of a choice, with its picture and the line beneath it."""

    icon: str
    hint: str

    def __new__(cls, words: object, *, icon: str = "", hint: object = "") -> "Pick":
        made = super().__new__(cls, words)
        made.icon, made.hint = icon, str(hint)
        return made
