"""Forms: several questions in one prompt give the same as the same questions one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine.data import Request, Value
from flows.engine.events import Filled
from flows.engine.language import Flow, act, answered, ask, choose, review, upload
from flows.engine.parsers import email, text
from flows.engine.phrases import Phrase, Text, n_
from flows.engine.work import Done, Run
from tests.flows.shop import FLOWS, Mail, shop
from tests.flows.talking import MEGABYTE, Chat, Desk, photo

_ = Phrase
NEEDED = _("This one is needed.")


class File(Request, frozen=True, tag="file_it"):
    kind: str
    name: str
    mail: str
    tags: tuple[str, ...] = ()
    colour: str = ""
    story: str = ""
    photos: tuple[str, ...] = ()


FORM = Flow(
    name="form",
    title=_("Form"),
    phrases=(),
    steps=(
        ask("name", _("Name?"), text(at_least=2), title=_("Name")),
        ask("mail", _("Mail?"), email(), title=_("Mail")),
        choose(
            "tags",
            _("Tags?"),
            title=_("Tags"),
            options={"new": _("New"), "old": _("Old")},
            many=True,
            optional=True,
        ),
        choose("kind", _("Kind?"), title=_("Kind"), options={"a": _("A"), "b": _("B")}),
        ask("story", _("Story?"), text(at_least=5), title=_("Story"), when=answered("kind", "a")),
        upload("photos", _("Photos?"), title=_("Photos"), at_most=MEGABYTE, optional=True),
        choose("colour", _("Colour?"), title=_("Colour"), options={"red": _("Red")}, optional=True),
        review(_("Right?")),
        act(File, done=_("Filed.")),
    ),
)


def form(fields: int) -> Chat:
    """The form, in a channel that shows so many fields at once."""
    chat = Chat((*FLOWS, FORM), Desk({File: lambda request: Done()}), fields=fields)
    chat.started("form")
    return chat


def names(chat: Chat) -> list[str]:
    """The questions on the form that is open."""
    return [field.name for field in chat.prompt.fields]


def test_a_form_has_as_many_questions_as_the_channel_shows() -> None:
    """One by one in a chat, together where there is room."""
    assert names(form(1)) == ["name"]
    assert names(form(2)) == ["name", "mail"]


def test_a_form_stops_at_a_question_that_decides_about_another() -> None:
    """The kind decides whether there is a story, so the story is on the next form."""
    chat = form(10)
    assert names(chat) == ["name", "mail", "tags", "kind"]
    chat.filled(name="Jan", mail="jan@example.be", tags=("new",), kind="a")
    assert names(chat) == ["story", "photos", "colour"]


def test_a_question_that_names_an_answer_comes_after_it() -> None:
    """On the next page, where it can."""
    steps = (
        ask("name", _("Name?"), text(), title=_("Name")),
        ask("mail", _("Mail?"), email(), title=_("Mail")),
        choose("kind", _("What is {name}?"), title=_("Kind"), options={"a": _("A"), "b": _("B")}),
        review(_("Right?")),
        act(File, done=_("Filed.")),
    )
    chat = Chat((Flow(name="form", title=_("Form"), phrases=(), steps=steps),), Desk({}), fields=10)
    chat.started("form")
    assert names(chat) == ["name", "mail"]
    chat.filled(name="Jan", mail="jan@example.be")
    assert chat.question == _("What is {name}?")(name="Jan")


def test_files_are_sent_in_with_a_form_or_beside_it() -> None:
    """Either way they are kept, and the form is not asked for them again."""
    for together in (True, False):
        chat = form(10)
        chat.filled(name="Jan", mail="jan@example.be", tags=(), kind="b")
        assert names(chat) == ["photos", "colour"]
        if together:
            chat.hears(Filled(chat.prompt.token, {}, {"colour": (0,)}, (photo("p1", 0.5),)))
        else:
            chat.sent(photo("p1", 0.5))
            assert names(chat) == ["colour"]
            chat.hears(Filled(chat.prompt.token, {}, {"colour": (0,)}))
        answers = chat.conversation.runs[0].answers
        assert answers["photos"].value == ("p1",)
        assert answers["colour"].value == "red"


def test_a_file_that_cannot_be_used_is_said_at_its_field() -> None:
    """Nothing of the form is taken."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", tags=(), kind="b")
    chat.hears(Filled(chat.prompt.token, {}, {}, (photo("p1", 2),)))
    (field, _colour) = chat.prompt.fields
    assert getattr(field.problem, "msgid", "") == "{name} is too large: {most} fit."
    assert "photos" not in chat.conversation.runs[0].answers


def test_a_form_is_taken_whole_or_not_at_all() -> None:
    """One wrong field: the problem stands at it, and nothing of the form was taken."""
    chat = form(10)
    chat.filled(name="J", mail="jan@example.be", tags=(), kind="")
    wrong = {field.name: field.problem for field in chat.prompt.fields if field.problem}
    too_short = n_(
        "Please type at least {n} character, so that the desk understands it.",
        "Please type at least {n} characters, so that the desk understands it.",
    )
    assert wrong == {"name": too_short(n=2), "kind": NEEDED}
    assert chat.conversation.runs[0].answers == {}
    chat.filled(name="Jan", mail="jan@example.be", tags=(), kind="b")
    assert names(chat) == ["photos", "colour"]


