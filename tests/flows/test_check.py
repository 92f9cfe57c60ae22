"""A flow that cannot work is found before anybody talks to it, each problem in one line."""

from __future__ import annotations

from typing import ClassVar

import pytest

from flows.catalog import ALL
from flows.engine.check import LONGEST, DefinitionError, problems, usable
from flows.engine.data import Request
from flows.engine.language import (
    ROW,
    SEARCH,
    Action,
    Flow,
    Refusal,
    Step,
    act,
    answered,
    ask,
    choose,
    lookup,
    review,
    show,
    upload,
)
from flows.engine.parsers import text
from flows.engine.phrases import Phrase

_ = Phrase  # These words are never translated.


class Things(Request, frozen=True, tag="things"):
    text: str = ""
    cursor: str = ""


class Send(Request, frozen=True, tag="send"):
    thing: str
    remark: str = ""
    gaps: ClassVar[tuple[str, ...]] = ("number",)
    refusals: ClassVar[tuple[str, ...]] = ("not_found", "too_late")


THING = choose("thing", _("Which?"), lookup(Things), title=_("Thing"))
KIND = choose("kind", _("What kind?"), title=_("Kind"), options={"big": _("Big"), "small": _("Small")})
REMARK = ask("remark", _("A remark?"), text(), title=_("Remark"), optional=True)
REVIEW = review(_("All right?"))
LATE = {"too_late": Refusal(_("Too late."), again="thing")}
SEND = act(Send, done=_("Sent as {number}."), refused=LATE)


def flow(*steps: Step, name: str = "send") -> Flow:
    return Flow(name, _("Send"), (), steps)


GOOD = flow(THING, KIND, REMARK, REVIEW, SEND)


def test_a_sound_flow_has_no_problems() -> None:
    """Neither has any flow of the product."""
    assert problems([GOOD]) == problems(ALL) == []
    assert usable([GOOD]) == {"send": GOOD}


BROKEN: dict[str, tuple[str, Flow]] = {
    "too long": (
        f"send: has {LONGEST + 1} steps; {LONGEST} is the most",
        flow(*(show(f"s{n}", _("Hello.")) for n in range(LONGEST + 1))),
    ),
    "a step twice": ("send: remark: two steps have this name", flow(REMARK, REMARK)),
    "a condition on nothing": (
        "send: one: depends on other, which does not exist",
        flow(show("one", _("Hello."), when=answered("other"))),
    ),
    "a condition on what comes later": (
        "send: one: depends on remark, which comes later",
        flow(show("one", _("Hello."), when=answered("remark")), REMARK),
    ),
    "a condition on no option": (
        "send: one: depends on kind = huge, which cannot be chosen",
        flow(KIND, show("one", _("Hello."), when=answered("kind", "big", "huge"))),
    ),
    "a field nobody asks for": (
        "send: send: Send.thing can be missing",
        flow(REVIEW, act(Send, done=_("Sent."), refused={"too_late": Refusal(_("Too late."))})),
    ),
    "a field asked for only sometimes": (
        "send: send: Send.thing can be missing",
        flow(
            KIND,
            choose("thing", _("Which?"), lookup(Things), title=_("Thing"), when=answered("kind", "big")),
            REVIEW,
            SEND,
        ),
    ),
    "several for one": (
        "send: send: Send.thing does not take the kind of answer thing gives",
        flow(upload("thing", _("Photos?"), title=_("Photos"), at_most=1), REVIEW, SEND),
    ),
    "no review": ("send: send: acts without a review", flow(THING, SEND)),
    "no word for a refusal": (
        "send: send: has nothing to say when refused with too_late",
        flow(THING, REVIEW, act(Send, done=_("Sent."))),
    ),
    "a refusal that never comes": (
        "send: send: is never refused with broken",
        flow(THING, REVIEW, act(Send, done=_("Sent."), refused={**LATE, "broken": Refusal(_("Broken."))})),
    ),
    "asking again for nothing": (
        "send: send: would ask colour again, which is no earlier step",
        flow(
            THING,
            REVIEW,
            act(Send, done=_("Sent."), refused={"too_late": Refusal(_("Too late."), again="colour")}),
        ),
    ),
    "a gap": ("send: one: nothing fills the gap {thing} of “{thing}?”", flow(show("one", _("{thing}?")))),
    "a gap in what was done": (
        "send: send: nothing fills the gap {colour} of “{colour}.”",
        flow(THING, REVIEW, act(Send, done=_("{colour}."), refused=LATE)),
    ),
    "a button to nowhere": (
        "send: one: starts nowhere, which does not exist",
        flow(show("one", _("Hello."), actions=(Action(_("Go"), "nowhere"),))),
    ),
    "a button with an answer to nothing": (
        "send: one: answers colour of send, which does not exist",
        flow(show("one", _("Hello."), actions=(Action(_("Go"), "send", {"colour": ROW}),))),
    ),
    "a button with an answer from nowhere": (
        "send: one: takes the answer colour, which does not exist",
        flow(REMARK, show("one", _("Hello."), actions=(Action(_("Go"), "send", {"remark": "colour"}),))),
    ),
    "a button with what cannot be chosen": (
        "send: one: answers kind of send with huge, which cannot be chosen",
        flow(KIND, show("one", _("Hello."), actions=(Action(_("Go"), "send", known={"kind": "huge"}),))),
    ),
    "words kept for a question that is not asked": (
        "send: kind: keeps words for remark, which does not ask for words later",
        flow(
            REMARK,
            choose("kind", _("What kind?"), title=_("Kind"), options={"big": _("Big")}, words_for="remark"),
        ),
    ),
}


@pytest.mark.parametrize(("problem", "broken"), BROKEN.values(), ids=BROKEN)
def test_each_problem_is_named(problem: str, broken: Flow) -> None:
    """With the flow and the step it is in, and nothing else is said to be wrong."""
    assert problems([broken]) == [problem]


def test_two_flows_of_one_name_are_a_problem() -> None:
    """One of them could never be started."""
    assert problems([GOOD, GOOD]) == ["send: two flows have this name"]


def test_what_the_search_and_the_row_give_exists_always() -> None:
    """Those answers come from no step."""
    actions = (Action(_("Go"), "send", {"remark": SEARCH, "thing": ROW}),)
    assert problems([flow(THING, REMARK, show("card", _("Card"), actions=actions))]) == []


def test_the_product_does_not_start_with_a_broken_flow() -> None:
    """And says everything that is wrong at once."""
    with pytest.raises(DefinitionError) as raised:
        usable([flow(THING, SEND), flow(REMARK, REMARK, name="other")])
    assert raised.value.problems == (
        "send: send: acts without a review",
        "other: remark: two steps have this name",
    )
