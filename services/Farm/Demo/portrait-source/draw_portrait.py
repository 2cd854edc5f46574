#!/usr/bin/env python3
"""Draws the sample lecturer of ../portrait.png: writes portrait.svg, 1024x1024, into the current folder.

To draw it again: python3 draw_portrait.py && rsvg-convert -w 1024 -h 1024 portrait.svg -o ../portrait.png

Everything is procedural and seeded, so the picture can be changed by editing numbers here and drawing it again.
"""
import math
import random

RNG = random.Random(20261122)
OUT = []


def add(text):
    OUT.append(text)


def lerp(a, b, t):
    return a + (b - a) * t


def path(points, closed=True, tension=0.5):
    """Smooth path through the points (Catmull-Rom turned into cubic Beziers)."""
    n = len(points)
    d = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    count = n if closed else n - 1
    for i in range(count):
        p0 = points[(i - 1) % n] if closed or i > 0 else points[0]
        p1 = points[i % n]
        p2 = points[(i + 1) % n]
        p3 = points[(i + 2) % n] if closed or i + 2 < n else points[n - 1]
        c1 = (p1[0] + (p2[0] - p0[0]) * tension / 6, p1[1] + (p2[1] - p0[1]) * tension / 6)
        c2 = (p2[0] - (p3[0] - p1[0]) * tension / 6, p2[1] - (p3[1] - p1[1]) * tension / 6)
        d += f"C{c1[0]:.1f},{c1[1]:.1f} {c2[0]:.1f},{c2[1]:.1f} {p2[0]:.1f},{p2[1]:.1f}"
    return d + ("Z" if closed else "")


def mirror(points):
    return [(1024 - x, y) for x, y in points]


def soft(d, fill, opacity, blur, extra=""):
    add(f'<path d="{d}" fill="{fill}" opacity="{opacity}" filter="url(#b{blur})" {extra}/>')


def ellipse(cx, cy, rx, ry, fill, opacity=1.0, blur=None, extra=""):
    f = f' filter="url(#b{blur})"' if blur else ""
    add(f'<ellipse cx="{cx}" cy="{cy}" rx="{rx}" ry="{ry}" fill="{fill}" opacity="{opacity}"{f} {extra}/>')


def strand(points, color, width, opacity):
    add(f'<path d="{path(points, closed=False, tension=1)}" fill="none" stroke="{color}" stroke-width="{width:.2f}" '
        f'stroke-linecap="round" opacity="{opacity:.2f}"/>')


BLURS = [1, 2, 3, 4, 6, 8, 10, 14, 18, 24, 30]

add('<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024" viewBox="0 0 1024 1024">')
add("<defs>")
for b in BLURS:
    add(f'<filter id="b{b}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="{b}"/></filter>')


def linear(name, stops, x1=0, y1=0, x2=0, y2=1):
    add(f'<linearGradient id="{name}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">'
        + "".join(f'<stop offset="{o}" stop-color="{c}"/>' for o, c in stops) + "</linearGradient>")


def radial(name, stops, cx=0.5, cy=0.5, r=0.5):
    add(f'<radialGradient id="{name}" cx="{cx}" cy="{cy}" r="{r}">'
        + "".join(f'<stop offset="{o}" stop-color="{c}"/>' for o, c in stops) + "</radialGradient>")


linear("wall", [(0, "#5d7c7c"), (0.55, "#4a6769"), (1, "#375052")])
linear("shelf", [(0, "#7a5537"), (1, "#583b26")])
linear("skin", [(0, "#f0c7a6"), (0.45, "#eebf9d"), (1, "#dba583")], x1=0.2, y1=0, x2=0.75, y2=1)
linear("neck", [(0, "#c98f6e"), (0.4, "#d9a280"), (1, "#e2b08d")])
linear("blazer", [(0, "#3b4a6b"), (0.5, "#2f3c5a"), (1, "#232e47")])
linear("shirt", [(0, "#f6f1e8"), (1, "#dcd5ca")])
linear("hair", [(0, "#4b3327"), (0.5, "#38251c"), (1, "#281a14")])
linear("lipUpper", [(0, "#b9635a"), (1, "#a04d48")])
linear("lipLower", [(0, "#bf6a62"), (0.6, "#cc7b71"), (1, "#b4645c")])
radial("iris", [(0, "#8a6236"), (0.45, "#6b4726"), (0.8, "#472c17"), (1, "#25160c")])
radial("sclera", [(0, "#fbf8f4"), (0.7, "#f1ebe5"), (1, "#d8cbc2")])
add("</defs>")