def test_a_form_with_problems_is_the_same_prompt_again() -> None:
    """A channel that only shows the problems lets the person send the same form in again."""
    chat = form(10)
    token = chat.prompt.token
    for _time in range(5):
        chat.filled(name="J", mail="jan@example.be", kind="b")
        assert chat.prompt.token == token
        assert [field.value for field in chat.prompt.fields] == ["J", "jan@example.be", "", "b"]
    chat.filled(name="Jan", mail="jan@example.be", kind="b")
    assert names(chat) == ["photos", "colour"]


def test_a_field_that_is_not_sent_is_empty() -> None:
    """Leaving a needed one out is a problem, leaving an optional one out is a skip."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be")
    assert [field.name for field in chat.prompt.fields if field.problem] == ["kind"]
    chat.filled(name="Jan", mail="jan@example.be", kind="b")
    assert chat.conversation.runs[0].answers["tags"].label == _("none")


def test_a_field_that_was_not_on_the_form_is_ignored() -> None:
    """Nobody answers a question that was not asked."""
    chat = form(2)
    chat.filled(name="Jan", mail="jan@example.be", kind="b", photos=("x",))
    assert names(chat) == ["tags", "kind"]


def test_a_value_that_was_not_offered_is_refused() -> None:
    """A forged option is no answer."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", tags=("new", "forged"), kind="c")
    problem = _("Please use one of the buttons.")
    wrong = {field.name: field.problem for field in chat.prompt.fields if field.problem}
    assert wrong == {"tags": problem, "kind": problem}


def test_back_after_a_form_is_the_form_again() -> None:
    """It was sent in as one thing."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", kind="a")
    chat.back()
    assert names(chat) == ["name", "mail", "tags", "kind"]


def test_words_known_beforehand_are_not_asked_on_a_form() -> None:
    """What was said already is taken at its own place."""
    chat = Chat((FORM,), Desk({}), fields=10)
    chat.started("form", mail="jan@example.be")
    assert names(chat) == ["name"]
    chat.filled(name="Jan")
    assert names(chat) == ["tags", "kind"]


def test_a_change_in_a_form_drops_what_depends_on_it() -> None:
    """Editing inside a form does what a change at review does: the story goes with its kind."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", kind="a")
    chat.filled(story="it broke")
    chat.redo("kind")
    assert chat.prompt.fields[0].value == "a"
    chat.filled(kind="b")
    assert chat.lines == [_("Right?")]
    assert "story" not in chat.facts
    chat.press("Send")
    assert chat.desk.requests(File) == [File("b", "Jan", "jan@example.be")]


def test_a_single_question_may_be_sent_in_as_a_form() -> None:
    """Rows that were looked up are chosen by their id, and other words are searched for."""
    chat = shop()
    chat.started("track")
    chat.filled(order="SO-1")
    assert chat.lines == [_("Order {order}")(order="SO-1"), "Two units."]
    chat.started("track")
    chat.filled(order="SO-9")
    assert chat.lines[0] == _("Not found in your company's systems and requests.")


SHORT = st.text(max_size=8)
FIELDS = st.fixed_dictionaries(
    {
        "name": SHORT,
        "mail": SHORT | st.sampled_from(["jan@example.be", "MAILTO:Jan@Example.be", "no"]),
        "tags": st.sampled_from([(), ("new",), ("old",), ("forged",)]),
        "kind": st.sampled_from(["", "a", "b", "c"]),
        "story": SHORT,
    }
)


def one_by_one(values: dict[str, Value]) -> tuple[Run, dict[str, Text]]:
    """The same answers in a chat: what is kept, and what was said to be wrong."""
    chat = form(1)
    problems: dict[str, Text] = {}
    while chat.prompt.fields and (name := chat.prompt.fields[0].name) in values:
        value = values[name]
        words = value if isinstance(value, str) else "".join(value)
        option = next((b for b in chat.prompt.fields[0].options if b.press.of == words), None)
        token = chat.prompt.token
        if option:
            chat.press(option.label)
        elif words:
            chat.said(words)
        else:
            chat.skip()
        if chat.prompt.fields and chat.prompt.fields[0].name == name and chat.prompt.token != token:
            problems[name] = chat.lines[0]
            break
    return chat.conversation.runs[0], problems


@given(values=FIELDS)
@settings(max_examples=150)
def test_a_form_and_a_chat_give_the_same_data_and_the_same_errors(values: dict[str, Value]) -> None:
    """Whatever is typed, the first thing wrong is the same and is explained in the same words."""
    chat = form(10)
    chat.filled(**{name: values[name] for name in ("name", "mail", "tags", "kind")})
    problems = {field.name: field.problem for field in chat.prompt.fields if field.problem}
    if not problems and "story" in names(chat):
        chat.filled(story=values["story"])
        problems = {field.name: field.problem for field in chat.prompt.fields if field.problem}
    run, said = one_by_one(values)
    form_only = {"photos", "colour"}  # left empty, in a chat not asked yet
    assert dict(list(problems.items())[:1]) == said
    if not problems:
        kept = {name: (known.value, known.label) for name, known in run.answers.items()}
        answers = chat.conversation.runs[0].answers
        assert {n: (a.value, a.label) for n, a in answers.items() if n not in form_only} == kept


def test_a_form_that_is_right_goes_on_where_a_chat_does() -> None:
    """The next question is the same in both."""
    together, apart = form(4), form(1)
    together.filled(name="Jan", mail="jan@example.be", tags=("old",), kind="b")
    apart.said("Jan")
    apart.said("jan@example.be")
    apart.press("Old")
    apart.press("B")
    assert together.question == apart.question == _("Photos?")
    assert Mail not in together.desk.answers
