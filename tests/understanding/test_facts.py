"""What typed words mean, one fact at a time, with the real flows and the real engine."""

from __future__ import annotations

import datetime

import pytest
from msgspec import structs

from bot.understanding import Understanding
from flows.catalog import FLOWS
from flows.engine.conversation import Button, Conversation, Press, Screen
from flows.engine.data import Started, Value
from flows.engine.engine import advance
from flows.engine.events import Command, Content, Event, Pressed, Said, Spoke, Unclear
from flows.engine.outputs import Capabilities
from flows.engine.phrases import Copy, Text, _
from flows.engine.work import Answer, Run

NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
READER = Understanding(FLOWS)
NOTHING_OPEN = Conversation("web:1", "nl")


def heard(text: str, conversation: Conversation = NOTHING_OPEN, locale: str = "nl") -> Content | None:
    """What is made of typed words."""
    return READER.understand(text, locale, conversation)


def started(flow: str) -> Conversation:
    """A conversation in which this flow has just begun."""
    event = Event("e1", "web:1", "web:1", NOON, Started(flow))
    return advance(FLOWS, NOTHING_OPEN, event, Capabilities())[0]


def asked(*labels: Text, kind: str = "one", nav: tuple[Text, ...] = (_("Back"), _("Cancel"))) -> Conversation:
    """A conversation with a question of the RMA flow on screen, with these options."""
    shown = [(label, "answer") for label in labels] + [(label, "nav") for label in nav]
    buttons = tuple(
        Button(place, label, group, Press("option", str(place)))  # type: ignore[arg-type]
        for place, (label, group) in enumerate(shown)
    )
    screen = Screen("a", "r1", "fault", kind, buttons)  # type: ignore[arg-type]
    return Conversation("web:1", "nl", (Run("r1", "create_rma", NOON),), screens=(screen,), open="a")


# --- commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("terug", "back"),
        ("Ga terug.", "back"),
        ("BACK", "back"),
        ("précédent", "back"),
        ("precedent", "back"),
        ("/back", "back"),
        ("annuleer", "cancel"),
        ("Stop!", "cancel"),
        ("laat maar", "cancel"),
        ("arrêtez", "cancel"),
        ("never mind", "cancel"),
        ("overslaan", "skip"),
        ("passer", "skip"),
        ("Skip", "skip"),
        ("later", "later"),
        ("plus tard", "later"),
    ],
)
def test_a_short_whole_message_is_a_command(text: str, name: str) -> None:
    """In any language, whatever the person's own, forgiving capitals, accents, points and a slash."""
    assert heard(text, started("add_note")) == Command(name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["stop de omvormer", "later op de dag viel hij uit", "ga terug naar de klant"]
)
def test_a_command_inside_a_sentence_is_no_command(text: str) -> None:
    """With a question open, the sentence is its answer."""
    assert heard(text, started("add_note")) is None


@pytest.mark.parametrize("text", ["annuleer", "terug", "later", "skip"])
def test_a_command_with_nothing_open_shows_the_menu(text: str) -> None:
    """Nothing to cancel is no reason to complain."""
    assert heard(text) == Started("menu")


def test_retour_is_back_in_french_only() -> None:
    """In Dutch it is a return shipment."""
    assert heard("retour", started("add_note"), "fr") == Command("back")
    assert heard("retour", started("add_note"), "nl") is None


@pytest.mark.row("ESM-01", "ESM-03", "ESM-46")
@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("/menu", "menu"),
        ("/start", "menu"),
        ("help", "help"),
        ("?", "help"),
        ("wat kan je?", "help"),
        ("que peux-tu faire", "help"),
        ("aide", "help"),
        ("mens", "talk_to_person"),
        ("HUMAIN", "talk_to_person"),
        ("iemand spreken", "talk_to_person"),
        ("parler à quelqu'un", "talk_to_person"),
        ("talk to a person", "talk_to_person"),
        ("/link", "link"),
        ("/taal", "change_language"),
        ("langue", "change_language"),
    ],
)
def test_help_menu_and_a_person_are_one_word_away(text: str, flow: str) -> None:
    """Also in the middle of something else, which comes back afterwards."""
    assert heard(text) == Started(flow)
    assert heard(text, started("add_note")) == Started(flow)


