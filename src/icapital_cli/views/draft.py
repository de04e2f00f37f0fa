"""Checked drafts, ready for any format: the claims as rows, the text with its marks, and what was counted."""

from typing import Any, NamedTuple

from icapital_cli.views.column_types import ColumnType, Schema, column_type
from icapital_cli.views.localizer import Localizer
from icapital_cli.views.rows import Column, Row
from icapital_cli.views.view import View

VERDICTS = ("agrees", "differs", "disputed", "rounded", "unknown", "not-read")


class ClaimRow(Row):
    """One claim: its values, and how people read them; and the place of its mark in the text."""

    def __init__(self, number: int, values: dict[str, Any], shown: dict[str, str], mark: tuple[int, int]) -> None:
        """Keep the values and their readings."""
        super().__init__(str(number), values)
        self.shown, self.mark = shown, mark


class Mark(NamedTuple):
    """Words of a draft with a verdict: where they begin and end, and the claims about them."""

    start: int
    end: int
    rows: list[ClaimRow]

    @property
    def verdict(self) -> str:
        """The gravest verdict of the claims."""
        order = ("differs", "disputed", "not-read", "unknown", "rounded", "agrees")
        return min((str(row.values["verdict"]) for row in self.rows), key=order.index)


class CheckedDraft(NamedTuple):
    """One draft: its name, its text, its claims."""

    name: str
    text: str
    rows: list[ClaimRow]

    @property
    def marks(self) -> list[Mark]:
        """The marks in the order of the text; those that overlap are one."""
        marks: list[Mark] = []
        for row in sorted(self.rows, key=lambda row: row.mark):
            start, end = row.mark
            if marks and start < marks[-1].end:
                marks[-1] = Mark(marks[-1].start, max(end, marks[-1].end), [*marks[-1].rows, row])
            else:
                marks.append(Mark(start, end, [row]))
        return marks


class Report(NamedTuple):
    """The checked drafts, and all their claims as one view."""

    view: View
    drafts: list[CheckedDraft]

    @property
    def localizer(self) -> Localizer:
        """What localizes values."""
        return self.view.localizer

    @property
    def lang(self) -> str:
        """The language of the answer."""
        return self.view.lang

    @property
    def differs(self) -> bool:
        """Whether a claim differs from the facts."""
        return any(row.values["verdict"] == "differs" for row in self.view.rows)

    def heading(self, row: ClaimRow) -> str:
        """Return the verdict of a claim, for people."""
        return row.shown["verdict"]


@column_type("claimed")
class Claimed(ColumnType):
    """A value that a draft says, or that the facts have: raw in JSON, localized for people."""

    json_schema: Schema = {"type": ["string", "integer", "number", "null"]}

    def cell(self, row: Row, column: Column, localizer: Localizer) -> str:
        """Return the reading that the claim was made with."""
        shown = row.shown.get(column.key) if isinstance(row, ClaimRow) else None
        return shown if shown is not None else super().cell(row, column, localizer)
