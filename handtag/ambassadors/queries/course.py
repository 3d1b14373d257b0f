"""The pages of the short course: what they say and ask, and how far somebody has come."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.ambassadors import rules
from handtag.ambassadors.models import Ambassador, Demand
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a few short pieces, and a question with its answers."""

    key: str
    title: Promise
    pieces: tuple[Promise, ...]
    question: Promise
    answers: tuple[Promise, ...]
    because: Promise

    @property
    def number(self) -> int:
        """Its place in the course."""
        return rules.PAGES.index(self.key) + 1

    @property
    def of(self) -> int:
        """How many pages there are."""
        return len(rules.PAGES)


@dataclass(frozen=True, slots=True)
class CourseState:
    """The course as one reader has it before them."""

    pages: tuple[tuple[Page, bool], ...]
    is_done: bool
    is_demanded: bool
    is_noted: bool

    @property
    def begin(self) -> str:
        """The first page that is left, or the first of all."""
        return next((page.key for page, is_done in self.pages if not is_done), rules.PAGES[0])


def course(by: Actor) -> CourseState:
    """All pages, and which of them the reader has done."""
    by.must(Right.LEARN)
    me = Ambassador.objects.of(by.tenant).filter(person_id=by.person).first()
    done = set(me.pages_done) if me else set()
    return CourseState(
        pages=tuple((page, page.key in done) for page in _PAGES),
        is_done=bool(me and me.course_done_at),
        is_demanded=Demand.objects.of(by.tenant).exists(),
        is_noted=by.may(Right.ASK_FOR_OTHERS),
    )


def page(by: Actor, key: str) -> Page:
    """One page of the course."""
    by.must(Right.LEARN)
    found = next((each for each in _PAGES if each.key == key), None)
    if found is None:
        raise NotFound("page")
    return found


def course_comes_first(by: Actor) -> bool:
    """Whether the municipality demands the course, and this ambassador has not done it."""
    mine = Ambassador.objects.of(by.tenant).filter(person_id=by.person).exclude(course_done_at=None)
    return Demand.objects.of(by.tenant).exists() and not mine.exists()


_PAGES: Final = (
    Page(
        "granne",
        _("What a neighbour can help with"),
        (
            _(
                "In Handtag neighbours give each other a hand: shopping, an errand, company to a care visit, "
                "a dog that needs a walk. It costs nothing, and everybody who helps has shown the "
                "municipality who they are."
            ),
            _(
                "It is not instead of care. Medicine, washing, wounds and lifting are for home care and "
                "health care. What somebody has been granted by a decision they shall still get."
            ),
            _("A rule of thumb: what you would not ask a kind neighbour for, do not ask for here."),
        ),
        _("Ingrid wants help to take her pills in the morning. What do you do?"),
        (
            _("Ask a neighbour, if it is only for a week."),
            _("Take it up with home care or her health centre."),
            _("Ask for company, and let the neighbour see to the pills as well."),
        ),
        _("Medicine is care. A neighbour must never have to answer for it."),
    ),
    Page(
        "ja",
        _("Only with a yes"),
        (
            _(
                "You may ask in somebody's name when they have said yes to it and understood what it is. "
                "Read the text aloud in their language, or let them read it themselves. Give it time. "
                "Silence is not a yes."
            ),
            _(
                "They are told in a way of their own that you may ask for them. They can end it whenever "
                "they like, on the page or by ringing. It ends at once, and nobody has to say why."
            ),
            _(
                "If somebody cannot understand what they say yes to, do not go on. Talk with your manager, "
                "or with the person's guardian or trustee."
            ),
        ),
        _("Amal nods, but you are not sure that she followed. What now?"),
        (
            _("Her nod is enough."),
            _("Let her daughter say yes for her."),
            _("Stop. Come back with somebody who interprets, or let her read it in Arabic."),
        ),
        _("The yes has to be her own, and she has to know what it is to."),
    ),
    Page(
        "fraga",
        _("To raise it without making anybody small"),
        (
            _(
                "Many would rather go without than be a bother. Begin with everyday life, not with what is "
                "missing: what is heavy just now, what would you like to do again?"
            ),
            _(
                "Say plainly what it is: a neighbour who wants to, about an hour, no money. Tell of somebody "
                "who tried it, without saying who."
            ),
            _(
                "One question at a time. Leave the leaflet, and ask again another day. A no is an answer "
                "too, and they shall be just as welcome next time."
            ),
        ),
        _("Which beginning is the likeliest to lead somewhere?"),
        (
            _("“You can't manage this any longer, can you?”"),
            _(
                "“You said that the bags were heavy. A neighbour here could shop on Thursday. How would "
                "that be?”"
            ),
            _("“Sign here, and I will fix the rest.”"),
        ),
        _("It begins in what she said herself, it is about one thing, and the choice stays hers."),
    ),
    Page(
        "ord",
        _("To write so that nobody is laid bare"),
        (
            _(
                "Write what they would have said themselves to a neighbour: what, when, and what is good to "
                "know at the door. Read it aloud to them before you send it."
            ),
            _(
                "Leave out illness, diagnoses and the reasons why. The helper does not need them, and your "
                "duty of confidentiality holds here too."
            ),
            _(
                "The door code has a place of its own. It shows only to the one who comes, once they "
                "are agreed."
            ),
        ),
        _("What do you write?"),
        (
            _("“A bag of shopping, third floor, there is a lift. Ring twice, please.”"),
            _("“Has dementia, falls easily, and the son never visits.”"),
            _("Nothing. They can talk about it at the door."),
        ),
        _("The helper gets what is needed to help, and nothing else about her."),
    ),
    Page(
        "dorren",
        _("At the door, and about money"),
        (
            _(
                "Whoever comes says a code of four digits before the door is opened. Write it large and put "
                "it by the door, with our number beneath. Wrong code: keep the door shut and ring."
            ),
            _(
                "Never hand over a bank card or its code. If something is to be bought, it is agreed "
                "beforehand what it may cost and how the money is paid back."
            ),
            _(
                "Do you help neighbours in your own time too? Good. But then somebody else asks for them: "
                "nobody should stand on both sides."
            ),
        ),
        _("The helper offers to draw cash with Rune's card. What do you say?"),
        (
            _("That is fine, if Rune agrees."),
            _("That is fine, if there is a receipt."),
            _("No. Card and code stay with Rune, and I tell the municipality."),
        ),
        _("Nobody who helps shall ever have to be suspected, and nobody who gets help shall be robbed."),
    ),
    Page(
        "fel",
        _("When something is wrong, and when you stop"),
        (
            _(
                "Danger right now: 112. If something else feels wrong, press “Something feels wrong” at the "
                "errand, or ring us. You do not have to be sure."
            ),
            _(
                "Somebody with protected details is never added by you. Ring us and ask for the one who "
                "keeps protected identities."
            ),
            _(
                "When you change work, or no longer meet somebody, end it. It takes one press. When you no "
                "longer have the role, everything ends by itself."
            ),
        ),
        _("You change districts next month. What about those you ask for?"),
        (
            _("Keep them. It may come in handy."),
            _("Tell them, and end it. Whoever comes after you asks for a yes of their own."),
            _("Lend your login to the colleague who takes over."),
        ),
        _("They said yes to you, not to your workplace."),
    ),
)
