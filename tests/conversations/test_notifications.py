"""Of what one hears: changed by a tap, and it holds."""

from __future__ import annotations

import pytest

from bot.services.news import tell
from storage import people
from storage.moments import micros
from storage.unit_of_work import Connection
from tests.conversations.chats import World
from tests.conversations.desk import moves
from tests.conversations.journeys import PROFILE
from tests.conversations.sample import Sample

BRUSSELS = {"nl": "Brussel", "fr": "Bruxelles", "en": "Brussels"}
LONDON = {"nl": "Londen", "fr": "Londres", "en": "London"}
LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])


@pytest.mark.row("ESM-43")
@LOCALES
def test_notifications_are_changed_by_taps_and_shown_back(world: World, locale: str) -> None:
    """From the profile: what, how often, when it is quiet."""
    chat = world.chat(locale).says(PROFILE[locale]).presses("Notifications")
    chat.sees("You hear of what you filed or follow.", "Each change is told at once.", "20")
    chat.presses("What I hear of").presses("All of the company").sees("From now on you hear of: {hears}.")
    chat.presses("Notifications").presses("How often").presses("Once a day")
    chat.presses("Notifications").presses("Quiet hours").presses("22:00 to 6:00")
    world.restart()
    chat.says("/notifications").sees("You hear of all requests of your company.", "22:00", "6:00")
    chat.sees("All changes of a day are told together, in the morning.")


@LOCALES
def test_a_day_comes_in_one_message_the_next_morning(world: World, locale: str) -> None:
    """Both changes of an RMA, once."""
    chat = world.chat(locale)
    number = Sample(world, locale).rmas("in_progress", mine=True)[0].number
    chat.starts("follow_rma", rma=number).starts("how_often", pace="daily")
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    moves(world, f"rma {number}", "pending_approval", "approved")
    world.clock.pass_(days=1)
    chat.hears().sees("What happened since yesterday:", "Pending approval", "Approved", number)


def test_a_muted_rma_is_silent(world: World) -> None:
    """Its card says how to hear of it again."""
    chat = world.chat("en")
    number = Sample(world, "en").rmas("in_progress", mine=True)[0].number
    chat.starts("track_rma", rma=number).presses("Mute").sees("You hear nothing more of RMA {number}")
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    chat.presses("Track").presses("Hear of it again").sees("You hear of RMA {number} again.")
    moves(world, f"rma {number}", "pending_approval", "approved")
    chat.hears().sees("Approved")
    assert "Pending approval" not in "".join(text for text in chat.msgids())


@pytest.mark.row("ESM-43")
@LOCALES
def test_the_time_zone_is_changed_by_a_tap_and_quiet_hours_follow_it(world: World, locale: str) -> None:
    """Ten past ten in London is not between 11 and 12, whatever the clock says in Brussels."""
    chat = world.chat(locale).says(PROFILE[locale]).sees("Time zone: {zone}", BRUSSELS[locale], "10:30")
    chat.presses("Time zone").sees(BRUSSELS[locale], "10:30", "09:30").presses(LONDON[locale])
    chat.sees("Your clock is that of {city} now", LONDON[locale], "09:30")
    world.restart()
    chat.presses("Notifications").sees("Your clock: {zone}.", LONDON[locale])
    chat.starts("quiet_hours", quiet="11-12")
    number = Sample(world, locale).rmas("in_progress", mine=True)[0].number
    world.clock.pass_(minutes=40)
    moves(world, f"rma {number}", "in_progress", "pending_approval")
    chat.hears().sees("Pending approval")


def test_a_city_is_typed_in_any_language(world: World) -> None:
    """Also the name of the zone, without capitals or accents; what has no zone is asked again."""
    chat = world.chat("en").says("/time_zone")
    for typed in ("Aarschot", "x", "Mars/Olympus", "../../etc/passwd", "UTC", "\N{SLIGHTLY SMILING FACE}"):
        chat.says(typed).sees("I do not know that city.", "Where are you?")
        assert "Brussels" in chat.labels()
    for typed, city in (
        ("Lissabon", "Lisbon"),
        ("athène", "Athens"),
        ("new york", "New York"),
        ("Indian/Reunion", "Réunion"),
        ("helsinki", "Helsinki"),
    ):
        chat.starts("time_zone").says(typed).sees("Your clock is that of {city} now", city)
    assert chat.starts("time_zone").labels()[0] == "Helsinki"


@LOCALES
def test_a_day_with_many_changes_ends_in_the_overview(world: World, locale: str) -> None:
    """The first ten and how many more; beside an open question the overview is a button."""
    chat = world.chat(locale).starts("how_often", pace="daily").starts("add_note")

    def happens(connection: Connection) -> None:
        me = people.with_email(connection, world.people[locale])
        assert me
        now = micros(world.clock.now())
        for place in range(13):
            tell(connection, [me.id], f"Line {place}", about="", key=f"{place}", title="x", now=now)

    world.run(world.app.uow.write(happens))
    world.clock.pass_(days=1)
    chat.hears().sees("What happened since yesterday:", "Line 9", "And {n} more.").sees_not("Line 10")
    chat.presses("Overview").sees("Tap, or type a number, name, town or date.")