# ---- background: a study, out of focus -------------------------------------------------------------------------------
add('<rect width="1024" height="1024" fill="url(#wall)"/>')
ellipse(250, 180, 360, 260, "#9dbcb4", 0.35, 30)
add('<g filter="url(#b8)">')
palette = ["#8f3f34", "#c98d3f", "#3f5f73", "#6d7f4a", "#d8c7a5", "#5b4466", "#a8623d", "#2f4a4c", "#b7a98a", "#7b2f38"]
for row, (top, bottom) in enumerate([(40, 210), (262, 430), (482, 650), (702, 870)]):
    x = 742
    while x < 1040:
        w = RNG.randint(18, 40)
        h = RNG.randint(int((bottom - top) * 0.68), int((bottom - top) * 0.97))
        if RNG.random() < 0.1:
            x += w
            continue
        c = palette[RNG.randrange(len(palette))]
        add(f'<rect x="{x}" y="{bottom - h}" width="{w - 2}" height="{h}" fill="{c}"/>')
        add(f'<rect x="{x + 3}" y="{bottom - h + 18}" width="{max(3, w - 9)}" height="7" fill="#f0dfb4" opacity="0.5"/>')
        x += w
    add(f'<rect x="724" y="{bottom}" width="320" height="24" fill="url(#shelf)"/>')
add('<rect x="716" y="0" width="22" height="1024" fill="#50361f"/>')
add("</g>")
# window light and a plant on the left
add('<g filter="url(#b10)">')
add('<rect x="40" y="60" width="210" height="330" rx="6" fill="#dfe9dd" opacity="0.75"/>')
add('<rect x="138" y="60" width="12" height="330" fill="#7f9a94" opacity="0.8"/>')
add('<rect x="40" y="214" width="210" height="12" fill="#7f9a94" opacity="0.8"/>')
for i in range(26):
    a = RNG.uniform(-1.25, 1.25)
    length = RNG.uniform(90, 220)
    x0, y0 = 120, 800
    x1, y1 = x0 + math.sin(a) * length, y0 - math.cos(a) * length * 1.15
    shade = ["#3f6b45", "#2f5a3c", "#56834f", "#6b9960"][RNG.randrange(4)]
    mx, my = lerp(x0, x1, 0.6) + RNG.uniform(-20, 20), lerp(y0, y1, 0.6)
    nx, ny = math.cos(a) * 20, math.sin(a) * 20
    add(f'<path d="M{x0},{y0} Q{mx - nx:.0f},{my - ny:.0f} {x1:.0f},{y1:.0f} Q{mx + nx:.0f},{my + ny:.0f} {x0},{y0}Z" fill="{shade}"/>')
add('<path d="M62,800 L178,800 L164,930 L76,930 Z" fill="#b9714b"/>')
add('<rect x="-20" y="926" width="330" height="120" fill="#6b4a30"/>')
add("</g>")
add('<rect width="1024" height="1024" fill="#10201f" opacity="0.10"/>')

# ---- hair behind the head --------------------------------------------------------------------------------------------
back = [(512, 142), (566, 148), (616, 174), (650, 226), (662, 300), (662, 376), (654, 440), (632, 488), (596, 512), (556, 516),
        (468, 516), (428, 512), (392, 488), (370, 440), (362, 376), (362, 300), (374, 226), (408, 174), (458, 148)]
add(f'<path d="{path(back, tension=1)}" fill="#2a1b14"/>')

