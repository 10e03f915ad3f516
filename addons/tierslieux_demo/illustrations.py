# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drawn facades: what the venues of the demo network look like from the street.

Four kinds of building in three lights make twelve pictures, the same at each run.
Drawn at twice their size, then reduced, so that edges are smooth.
"""

import functools
import io
import random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1024, 640
SCALE = 2
GROUND = 520

LIGHTS = [
    {  # morning
        "sky": ((255, 236, 214), (190, 222, 236)),
        "sun": (255, 250, 236),
        "far": (196, 214, 224),
        "ground": (226, 218, 205),
        "walls": [(214, 96, 77), (240, 196, 132), (94, 129, 146)],
        "leaf": (108, 150, 104),
    },
    {  # afternoon
        "sky": ((222, 240, 248), (126, 190, 222)),
        "sun": (255, 240, 180),
        "far": (158, 200, 216),
        "ground": (214, 214, 208),
        "walls": [(232, 170, 92), (72, 118, 140), (226, 224, 214)],
        "leaf": (74, 138, 98),
    },
    {  # evening
        "sky": ((255, 206, 168), (132, 112, 160)),
        "sun": (255, 232, 190),
        "far": (158, 128, 164),
        "ground": (170, 150, 160),
        "walls": [(140, 74, 88), (206, 120, 92), (76, 84, 122)],
        "leaf": (70, 104, 98),
    },
]
GLASS = (206, 230, 236)
LIT = (255, 226, 150)
DARK = (54, 58, 70)
CREAM = (250, 244, 232)
BUNTING = [(214, 84, 72), (246, 200, 96), (84, 150, 140), (250, 244, 232)]


@functools.cache
def facades():
    """Twelve pictures, as the bytes of JPEG files."""
    return [
        _Facade(light, seed).paint(building)
        for light in LIGHTS
        for seed, building in enumerate(("shed", "canut", "gables", "timber"))
    ]


class _Facade:
    def __init__(self, light, seed):
        self.light = light
        self.evening = light is LIGHTS[-1]
        self.rng = random.Random(f"tierslieux facade {LIGHTS.index(light)} {seed}")
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def paint(self, building):
        self._sky()
        self._far_roofs()
        getattr(self, f"_{building}")()
        self._ground()
        self._bunting()
        for x in self.rng.sample([60, 120, 900, 960], 3):
            self._tree(x + self.rng.randint(-15, 15), self.rng.randint(58, 84))
        self._bicycle(self.rng.choice([210, 770]))
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        small.save(file, "JPEG", quality=82, optimize=True)
        return file.getvalue()

    # What one draws with, in the picture's own units
    def _box(self, x, y, width, height, color):
        self.draw.rectangle(
            [x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE], color
        )

    def _shape(self, points, color):
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], color)

    def _disc(self, x, y, radius, color):
        self.draw.ellipse(
            [v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)], color
        )

    def _line(self, points, color, width):
        self.draw.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            color,
            width * SCALE,
            joint="curve",
        )

    # The street
    def _sky(self):
        low, high = self.light["sky"]
        for y in range(HEIGHT * SCALE):
            part = min(1, y / (GROUND * SCALE))
            color = tuple(
                round(h + (w - h) * part) for h, w in zip(high, low, strict=True)
            )
            self.draw.line([(0, y), (WIDTH * SCALE, y)], color)
        self._disc(
            self.rng.choice([170, 850]),
            self.rng.randint(110, 190),
            54,
            self.light["sun"],
        )
        for _ in range(3):
            x, y = self.rng.randint(60, 940), self.rng.randint(50, 150)
            pale = tuple((c + 510) // 3 for c in self.light["sky"][0])
            for step, radius in ((-34, 15), (0, 24), (34, 17)):
                self._disc(x + step, y, radius, pale)
            self._box(x - 42, y, 84, 15, pale)

    def _far_roofs(self):
        x = -20
        while x < WIDTH:
            width, height = self.rng.randint(60, 130), self.rng.randint(90, 230)
            self._box(x, GROUND - height, width, height, self.light["far"])
            if self.rng.randrange(2):
                self._shape(
                    [
                        (x, GROUND - height),
                        (x + width / 2, GROUND - height - 34),
                        (x + width, GROUND - height),
                    ],
                    self.light["far"],
                )
            x += width

    def _ground(self):
        color = self.light["ground"]
        self._box(0, GROUND, WIDTH, HEIGHT - GROUND, color)
        self._box(0, GROUND, WIDTH, 12, _shade(color, 0.9))
        self._box(0, GROUND + 58, WIDTH, 70, _shade(color, 0.72))
        for x in range(30, WIDTH, 130):
            self._box(x, GROUND + 88, 64, 5, _shade(color, 1.05))

    def _bunting(self):
        y, drop = GROUND - 150, 34
        curve = [
            (x, y + drop * (1 - ((x - 512) / 400) ** 2)) for x in range(112, 913, 8)
        ]
        self._line(curve, DARK, 2)
        for index, (x, top) in enumerate(curve[2:-2:4]):
            self._shape(
                [(x - 11, top), (x + 11, top), (x, top + 24)],
                BUNTING[index % len(BUNTING)],
            )

    def _tree(self, x, size):
        leaf = self.light["leaf"]
        self._box(x - 6, GROUND - size, 12, size + 8, _shade(DARK, 1.3))
        for dx, dy, radius in ((0, -1.5, 0.62), (-0.42, -1.1, 0.48), (0.42, -1.1, 0.5)):
            self._disc(x + dx * size, GROUND + dy * size, radius * size, leaf)
        self._disc(
            x + 0.16 * size, GROUND - 1.66 * size, 0.3 * size, _shade(leaf, 1.12)
        )

    def _bicycle(self, x):
        y = GROUND + 26
        for wheel in (x, x + 66):
            self._disc(wheel, y, 22, DARK)
            self._disc(wheel, y, 18, _shade(self.light["ground"], 0.97))
        color = self.light["walls"][0]
        self._line(
            [(x, y), (x + 22, y - 34), (x + 58, y - 34), (x + 30, y), (x, y)], color, 4
        )
        self._line([(x + 30, y), (x + 20, y - 42)], color, 4)
        self._line([(x + 66, y), (x + 56, y - 44), (x + 68, y - 48)], color, 4)
        self._line([(x + 12, y - 43), (x + 30, y - 43)], DARK, 4)

    def _window(self, x, y, width, height, frame=CREAM):
        pane = LIT if self.evening and self.rng.randrange(5) < 3 else GLASS
        self._box(x - 4, y - 4, width + 8, height + 8, frame)
        self._box(x, y, width, height, pane)
        self._shape(
            [(x, y), (x + width * 0.7, y), (x, y + height * 0.5)], _shade(pane, 1.06)
        )
        self._box(x + width / 2 - 1.5, y, 3, height, frame)
        self._box(x, y + height / 3, width, 3, frame)

    def _door(self, x, color, width=76):
        self._box(x - 6, GROUND - 126, width + 12, 126, CREAM)
        self._box(x, GROUND - 120, width, 120, color)
        self._box(x + 8, GROUND - 110, width - 16, 62, LIT if self.evening else GLASS)
        self._disc(x + width - 14, GROUND - 34, 4, CREAM)

    def _awning(self, x, y, width, color):
        stripe = width / 10
        for index in range(10):
            self._shape(
                [
                    (x + index * stripe, y),
                    (x + (index + 1) * stripe, y),
                    (x + (index + 1) * stripe + (index - 4) * 2, y + 34),
                    (x + index * stripe + (index - 5) * 2, y + 34),
                ],
                color if index % 2 else CREAM,
            )

    # The buildings
    def _shed(self):
        wall, roof, trim = self.light["walls"]
        self._box(150, 300, 720, GROUND - 300, wall)
        for x in range(150, 870, 180):
            self._shape([(x, 300), (x, 190), (x + 180, 300)], roof)
            self._shape(
                [(x + 8, 292), (x + 8, 212), (x + 52, 240), (x + 52, 292)], GLASS
            )
        self._box(780, 120, 44, 180, _shade(wall, 0.85))
        self._box(774, 112, 56, 14, trim)
        self._box(150, 300, 720, 12, trim)
        for x in (186, 316, 626, 756):
            self._window(x, 340, 88, 104)
        self._door(450, trim, 120)
        self._awning(436, GROUND - 170, 148, roof)

    def _canut(self):
        wall, other, trim = self.light["walls"]
        for left, width, top, color in ((180, 300, 110, other), (480, 360, 150, wall)):
            self._box(left, top, width, GROUND - top, color)
            self._box(left - 8, top - 14, width + 16, 16, _shade(color, 0.8))
            columns = width // 90
            gap = width / columns
            for row in range(3):
                for column in range(columns):
                    x = left + gap * column + (gap - 44) / 2
                    y = top + 26 + row * 92
                    self._window(x, y, 44, 68)
                    self._box(x - 18, y - 4, 13, 76, trim)
                    self._box(x + 49, y - 4, 13, 76, trim)
        self._window(210, GROUND - 112, 110, 84)
        self._awning(200, GROUND - 128, 130, self.light["walls"][0])
        self._door(370, trim)
        self._window(700, GROUND - 104, 100, 80)
        self._door(560, other)

    def _gables(self):
        walls = self.light["walls"]
        for index, (left, width, top) in enumerate(
            ((150, 230, 250), (380, 260, 210), (640, 230, 260))
        ):
            wall = walls[index]
            self._box(left, top, width, GROUND - top, wall)
            steps = 4
            for step in range(steps):
                inset = width / 2 / (steps + 1) * (step + 1)
                self._box(
                    left + inset, top - 32 * (step + 1), width - 2 * inset, 34, wall
                )
                self._box(
                    left + inset - 5,
                    top - 32 * (step + 1),
                    width - 2 * inset + 10,
                    6,
                    CREAM,
                )
            self._window(left + width / 2 - 20, top - 66, 40, 52)
            for column in range(3):
                self._window(
                    left + 24 + column * (width - 48 - 40) / 2, top + 30, 40, 76
                )
            if index == 1:
                self._door(left + 30, walls[2])
                self._window(left + 140, GROUND - 116, 90, 92)
                self._awning(left + 128, GROUND - 134, 114, walls[0])
            else:
                self._window(left + 28, GROUND - 108, width - 56, 84)

    def _timber(self):
        wall, other, trim = self.light["walls"]
        self._box(140, 240, 500, GROUND - 240, CREAM)
        self._box(140, 226, 500, 18, self.light["leaf"])
        for x in range(150, 640, 26):
            self._disc(x, 226, self.rng.randint(9, 17), self.light["leaf"])
        for x in range(146, 640, 16):
            self._box(x, 246, 8, 110, wall)
        for x in range(170, 600, 116):
            self._box(x, 376, 100, GROUND - 376, GLASS)
            self._shape([(x, 376), (x + 70, 376), (x, 470)], _shade(GLASS, 1.06))
        self._box(640, 150, 240, GROUND - 150, other)
        self._box(632, 140, 256, 14, trim)
        for row in range(3):
            for x in (666, 740, 814):
                self._window(x, 180 + row * 80, 44, 54)
        self._door(700, trim, 110)
        self._disc(755, GROUND - 150, 20, LIT)


def _shade(color, factor):
    return tuple(min(255, round(channel * factor)) for channel in color)


def logo():
    """The mark of the network: three roofs under one, as the bytes of a PNG file."""
    size = 512
    image = Image.new("RGBA", (size * SCALE, size * SCALE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    colors = [(214, 96, 77), (240, 176, 92), (72, 130, 140)]
    for index, color in enumerate(colors):
        left = 40 + index * 148
        _house(draw, left, 300, 136, 172, color)
    draw.line(
        [(v * SCALE, w * SCALE) for v, w in ((40, 236), (256, 60), (472, 236))],
        DARK,
        44 * SCALE,
        joint="curve",
    )
    for x, y in ((40, 236), (472, 236)):
        draw.ellipse([v * SCALE for v in (x - 22, y - 22, x + 22, y + 22)], DARK)
    file = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


def _house(draw, left, top, width, height, color):
    points = [
        (left, top),
        (left + width / 2, top - 60),
        (left + width, top),
        (left + width, top + height),
        (left, top + height),
    ]
    draw.polygon([(x * SCALE, y * SCALE) for x, y in points], color)
    door = (
        left + width / 2 - 20,
        top + height - 74,
        left + width / 2 + 20,
        top + height,
    )
    draw.rectangle([v * SCALE for v in door], CREAM)
