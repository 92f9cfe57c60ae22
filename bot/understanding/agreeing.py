"""Yes, no and "that is all" as a whole message."""

from __future__ import annotations

from typing import Final

from bot.understanding.fold import phrases

_YES: Final = phrases(
    """ja, ja graag, ja aub, ja hoor, ja klopt, ja ok, ja dat klopt, ja zeker, ja doe maar, ja ja,
    jawel, jazeker, jep, jup, joa, oui, oui svp, oui merci, oui c'est bon, oui c'est ça, oui ok, oui
    oui, ouais, ouep, bien sûr, yes, yes please, yes ok, yes that's right, yep, yup, yeah, yes yes"""
)
_FINE: Final = phrases(
    """ok, oke, okay, okee, oki, okido, ok ok, ok doe maar, ok is goed, ok c'est bon, ok go, k, akkoord,
    klopt, klopt ja, klopt allemaal, dat klopt, alles klopt, alles ok, juist, correct, zeker, in orde,
    is in orde, goed, is goed, dat is goed, tis goed, prima, perfect, top, doe maar, ga maar, stuur
    maar, verzend, verstuur, verzend maar, d'accord, dac, c'est bon, c bon, c'est ok, tout est bon, tout
    est ok, ça va, ça marche, c'est ça, c'est juste, c'est correct, exact, exactement, parfait, vas-y,
    allez-y, envoie, envoyez, agreed, fine, sure, right, that's right, that's correct, all good, looks
    good, go ahead, go on then, send it"""
)
_NO: Final = phrases(
    """nee, neen, nee bedankt, nee dank u, nee dank je, nee merci, nee hoor, neeje, nee nee, nope,
    liever niet, toch niet, nee toch niet, klopt niet, dat klopt niet, nee klopt niet, niet juist, niet
    correct, fout, is fout, non, non merci, non non, pas correct, c'est faux, c'est pas bon, ce n'est
    pas bon, pas bon, ce n'est pas ça, c'est pas ça, no, no thanks, no thank you, nah, not right, that's
    wrong, wrong, not correct, no no"""
)
_ENOUGH: Final = phrases(
    """klaar, dat is alles, da's alles, dat was alles, meer niet, dat was het, c'est tout, voilà, fini,
    terminé, that's all, that is all, that's it, all done, finished"""
)
_THUMBS: Final = frozenset("👍👌✅✔🆗")


def agrees(text: str, folded: str, *, plainly: bool = False) -> bool:
    """Whether somebody says yes and nothing else. `plainly`: "yes" itself; "ok" may be a mere nod."""
    return folded in _YES or (not plainly and (folded in _FINE or is_thumb(text)))


def declines(folded: str) -> bool:
    """Whether somebody says no and nothing else."""
    return folded in _NO


def has_enough(folded: str) -> bool:
    """Whether somebody says that this was all."""
    return folded in _ENOUGH


def is_thumb(text: str) -> bool:
    """Whether it is nothing but the sign for "fine"."""
    return text[:1] in _THUMBS and not any(map(str.isalnum, text))
