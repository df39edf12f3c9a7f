"""Limit: the same table with bare reportlab, every line and place known before. register.py FONTS TABLE"""

import io
import json
import sys
from time import perf_counter

from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0
for face in ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic"):
    registerFont(TTFont(face, f"{sys.argv[1]}/{face}.ttf", asciiReadable=False, shapable=False))
with open(sys.argv[2], encoding="utf-8") as file:
    table = json.load(file)

for _ in sys.stdin:
    began = perf_counter()
    pdf = io.BytesIO()
    canvas = Canvas(pdf, table["size"], invariant=1, pageCompression=1, initialFontName="Tinos-Regular")
    for page in table["pages"]:
        for width, lines in page["rules"]:
            canvas.setLineWidth(width)
            canvas.lines(lines)
        text = canvas.beginText()
        used = None
        for x, y, face, points, leading, lines in page["cells"]:
            if used != (face, points):
                used = (face, points)
                text.setFont(face, points, leading)
            text.setTextOrigin(x, y)
            text.textLines(lines, trim=0)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    print(perf_counter() - began, len(pdf.getvalue()), len(table["pages"]), flush=True)
