"""Limit: a bare durable commit and a bare reportlab page, every place on it known before. receipt.py FILE FONTS"""

import io
import json
import re
import sqlite3
import sys
from time import perf_counter

import zxingcpp
from barcode.codex import Code128
from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0
for face in ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic"):
    registerFont(TTFont(face, f"{sys.argv[2]}/{face}.ttf", asciiReadable=False, shapable=False))
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.executescript(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE line (a, b, c, d, e, f)"
)


def dark_runs(kind, digits):
    if kind == "bars":
        return [Code128(digits).build()[0]]
    made = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.QRCode, ec_level="Q", version=3)
    rows = reversed(memoryview(made.to_image(scale=1, add_quiet_zones=False)).tolist())
    return ["".join("0" if cell else "1" for cell in row) for row in rows]


for job in map(json.loads, sys.stdin):
    began = perf_counter()
    store.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", job["row"])
    pdf = io.BytesIO()
    canvas = Canvas(pdf, job["size"], pageCompression=1, initialFontName="Tinos-Regular")
    for kind, digits, module, height, places in job["codes"]:
        rows = [(y, m) for y, row in enumerate(dark_runs(kind, digits)) for m in re.finditer("1+", row)]
        canvas.beginForm(kind)
        boxes = "\n".join(f"{m.start()} {y} {m.end() - m.start()} 1 re" for y, m in rows)
        canvas.addLiteral(f"{module} 0 0 {height} 0 0 cm {boxes} f")
        canvas.endForm()
        for x, y in places:
            canvas.addLiteral(f"q 1 0 0 1 {x} {y} cm")
            canvas.doForm(kind)
            canvas.addLiteral("Q")
    text = canvas.beginText()
    for x, y, face, points, words in job["runs"]:
        text.setFont(face, points)
        text.setTextOrigin(x, y)
        text.textOut(words)
    canvas.drawText(text)
    for width, dash, draw, *place in job["strokes"]:
        canvas.setLineWidth(width)
        canvas.setDash(dash)
        getattr(canvas, draw)(*place)
    canvas.save()
    print(perf_counter() - began, len(pdf.getvalue()), flush=True)
