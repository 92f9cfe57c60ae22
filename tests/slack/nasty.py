"""Words that try to ping, to hide a link, or to break what stands beside them."""

from __future__ import annotations

from typing import Final

MARKS: Final = (
    "<!channel>",
    "<!here>",
    "<!everyone>",
    "<!here|here>",
    "<!subteam^S0001>",
    "<@U1001>",
    "<@W1|els>",
    "<#C1|roofs>",
    "<https://evil.example|your bank>",
    "<https://evil.example>",
    "<mailto:a@evil.example|the desk>",
    "<tel:+32470000000|call>",
    "<javascript:alert(1)|x>",
    "<slack://user?team=T1&id=U1|x>",
    "<!date^1392734382^{date}|x>",
    "@channel",
    "@here",
    "@everyone",
    "https://evil.example/?a=<b>&c=|d",
    "&lt;!channel&gt;",
    "&amp;lt;!here&amp;gt;",
    "*bold* _italic_ ~gone~ `code`",
    "```block```",
    ":tada: :no_such:",
    "> quoted",
)
ODD: Final = (
    "\u202egpj.exe\u202c",
    "\u2066left\u2069",
    "z\u0351\u036b\u0343a\u0342l\u0316g\u0330o\u0334",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f1e7\U0001f1ea \u2764\ufe0f",
    "nul\x00nul",
    "half \ud83d character",
    "\udc00",
    "\x02\x03\x1b[31m",
    "\u200b\u200d\ufeff zero",
    "<" * 30,
    "|" * 30,
    "{n} {gap} %s %(x)s {0}",
    "' OR 1=1; --",
)
FRAMES: Final = ("{}", "on the roof {} since Monday", "*{}*", "<{}>", "`{}`", "<!channel>{}")
CORPUS: Final = (*(frame.replace("{}", each) for frame in FRAMES for each in MARKS), *ODD)
assert len(CORPUS) >= 150


def kept(text: str) -> str:
    """What is kept of words: all but what no database keeps."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