@pytest.mark.parametrize("text", ["hallo", "Bonjour", "good morning"])
def test_a_greeting_shows_the_menu_but_may_be_an_answer(text: str) -> None:
    """Somebody who says hello has not said what they want yet."""
    assert heard(text) == Started("menu")
    assert heard(text, started("add_note")) is None


@pytest.mark.row("ESM-45", "SMA-18")
@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("/taal fr", "fr"),
        ("taal nl", "nl"),
        ("/language en", "en"),
        ("/fr", "fr"),
        ("langue néerlandais", "nl"),
        ("français svp", "fr"),
        ("en français s'il vous plaît", "fr"),
        ("in het nederlands", "nl"),
        ("Nederlands aub", "nl"),
        ("english please", "en"),
        ("can we speak English?", "en"),
        ("vlaams", "nl"),
    ],
)
def test_a_language_is_changed_by_asking_for_it(text: str, locale: str) -> None:
    """In the old language or in the new one."""
    assert heard(text) == Spoke(locale)


@pytest.mark.parametrize("text", ["ik heb een engels paneel", "frans heeft een kapotte micro", "en"])
def test_a_language_named_in_passing_changes_nothing(text: str) -> None:
    """ "Frans" is also a man."""
    assert not isinstance(heard(text), Spoke)


def test_a_name_that_is_also_a_language_may_be_an_answer() -> None:
    """Asked for a name, "Frans" is one; "français" is not."""
    assert heard("Frans", started("add_note")) is None
    assert heard("français", started("add_note")) == Spoke("fr")


@pytest.mark.row("ESM-02")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("/start K7QM2-2XPL9", "K7QM2-2XPL9"),
        ("/link k7qm22xpl9", "k7qm22xpl9"),
        ("code: k7qm2-2xpl9", "k7qm2-2xpl9"),
        ("K7QM2-2XPL9", "K7QM2-2XPL9"),
        ("K7QM2 2XPL9", "K7QM2 2XPL9"),
        ("/start abcdefgh", "abcdefgh"),
    ],
)
def test_a_link_code_starts_linking(text: str, code: str) -> None:
    """As a deep link sends it, or typed by hand."""
    assert heard(text) == Started("link", {"code": code})


def test_a_code_is_the_answer_where_a_code_is_asked_for() -> None:
    """Not a second linking on top of the first."""
    assert heard("code K7QM2-2XPL9", started("link_code")) == Started("link", {"code": "K7QM2-2XPL9"})
    assert heard("/start K7QM2-2XPL9", started("link")) == Said("K7QM2-2XPL9")
    assert heard("K7QM2-2XPL9", started("link")) is None


@pytest.mark.parametrize("text", ["contact", "iemand", "start", "home", "link", "person"])
def test_a_word_that_may_be_an_answer_is_one_while_a_question_is_open(text: str) -> None:
    """With a slash it is a wish again."""
    assert isinstance(heard(text), Started)
    assert heard(text, started("add_note")) is None
    assert isinstance(heard(f"/{text}", started("add_note")), Started)


# --- the question that is open -------------------------------------------------------------------


def test_a_typed_label_presses_its_button_in_any_language() -> None:
    """Typing is as good as tapping."""
    screen = asked(_("Skip"), _("Change"))
    assert heard("change", screen) == Pressed("a", 1)
    assert heard("skip.", screen) == Pressed("a", 0)


def test_a_slip_of_the_finger_still_presses_the_button() -> None:
    """When no other button is near."""
    assert heard("something esle", asked("x", _("Something else"))) == Pressed("a", 1)


REVIEW = Screen(
    "a",
    "r1",
    "review",
    "",
    (
        Button(0, _("Send"), "answer", Press("done", "review"), style="primary"),
        Button(1, _("Change"), "change", Press("change")),
        Button(2, _("Cancel"), "nav", Press("command", "cancel")),
    ),
)


@pytest.mark.parametrize("text", ["ja", "Oui.", "yes please", "akkoord", "d'accord", "ok", "SEND"])
def test_yes_sends_what_is_under_review(text: str) -> None:
    """Somebody who types is not made to tap."""
    reviewed = Conversation("web:1", "nl", (Run("r1", "create_rma", NOON),), screens=(REVIEW,), open="a")
    assert heard(text, reviewed) == Pressed("a", 0)


