"""The label of a return: a PDF with bars and squares for a carrier, or the squares as a picture."""

from __future__ import annotations

import io
from typing import Final

import zxingcpp
from PIL import Image
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.renderPDF import draw
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, A6
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bot.enclosures.fonts import BOLD, PLAIN
from flows.engine.enclosures import ReturnLabel
from flows.engine.phrases import _
from locales.speaker import Speaker

FROM, TO = _("From"), _("To")
BOX: Final = _("Box {n} of {boxes}")
QUIET: Final = 4
"""Squares of white around a code."""
QR_POINTS: Final = 900


def pdf(label: ReturnLabel, speaker: Speaker) -> bytes:
    """One page per box, each with the same code."""
    for name, path in (("Plain", PLAIN), ("Bold", BOLD)):
        pdfmetrics.registerFont(TTFont(name, str(path)))
    out = io.BytesIO()
    size = A6 if label.format == "a6" else A4
    canvas = Canvas(out, pagesize=size, invariant=True)
    canvas.setTitle(label.code)
    for box in range(1, label.boxes + 1):
        # On plain paper the label stands in the upper left corner, to be cut out.
        canvas.translate(0, size[1] - A6[1])
        if label.format == "a4":
            canvas.setDash(3, 3)
            canvas.rect(0, 0, *A6)
            canvas.setDash()
        _page(canvas, label, box, speaker)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def qr(label: ReturnLabel) -> bytes:
    """The code as a picture, to be shown on a phone."""
    code = zxingcpp.create_barcode(label.code, zxingcpp.BarcodeFormat.QRCode)
    squares = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True))
    scale = QR_POINTS // squares.width
    out = io.BytesIO()
    squares.resize((squares.width * scale, squares.height * scale), Image.Resampling.NEAREST).save(out, "PNG")
    return out.getvalue()


def _page(canvas: Canvas, label: ReturnLabel, box: int, speaker: Speaker) -> None:
    width, height = A6
    left, room = 6 * mm, width - 12 * mm
    y = height - 9 * mm
    for title, lines, size in ((FROM, label.sender, 8), (TO, label.receiver, 12)):
        canvas.setFont("Bold", 8)
        canvas.drawString(left, y, speaker.say(title))
        y -= size + 6
        for line in lines:
            for part in simpleSplit(speaker.say(line), "Plain", size, room):
                canvas.setFont("Plain", size)
                canvas.drawString(left, y, part)
                y -= (size + 3) * 1.0
        y -= 4 * mm
    canvas.line(left, y + 2 * mm, left + room, y + 2 * mm)
    canvas.setFont("Plain", 9)
    canvas.drawString(left, y - 4 * mm, speaker.say(label.contents))
    if label.boxes > 1:
        canvas.drawRightString(left + room, y - 4 * mm, speaker.say(BOX(n=box, boxes=label.boxes)))
    _codes(canvas, label.code, left, room)


def _codes(canvas: Canvas, code: str, left: float, room: float) -> None:
    bars = Code128(code, barHeight=18 * mm, barWidth=0.42 * mm, quiet=True)
    bars.drawOn(canvas, left + (room - bars.width) / 2, 14 * mm)
    canvas.setFont("Bold", 11)
    canvas.drawCentredString(left + room / 2, 8 * mm, code)
    side = 38 * mm
    square = QrCodeWidget(code, barWidth=side, barHeight=side, barBorder=QUIET)
    drawing = Drawing(side, side)
    drawing.add(square)
    draw(drawing, canvas, left + (room - side) / 2, 36 * mm)