# ---- body ------------------------------------------------------------------------------------------------------------
shoulders = [(512, 590), (600, 604), (676, 634), (760, 672), (824, 728), (858, 820), (874, 940), (882, 1060), (886, 1300), (138, 1300), (142, 1060),
             (150, 940), (166, 820), (200, 728), (264, 672), (348, 634), (424, 604)]
soft(path(shoulders, tension=1), "#0d1716", 0.45, 18)
add(f'<path d="{path(shoulders, tension=1)}" fill="url(#blazer)"/>')
add(f'<clipPath id="bodyClip"><path d="{path(shoulders, tension=1)}"/></clipPath>')
add('<g clip-path="url(#bodyClip)">')
# sleeves and folds
for side in (0, 1):
    m = mirror if side else (lambda p: p)
    soft(path(m([(250, 800), (274, 860), (286, 960), (296, 1060), (262, 1060), (250, 960)]), tension=1), "#141b2c", 0.75, 8)
    soft(path(m([(286, 700), (330, 690), (350, 780), (344, 900), (330, 1000), (312, 880)]), tension=1), "#4b5c82", 0.35, 18)
    soft(path(m([(176, 760), (206, 740), (214, 840), (200, 960), (170, 1040), (160, 880)]), tension=1), "#56688f", 0.40, 14)
    soft(path(m([(230, 720), (262, 700), (300, 690), (270, 740), (246, 800)]), tension=1), "#5a6d96", 0.25, 14)
    for k in range(4):
        y = 820 + 52 * k
        soft(path(m([(190, y), (222, y + 16 + 5 * k), (252, y - 4), (224, y + 30)]), tension=1), "#171f33", 0.22, 6)
# fabric grain
for _ in range(700):
    x, y = RNG.uniform(110, 914), RNG.uniform(600, 1030)
    add(f'<path d="M{x:.0f},{y:.0f} l{RNG.uniform(4, 9):.1f},{RNG.uniform(-5, -2):.1f}" stroke="#8b9bc0" stroke-width="0.8" opacity="0.07"/>')
add("</g>")

# shirt
shirt = [(424, 588), (512, 640), (600, 588), (640, 700), (600, 880), (560, 1040), (464, 1040), (424, 880), (384, 700)]
add(f'<path d="{path(shirt, tension=0.6)}" fill="url(#shirt)"/>')
soft(path([(470, 640), (512, 700), (554, 640), (548, 760), (512, 800), (476, 760)], tension=1), "#b8aea0", 0.35, 14)
add('<path d="M512,664 C514,760 513,900 513,1040" stroke="#c3baad" stroke-width="2.5" fill="none"/>')
add('<path d="M520,668 C522,760 521,900 521,1040" stroke="#ffffff" stroke-width="2" fill="none" opacity="0.6"/>')
for y in (740, 836, 932):
    ellipse(514, y, 6.5, 6.5, "#e9e2d6")
    ellipse(514, y + 1, 6.5, 6.5, "#8d8578", 0.35, 1)
    ellipse(512.5, y - 1, 4.8, 4.8, "#fffdf8", 0.9)

# neck
neck = [(456, 430), (456, 500), (452, 548), (436, 578), (414, 600), (470, 640), (512, 668), (554, 640), (610, 600), (588, 578), (572, 548), (568, 500), (568, 430)]
add(f'<path d="{path(neck, tension=0.8)}" fill="url(#neck)"/>')
add(f'<clipPath id="neckClip"><path d="{path(neck, tension=0.8)}"/></clipPath>')
add('<g clip-path="url(#neckClip)">')
soft(path([(420, 440), (604, 440), (596, 520), (556, 548), (512, 556), (468, 548), (428, 520)], tension=1), "#9c6348", 0.85, 14)
soft(path([(436, 500), (458, 500), (470, 600), (450, 620), (420, 600)], tension=1), "#a86d50", 0.55, 8)
soft(path([(566, 500), (590, 500), (606, 600), (574, 620), (560, 590)], tension=1), "#8f573e", 0.70, 8)
soft(path([(486, 560), (502, 640), (512, 660), (506, 600)], tension=1), "#b97f60", 0.50, 4)
soft(path([(540, 560), (524, 640), (514, 660), (520, 600)], tension=1), "#b97f60", 0.45, 4)
ellipse(512, 628, 26, 10, "#f0c8a8", 0.5, 6)
add("</g>")

