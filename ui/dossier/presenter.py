"""One dossier: read off the UI thread, shown with what may be done now; an act only happens at F9."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from motcua_desktop.domain.acts import may
from motcua_desktop.domain.card import read_date
from motcua_desktop.domain.dossier import Dossier, Status, Verb
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.pausing import ClockEffect
from motcua_desktop.domain.text import in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services import finding
from motcua_desktop.services.act_dates import usual_effect
from motcua_desktop.services.acts import PAID_BY, Act, Acted, act, plan
from motcua_desktop.services.clock import confirm_clock
from motcua_desktop.services.sheets import Printed, find_dossier, next_sheet, print_sheet
from motcua_desktop.services.telling import SHEET_NAMES, act_line, verb_name
from ui.dossier.forms import Field, asks, field_name, row_of
from ui.dossier.port import DossierView, Form, Remark, Seen
from ui.dossier.preview import effects, remarks
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

_UNFINISHED = frozenset({"MC-171", "MC-172"})  # something is still to be said: no reason to warn yet
_FIELDS = {**{str(field): field for field in Field}, "changes": Field.FULL_NAME}


class DossierPresenter:
    """Knows which dossier is in sight and which act is being asked for."""

    def __init__(self, view: DossierView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._asked = 0
        self._doing = False
        self._clock_doubted = False
        self._units: tuple[str, ...] = ()
        self._shown: Dossier | None = None  # as it was when the panel was opened
        self.dossier: Dossier | None = None
        self.verb: Verb | None = None

    @property
    def is_doing(self) -> bool:
        """Whether an act is on its way to the disk."""
        return self._doing

    def open(self, name: str, verb: Verb | None = None) -> None:
        """Read a dossier by its code or id; with `verb` that act is asked for at once.

        Until it is read no key means anything: the one before is no longer meant.
        """
        self._shut()
        self.dossier = None
        self._read(name, verb)

    def refresh(self) -> None:
        """Read it anew; what stands in an open panel stays there."""
        if self.dossier is not None and not self._doing:
            self._read(self.dossier.id, None)

    def choose(self, verb: Verb) -> None:
        """Ask for what an act needs; one that the table refuses is told with what can be done."""
        dossier = self.dossier
        if dossier is None or self._doing:
            return
        if verb is Verb.RETURN and verb in may(dossier):
            self._view.lead_to_return(dossier.key)
            return
        hindrance = self._hindrance(dossier, verb)
        if hindrance is not None:
            self._refused(hindrance)
            return
        self.verb, self._clock_doubted, self._shown = verb, False, dossier
        self._view.show_form(self._form(dossier, verb))
        self.edited()

    def edited(self) -> None:
        """Say again what the act would do."""
        if self.verb is not None and not self._doing:
            self._view.show_preview(self._preview())

    def close(self) -> bool:
        """Esc: give the panel up; False when there was none."""
        if self.verb is None or self._doing:
            return self._doing
        self._shut()
        return True

    def confirm_by_sheet(self, key: str) -> bool:
        """A hand-over, and what comes back, is confirmed by scanning the control sheet that travels with it."""
        dossier = self.dossier
        if dossier is None or dossier.key != key or self.verb not in (Verb.HAND_OVER, Verb.HAND_BACK):
            return False
        self.confirm()
        return True

    def key_to_return(self) -> str:
        """The key of a dossier whose result is ready, "" else."""
        dossier = self.dossier
        return dossier.key if dossier is not None and Verb.RETURN in may(dossier) else ""

    def confirm(self) -> None:
        """F9: do it. Saved first, then told and printed."""
        dossier = self.dossier
        if dossier is None or self.verb is None or self._doing:
            return
        try:
            wanted = self._wanted(dossier)
            plan(self._bench.desk, dossier, wanted)
        except UserFacingError as error:
            self._refused(error.problem)
            return
        desk, confirmed = self._bench.desk, self._clock_doubted

        def work() -> Acted:
            if confirmed:
                confirm_clock(desk)
            return act(desk, dossier.id, wanted)

        self._doing = True
        self._view.show_busy(True)
        self._bench.writing.run(work, self._acted, self._not_acted)

    def _read(self, name: str, verb: Verb | None) -> None:
        self._asked += 1
        asked, desk = self._asked, self._bench.desk

        def work() -> Seen:
            dossier = find_dossier(desk, name)
            sending = finding.sending_state(desk, dossier.id)
            return Seen(dossier, sending, tuple(finding.known_units(desk)))

        def done(seen: Seen) -> None:
            if asked == self._asked:
                self._loaded(seen, verb)

        def failed(error: Exception) -> None:
            if asked == self._asked and self.dossier is None:
                self._view.show_nothing()
            self._view.complain(problem_of(error))

        self._bench.looking.run(work, done, failed)

    def _loaded(self, seen: Seen, verb: Verb | None) -> None:
        changed = self.dossier is not None and self.dossier.heads != seen.dossier.heads
        self.dossier, self._units = seen.dossier, seen.units
        self._view.show_dossier(seen, may(seen.dossier))
        if verb is not None:
            self.choose(verb)
        elif changed and self.verb is not None:
            self.edited()

    def _hindrance(self, dossier: Dossier, verb: Verb) -> Problem | None:
        """Why the table refuses an act even when everything is said that it asks for."""
        row, leader = row_of(dossier, verb, self._now())
        if row is not None and (not leader or self._bench.desk.office.leaders):
            return None
        try:
            plan(self._bench.desk, dossier, Act(verb, reason="-", to="-", amount_vnd=1))
        except UserFacingError as error:
            return error.problem
        return None

    def _form(self, dossier: Dossier, verb: Verb) -> Form:
        fields, needed = asks(dossier, verb, self._now())
        choices: dict[Field, list[tuple[str, str]]] = {
            Field.TO: [(unit, unit) for unit in self._units],
            Field.PAID_BY: list(zip((_("cash"), _("transfer"), _("online")), PAID_BY, strict=True)),
            Field.LEADER: self._leaders(),
        }
        given: dict[Field, str] = {Field.PAID_BY: PAID_BY[0]}
        if Field.EFFECT in fields:
            choices[Field.EFFECT] = effects(self._bench.desk, dossier)
            given[Field.EFFECT] = str(usual_effect(dossier, row_of(dossier, verb, self._now())[0]))
        if verb is Verb.PAID and dossier.status is not Status.PAYMENT and dossier.fee_left_vnd:
            given[Field.AMOUNT] = in_figures(dossier.fee_left_vnd)
        if verb is Verb.HAND_OVER:
            given[Field.TO] = dossier.unit
        if verb is Verb.CORRECT and dossier.applicant is not None:
            person = dossier.applicant
            given[Field.FULL_NAME], given[Field.ID_NUMBER] = person.full_name, person.id_number
            given[Field.PHONE], given[Field.ADDRESS] = person.phone, person.address
        if verb is Verb.CORRECT and dossier.fee_due_vnd is not None:
            given[Field.FEE_DUE] = in_figures(dossier.fee_due_vnd)
        return Form(verb, verb_name(verb), fields, needed, given, choices)

    def _now(self) -> str:
        return self._bench.desk.now().isoformat(timespec="seconds")

    def _leaders(self) -> list[tuple[str, str]]:
        """Nobody is chosen beforehand where several may decide."""
        names = [(name, name) for name in self._bench.desk.office.leaders]
        return names if len(names) == 1 else [("–", ""), *names]

    def _preview(self) -> list[Remark]:
        dossier = self.dossier
        if dossier is None:
            return []
        try:
            wanted = self._wanted(dossier)
            return remarks(self._bench.desk, dossier, plan(self._bench.desk, dossier, wanted))
        except UserFacingError as error:
            if error.problem.number in _UNFINISHED:
                return [(_("Fill in the marked fields; here it says what will happen."), None)]
            return [(_told(error.problem), Tone.SOON)]

    def _wanted(self, dossier: Dossier) -> Act:
        if self.verb is None:
            raise RuntimeError("no act is being asked for")
        said = self._view.given()
        effect = said.get(Field.EFFECT, "")
        return Act(
            self.verb,
            reason=said.get(Field.REASON, ""),
            to=said.get(Field.TO, ""),
            due=_day(said.get(Field.DUE, "")),
            by=said.get(Field.LEADER, ""),
            amount_vnd=_amount(said.get(Field.AMOUNT, "")),
            paid_by=said.get(Field.PAID_BY, PAID_BY[0]),
            result=said.get(Field.RESULT, ""),
            tracking=said.get(Field.TRACKING, ""),
            effect=ClockEffect(effect) if effect else None,
            changes=_changes(self._shown or dossier, said) if self.verb is Verb.CORRECT else {},
            people=_people(self._shown or dossier, said) if self.verb is Verb.CORRECT else {},
            seen=(self._shown or dossier).last_act,
        )

    def _acted(self, acted: Acted) -> None:
        self._doing = False
        self._view.show_busy(False)
        if self._is_in_sight(acted.dossier):
            self._shut()
        done = acted.dossier.acts[-1]
        worth = [sentence(warning) for warning in acted.warnings]
        said = _("Done: {act}").format(act=act_line(done))
        self._view.say(" · ".join((said, *worth)), Tone.SOON if worth else Tone.DONE, stays=bool(worth))
        if self._is_in_sight(acted.dossier):
            self._read(acted.dossier.id, None)
        self._changed()
        if acted.plan.row.sheet:
            self._print(acted.dossier, acted.plan.row.sheet)

    def _not_acted(self, error: Exception) -> None:
        self._doing = False
        self._view.show_busy(False)
        problem = problem_of(error)
        self._clock_doubted = problem.number == "MC-156"  # one more F9 says that the clock is right
        self._refused(problem)
        self.refresh()

    def _print(self, dossier: Dossier, kind: str) -> None:
        desk, printer = self._bench.desk, self._bench.printer
        paper = self._bench.paper if kind == "receipt" else None

        def work() -> Printed:
            return print_sheet(next_sheet(desk, dossier.id, kind, paper), printer, desk)

        def failed(error: Exception) -> None:
            cause = problem_of(error).number
            self._view.complain(Problem("MC-193", None, {"code": dossier.code, "cause": cause}))

        self._bench.printing.run(work, lambda printed: self._printed(dossier, kind, printed), failed)

    def _printed(self, dossier: Dossier, kind: str, printed: Printed) -> None:
        problem = printed.problem or printed.sheet.problem
        if problem is not None:
            self._view.complain(problem)
        else:
            text = _("{sheet} of {code} is on its way to the printer.")
            self._view.say(text.format(sheet=_(SHEET_NAMES[kind]), code=dossier.code), Tone.DONE)
        if self._is_in_sight(dossier):
            self.refresh()
        self._changed()

    def _is_in_sight(self, dossier: Dossier) -> bool:
        """Whether the officer still looks at it, and has not opened another one meanwhile."""
        return self.dossier is not None and self.dossier.id == dossier.id

    def _refused(self, problem: Problem) -> None:
        field = (problem.field or "").split(".")[-1]
        wanted = _FIELDS.get(field)
        if problem.number == "MC-171" and wanted is not None and self.verb is not None:
            problem = replace(problem, params={**problem.params, "missing": field_name(wanted, self.verb)})
        self._view.say(_told(problem), Tone.SOON, number=problem.number, stays=True)
        if wanted is not None:
            self._view.focus(wanted)

    def _shut(self) -> None:
        self.verb = None
        self._view.hide_form()


def _told(problem: Problem) -> str:
    """What was refused, and what can be done in its place."""
    return " ".join(part for part in (sentence(problem), instead(problem)) if part)


def _day(text: str) -> date | datetime | None:
    """A day as it was typed, with or without an hour before it; raises MC-119 for what is no day."""
    if not text:
        return None
    clock, _space, day = text.rpartition(" ")
    iso = read_date(day)
    try:
        if len(iso) != len("2026-11-20"):
            raise ValueError(text)
        return (
            datetime.fromisoformat(f"{iso}T{clock.strip():0>5}") if clock.strip() else date.fromisoformat(iso)
        )
    except ValueError as error:
        raise refuse("MC-119", "due", text=text) from error


def _amount(text: str) -> int | None:
    """An amount in đồng, with or without points between thousands; raises MC-123 for what is none."""
    bare = "".join(text.replace("đ", "").replace(".", "").split())
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit()):
        raise refuse("MC-123", "amount", value=text)
    return int(bare)


def _changes(dossier: Dossier, said: Mapping[Field, str]) -> dict[str, object]:
    """The fee that is due, where another one was typed."""
    due = _amount(said.get(Field.FEE_DUE, ""))
    return {"fee_due_vnd": due} if due != dossier.fee_due_vnd else {}


def _people(dossier: Dossier, said: Mapping[Field, str]) -> dict[str, object]:
    """What was corrected of the applicant, against the dossier as the panel showed it; empty for nothing."""
    if dossier.applicant is None:
        return {}
    names = (Field.FULL_NAME, Field.ID_NUMBER, Field.PHONE, Field.ADDRESS)
    changed = {
        str(name): said[name]
        for name in names
        if name in said and said[name] != getattr(dossier.applicant, name)
    }
    return {"applicant": changed} if changed else {}