@pytest.mark.parametrize("text", ["nee", "non", "no", "niet juist", "c'est pas ça"])
def test_no_to_what_is_under_review_is_a_no(text: str) -> None:
    """Whatever the language, the engine knows what it means there."""
    reviewed = Conversation("web:1", "nl", (Run("r1", "create_rma", NOON),), screens=(REVIEW,), open="a")
    assert heard(text, reviewed) == Command("no")


@pytest.mark.parametrize("text", ["ja maar het adres is fout", "hmm", "ok maar 2 stuks", "ja of nee"])
def test_what_is_not_a_clear_yes_sends_nothing(text: str) -> None:
    """The buttons stay."""
    reviewed = Conversation("web:1", "nl", (Run("r1", "create_rma", NOON),), screens=(REVIEW,), open="a")
    assert heard(text, reviewed) is None


def test_yes_to_a_question_is_its_answer() -> None:
    """There is nothing to agree to while words are asked for."""
    assert heard("ja", at("note", "text")) is None
    assert heard("nee", at("note", "text")) is None


@pytest.mark.parametrize("label", ["Peeters", Copy("122045001234")])
def test_a_name_or_number_is_pressed_only_when_it_is_exact(label: Text) -> None:
    """A name that is nearly another is another."""
    assert heard("Peeters" if isinstance(label, str) else "122045001234", asked(label)) == Pressed("a", 0)
    assert heard("Peters" if isinstance(label, str) else "122045001235", asked(label)) is None


def test_where_words_are_asked_for_an_option_is_only_words() -> None:
    """The answer "Something else" is kept as typed; *back* is not."""
    screen = asked(_("Something else"), kind="text", nav=(_("Go back one"),))
    assert heard("Something else", screen) is None
    assert heard("go back one", screen, "en") == Pressed("a", 1)


@pytest.mark.parametrize(
    "text",
    ["status", "systemen", "mijn omvormer is kapot", "00517624", "rma 00517624", "peeters", "x" * 100_000],
)
def test_anything_else_answers_the_open_question(text: str) -> None:
    """Single words and numbers too: the question comes first."""
    assert heard(text, started("add_note")) is None


@pytest.mark.parametrize(
    ("text", "flow", "answers"),
    [
        ("nieuwe rma", "create_rma", {}),
        ("Nouveau RMA", "create_rma", {}),
        ("where is my rma?", "track_rma", {}),
        ("status 00517624", "track_rma", {"rma": "00517624"}),
        ("/systemen", "search_systems", {}),
    ],
)
def test_a_clear_phrase_interrupts_the_open_question(text: str, flow: str, answers: dict[str, str]) -> None:
    """The flow that was interrupted waits on the stack."""
    assert heard(text, started("add_note")) == Started(flow, dict(answers))


def test_the_number_counts_when_its_own_flow_asks_for_it() -> None:
    """Asked which RMA to track, "status 00517624" says which."""
    assert heard("status 00517624", started("track_rma")) == Said("00517624")


def test_with_only_a_card_on_screen_words_are_a_wish() -> None:
    """A card asks nothing that words could answer; its buttons can be typed."""
    card = started("help")
    assert heard("mijn omvormer is kapot", card) == Started("create_rma")
    assert isinstance(heard("Talk to a person", card), Pressed)


def test_a_card_that_outlives_its_flow_can_be_answered_in_words() -> None:
    """Its buttons still work, so does typing what they say."""
    card = Screen("b", "", "", "", (Button(0, _("Menu"), "action", Press("start", "", Started("menu"))),))
    assert heard("menu", Conversation("web:1", "nl", screens=(card,))) == Pressed("b", 0)


# --- numbers and names ---------------------------------------------------------------------------


@pytest.mark.row("ESM-09", "ESM-48")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("122045001234", Started("search_systems", {"system": "122045001234"})),
        ("1220 4500 1234", Started("search_systems", {"system": "122045001234"})),
        ("sn: 122045001234", Started("search_systems", {"system": "122045001234"})),
        ("00517624", Started("track_rma", {"rma": "00517624"})),
        ("RMA 517624", Started("track_rma", {"rma": "517624"})),
        ("status 00517624", Started("track_rma", {"rma": "00517624"})),
        ("où en est le rma 00517624 ?", Started("track_rma", {"rma": "00517624"})),
        ("dossier 03664346", Started("list_cases", {"found": "03664346"})),
        ("03664346", Started("list_cases", {"found": "03664346"})),
        ("zoek 00517624", Started("track_rma", {"rma": "00517624"})),
        ("700457343", Started("search_systems", {"system": "700457343"})),
        ("systeem 45731", Started("search_systems", {"system": "45731"})),
        ("geo:50.98,4.83", Started("search_systems", {"system": "geo:50.98,4.83"})),
    ],
)
def test_a_number_goes_where_its_shape_or_label_says(text: str, expected: Started) -> None:
    """Kept as text, with its zeros."""
    assert heard(text) == expected