# collar
for side in (0, 1):
    m = mirror if side else (lambda p: p)
    soft(path(m([(420, 578), (436, 612), (476, 668), (500, 712), (452, 700), (412, 640)]), tension=0.5), "#56483c", 0.35, 6)
    add(f'<path d="{path(m([(432, 562), (418, 578), (406, 632), (456, 706), (510, 662), (470, 634), (442, 598)]), tension=0.35)}" fill="#f8f4ec"/>')
    add(f'<path d="{path(m([(442, 598), (470, 634), (510, 662)]), closed=False, tension=0.8)}" fill="none" stroke="#b9ad9d" stroke-width="2"/>')
    soft(path(m([(412, 600), (424, 606), (464, 690), (452, 696), (410, 634)]), tension=0.6), "#c9bfb1", 0.5, 3)

# lapels
for side in (0, 1):
    m = mirror if side else (lambda p: p)
    lapel = m([(414, 574), (398, 590), (352, 634), (322, 690), (366, 716), (340, 748), (430, 900), (498, 1040), (470, 880), (432, 740), (402, 640)])
    soft(path(lapel, tension=0.3), "#0c1220", 0.55, 6)
    add(f'<path d="{path(lapel, tension=0.3)}" fill="#36446480"/>')
    add(f'<path d="{path(lapel, tension=0.3)}" fill="url(#blazer)" opacity="0.92"/>')
    add(f'<path d="{path(m([(322, 690), (366, 716), (340, 748), (430, 900), (498, 1040)]), closed=False, tension=0.3)}" fill="none" stroke="#6f82ad" stroke-width="1.6" opacity="0.55"/>')
    soft(path(m([(404, 630), (430, 740), (468, 880), (452, 870), (410, 760), (392, 650)]), tension=0.6), "#11182a", 0.55, 4)

# ---- ears ------------------------------------------------------------------------------------------------------------
for side in (0, 1):
    m = mirror if side else (lambda p: p)
    ear = m([(410, 318), (396, 312), (388, 328), (392, 356), (400, 384), (412, 392)])
    add(f'<path d="{path(ear, tension=1)}" fill="{"#d59b79" if side == 0 else "#c48a69"}"/>')
    soft(path(m([(406, 330), (398, 326), (396, 344), (404, 372), (408, 350)]), tension=1), "#9d5f47", 0.6, 2)
    ex = 1024 - 403 if side else 403
    ellipse(ex, 393, 3.2, 3.2, "#e6d9b8")
    ellipse(ex - 1, 392, 1.2, 1.2, "#ffffff", 0.9)

# ---- face ------------------------------------------------------------------------------------------------------------
face = [(512, 204), (562, 212), (598, 244), (613, 296), (612, 350), (603, 396), (588, 432), (566, 462), (540, 482), (512, 488),
        (484, 482), (458, 462), (436, 432), (421, 396), (412, 350), (411, 296), (426, 244), (462, 212)]
