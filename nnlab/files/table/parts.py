"""Which column is what of a point: proposals, and what is not certain about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nnlab.document.points import MOST_CLASSES
from nnlab.files.table.choices import NOBODY, PARTS, Choices, Question, refused
from nnlab.files.table.columns import OWN_NAMES, TRUTH, Column, is_class_missing
from nnlab.sentence import Sentence

# Names that a pair of coordinates goes by.
PAIRS = (
    ("x", "y"), ("x1", "x2"), ("x_1", "x_2"), ("x0", "x1"), ("x_0", "x_1"), ("feature1", "feature2"),
    ("feature_1", "feature_2"), ("feature 1", "feature 2"), ("feature_0", "feature_1"), ("f1", "f2"), ("lon", "lat"),
)  # fmt: skip
LABEL_NAMES = frozenset(
    "label labels class classes klasse klassen category kategorie target species type typ group gruppe cluster colour"
    " color farbe art y kind diagnosis outcome result ergebnis ziel".split()
)
VALUE_NAMES = frozenset("value wert z target height höhe t output y".split())
HELD_OUT_NAMES = frozenset("held_out test is_test split set subset partition testset".split())
HELD_OUT = {**TRUTH, "1": True, "0": False, "test": True, "train": False, "training": False, "held out": True,
            "validation": True, "val": True, "": False}  # fmt: skip
LONGEST_NUMBER = 9  # digits of a column's number


@dataclass(frozen=True, slots=True)
class Parts:
    """The columns that say what of a point; None where no column does."""

    x: Column | None = None
    y: Column | None = None
    label: Column | None = None
    value: Column | None = None
    held_out: Column | None = None
    questions: list[Question] = field(default_factory=list)


def parts_of(columns: list[Column], task: str, choices: Choices, *, is_named: bool) -> Parts:
    """What each column is, by choice or else by its name, kind and place. Raises InvalidInput for no such column."""
    return _Finder(columns, task, choices, is_named).found()


def is_own(columns: Sequence[Column]) -> bool:
    """Whether the columns are those that NNLab writes."""
    return tuple(column.name for column in columns) == OWN_NAMES


class _Finder:
    """Takes columns out of those that are left, part by part: whoever comes first has the surest signs."""

    def __init__(self, columns: list[Column], task: str, choices: Choices, is_named: bool) -> None:
        self._task, self._choices = task, choices
        self._is_named = is_named and not all(column.name.isdigit() for column in columns)
        self._all = columns
        self._questions: list[Question] = []
        self._chosen = {part: self._by_choice(part) for part in PARTS}
        taken = {column.number for column in self._chosen.values() if column is not None}
        self._left = [column for column in columns if column.number not in taken and column.kind != "empty"]

    def found(self) -> Parts:
        held_out = self._part("held_out", self._find_held_out)
        pair = self._named_pair()
        self._take(pair)
        label = value = None
        if self._task == "classification":
            label = self._part("label", self._find_label)
        elif self._task == "surface_fitting":
            value = self._part("value", lambda: self._find_value(pair))
        x, y = self._coordinates(pair)
        return Parts(x, y, label, value, held_out, self._questions)

    def _by_choice(self, part: str) -> Column | None:
        said = getattr(self._choices, part)
        if said is None or said == NOBODY:
            return None
        if said.isdecimal() and len(said) <= LONGEST_NUMBER:  # its number, though data frames call columns 0, 1, 2
            named = [column for column in self._all if column.number == int(said)]
        else:
            named = [column for column in self._all if column.name == said]
        if len(named) == 1:
            return named[0]
        known = ", ".join(column.name or str(column.number) for column in self._all)
        raise refused(part, Sentence("{part} must name one of the columns {known}.", part=part, known=known))

    def _part(self, part: str, find: Callable[[], Column | None]) -> Column | None:
        """The column of a part: the chosen one, or the one that is found."""
        if getattr(self._choices, part) is not None:
            return self._chosen[part]
        column = find()
        self._take([column])
        return column

    def _take(self, columns: Sequence[Column | None]) -> None:
        taken = {column.number for column in columns if column is not None}
        self._left = [column for column in self._left if column.number not in taken]

    def _ask(self, choice: str, sentence: Sentence) -> None:
        self._questions.append(Question(choice, sentence))

    def _find_held_out(self) -> Column | None:
        named = [
            column
            for column in self._left
            if _bare(column) == OWN_NAMES[3] or (_bare(column) in HELD_OUT_NAMES and _tells_held_out(column))
        ]
        return named[0] if named else None

    def _named_pair(self) -> list[Column]:
        """Two columns of numbers with names of coordinates, unless one of them was chosen."""
        if self._choices.x is not None or self._choices.y is not None:
            return []
        numbers = [column for column in self._left if column.is_numeric or column.kind == "index"]
        for names in PAIRS:
            found = [[column for column in numbers if _bare(column) == name] for name in names]
            if all(len(each) == 1 for each in found):
                return [column for each in found for column in each]
        return []

    def _find_label(self) -> Column | None:
        if is_own(self._all):
            return self._all[OWN_NAMES.index("label")]
        pair_is_left = self._num_numbers() > 2
        is_bare = not self._is_named and len(self._all) == 3
        could = [
            column
            for column in self._left
            if _could_be_classes(column, least=1 if is_bare and column is self._all[-1] else 2)
            and (pair_is_left or not column.has_numbers)
        ]
        named = [
            column
            for column in self._left
            if _bare(column) in LABEL_NAMES and column.kind != "number" and _num_values(column) <= MOST_CLASSES
        ]
        if len(named) > 1:
            named = [column for column in named if _bare(column) != "y"]
        wordy = [column for column in could if not column.is_numeric]
        likely = named or wordy or could
        if not likely:
            self._ask("label", self._no_classes())
            return None
        usual = is_bare and likely[-1] is self._all[-1]
        if len(likely) > 1 and not usual:
            names = Sentence("Which column is the class: {names}?", names=_titles(likely))
            self._ask("label", names)
        return likely[-1]

    def _num_numbers(self) -> int:
        """How many columns of numbers there are, those included that were taken already."""
        return sum(column.is_numeric or column.kind == "index" for column in self._all)

    def _no_classes(self) -> Sentence:
        words = [column for column in self._left if column.kind == "words"]
        if words:
            return Sentence(
                "No column has two to {most} different values, as classes have: {names} has {count}. Choose one or"
                " none, for points of class 0 alone.",
                most=MOST_CLASSES,
                names=words[-1].title,
                count=len(words[-1].counts()),
            )
        return Sentence("No column looks like classes. Choose one, or none for points of class 0 alone.")

    def _find_value(self, pair: list[Column]) -> Column | None:
        could = [column for column in self._left if column.is_numeric]
        named = [column for column in could if _bare(column) in VALUE_NAMES]
        if named:
            return named[0]
        if len(could) != (1 if pair else 3):
            self._ask("value", Sentence("Which column is the value: {names}?", names=_titles(could)))
        return could[-1] if could else None

    def _coordinates(self, pair: list[Column]) -> tuple[Column | None, Column | None]:
        if pair:
            return pair[0], pair[1]
        could = [column for column in self._left if column.is_numeric]
        index = [column for column in self._left if column.kind == "index"]
        wanted = [part for part in ("x", "y") if getattr(self._choices, part) is None]
        if len(could) < len(wanted):
            could = sorted([*could, *index], key=lambda column: column.number)
        elif index and not self._is_named and wanted:
            self._ask(wanted[0], Sentence("{name} counts the rows; is it passed over?", name=index[0].title))
        if len(could) > len(wanted):
            for part in wanted:
                self._ask(part, Sentence("Which column is {part}: {names}?", part=part, names=_titles(could)))
        found = dict(zip(wanted, could, strict=False))
        x, y = (found.get(part, self._chosen[part]) for part in ("x", "y"))
        return x, y


def _bare(column: Column) -> str:
    return column.name.strip().lower()


def _titles(columns: Sequence[Column]) -> str:
    return ", ".join(column.title for column in columns)


def _could_be_classes(column: Column, least: int) -> bool:
    """At least so many and at most eight values: words, or whole numbers."""
    return column.kind not in ("number", "index") and least <= _num_values(column) <= MOST_CLASSES


def _num_values(column: Column) -> int:
    """How many different values the column has; more than enough where the first rows have too many."""
    values = {cell for cell in column.cells[:1000] if not is_class_missing(cell)}
    return len(values) if len(values) > MOST_CLASSES else len(column.counts())


def _tells_held_out(column: Column) -> bool:
    return all(text.lower() in HELD_OUT for text in column.texts.texts)