@pytest.mark.row("ESM-48")
@pytest.mark.parametrize("digits", ["517624", "45731", "12345678"])
def test_a_shortened_number_is_asked_about(digits: str) -> None:
    """It may be an RMA, a case or an old system: never guess; the search knows whose number it is."""
    track, search = Started("track_rma", {"rma": digits}), Started("search", {"found": digits})
    assert heard(digits) == Unclear((track, search))


@pytest.mark.row("ESM-09", "ESM-48")
@pytest.mark.parametrize("text", ["zoek 517624", "cherche 517624", "search 517624", "find 517624"])
def test_the_search_takes_any_number(text: str) -> None:
    """Whose it is, the desk knows; asked for without one, it is a box for everything."""
    assert heard(text) in (Started("search", {"found": "517624"}), heard("517624"))
    assert heard("zoek") == heard("chercher") == heard("search") == Started("search")


@pytest.mark.row("ESM-48")
@pytest.mark.parametrize("text", ["dossier 3664347", "status 3664347", "case 3664347", "dossier 03664347"])
def test_a_case_is_known_without_its_zero(text: str) -> None:
    """As an RMA is."""
    assert heard(text) == Started("list_cases", {"found": "03664347"})


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("vergoeding aanvragen voor 517622", Started("claim_labour", {"rma": "517622"})),
        ("label voor 517622", Started("return_label", {"parcel": "517622"})),
        ("étiquette pour la RMA 517622", Started("return_label", {"parcel": "517622"})),
        ("wat kan ik nog aanvragen", Started("claim_labour")),
        ("claimable now", Started("claim_labour")),
        ("état du remboursement", Started("track_claim")),
        ("waar blijft het geld", Started("track_claim")),
        ("schedule a pick-up", Started("initiate_return")),
        ("bank account", Started("bank_details")),
        ("mes étiquettes", Started("return_label")),
    ],
)
def test_returns_and_labour_are_asked_for_as_people_say_it(text: str, means: Started) -> None:
    """With the number it is about, whatever small word stands before it."""
    assert heard(text) == means


@pytest.mark.parametrize("text", ["waar is retour 90001", "status retour 90001", "where is return 90001"])
def test_where_a_return_is_can_be_asked(text: str) -> None:
    """That starts no new one."""
    assert heard(text) == Started("track_return", {"parcel": "90001"})


@pytest.mark.parametrize(
    "text",
    ["0478 12 34 56", "+32 478 12 34 56", "0478123456", "BE68 5390 0754 7034", "BE0123.456.789", "€ 125,00"],
)
def test_phone_bank_and_vat_numbers_are_never_ours(text: str) -> None:
    """Nothing starts and no button offers them."""
    assert heard(text) == Unclear()


def test_several_serials_are_for_a_new_rma_or_a_search() -> None:
    """The buttons ask; nothing has to be typed again."""
    meant = heard("122045001234, 122045001235")
    assert isinstance(meant, Unclear)
    serials = ("122045001234", "122045001235")
    assert meant.guesses[0] == Started("create_rma", {"system": serials[0], "devices": serials})


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("nieuwe rma peeters", "peeters"),
        ("Nieuwe RMA voor Peeters, Aarschot aub", "Peeters, Aarschot"),
        ("nouveau rma dupont", "dupont"),
        ("new rma for D'Hondt please", "D'Hondt"),
        ("nouveau RMA chez Étienne Lefèvre", "Étienne Lefèvre"),
    ],
)
def test_a_new_rma_takes_the_name_along(text: str, system: str) -> None:
    """Nothing that was said is asked again; the name stays as typed."""
    assert heard(text) == Started("create_rma", {"system": system})


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("zoek peeters", "peeters"),
        ("cherche Dorpstraat 14 Haacht", "Dorpstraat 14 Haacht"),
        ("find Janssens", "Janssens"),
    ],
)
def test_a_search_takes_its_words_along(text: str, system: str) -> None:
    """A name, a street, a town."""
    assert heard(text) == Started("search_systems", {"system": system})


