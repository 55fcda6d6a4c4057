"""Files as people have them, and what becomes of each: cases of tests, and the table of docs/own-data.md."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
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


def separators() -> Iterator[Variant]:
    """Signs between cells and in numbers."""
    yield text("comma, decimal point, names `x,y,label`", "x,y,label\n" + COMMAS.format(0, 1))
    yield text("the same without names", COMMAS.format(0, 1))
    yield text("semicolon, decimal comma", "x;y;label\n" + SEMICOLONS.format(0, 1))
    yield text("semicolon, decimal point", "x;y;label\n" + COMMAS.format(0, 1).replace(",", ";"))
    yield text("semicolon without names", SEMICOLONS.format(0, 1))
    yield text("tabs, as spreadsheets copy cells", "x\ty\tlabel\n" + TABS.format(0, 1))
    yield text("tabs without names", TABS.format(0, 1))
    yield text("one blank", BLANKS.format(0, 1))
    yield text("blanks as wide as columns need", "   1.5   -2   0\n     3    4   1\n  0.25    7   0\n    -6  0.5   1\n")
    yield text("blanks, decimal comma", BLANKS.format(0, 1).replace(".", ","))
    yield text("commas with blanks after them", COMMAS.format(0, 1).replace(",", ", "))
    yield text("bars", "x|y|label\n" + COMMAS.format(0, 1).replace(",", "|"))
    yield text(
        "a Markdown table",
        "| x | y | pet |\n|---|:-:|---|\n| 1.5 | -2 | cat |\n| 3 | 4 | dog |\n| 0.25 | 7 | cat |\n| -6 | 0.5 | dog |\n",
        names=PETS,
    )
    yield text("first line `sep=;`", "sep=;\nx;y;label\n" + SEMICOLONS.format(0, 1))
    yield text("trailing commas", "x,y,label,,\n" + COMMAS.format("0,,", "1,,"))
    yield text("trailing commas below shorter names", "x,y,label\n" + COMMAS.format("0,", "1,"))
    yield text(
        "empty columns before the table", ",,x,y,label\n,," + COMMAS.format(0, 1).replace("\n", "\n,,").rstrip(",")
    )
    yield text("quoted decimal commas between commas", 'x,y,label\n"1,5","-2",0\n"3","4",1\n"0,25",7,0\n"-6","0,5",1\n')
    yield text(
        "thousands marks, comma, beside decimal points",
        'x,y,label\n"1,234.5",1,0\n"12,345",2,1\n-3,4,0\n',
        points=((1234.5, 1, 0), (12345, 2, 1), (-3, 4, 0)),
    )
    yield text(
        "thousands marks, point, beside decimal commas",
        "x;y;label\n1.234,5;1;0\n12.345;2;1\n-3;4;0\n",
        points=((1234.5, 1, 0), (12345, 2, 1), (-3, 4, 0)),
    )
    yield text(
        "thousands marks, apostrophe (Switzerland)",
        "x;y;label\n1'234.5;1;0\n12'345;2;1\n",
        points=((1234.5, 1, 0), (12345, 2, 1)),
    )
    yield text(
        "thousands marks, narrow blank (France)",
        "x;y;label\n1\u202f234,5;1;0\n12\u202f345;2;1\n",
        points=((1234.5, 1, 0), (12345, 2, 1)),
    )
    yield text(
        "`1.234` between semicolons, a thousand or a little more than one",
        "x;y;label\n1.234;2.345;0\n3.456;4.567;1\n",
        asks=("decimal",),
        choices={"decimal": "point"},
        points=((1.234, 2.345, 0), (3.456, 4.567, 1)),
    )
    yield text(
        "the same, and the person says that it is a thousand",
        "x;y;label\n1.234;2.345;0\n3.456;4.567;1\n",
        asks=("decimal",),
        choices={"decimal": "comma"},
        points=((1234, 2345, 0), (3456, 4567, 1)),
    )
    yield text(
        "`1,234` in quotes between commas",
        'x,y,label\n"1,234","2,345",0\n"3,456","4,567",1\n',
        asks=("decimal",),
        choices={"decimal": "point"},
        points=((1234, 2345, 0), (3456, 4567, 1)),
    )
    yield text(
        "some numbers with a point and some with a comma",
        "x;y;label\n1.5;2;0\n2,5;3;1\n3.5;4;0\n",
        asks=("decimal", "unusable"),
        choices={"decimal": "point", "unusable": "skip"},
        points=((1.5, 2, 0), (3.5, 4, 0)),
    )
    yield text("typographic minus (U+2212)", COMMAS.format(0, 1).replace("-", "\N{MINUS SIGN}"))
    yield text(
        "exponents, as NumPy writes them",
        "1.5e+00 -2.0e+00 0.0e+00\n3.0e+00 4.0e+00 1.0e+00\n2.5e-01 7.0e+00 0.0e+00\n-6.0E+00 5.0e-01 1.0e+00\n",
    )
    yield text("exponents with decimal commas", "1,5e+0;-2e0;0\n3,0e0;4e0;1\n2,5E-1;7e0;0\n-6e0;5e-1;1\n")


def ends() -> Iterator[Variant]:
    """Ends of lines and encodings."""
    plain = "x,y,label\n" + COMMAS.format(0, 1)
    words = "x,y,pet\n" + COMMAS.format("Kätzchen", "Hündin")
    named = ("Kätzchen", "Hündin")
    yield text("lines end in CR LF (Windows)", plain.replace("\n", "\r\n"))
    yield text("lines end in CR (old Macs)", plain.replace("\n", "\r"))
    yield text("no end of the last line, empty lines between", "\n\n" + plain.replace("\n3", "\n\n3").rstrip("\n"))
    yield text("UTF-8 with words", words, names=named)
    yield in_code("UTF-8 with a byte order mark (Excel)", words, "utf-8-sig", names=named)
    yield in_code("UTF-16 with a byte order mark (Excel's Unicode text)", words, "utf-16", names=named)
    yield in_code("UTF-16 without a mark, little-endian", words, "utf-16-le", names=named)
    yield in_code("UTF-16 without a mark, big-endian", words, "utf-16-be", names=named)
    yield in_code(
        "Windows-1252 with words beyond ASCII for classes",
        words,
        "windows-1252",
        names=named,
        asks=("encoding",),
        choices={"encoding": "windows-1252"},
    )
    yield in_code(
        "Windows-1251, Cyrillic",
        "x,y,вид\n" + COMMAS.format("кошка", "собака"),
        "windows-1251",
        names=("кошка", "собака"),
        asks=("encoding",),
        choices={"encoding": "windows-1251"},
    )
    yield in_code(
        "Windows-1252 with letters in names of columns alone", "größe;länge;label\n" + SEMICOLONS.format(0, 1), "cp1252"
    )


def headers() -> Iterator[Variant]:
    """Names of columns, comments, titles."""
    yield text("names in capitals, other words: `X;Y;Class`", "X;Y;Class\n" + SEMICOLONS.format(0, 1))
    yield text("names in quotes", '"x","y","label"\n' + COMMAS.format(0, 1))
    yield text("any names", "weight in g,length,species\n" + COMMAS.format("cat", "dog"), names=PETS)
    yield text(
        "the numbers 0, 1, 2 that data frames write",
        "0,1,2\n" + COMMAS.format(0, 1).replace("3,4", "3.0,4.0").replace("-6", "-6.0"),
    )
    yield text(
        "`0,1,2` above points of which it may be one",
        "0,1,2\n5,3,2\n4,1,0\n2,2,1\n",
        asks=("header",),
        choices={"header": False},
        points=((0, 1, 2), (5, 3, 2), (4, 1, 0), (2, 2, 1)),
    )
    yield text("`0,1,label` above numbers", "0,1,label\n" + COMMAS.format(0, 1))
    yield text("`0,1,species` above words", "0,1,species\n" + COMMAS.format("cat", "dog"), names=PETS)
    yield text("no names, words for classes", COMMAS.format("cat", "dog"), names=PETS)
    yield text("a comment that names the columns (NumPy)", "# x y label\n" + BLANKS.format(0, 1))
    yield text(
        "comments with #, % and // above the table", "# measured\n% in cm\n// by us\nx,y,label\n" + COMMAS.format(0, 1)
    )
    yield text(
        "title lines above the names", "Our pets\nMay 2026\n\nx,y,pet\n" + COMMAS.format("cat", "dog"), names=PETS
    )
    yield text("a line of units below the names", "x,y,pet\n(cm),(kg),\n" + COMMAS.format("cat", "dog"), names=PETS)
    yield text(
        "an ARFF file",
        "@relation pets\n@attribute x numeric\n@attribute y numeric\n@attribute pet {cat,dog}\n@data\n"
        + COMMAS.format("cat", "dog"),
        names=PETS,
    )


def columns() -> Iterator[Variant]:
    """Columns in any number and order."""
    pets = COMMAS.format("cat", "dog").strip().split("\n")
    numbered = "".join(f"{number},{line}\n" for number, line in enumerate(pets))
    yield text("a column without a name that counts the rows (pandas)", ",x,y,pet\n" + numbered, names=PETS)
    yield text("`Unnamed: 0`", "Unnamed: 0,x,y,pet\n" + numbered, names=PETS)
    yield text("`id` before the coordinates", "id,height,width,pet\n" + numbered, names=PETS)
    yield text(
        "R: names of rows without a name above them",
        '"x" "y" "pet"\n' + "".join(f'"{n}" {line.replace(",", " ")}\n' for n, line in enumerate(pets, 1)),
        names=PETS,
    )
    yield text("the class first", "label,x,y\n0,1.5,-2\n1,3,4\n0,0.25,7\n1,-6,0.5\n")
    yield text("the class first, no names", "a,1.5,-2\nb,3,4\na,0.25,7\nb,-6,0.5\n", names=("a", "b"))
    yield text("y before x", "y,x,label\n-2,1.5,0\n4,3,1\n7,0.25,0\n0.5,-6,1\n")
    yield text("`x1,x2,y`, where y is the class", "x1,x2,y\n" + COMMAS.format(0, 1))
    yield text(
        "four measures and a class (iris)",
        "a,b,c,d,kind\n5.1,3.5,1.4,0.2,setosa\n7,3.2,4.7,1.4,versicolor\n6.3,3.3,6,2.5,virginica\n5,3.6,1.4,0.2,setosa\n",
        asks=("x", "y"),
        choices={"x": "c", "y": "d"},
        points=((1.4, 0.2, 0), (4.7, 1.4, 1), (6, 2.5, 2), (1.4, 0.2, 0)),
        names=("setosa", "versicolor", "virginica"),
    )
    yield text(
        "two columns that may be the class",
        "x,y,pet,sex\n1.5,-2,cat,f\n3,4,dog,m\n0.25,7,cat,m\n-6,0.5,dog,f\n",
        asks=("label",),
        choices={"label": "pet"},
        names=PETS,
    )
    yield text(
        "two columns alone, classes wanted",
        "1.5,-2\n3,4\n",
        asks=("label",),
        choices={"label": "none"},
        points=((1.5, -2), (3, 4)),
    )
    yield text(
        "held-out points: `held_out`, true or false",
        "x,y,label,held_out\n1,2,0,true\n3,4,1,False\n",
        points=((1, 2, 0, True), (3, 4, 1, False)),
    )
    yield text(
        "held-out points: `split`, train or test",
        "x,y,pet,split\n1,2,cat,train\n3,4,dog,test\n",
        points=((1, 2, 0, False), (3, 4, 1, True)),
        names=PETS,
    )
    yield text(
        "curve fitting, two columns",
        "time;height\n0;1,5\n1;2,5\n2;4\n",
        task="curve_fitting",
        points=((0, 1.5), (1, 2.5), (2, 4)),
    )
    yield text(
        "surface fitting, three columns",
        "x,y,z\n1,2,0.5\n3,4,-0.25\n",
        task="surface_fitting",
        points=((1, 2, 0.5), (3, 4, -0.25)),
    )


def labels() -> Iterator[Variant]:
    """Classes by words and numbers."""
    yield text("classes -1 and +1", COMMAS.format("-1", "+1"), names=("-1", "1"))
    yield text("classes 1 and 2", COMMAS.format(1, 2), names=("1", "2"))
    yield text("classes 2 and 4", COMMAS.format(2, 4), names=("2", "4"))
    yield text("classes 10 and 20, written 10.0 and 20", COMMAS.format("10.0", 20), names=("10", "20"))
    yield text("classes true and false", COMMAS.format("false", "true"), names=("false", "true"))
    yield text(
        "true before false: false is still class 0",
        "3,4,yes\n1.5,-2,no\n",
        points=((3, 4, 1), (1.5, -2, 0)),
        names=("no", "yes"),
    )
    yield text("classes + and -", COMMAS.format("+", "-"), names=("+", "-"))
    yield text(
        "words in quotes, with a comma in one of them", COMMAS.format('"cat, old"', '"dog"'), names=("cat, old", "dog")
    )
    yield text(
        "a word over two lines",
        'x,y,pet\n1.5,-2,"big\ncat"\n3,4,dog\n0.25,7,"big\ncat"\n-6,0.5,dog\n',
        names=("big cat", "dog"),
    )
    yield text(
        "words that differ beyond forty characters",
        COMMAS.format("a" * 45 + "1", "a" * 45 + "2"),
        names=("a" * 40, "a" * 38 + " 2"),
    )
    yield text(
        "eight classes",
        "".join(f"{n},{n}.5,k{n}\n" for n in range(8)),
        points=tuple((n, n + 0.5, n) for n in range(8)),
        names=tuple(f"k{n}" for n in range(8)),
    )
    yield text(
        "nine classes",
        "x,y,kind\n" + "".join(f"{n},{n}.5,k{n}\n" for n in range(9)),
        asks=("label",),
        choices={"label": "none"},
        points=tuple((n, n + 0.5) for n in range(9)),
    )


def holes() -> Iterator[Variant]:
    """Rows that are no points."""
    skip: dict[str, str | bool] = {"unusable": "skip"}
    two = ((1.5, -2, 0), (3, 4, 1))
    yield text(
        "a missing class",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n0,1,\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "a missing coordinate: empty, NA, nan, ?",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n,1,cat\nNA,1,cat\n1,nan,dog\n?,2,dog\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "a word for a coordinate",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5,two,cat\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "infinity, or beyond a million",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\ninf,1,cat\n2e6,1,dog\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "a line that is too short",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "a line that is too long",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\n5,6,cat,7\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text(
        "a sum below the table",
        "x,y,pet\n1.5,-2,cat\n3,4,dog\nSum,2,\n",
        asks=("unusable",),
        choices=skip,
        points=two,
        names=PETS,
    )
    yield text("an inch sign that is no quote", 'x,y,screen\n1.5,-2,5"\n3,4,6"\n', points=two, names=('5"', '6"'))


def other_forms() -> Iterator[Variant]:
    """JSON, workbooks."""
    rows = [[x, y, PETS[int(label)]] for x, y, label in POINTS]
    records = [dict(zip(("x", "y", "pet"), row, strict=True)) for row in rows]
    yield text("JSON: a list of lists", json.dumps(rows), names=PETS)
    yield text("JSON: a list of objects", json.dumps(records), names=PETS)
    yield text("JSON: an object of columns", json.dumps({k: [r[k] for r in records] for k in records[0]}), names=PETS)
    yield text(
        "JSON: a data frame's columns by row",
        json.dumps({k: {str(i): r[k] for i, r in enumerate(records)} for k in records[0]}),
        names=PETS,
    )
    yield text(
        "JSON: points of this API", json.dumps({"points": [{"x": x, "y": y, "label": label} for x, y, label in POINTS]})
    )
    yield text("JSON of another form", '{"a": 1}', refused="This JSON is no table")
    yield text(
        "JSON that breaks off", "[[1, 2, 0], [3, 4", refused="This is no table: it begins like JSON and is none."
    )
    yield Variant("a workbook (.xlsx)", workbook([["x", "y", "pet"], *rows]), names=PETS)
    yield Variant(
        "a workbook whose table begins lower and more to the right",
        workbook([[], ["Pets"], [], *([None, None, *row] for row in [["x", "y", "pet"], *rows])]),
        names=PETS,
    )


def wrong_files() -> Iterator[Variant]:
    """Files that are something else."""

    def wrong(name: str, content: bytes, what: str) -> Variant:
        return Variant(name, content, refused=f"This is no table, it is {what}")

    yield wrong("a picture (PNG)", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture.")
    yield wrong("a picture (JPEG)", b"\xff\xd8\xff\xe0" + bytes(50), "a picture.")
    yield wrong("a picture (SVG)", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a picture.")
    yield wrong("a PDF", b"%PDF-1.7\n", "a PDF")
    yield wrong("a zip archive", packed({"points.csv": b"1,2,0"}), "an archive")
    yield wrong("a gzip archive", gzip.compress(b"1,2,0"), "an archive")
    yield wrong("a Word document", packed({"word/document.xml": b""}), "a Word document")
    yield wrong("an old workbook (.xls)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "a workbook of another kind")
    yield wrong("an OpenDocument table (.ods)", packed({"content.xml": b""}), "a workbook of another kind")
    yield wrong("weights (.npz)", packed({"weights_0.npy": b""}), "a file of NumPy arrays")
    yield wrong("a web page", b"<!DOCTYPE html><html></html>", "a web page")
    yield wrong(
        "an experiment that was saved here", b'{"document": {"format": "nnlab/1"}, "model": {}}', "a saved experiment"
    )
    yield wrong("a notebook", b'{"cells": [], "nbformat": 4}', "a notebook")
    yield Variant("bytes that are no text", bytes(range(256)) * 4, refused="This is no table: it is no text at all.")
    yield text("an empty file", "", refused="There are no points in this text.")
    yield text("names without points", "x,y,label\n", refused="There are no points in this text.")
    yield text(
        "prose", "dear diary,\ntoday I went\nto the sea\n", refused="There are no two columns of numbers in this table."
    )
    yield text("one column of numbers", "1\n2\n3\n", refused="There are no two columns of numbers in this table.")


GROUPS = {
    "Cells and numbers": separators,
    "Lines and encodings": ends,
    "Names, comments, titles": headers,
    "Columns": columns,
    "Classes": labels,
    "Rows that are no points": holes,
    "Workbooks and JSON": other_forms,
    "Other files": wrong_files,
}
VARIANTS = [variant for group in GROUPS.values() for variant in group()]