FACE = path(face, tension=1)
add(f'<path d="{FACE}" fill="url(#skin)"/>')
add(f'<clipPath id="faceClip"><path d="{FACE}"/></clipPath>')
add('<g clip-path="url(#faceClip)">')
# large planes of light and shadow: light from the upper left
soft(path([(596, 220), (640, 300), (630, 420), (560, 500), (520, 500), (566, 462), (596, 404), (602, 330), (590, 270)], tension=1), "#b87757", 0.55, 14)
soft(path([(400, 380), (418, 400), (440, 444), (474, 478), (512, 492), (500, 504), (420, 470), (392, 400)], tension=1), "#bb7d5d", 0.45, 10)
soft(path([(400, 290), (412, 290), (422, 360), (414, 400), (396, 380)], tension=1), "#c48a6a", 0.45, 8)
soft(path([(410, 206), (614, 206), (608, 240), (560, 226), (512, 222), (464, 226), (418, 244)], tension=1), "#9a6044", 0.55, 8)
ellipse(496, 262, 58, 26, "#fbe0c6", 0.55, 14)
ellipse(456, 378, 26, 20, "#f9d8bd", 0.42, 10)
ellipse(566, 378, 22, 18, "#f3cbad", 0.25, 10)
ellipse(452, 396, 30, 20, "#e08a74", 0.34, 14)
ellipse(572, 396, 28, 20, "#d67d68", 0.34, 14)
ellipse(510, 464, 26, 11, "#f6d1b4", 0.45, 6)
soft(path([(484, 452), (512, 446), (540, 452), (530, 460), (512, 456), (494, 460)], tension=1), "#a5664c", 0.45, 4)
# eye sockets
for side in (0, 1):
    m = mirror if side else (lambda p: p)
    soft(path(m([(430, 316), (452, 304), (488, 312), (500, 330), (484, 322), (456, 314), (436, 326)]), tension=1), "#a96a50", 0.40 if side == 0 else 0.5, 4)
    soft(path(m([(488, 300), (502, 318), (500, 350), (494, 336), (488, 318)]), tension=1), "#a66a4f", 0.42 if side == 0 else 0.58, 6)
    soft(path(m([(440, 348), (466, 358), (492, 348), (484, 362), (464, 368), (446, 360)]), tension=1), "#b97c62", 0.30, 4)
# nose
soft(path([(524, 316), (532, 360), (540, 392), (532, 406), (520, 398), (522, 360)], tension=1), "#a9684c", 0.46, 6)
soft(path([(498, 330), (494, 370), (486, 394), (492, 402), (502, 390), (504, 360)], tension=1), "#c08565", 0.30, 4)
ellipse(508, 352, 6, 42, "#fde7d0", 0.55, 4)
ellipse(509, 391, 11, 9, "#fde5cd", 0.62, 4)
ellipse(506, 388, 4, 3, "#fff6ea", 0.65, 2)
soft(path([(486, 398), (492, 408), (504, 412), (513, 414), (522, 412), (534, 408), (540, 398), (534, 414), (513, 419), (492, 414)], tension=1), "#8f523b", 0.55, 2)
soft(path([(484, 390), (480, 400), (486, 409), (489, 402)], tension=1), "#a5654a", 0.55, 2)
soft(path([(541, 390), (546, 400), (540, 409), (537, 402)], tension=1), "#8d5039", 0.60, 2)
add(f'<path d="{path([(494, 409), (499, 406), (505, 409), (500, 411.5)], tension=1)}" fill="#5d2c20" opacity="0.8" filter="url(#b1)"/>')
add(f'<path d="{path([(532, 409), (527, 406), (521, 409), (526, 411.5)], tension=1)}" fill="#54271c" opacity="0.8" filter="url(#b1)"/>')
# philtrum and laugh lines
soft(path([(508, 416), (506, 426), (511, 428), (511, 416)], tension=1), "#b4745a", 0.45, 2)
ellipse(514, 421, 2.6, 6, "#f8d6bb", 0.5, 2)
soft(path([(482, 404), (470, 420), (465, 434), (469, 434), (475, 420), (486, 407)], tension=1), "#a9684e", 0.34, 3)
soft(path([(543, 404), (556, 420), (561, 434), (556, 434), (550, 420), (540, 407)], tension=1), "#9c5b43", 0.40, 3)
# mouth: closed, the hint of a smile
ellipse(512, 437, 46, 16, "#c98367", 0.30, 8)
upper = [(469, 433.6), (486, 430), (500, 426.5), (507, 425.2), (512, 427), (517, 425.2), (524, 426.5), (538, 430), (555, 433.6), (538, 436.6), (524, 437.8), (512, 438.8), (500, 437.8), (486, 436.6)]
lower = [(469, 433.6), (486, 436.6), (500, 437.8), (512, 438.8), (524, 437.8), (538, 436.6), (555, 433.6), (542, 444), (528, 450.5), (512, 452.5), (496, 450.5), (482, 444)]
add(f'<path d="{path(upper, tension=0.8)}" fill="url(#lipUpper)" filter="url(#b1)"/>')
add(f'<path d="{path(lower, tension=0.8)}" fill="url(#lipLower)" filter="url(#b1)"/>')
add(f'<path d="{path([(467, 431.8), (476, 434.8), (488, 436.8), (500, 437.6), (512, 439), (524, 437.6), (536, 436.8), (548, 434.8), (557, 431.8)], closed=False, tension=1)}" fill="none" stroke="#6d2b2a" stroke-width="2.0" opacity="0.85" filter="url(#b1)"/>')
ellipse(467, 432, 3.2, 2.2, "#7d3d34", 0.6, 1)
ellipse(557, 432, 3.2, 2.2, "#7d3d34", 0.6, 1)
ellipse(503, 444.5, 13, 2.8, "#f0b8ac", 0.55, 2)
for i in range(16):
    x = 490 + i * 3
    add(f'<path d="M{x},{441.5} q{(x - 512) * 0.03:.1f},3 {(x - 512) * 0.05:.1f},6.5" stroke="#8d4641" stroke-width="0.5" fill="none" opacity="0.28"/>')