@pytest.mark.row("ESM-15")
@pytest.mark.parametrize(
    ("text", "rma", "note"),
    [
        ("noteer bij 00517624: klant thuis na 17u", "00517624", "klant thuis na 17u"),
        ("Noter sur RMA 517624 - client absent le matin", "517624", "client absent le matin"),
        ("add note to 00517624: Call 0478 first", "00517624", "Call 0478 first"),
    ],
)
def test_a_note_is_read_with_its_number(text: str, rma: str, note: str) -> None:
    """The preview comes before anything is kept."""
    assert heard(text) == Started("add_note", {"rma": rma, "note": note})


def test_a_serial_with_a_word_for_broken_begins_an_rma() -> None:
    """What was understood is shown, not filed."""
    answers: dict[str, Value] = {"system": "122045001234", "devices": ("122045001234",)}
    assert heard("batterij bij Peeters kapot, sn 122045001234, graag vervangen") == Started(
        "create_rma", answers
    )


@pytest.mark.parametrize(
    ("text", "fault", "description"),
    [
        ("nieuwe rma 122045001234", "", ""),
        ("new rma for 122045001234", "", ""),
        ("nieuwe rma Peeters 122045001234", "", ""),
        ("nouveau rma 122045001234 ne communique plus", "not_reporting", ""),
        (
            "nieuwe rma 122045001234, meldt niet sinds de storm",
            "not_reporting",
            "meldt niet sinds de storm",
        ),
        ("new rma sn 122045001234: cracked since the hail", "damaged", "cracked since the hail"),
        (
            "122045001234 plus de production depuis l'orage",
            "no_production",
            "plus de production depuis l'orage",
        ),
        ("122045001234 not reporting", "not_reporting", ""),
    ],
)
def test_what_is_said_beside_a_serial_is_not_asked_again(text: str, fault: str, description: str) -> None:
    """A fault that is named, and words that say when or how; "rma" before a serial makes it no RMA."""
    known: dict[str, Value] = {"system": "122045001234", "devices": ("122045001234",)}
    said = {"fault": fault, "description": description}
    known |= {name: words for name, words in said.items() if words}
    assert heard(text) == Started("create_rma", known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "registreer home manager 3009871122",
            Started("register_device", {"devices": "home manager 3009871122"}),
        ),
        ("cashback 3009871122", Started("cashback_status", {"item": "3009871122"})),
        ("status 3030069989", Started("cashback_status", {"item": "3030069989"})),
        ("où en est 3030069989 ?", Started("cashback_status", {"item": "3030069989"})),
        ("cashback voor 3012345678 aanvragen", Started("register_device", {"devices": "3012345678"})),
        ("facture pour 3009871122", Started("cashback_documents", {"item": "3009871122"})),
        ("I have an excel with devices", Started("register_sheet")),
        ("rapport cashback", Started("order_report", {"kind": "cashback"})),
        ("nota bij dossier 03664270: belt", Started("add_case_note", {"found": "03664270", "note": "belt"})),
        ("demp 517622", Started("mute_rma", {"rma": "517622"})),
        ("defecte micro terugsturen", Started("initiate_return")),
        ("jan uitnodigen", Started("invite_colleague", {"name": "jan"})),
        ("Nodig Noor Peeters uit", Started("invite_colleague", {"name": "Noor Peeters"})),
        ("nodig noor@zon.example uit", Started("invite_colleague", {"email": "noor@zon.example"})),
        (
            "invite Noor Peeters <noor@zon.example> as office",
            Started(
                "invite_colleague", {"name": "Noor Peeters", "email": "noor@zon.example", "role": "office"}
            ),
        ),
        ("supprimer Jean Dupont", Started("remove_colleague", {"colleague": "Jean Dupont"})),
        ("hand this over to Els", Started("pass_draft", {"colleague": "Els"})),
    ],
)
def test_each_journey_begins_with_one_sentence(text: str, expected: Content) -> None:
    """The cashback, a note on a case, peace, a return, colleagues."""
    assert heard(text) == expected


