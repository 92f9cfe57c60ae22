"""Wishes that a word marks: a note, a report, a list, a return, the cashback, more news or none."""

from __future__ import annotations

import re

from bot.understanding import cashback, filters, reports, words
from bot.understanding.fold import fold
from bot.understanding.lists import SOME_DAY, list_meant
from bot.understanding.numbers import Number
from bot.understanding.starts import Starts
from flows.engine.data import Started, Value
from flows.engine.events import Unclear


class Marked:
    """Reads them, with all that is said besides."""

    def __init__(self, starts: Starts) -> None:
        self._to = starts

    def read(self, text: str, found: tuple[Number, ...], folded: str) -> Started | Unclear | None:
        """The wish; `folded`: the words without the numbers that were found."""
        return (
            self._note(text, found)
            or self._follow(found, folded)
            or self._cashback(text, found, folded)
            or self._report(text)
            or self._listed(text, found)
            or self._return(found, folded)
        )

    def _note(self, text: str, found: tuple[Number, ...]) -> Started | None:
        """ "noteer bij 00517624: klant thuis na 17u"."""
        if not found or found[0].kind in ("serial", "sma_serial", "system"):
            return None
        before = set(fold(text[: found[0].start]).split())
        if (
            not before & words.NOTE
            or before - words.NOTE - words.CONNECT - words.RMA - words.CASE - words.PUT
        ):
            return None
        note = re.sub(r"^[\s:,;.–-]+", "", text[found[0].end :]).strip()
        flow, about = ("add_case_note", "found") if found[0].kind == "case" else ("add_note", "rma")
        known: dict[str, Value] = {about: found[0].digits, "note": note}
        return Started(flow, {name: value for name, value in known.items() if value})

    def _follow(self, found: tuple[Number, ...], folded: str) -> Started | None:
        """ "volg 00517624": tell me when it changes; "demp 00517624": do not."""
        said = set(folded.split())
        if said & words.MUTE and not said - words.MUTE - words.CONNECT - words.RMA:
            muted = self._to.filled("mute_rma", found[:1])
            return muted if muted.answers else None
        if not said & words.FOLLOW or said - words.FOLLOW - words.CONNECT - words.RMA:
            return None
        followed = self._to.filled("follow_rma", found[:1])
        return followed if followed.answers else None

    def _cashback(self, text: str, found: tuple[Number, ...], folded: str) -> Started | Unclear | None:
        """ "registreer home manager 3009871122": a wish with an SMA serial, or its serial alone."""
        serials = tuple(number.digits for number in found if number.kind == "sma_serial")
        block, flow = cashback.block(folded), cashback.wish(folded, serials)
        if block and not serials:
            return self._to.start("cashback", guide=block)
        if not flow:
            return None
        known: dict[str, Value] = {
            "devices": cashback.devices(text),
            "installed_on": cashback.installed_on(text),
        }
        register = self._to.start("register_device", **{name: said for name, said in known.items() if said})
        if flow == "?":
            return Unclear(self._to.known(register, self._to.start("cashback_status", item=serials[0])))
        if flow == "register_device":
            return register
        return self._to.start(flow, item=serials[0]) if serials else self._to.start(flow)

    def _report(self, text: str) -> Started | None:
        """ "rapport vergoedingen augustus": whatever is said of it is taken along (ESM-39 to 41)."""
        if not reports.is_order(text):
            return None
        known = {"kind": reports.kind_of(text), "systems": text if reports.system_ids(text) else ""}
        known["address"] = reports.mailbox(text)
        days = reports.dated(text)
        known["days"] = days if filters.read(days, SOME_DAY).submitted else ""
        return self._to.start("order_report", **{name: said for name, said in known.items() if said})

    def _listed(self, text: str, found: tuple[Number, ...]) -> Started | None:
        """ "RMA's postcode 1000 goedgekeurd sinds 1 juli": the list takes the whole sentence (ESM-10, 11)."""
        flow = list_meant(text, numbered=bool(found))
        if not flow:
            return None
        narrow = filters.read(text, SOME_DAY)
        plain = not (narrow.words or filters.is_search(narrow))
        return self._to.start(flow) if plain else self._to.start(flow, found=text.strip())

    def _return(self, found: tuple[Number, ...], folded: str) -> Started | Unclear | None:
        """ "retour 517601": send back what is on it. Alone it may also mean to go back.

        "waar is retour 90001" asks for one that was announced.
        """
        said = set(folded.split())
        asked = said & (words.STATUS | words.FOLLOW)
        if (
            asked
            and said & words.SENT_BACK
            and not said - asked - words.RETURN - words.CONNECT - words.IDLE - words.RMA
        ):
            followed = self._to.filled("track_return", found[:1])
            return followed if followed.answers else None
        if said and said <= {"retour", "retours"} and not found:
            return Unclear(self._to.known(Started("initiate_return"), Started("track_return")))
        if not said & words.RETURN or said - words.RETURN - words.CONNECT - words.RMA:
            return None
        back = self._to.filled("initiate_return", found[:1])
        return back if back.answers else None