soft(path([(486, 454), (512, 458), (538, 454), (526, 462), (512, 464), (498, 462)], tension=1), "#9d5e46", 0.48, 3)
# freckles and skin grain
for _ in range(1500):
    x, y = RNG.uniform(408, 616), RNG.uniform(210, 486)
    add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RNG.uniform(0.5, 1.1):.2f}" fill="{RNG.choice(["#8f5a41", "#ffe9d6"])}" opacity="{RNG.uniform(0.02, 0.07):.3f}"/>')
for _ in range(46):
    x, y = RNG.gauss(512, 46), RNG.gauss(382, 12)
    add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RNG.uniform(0.6, 1.2):.2f}" fill="#9d5f43" opacity="{RNG.uniform(0.10, 0.26):.2f}"/>')
add("</g>")

# ---- eyes ------------------------------------------------------------------------------------------------------------
for side in (0, 1):
    def X(x, s=side):
        return 1024 - x if s else x
    m = mirror if side else (lambda p: p)
    eye = m([(442, 338), (450, 330), (462, 325.6), (474, 326.6), (484, 332), (490.5, 339.5), (482, 344.5), (468, 347.5), (454, 345.5)])
    add(f'<clipPath id="eye{side}"><path d="{path(eye, tension=1)}"/></clipPath>')
    add(f'<path d="{path(eye, tension=1)}" fill="url(#sclera)"/>')
    add(f'<g clip-path="url(#eye{side})">')
    ix = X(466) + (1 if side else 0)
    ellipse(ix, 336, 12.2, 12.2, "url(#iris)")
    for k in range(40):
        a = 2 * math.pi * k / 40 + RNG.uniform(-0.05, 0.05)
        add(f'<path d="M{ix + math.cos(a) * 5:.1f},{336 + math.sin(a) * 5:.1f} L{ix + math.cos(a) * 10.8:.1f},{336 + math.sin(a) * 10.8:.1f}" stroke="{RNG.choice(["#a87c48", "#5a3b1e", "#c09358"])}" stroke-width="0.7" opacity="0.45"/>')
    ellipse(ix, 336, 5.2, 5.2, "#0d0806")
    add(f'<circle cx="{ix}" cy="336" r="12" fill="none" stroke="#1d110a" stroke-width="1.4" opacity="0.7"/>')
    soft(path(m([(436, 340), (450, 326), (466, 322), (484, 326), (494, 338), (484, 336), (466, 331), (450, 335)]), tension=1), "#2a140c", 0.50, 2)
    ellipse(ix - 4, 331.2, 2.7, 2.9, "#ffffff", 0.95)
    ellipse(ix + 4.5, 341, 1.6, 1.4, "#ffffff", 0.35)
    ellipse(X(488), 340, 3.4, 2.8, "#d99a8a", 0.8, 1)
    add("</g>")
    # lids
    add(f'<path d="{path(m([(440, 338.5), (450, 329.4), (462, 324.8), (474, 325.8), (484, 331.4), (491.5, 340)]), closed=False, tension=1)}" fill="none" stroke="#2b1710" stroke-width="2.7" stroke-linecap="round"/>')
    add(f'<path d="{path(m([(441, 339), (454, 346.2), (468, 348.2), (482, 345.2), (490.5, 340.5)]), closed=False, tension=1)}" fill="none" stroke="#8b5543" stroke-width="1.3" opacity="0.8"/>')
    add(f'<path d="{path(m([(440, 329), (450, 321.5), (464, 317.6), (478, 319.6), (490, 328)]), closed=False, tension=1)}" fill="none" stroke="#8e543e" stroke-width="1.7" opacity="0.75"/>')
    soft(path(m([(446, 325), (464, 318.5), (482, 322), (488, 329), (474, 323), (462, 322), (450, 327)]), tension=1), "#f3cdb2", 0.35, 1)
    for k in range(15):
        t = k / 14
        bx, by = [(440, 338.5), (445, 333), (451, 329), (457, 326.4), (463, 325), (470, 325.2), (477, 327), (484, 331.4)][min(7, int(t * 7.99))]
        dx = lerp(-7, 2.5, t)
        dy = -lerp(3.5, 5.2, math.sin(math.pi * t))
        sx = X(bx + RNG.uniform(-1.5, 1.5))
        add(f'<path d="M{sx:.1f},{by:.1f} q{(dx * 0.35) * (-1 if side else 1):.1f},{dy * 0.35:.1f} {dx * (-1 if side else 1):.1f},{dy:.1f}" stroke="#1f110b" stroke-width="1" fill="none" opacity="0.8"/>')
    for k in range(9):
        bx = lerp(448, 484, k / 8)
        by = 346 + 2.2 * math.sin(math.pi * k / 8)
        add(f'<path d="M{X(bx):.1f},{by:.1f} l{RNG.uniform(-1.6, 0.4) * (-1 if side else 1):.1f},2.6" stroke="#3d241a" stroke-width="0.6" opacity="0.45"/>')
    # brow: inner end at x = 491, arch at 452, tail at 430
    def ridge(t):
        return (lerp(491, 430, t), 309 - 10.5 * math.sin(math.pi * min(1, t * 0.78) * 0.82) + 9.5 * max(0, t - 0.62) / 0.38)

    outline = [ridge(k / 10) for k in range(11)]
    thick = [(x, y - lerp(4.2, 0.6, k / 10)) for k, (x, y) in enumerate(outline)]
    soft(path(m(thick + [(x, y + lerp(4.2, 0.8, k / 10)) for k, (x, y) in reversed(list(enumerate(outline)))]), tension=1), "#4a3024", 0.62, 2)
    for k in range(150):
        t = RNG.random() ** 0.9
        bx, by = ridge(t)
        half = lerp(4.6, 0.9, t)
        v = RNG.uniform(-1, 1)
        y = by + v * half
        ang = lerp(-1.9, -3.0, min(1, t * 1.35)) - (0.35 * v if v > 0 else 0.15 * v)
        if t > 0.6:
            ang -= 0.45 * (t - 0.6) / 0.4
        ln = RNG.uniform(5, 8.5) * (1 - 0.35 * t)
        s = -1 if side else 1
        add(f'<path d="M{X(bx):.1f},{y:.1f} l{math.cos(ang) * ln * s:.1f},{math.sin(ang) * ln * 0.8:.1f}" stroke="#38241a" stroke-width="0.9" stroke-linecap="round" opacity="{RNG.uniform(0.3, 0.75):.2f}"/>')