@pytest.mark.parametrize("text", ["3012345678", "home manager 3012345678"])
def test_an_sma_serial_alone_may_be_new_or_known(text: str) -> None:
    """Both are one tap away."""
    new, known = (
        Started("register_device", {"devices": text}),
        Started("cashback_status", {"item": "3012345678"}),
    )
    assert heard(text) == Unclear((new, known))


@pytest.mark.parametrize("text", ["verwijder de foto", "invite", "remove my account", "verwijder 517622"])
def test_only_a_name_is_a_colleague(text: str) -> None:
    """Nobody is removed by a slip: there is a review besides."""
    meant = heard(text)
    assert not (isinstance(meant, Started) and meant.answers.get("colleague"))


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("cashback", "cashback"),
        ("oefenen", "practice"),
        ("renvoyer", "initiate_return"),
        ("aperçu", "list_rmas"),
        ("je veux parler à quelqu'un", "talk_to_person"),
    ],
)
def test_one_word_for_a_flow_is_no_name(text: str, flow: str) -> None:
    """Where a system is asked for, "cashback" is a wish; where words are asked for, it is the answer."""
    meant = heard(text, asked("Peeters, Aarschot"))
    assert isinstance(meant, Started)
    assert meant.flow == flow
    if " " not in text:
        assert heard(text, at("description", "text")) is None


def test_a_fault_told_to_the_form_does_not_begin_it_anew() -> None:
    """ "batterij kapot" where the devices are asked."""
    assert heard("batterij kapot", started("create_rma")) is None
    assert heard("batterij kapot", started("track_rma")) == Started("create_rma")


def test_the_mailbox_of_a_report_is_taken_from_the_sentence() -> None:
    """It is asked about before anything is sent there."""
    meant = heard("report of RMAs this year to boss@gmail.com")
    assert isinstance(meant, Started)
    assert (meant.flow, meant.answers["address"]) == ("order_report", "boss@gmail.com")


# --- nothing we know -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "...", "😀", "wat een mooi weer vandaag", "مرحبا"])
def test_chit_chat_starts_nothing(text: str) -> None:
    """And offers nothing far-fetched."""
    assert heard(text) == Unclear()


def test_the_bare_word_rma_is_asked_about() -> None:
    """A new one, or one that exists."""
    assert heard("rma") == Unclear((Started("create_rma"), Started("track_rma")))


def test_a_name_alone_offers_a_search() -> None:
    """One tap instead of typing it again."""
    assert heard("Peeters Aarschot") == Unclear((Started("search_systems", {"system": "Peeters Aarschot"}),))


def test_never_more_than_three_guesses() -> None:
    """Three buttons are read, eight are not."""
    for text in ("rma adres foto notitie", "status systeem rma zoeken", "code taal help"):
        meant = heard(text)
        assert not isinstance(meant, Unclear) or len(meant.guesses) <= 3


def test_only_flows_that_exist_are_started() -> None:
    """A smaller catalog is never asked for what it does not have."""
    few = Understanding({"menu": FLOWS["menu"]})
    for text in (
        "help",
        "mens",
        "nieuwe rma peeters",
        "00517624",
        "122045001234",
        "517624",
        "zoek peeters",
        "noteer bij 517624: x",
    ):
        meant = few.understand(text, "nl", NOTHING_OPEN)
        assert not isinstance(meant, Started) or meant.flow == "menu"
        assert not isinstance(meant, Unclear) or {guess.flow for guess in meant.guesses} <= {"menu"}


# --- a fault and where it is, in one line -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("peeters, micro kapot", "peeters"),
        ("peeters, micro en panne", "peeters"),
        ("peeters, broken micro", "peeters"),
        ("Peeters, Aarschot: micro stuk", "Peeters, Aarschot"),
        ("micro kapot, peeters", "peeters"),
        ("ma batterie est morte rue du château", "rue du château"),
        ("bakker smet tienen geen productie", "bakker smet tienen"),
        ("dupont namur plus de production", "dupont namur"),
        ("gateway toont rood lampje bij Maes Leuven", "Maes Leuven"),
        ("passerelle voyant rouge chez Maes", "Maes"),
        ("gateway red light at Maes", "Maes"),
        ("Van den Berg batterij stuk", "Van den Berg"),
        ("De micro van Peeters is kapot", "Peeters"),
        ("peeters aarschot micro meldt niet", "peeters aarschot"),
    ],
)
def test_a_fault_and_a_name_start_an_rma_for_that_system(text: str, system: str) -> None:
    """The first line of the README, and how else it is typed on a roof."""
    assert heard(text) == Started("create_rma", {"system": system})


