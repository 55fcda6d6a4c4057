"""Files as people have them, and what becomes of each: cases of tests, and the table of docs/own-data.md."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field

from tests.unit.files.table.workbooks import packed, workbook

Rows = tuple[tuple[float | int | bool, ...], ...]

# The points that most variants hold, as x, y, label.
POINTS: Rows = ((1.5, -2.0, 0), (3.0, 4.0, 1), (0.25, 7.0, 0), (-6.0, 0.5, 1))
PETS = ("cat", "dog")


@dataclass(frozen=True, slots=True)
class Variant:
    """A file, what it is in words, and what becomes of it.

    `points` and `names`: what it is read as, after the answers in `choices`. `asks`: the choices that must be made
    first. `refused`: the beginning of the sentence that refuses it.
    """

    name: str
    content: bytes
    points: Rows = POINTS
    names: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    choices: dict[str, str | bool] = field(default_factory=dict)
    refused: str = ""
    task: str = "classification"

    @property
    def outcome(self) -> str:
        """What becomes of it, for people."""
        if self.refused:
            return f"refused: “{self.refused}”"
        asked = f"asks for {' and '.join(f'`{choice}`' for choice in self.asks)}; then " if self.asks else ""
        named = f", classes {', '.join(self.names)}" if self.names else ""
        return f"{asked}read{named}"


def text(name: str, content: str, **more: object) -> Variant:
    """A variant in UTF-8."""
    return Variant(name, content.encode(), **more)  # type: ignore[arg-type]


def in_code(name: str, content: str, encoding: str, **more: object) -> Variant:
    """A variant in another encoding."""
    return Variant(name, content.encode(encoding), **more)  # type: ignore[arg-type]


COMMAS = "1.5,-2,{0}\n3,4,{1}\n0.25,7,{0}\n-6,0.5,{1}\n"
SEMICOLONS = "1,5;-2;{0}\n3;4;{1}\n0,25;7;{0}\n-6;0,5;{1}\n"
TABS = "1,5\t-2\t{0}\n3\t4\t{1}\n0,25\t7\t{0}\n-6\t0,5\t{1}\n"
BLANKS = "1.5 -2 {0}\n3 4 {1}\n0.25 7 {0}\n-6 0.5 {1}\n"


SEPARATORS = [  # signs between cells and in numbers
    text("comma, decimal point, names `x,y,label`", "x,y,label\n" + COMMAS.format(0, 1)),
    text("the same without names", COMMAS.format(0, 1)),
    text("semicolon, decimal comma", "x;y;label\n" + SEMICOLONS.format(0, 1)),
    text("semicolon, decimal point", "x;y;label\n" + COMMAS.format(0, 1).replace(",", ";")),
    text("semicolon without names", SEMICOLONS.format(0, 1)),
    text("tabs, as spreadsheets copy cells", "x\ty\tlabel\n" + TABS.format(0, 1)),
    text("tabs without names", TABS.format(0, 1)),
    text("one blank", BLANKS.format(0, 1)),
    text("blanks as wide as columns need", "   1.5   -2   0\n     3    4   1\n  0.25    7   0\n    -6  0.5   1\n"),
    text("blanks, decimal comma", BLANKS.format(0, 1).replace(".", ",")),
    text(
        "blanks, and a label with one that does not break",
        BLANKS.format("cat", "my\xa0dog"),
        names=("cat", "my\xa0dog"),
    ),
    text(
        "blanks and decimal commas, or commas: a class with a tab in it between the coordinates",
        "1,5 a\tb -2,5\n3,5 c\td 4,5\n0,25 a\tb 7,5\n-6,5 c\td 0,5\n",
        points=((1.5, -2.5, 0), (3.5, 4.5, 1), (0.25, 7.5, 0), (-6.5, 0.5, 1)),
        names=("a", "c"),
        asks=("separator",),
        choices={"separator": "blank", "label": "2"},
    ),
    text("commas with blanks after them", COMMAS.format(0, 1).replace(",", ", ")),
    text("bars", "x|y|label\n" + COMMAS.format(0, 1).replace(",", "|")),
    text(
        "a Markdown table",
        "| x | y | pet |\n|---|:-:|---|\n| 1.5 | -2 | cat |\n| 3 | 4 | dog |\n| 0.25 | 7 | cat |\n| -6 | 0.5 | dog |\n",
        names=PETS,
    ),
    text("first line `sep=;`", "sep=;\nx;y;label\n" + SEMICOLONS.format(0, 1)),
    text("trailing commas", "x,y,label,,\n" + COMMAS.format("0,,", "1,,")),
    text("trailing commas below shorter names", "x,y,label\n" + COMMAS.format("0,", "1,")),
    text("empty columns before the table", ",,x,y,label\n,," + COMMAS.format(0, 1).replace("\n", "\n,,").rstrip(",")),
    text("quoted decimal commas between commas", 'x,y,label\n"1,5","-2",0\n"3","4",1\n"0,25",7,0\n"-6","0,5",1\n'),
    text(
        "thousands marks, comma, beside decimal points",
        'x,y,label\n"1,234.5",1,0\n"12,345",2,1\n-3,4,0\n',
        points=((1234.5, 1, 0), (12345, 2, 1), (-3, 4, 0)),
    ),
    text(
        "thousands marks, point, beside decimal commas",
        "x;y;label\n1.234,5;1;0\n12.345;2;1\n-3;4;0\n",
        points=((1234.5, 1, 0), (12345, 2, 1), (-3, 4, 0)),
    ),
    text(
        "thousands marks, apostrophe (Switzerland)",
        "x;y;label\n1'234.5;1;0\n12'345;2;1\n",
        points=((1234.5, 1, 0), (12345, 2, 1)),
    ),
    text(
        "thousands marks, narrow blank (France)",
        "x;y;label\n1\u202f234,5;1;0\n12\u202f345;2;1\n",
        points=((1234.5, 1, 0), (12345, 2, 1)),
    ),
    text(
        "`1.234` between semicolons, a thousand or a little more than one",
        "x;y;label\n1.234;2.345;0\n3.456;4.567;1\n",
        asks=("decimal",),
        choices={"decimal": "point"},
        points=((1.234, 2.345, 0), (3.456, 4.567, 1)),
    ),
    text(
        "the same, and the person says that it is a thousand",
        "x;y;label\n1.234;2.345;0\n3.456;4.567;1\n",
        asks=("decimal",),
        choices={"decimal": "comma"},
        points=((1234, 2345, 0), (3456, 4567, 1)),
    ),
    text(
        "`1,234` in quotes between commas",
        'x,y,label\n"1,234","2,345",0\n"3,456","4,567",1\n',
        asks=("decimal",),
        choices={"decimal": "point"},
        points=((1234, 2345, 0), (3456, 4567, 1)),
    ),
    text(
        "some numbers with a point and some with a comma",
        "x;y;label\n1.5;2;0\n2,5;3;1\n3.5;4;0\n",
        asks=("decimal", "unusable"),
        choices={"decimal": "point", "unusable": "skip"},
        points=((1.5, 2, 0), (3.5, 4, 0)),
    ),
    text("typographic minus (U+2212)", COMMAS.format(0, 1).replace("-", "\N{MINUS SIGN}")),
    text(
        "exponents, as NumPy writes them",
        "1.5e+00 -2.0e+00 0.0e+00\n3.0e+00 4.0e+00 1.0e+00\n2.5e-01 7.0e+00 0.0e+00\n-6.0E+00 5.0e-01 1.0e+00\n",
    ),
    text("exponents with decimal commas", "1,5e+0;-2e0;0\n3,0e0;4e0;1\n2,5E-1;7e0;0\n-6e0;5e-1;1\n"),
]


PLAIN = "x,y,label\n" + COMMAS.format(0, 1)
IN_WORDS = "x,y,pet\n" + COMMAS.format("Kätzchen", "Hündin")
BEYOND_ASCII = ("Kätzchen", "Hündin")
ENDS = [  # ends of lines and encodings
    text("lines end in CR LF (Windows)", PLAIN.replace("\n", "\r\n")),
    text("lines end in CR (old Macs)", PLAIN.replace("\n", "\r")),
    text("no end of the last line, empty lines between", "\n\n" + PLAIN.replace("\n3", "\n\n3").rstrip("\n")),
    text("UTF-8 with words", IN_WORDS, names=BEYOND_ASCII),
    in_code("UTF-8 with a byte order mark (Excel)", IN_WORDS, "utf-8-sig", names=BEYOND_ASCII),
    in_code("UTF-16 with a byte order mark (Excel's Unicode text)", IN_WORDS, "utf-16", names=BEYOND_ASCII),
    in_code("UTF-16 without a mark, little-endian", IN_WORDS, "utf-16-le", names=BEYOND_ASCII),
    in_code("UTF-16 without a mark, big-endian", IN_WORDS, "utf-16-be", names=BEYOND_ASCII),
    in_code(
        "Windows-1252 with words beyond ASCII for classes",
        IN_WORDS,
        "windows-1252",
        names=BEYOND_ASCII,
        asks=("encoding",),
        choices={"encoding": "windows-1252"},
    ),
    in_code(
        "Windows-1251, Cyrillic",
        "x,y,вид\n" + COMMAS.format("кошка", "собака"),
        "windows-1251",
        names=("кошка", "собака"),
        asks=("encoding",),
        choices={"encoding": "windows-1251"},
    ),
    in_code(
        "Windows-1252 with letters in names of columns alone", "größe;länge;label\n" + SEMICOLONS.format(0, 1), "cp1252"
    ),
]


HEADERS = [  # names of columns, comments, titles
    text("names in capitals, other words: `X;Y;Class`", "X;Y;Class\n" + SEMICOLONS.format(0, 1)),
    text("names in quotes", '"x","y","label"\n' + COMMAS.format(0, 1)),
    text("any names", "weight in g,length,species\n" + COMMAS.format("cat", "dog"), names=PETS),
    text(
        "the numbers 0, 1, 2 that data frames write",
        "0,1,2\n" + COMMAS.format(0, 1).replace("3,4", "3.0,4.0").replace("-6", "-6.0"),
    ),
    text(
        "`0,1,2` above points of which it may be one",
        "0,1,2\n5,3,2\n4,1,0\n2,2,1\n",
        asks=("header",),
        choices={"header": False},
        points=((0, 1, 2), (5, 3, 2), (4, 1, 0), (2, 2, 1)),
    ),
    text("`0,1,label` above numbers", "0,1,label\n" + COMMAS.format(0, 1)),
    text("`0,1,species` above words", "0,1,species\n" + COMMAS.format("cat", "dog"), names=PETS),
    text("no names, words for classes", COMMAS.format("cat", "dog"), names=PETS),
    text("a comment that names the columns (NumPy)", "# x y label\n" + BLANKS.format(0, 1)),
    text(
        "comments with #, % and // above the table", "# measured\n% in cm\n// by us\nx,y,label\n" + COMMAS.format(0, 1)
    ),
    text("title lines above the names", "Our pets\nMay 2026\n\nx,y,pet\n" + COMMAS.format("cat", "dog"), names=PETS),
    text("a line of units below the names", "x,y,pet\n(cm),(kg),\n" + COMMAS.format("cat", "dog"), names=PETS),
    text(
        "an ARFF file",
        "@relation pets\n@attribute x numeric\n@attribute y numeric\n@attribute pet {cat,dog}\n@data\n"
        + COMMAS.format("cat", "dog"),
        names=PETS,
    ),
]


PET_LINES = COMMAS.format("cat", "dog").strip().split("\n")
NUMBERED = "".join(f"{number},{line}\n" for number, line in enumerate(PET_LINES))
COLUMNS = [  # columns in any number and order
    text("a column without a name that counts the rows (pandas)", ",x,y,pet\n" + NUMBERED, names=PETS),
    text("`Unnamed: 0`", "Unnamed: 0,x,y,pet\n" + NUMBERED, names=PETS),
    text("`id` before the coordinates", "id,height,width,pet\n" + NUMBERED, names=PETS),
    text(
        "R: names of rows without a name above them",
        '"x" "y" "pet"\n' + "".join(f'"{n}" {line.replace(",", " ")}\n' for n, line in enumerate(PET_LINES, 1)),
        names=PETS,
    ),
    text("the class first", "label,x,y\n0,1.5,-2\n1,3,4\n0,0.25,7\n1,-6,0.5\n"),
    text("the class first, no names", "a,1.5,-2\nb,3,4\na,0.25,7\nb,-6,0.5\n", names=("a", "b")),
    text("y before x", "y,x,label\n-2,1.5,0\n4,3,1\n7,0.25,0\n0.5,-6,1\n"),
    text("`x1,x2,y`, where y is the class", "x1,x2,y\n" + COMMAS.format(0, 1)),
    text(
        "four measures and a class (iris)",
        "a,b,c,d,kind\n5.1,3.5,1.4,0.2,setosa\n7,3.2,4.7,1.4,versicolor\n6.3,3.3,6,2.5,virginica\n5,3.6,1.4,0.2,setosa\n",
        asks=("x", "y"),
        choices={"x": "c", "y": "d"},
        points=((1.4, 0.2, 0), (4.7, 1.4, 1), (6, 2.5, 2), (1.4, 0.2, 0)),
        names=("setosa", "versicolor", "virginica"),
    ),
    text(
        "two columns that may be the class",
        "x,y,pet,sex\n1.5,-2,cat,f\n3,4,dog,m\n0.25,7,cat,m\n-6,0.5,dog,f\n",
        asks=("label",),
        choices={"label": "pet"},
        names=PETS,
    ),
    text(
        "two columns alone, classes wanted",
        "1.5,-2\n3,4\n",
        asks=("label",),
        choices={"label": "none"},
        points=((1.5, -2), (3, 4)),
    ),
    text(
        "held-out points: `held_out`, true or false",
        "x,y,label,held_out\n1,2,0,true\n3,4,1,False\n",
        points=((1, 2, 0, True), (3, 4, 1, False)),
    ),
    text(
        "held-out points: `split`, train or test",
        "x,y,pet,split\n1,2,cat,train\n3,4,dog,test\n",
        points=((1, 2, 0, False), (3, 4, 1, True)),
        names=PETS,
    ),
    text(
        "curve fitting, two columns",
        "time;height\n0;1,5\n1;2,5\n2;4\n",
        task="curve_fitting",
        points=((0, 1.5), (1, 2.5), (2, 4)),
    ),
    text(
        "surface fitting, three columns",
        "x,y,z\n1,2,0.5\n3,4,-0.25\n",
        task="surface_fitting",
        points=((1, 2, 0.5), (3, 4, -0.25)),
    ),
]


LABELS = [  # classes by words and numbers
    text("classes -1 and +1", COMMAS.format("-1", "+1"), names=("-1", "1")),
    text("classes 1 and 2", COMMAS.format(1, 2), names=("1", "2")),
    text("classes 2 and 4", COMMAS.format(2, 4), names=("2", "4")),
    text("classes 10 and 20, written 10.0 and 20", COMMAS.format("10.0", 20), names=("10", "20")),
    text("classes true and false", COMMAS.format("false", "true"), names=("false", "true")),
    text(
        "true before false: false is still class 0",
        "3,4,yes\n1.5,-2,no\n",
        points=((3, 4, 1), (1.5, -2, 0)),
        names=("no", "yes"),
    ),
    text("classes + and -", COMMAS.format("+", "-"), names=("+", "-")),
    text(
        "words in quotes, with a comma in one of them", COMMAS.format('"cat, old"', '"dog"'), names=("cat, old", "dog")
    ),
    text(
        "a word over two lines",
        'x,y,pet\n1.5,-2,"big\ncat"\n3,4,dog\n0.25,7,"big\ncat"\n-6,0.5,dog\n',
        names=("big cat", "dog"),
    ),
    text(
        "words that differ beyond forty characters",
        COMMAS.format("a" * 45 + "1", "a" * 45 + "2"),
        names=("a" * 40, "a" * 38 + " 2"),
    ),
    text(
        "eight classes",
        "".join(f"{n},{n}.5,k{n}\n" for n in range(8)),
        points=tuple((n, n + 0.5, n) for n in range(8)),
        names=tuple(f"k{n}" for n in range(8)),
    ),
    text(
        "nine classes",
        "x,y,kind\n" + "".join(f"{n},{n}.5,k{n}\n" for n in range(9)),
        asks=("label",),
        choices={"label": "none"},
        points=tuple((n, n + 0.5) for n in range(9)),
    ),
]


SKIP: dict[str, str | bool] = {"unusable": "skip"}
TWO_POINTS = ((1.5, -2, 0), (3, 4, 1))
HOLES = [  # rows that are no points
    text(
        "a missing class",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n0,1,\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "a missing coordinate: empty, NA, nan, ?",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n,1,cat\nNA,1,cat\n1,nan,dog\n?,2,dog\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "a word for a coordinate",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5,two,cat\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "infinity, or beyond a million",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\ninf,1,cat\n2e6,1,dog\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "a line that is too short",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "a line that is too long",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5,6,cat,7\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text(
        "a sum below the table",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\nSum,2,\n",
        asks=("unusable",),
        choices=SKIP,
        points=TWO_POINTS,
        names=PETS,
    ),
    text("an inch sign that is no quote", 'x,y,screen\n1.5,-2,5"\n3,4,6"\n', points=TWO_POINTS, names=('5"', '6"')),
]


ROWS = [[x, y, PETS[int(label)]] for x, y, label in POINTS]
RECORDS = [dict(zip(("x", "y", "pet"), row, strict=True)) for row in ROWS]
OTHER_FORMS = [  # jSON, workbooks
    text("JSON: a list of lists", json.dumps(ROWS), names=PETS),
    text("JSON: a list of objects", json.dumps(RECORDS), names=PETS),
    text("JSON: an object of columns", json.dumps({k: [r[k] for r in RECORDS] for k in RECORDS[0]}), names=PETS),
    text(
        "JSON: a data frame's columns by row",
        json.dumps({k: {str(i): r[k] for i, r in enumerate(RECORDS)} for k in RECORDS[0]}),
        names=PETS,
    ),
    text(
        "JSON: points of this API", json.dumps({"points": [{"x": x, "y": y, "label": label} for x, y, label in POINTS]})
    ),
    text("JSON of another form", '{"a": 1}', refused="This JSON is no table"),
    text("JSON that breaks off", "[[1, 2, 0], [3, 4", refused="This is no table: it begins like JSON and is none."),
    Variant("a workbook (.xlsx)", workbook([["x", "y", "pet"], *ROWS]), names=PETS),
    Variant(
        "a workbook whose table begins lower and more to the right",
        workbook([[], ["Pets"], [], *([None, None, *row] for row in [["x", "y", "pet"], *ROWS])]),
        names=PETS,
    ),
]


def wrong(name: str, content: bytes, what: str) -> Variant:
    return Variant(name, content, refused=f"This is no table, it is {what}")


WRONG_FILES = [  # files that are something else
    wrong("a picture (PNG)", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture."),
    wrong("a picture (JPEG)", b"\xff\xd8\xff\xe0" + bytes(50), "a picture."),
    wrong("a picture (SVG)", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a picture."),
    wrong("a PDF", b"%PDF-1.7\n", "a PDF"),
    wrong("a zip archive", packed({"points.csv": b"1,2,0"}), "an archive"),
    wrong("a gzip archive", gzip.compress(b"1,2,0"), "an archive"),
    wrong("a Word document", packed({"word/document.xml": b""}), "a Word document"),
    wrong("an old workbook (.xls)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "a workbook of another kind"),
    wrong("an OpenDocument table (.ods)", packed({"content.xml": b""}), "a workbook of another kind"),
    wrong("weights (.npz)", packed({"weights_0.npy": b""}), "a file of NumPy arrays"),
    wrong("a web page", b"<!DOCTYPE html><html></html>", "a web page"),
    wrong(
        "an experiment that was saved here", b'{"document": {"format": "nnlab/1"}, "model": {}}', "a saved experiment"
    ),
    wrong("a notebook", b'{"cells": [], "nbformat": 4}', "a notebook"),
    Variant("bytes that are no text", bytes(range(256)) * 4, refused="This is no table: it is no text at all."),
    text("an empty file", "", refused="There are no points in this text."),
    text("names without points", "x,y,label\n", refused="There are no points in this text."),
    text(
        "prose", "dear diary,\ntoday I went\nto the sea\n", refused="There are no two columns of numbers in this table."
    ),
    text("one column of numbers", "1\n2\n3\n", refused="There are no two columns of numbers in this table."),
]


GROUPS = {
    "Cells and numbers": SEPARATORS,
    "Lines and encodings": ENDS,
    "Names, comments, titles": HEADERS,
    "Columns": COLUMNS,
    "Classes": LABELS,
    "Rows that are no points": HOLES,
    "Workbooks and JSON": OTHER_FORMS,
    "Other files": WRONG_FILES,
}
VARIANTS = [variant for group in GROUPS.values() for variant in group]