# ---- hair in front: side parting, swept back over the ears ------------------------------------------------------------
left = [(490, 160), (442, 172), (402, 212), (384, 270), (376, 340), (372, 410), (380, 462), (404, 500), (444, 513), (416, 470), (402, 430), (398, 380), (402, 334), (410, 292), (424, 258), (450, 232), (484, 212), (500, 186)]
right = [(482, 160), (540, 152), (598, 174), (636, 222), (650, 290), (654, 360), (652, 410), (644, 462), (620, 500), (580, 513), (608, 470), (623, 430), (626, 370), (620, 318), (608, 276), (584, 246), (540, 226), (496, 208), (486, 184)]
top = [(440, 160), (486, 142), (540, 140), (594, 156), (636, 196), (656, 256), (664, 330), (646, 320), (630, 270), (586, 216), (520, 186), (486, 182), (440, 204), (402, 252), (384, 310), (362, 330), (368, 256), (392, 200)]
soft(path(left, tension=1), "#5b3422", 0.45, 6, 'transform="translate(3,9)" clip-path="url(#faceClip)"')
soft(path(right, tension=1), "#5b3422", 0.50, 6, 'transform="translate(-1,10)" clip-path="url(#faceClip)"')
for shape in (top, left, right):
    add(f'<path d="{path(shape, tension=1)}" fill="url(#hair)"/>')