@pytest.mark.parametrize(
    "text",
    [
        "micro kapot sinds gisteren",
        "micro kapot na onweer",
        "batterie morte depuis hier",
        "mijn omvormer is stuk en de klant is boos",
    ],
)
def test_words_that_tell_when_or_why_are_no_name(text: str) -> None:
    """The question which system it is comes instead."""
    assert heard(text) == Started("create_rma")


@pytest.mark.parametrize("text", ["volg 00517624", "suivre 00517624", "follow rma 00517624"])
def test_follow_with_a_number_follows_that_rma(text: str) -> None:
    """It is told when it changes."""
    assert heard(text) == Started("follow_rma", {"rma": "00517624"})


@pytest.mark.parametrize("text", ["bedankt", "Merci !", "thanks", "dank u wel", "ok merci"])
def test_thanks_with_nothing_open_are_answered(text: str) -> None:
    """A short kind answer; where words are asked for they are the answer."""
    assert heard(text) == Started("thanks")
    assert heard(text, at("system", "one")) == Started("thanks")
    assert heard(text, at("description", "text")) is None


# --- a wish while a question is open ----------------------------------------------------------------


def at(step: str, kind: str = "", flow: str = "create_rma") -> Conversation:
    """A conversation at this step of a flow."""
    buttons = (Button(0, _("Cancel"), "nav", Press("command", "cancel")),)
    screen = Screen("a", "r1", step, kind, buttons)  # type: ignore[arg-type]
    return Conversation("web:1", "nl", (Run("r1", flow, NOON),), screens=(screen,), open="a")


WISHES = {
    "waar blijft mijn rma": Started("track_rma"),
    "où en est le dossier": Started("track_rma"),
    "status dupont": Started("track_rma", {"rma": "dupont"}),
    "zoek peeters": Started("search_systems", {"system": "peeters"}),
    "peeters, micro kapot": Started("create_rma", {"system": "peeters"}),
}


@pytest.mark.parametrize(("text", "wish"), WISHES.items())
@pytest.mark.parametrize(("step", "kind"), [("photos", "files"), ("review", ""), ("already_open", "")])
def test_a_wish_is_heard_where_words_are_no_answer(text: str, wish: Started, step: str, kind: str) -> None:
    """The draft waits underneath."""
    assert heard(text, at(step, kind)) == wish


@pytest.mark.parametrize(
    "text", ["de batterij is ook kapot", "ja maar het adres is fout", "xyzzy", "nog een foto bij"]
)
@pytest.mark.parametrize(("step", "kind"), [("photos", "files"), ("review", "")])
def test_what_may_be_about_the_draft_starts_nothing(text: str, step: str, kind: str) -> None:
    """Nor do guesses."""
    assert heard(text, at(step, kind)) is None


@pytest.mark.parametrize(
    "text", ["status dupont", "noteer bij 00517624: klant thuis na 17u", "volg 00517624"]
)
def test_a_whole_wish_with_a_name_or_number_is_heard_at_a_look_up(text: str) -> None:
    """There it is not a name."""
    assert isinstance(heard(text, at("system", "one")), Started)


@pytest.mark.parametrize("text", ["zoek peeters", "peeters, micro kapot", "dorpsstraat 14", "systeem 3000"])
def test_what_can_be_looked_up_is_looked_up(text: str) -> None:
    """Where a system is asked for."""
    assert heard(text, at("system", "one")) is None


@pytest.mark.parametrize(
    ("flow", "text"), [("initiate_return", "retour 517621"), ("claim_labour", "vergoeding voor 517621")]
)
def test_the_same_wish_with_a_number_is_its_answer_or_another_one(flow: str, text: str) -> None:
    """The answer where an RMA is asked for; once there is one, it is about another RMA."""
    assert heard(text, at("rma", "one", flow)) == Said("517621")
    known = {"rma": Answer("00517622", "00517622")}
    for step, kind in (("not_yet", ""), ("devices", "one"), ("replaced_on", "one")):
        later = structs.replace(at(step, kind, flow), runs=(Run("r1", flow, NOON, answers=known),))
        assert heard(text, later) == Started(flow, {"rma": "517621"})


