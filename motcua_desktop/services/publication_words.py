"""What a preview says to an officer: each row that is not taken, each remark, each change, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from motcua_desktop.domain.due import TermKind
from motcua_desktop.domain.publication import BadRow, ChangeKind, FieldChange, Trouble
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext
from motcua_desktop.i18n import mark as _

TROUBLES: Mapping[Trouble, str] = {
    Trouble.CODE_MISSING: _("There is a name but no code."),
    Trouble.CODE_UNREADABLE: _("This is no procedure code such as 1.001193."),
    Trouble.NAME_MISSING: _("The procedure is new here and has no name."),
    Trouble.SAID_TWICE: _("The same procedure says two different things here."),
    Trouble.NO_PROCEDURE_ABOVE: _("There is no procedure above to which this row belongs."),
    Trouble.NO_UNIT: _("The number has no unit: working days, days or hours?"),
    Trouble.TERM_UNREADABLE: _("This is not one term in whole days, hours or months."),
    Trouble.COUNT_UNREADABLE: _("This is no whole number."),
    Trouble.DATE_UNREADABLE: _("This is no date such as 01/10/2026."),
    Trouble.UNPRINTABLE: _("The name has signs that no sheet can print."),
    Trouble.CHOICE_UNKNOWN: _("This is none of the known choices."),
    Trouble.WRONG_TYPE: _("This value cannot stand here."),
    Trouble.ALSO_ENDED: _("The list both publishes and repeals this procedure."),
    Trouble.CODE_SHORTENED: _("The province's ending of the code was left out."),
    Trouble.CODE_FROM_NUMBER: _("The file holds the code as a number; its last noughts were put back."),
    Trouble.TWO_CODES: _("Two codes for one procedure: only one is taken."),
    Trouble.SAME_NAME_TWICE: _("Two codes have the same name."),
    Trouble.TERMS_BECAME_CASES: _("Several terms: the first is the usual one, the others became cases."),
    Trouble.TERM_REST_NOTED: _("Words beside the term were kept as its note."),
    Trouble.NOTE_LEFT_OUT: _("This is a note and no paper; it was left out."),
    Trouble.FILE_NAME_CUT: _("The name of a file was cut off the paper's name."),
    Trouble.FEE_KEPT_AS_NOTE: _("Words beside the amount were kept as the fee's note."),
    Trouble.COUNTS_ASSUMED: _("The list gives no number of copies; one original is assumed for a new paper."),
    Trouble.LINE_LEFT_OUT: _("Nothing was taken from here."),
}
CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: _("Added"),
    ChangeKind.CHANGED: _("Changed"),
    ChangeKind.ENDED: _("Ended"),
    ChangeKind.MISSING: _("Not in the list, stays in force"),
    ChangeKind.SAME: _("Unchanged"),
}
FIELDS: Mapping[str, str] = {
    "name": _("name"),
    "short_name": _("short name"),
    "alias": _("shortcut letters"),
    "field": _("field"),
    "authority": _("authority"),
    "routing": _("where it is received"),
    "at_counter": _("through the one-stop desk"),
    "immediate": _("result given at once"),
    "clock": _("clock when papers are asked for"),
    "clock_source": _("source of the clock rule"),
    "valid_to": _("last day in force"),
    "source": _("source"),
    "terms": _("term"),
    "total_terms": _("term of all offices together"),
    "fees": _("fee"),
    "result": _("result"),
    "sets": _("sets of papers"),
    "documents": _("paper"),
}
_UNITS: Mapping[str, str] = {
    TermKind.WORKING_DAYS: _("{count} working days"),
    TermKind.CALENDAR_DAYS: _("{count} days"),
    TermKind.HOURS: _("{count} hours"),
    TermKind.WORKING_HOURS: _("{count} working hours"),
    TermKind.MONTHS: _("{count} months"),
    TermKind.SAME_DAY: _("the same day"),
    TermKind.NOT_STATED: _("no term stated"),
}


def bad_row_text(row: BadRow) -> str:
    """Where it stands and what is wrong, for one line."""
    place = _place(row) if row.row else ""
    where = ", ".join(part for part in (row.sheet, place, row.column) if part)
    shown = f" “{row.text[:120]}”" if row.text else ""
    whose = f" [{row.code}]" if row.code else ""
    return f"{where}{whose}: {gettext(TROUBLES[row.problem])}{shown}"


def _place(row: BadRow) -> str:
    place = gettext("row {row}").format(row=row.row)
    if not row.against:
        return place
    other = gettext("row {row}").format(row=row.against)
    if row.against_sheet not in ("", row.sheet):
        other = f"{row.against_sheet}, {other}"
    return gettext("{place} against {other}").format(place=place, other=other)


def change_lines(changes: tuple[FieldChange, ...]) -> Iterator[str]:
    """Each thing that changes, as "field (part): old → new"."""
    for change in changes:
        part = f" ({change.part})" if change.part else ""
        name = gettext(FIELDS.get(change.field, change.field))
        yield f"{name}{part}: {_shown(change.field, change.old)} → {_shown(change.field, change.new)}"


def _shown(field: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field in ("terms", "total_terms"):
        return _term(value)
    if field == "fees":
        return _fee(value)
    if field == "documents":
        return _paper(value)
    return str(value)


def _term(term: Mapping[str, Any]) -> str:
    said = [gettext(_UNITS[term["kind"]]).format(count=term["value"])]
    if term["after"]:
        said.append(gettext("after {hour} the next working day").format(hour=term["after"]))
    if term["statutory_kind"]:
        law = gettext(_UNITS[term["statutory_kind"]]).format(count=term["statutory_value"])
        said.append(gettext("by law {term}").format(term=law))
    return ", ".join([*said, *filter(None, (term["note"],))]) + f" ({term['source']})"


def _fee(fee: Mapping[str, Any]) -> str:
    if fee["set_by_province"]:
        amount = gettext("set by the province")
    elif fee["amount_vnd"] is None:
        amount = gettext("no amount")
    else:
        amount = f"{in_figures(fee['amount_vnd'])} đồng{fee['unit'] or ''}"
    return ", ".join(part for part in (amount, fee["note"]) if part) + f" ({fee['source']})"


def _paper(paper: Mapping[str, Any]) -> str:
    counts = gettext("{original} originals, {copy} copies").format(**paper)
    shown = gettext("shown only") if paper["mode"] == "present" else ""
    return ", ".join(part for part in (counts, shown, paper["case"] or "") if part)