def hair_side(sign, count):
    for _ in range(count):
        u = RNG.random()
        jitter = lambda amount: RNG.uniform(-amount, amount)
        px, py = 488 + sign * u * 5 + jitter(1.5), lerp(206, 144, u) + jitter(2)
        if sign < 0:
            route = [(lerp(448, 428, u), lerp(232, 158, u)), (lerp(418, 386, u), lerp(268, 212, u)), (lerp(404, 368, u), lerp(330, 300, u)),
                     (lerp(400, 366, u), lerp(390, 380, u)), (lerp(410, 384, u), lerp(490, 470, u)), (lerp(440, 408, u), lerp(512, 500, u))]
        else:
            route = [(lerp(542, 560, u), lerp(224, 146, u)), (lerp(596, 632, u), lerp(256, 196, u)), (lerp(618, 658, u), lerp(318, 290, u)),
                     (lerp(625, 658, u), lerp(384, 372, u)), (lerp(614, 640, u), lerp(490, 470, u)), (lerp(584, 616, u), lerp(512, 500, u))]
        last = RNG.uniform(0.65, 1.0)
        points = [(px, py)] + [(x + jitter(2.5), y + jitter(2.5)) for x, y in route]
        if last < 0.8:
            points = points[:6]
        light = RNG.random()
        sheen = math.exp(-((u - 0.45) / 0.22) ** 2)
        color = "#8a6248" if light < 0.18 + 0.30 * sheen else ("#1c110c" if light > 0.74 else "#4f3526")
        strand(points, color, RNG.uniform(0.6, 1.5), RNG.uniform(0.20, 0.50))


hair_side(-1, 330)
hair_side(1, 430)
# sheen and loose hairs
soft(path([(420, 212), (450, 184), (474, 178), (452, 200), (426, 236)], tension=1), "#a97c5b", 0.35, 6)
soft(path([(528, 172), (580, 182), (612, 214), (584, 202), (540, 190)], tension=1), "#a97c5b", 0.38, 6)
for _ in range(26):
    s = RNG.choice((-1, 1))
    x = 512 + s * RNG.uniform(146, 150)
    y = RNG.uniform(280, 400)
    strand([(x, y), (x + s * RNG.uniform(1, 6), y + 30), (x + s * RNG.uniform(-3, 3), y + RNG.uniform(50, 90))], "#3a261c", 0.8, 0.35)
for _ in range(8):
    x = RNG.uniform(404, 412)
    strand([(x, 300), (x - RNG.uniform(0, 5), 340), (x + RNG.uniform(-3, 3), RNG.uniform(372, 402))], "#3a261c", 0.9, 0.5)
    x = RNG.uniform(612, 620)
    strand([(x, 300), (x + RNG.uniform(0, 5), 340), (x + RNG.uniform(-3, 3), RNG.uniform(372, 402))], "#2c1c15", 0.9, 0.5)

add("</svg>")
open("portrait.svg", "w").write("\n".join(OUT))