@pytest.mark.parametrize("step", ["found", ""])
def test_a_place_is_looked_up_among_systems(step: str) -> None:
    """Also where requests are searched: only systems stand somewhere."""
    place = "geo:50.98,4.83"
    open_ = at(step, "one", "search") if step else NOTHING_OPEN
    assert heard(place, open_) == Started("search_systems", {"system": place})


@pytest.mark.parametrize("text", ["status dupont", "peeters, micro kapot", "waar is de klant", "volgt later"])
def test_where_words_are_asked_for_they_are_the_answer(text: str) -> None:
    """A description and a note may sound like a wish; so may words beside the kinds of fault."""
    assert heard(text, at("description", "text")) is None
    assert heard(text, at("note", "text", "add_note")) is None
    assert heard(text, at("fault", "one")) is None


@pytest.mark.parametrize("text", ["ik heb geen foto", "pas de photo", "No photo."])
def test_no_photo_is_a_skip_where_photos_are_asked_for(text: str) -> None:
    """Elsewhere it is an answer."""
    assert heard(text, at("label_photo", "files")) == Command("skip")
    assert heard(text, at("description", "text")) is None


@pytest.mark.parametrize("text", ["verder", "ga verder", "continuer", "Go on"])
def test_go_on_presses_the_button_that_goes_on(text: str) -> None:
    """When there is one on screen."""
    buttons = (
        Button(0, _("Menu"), "action", Press("start")),
        Button(1, _("Go on: {draft}")(draft="x"), "action", Press("resume", "r0")),
    )
    assert heard(text, Conversation("web:1", "nl", screens=(Screen("a", buttons=buttons),))) == Pressed(
        "a", 1
    )
    assert heard(text) != Pressed("a", 1)


ON_A_ROOF = {
    "ik wil ne mens aan de lijn": Started("talk_to_person"),
    "wie zit er nog in mijn bedrijf": Started("people"),
    "y a qui dans ma boite": Started("people"),
    "too many messages": Started("notifications"),
    "hoe werkt de cashback": Started("cashback"),
    "comment ca marche le cashback": Started("cashback"),
    "batterij peeters doet raar": Started("create_rma", {"system": "peeters"}),
    "any update on 517576?": Started("track_rma", {"rma": "517576"}),
    "waar blijft mijn RMA van Kuipers": Started("track_rma", {"rma": "Kuipers"}),
    "hoever staat de rma van willems": Started("track_rma", {"rma": "willems"}),
    "waar zit het pakketje van kuipers": Started("track_rma", {"rma": "kuipers"}),
    "is er al nieuws van de vergoeding van visser": Started("track_claim", {"claim": "visser"}),
    "retour van van den broeck": Started("initiate_return", {"rma": "van den broeck"}),
    "visser retour": Started("initiate_return", {"rma": "visser"}),
    "change delivery address weber rma": Started("correct_address", {"rma": "weber"}),
    "nota voor De Smet: hond los": Started("add_note", {"rma": "De Smet", "note": "hond los"}),
    "spreekt ge ook frans": Spoke("fr"),
    "passe en neerlandais": Spoke("nl"),
    "speak french pls": Spoke("fr"),
    "merci eh": Started("thanks"),
    "cheers mate": Started("thanks"),
}


@pytest.mark.parametrize("text", list(ON_A_ROOF))
def test_what_is_typed_on_a_roof_is_understood(text: str) -> None:
    """In haste and in dialect; a name is taken along as it was typed."""
    assert heard(text) == ON_A_ROOF[text]


@pytest.mark.parametrize(
    "text",
    ["nieuwe klant toevoegen", "the customer changed his password", "envoyez-moi un devis", "ok", "non"],
)
def test_nothing_starts_where_nothing_of_ours_is_meant(text: str) -> None:
    """At most a button is offered."""
    assert not isinstance(heard(text), Started)


def test_what_may_be_meant_is_offered_with_the_name_and_one_menu() -> None:
    """So that it need not be typed again."""
    meant = heard("et le remboursement de chez dubois il arrive quand")
    assert isinstance(meant, Unclear)
    assert Started("track_claim", {"claim": "dubois"}) in meant.guesses
