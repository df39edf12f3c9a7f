"""The quick lane's head: who is there, what it costs as it is typed, one key to close it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from motcua_desktop.domain.card import IdentityCard, read_card
from motcua_desktop.domain.clock import now_ms, uuid7
from motcua_desktop.domain.dossier import Dossier, Person
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.domain.tariff import MOST, Basis, Charge, Tariff
from motcua_desktop.domain.text import clean, digits, fold, in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.services import finding
from motcua_desktop.services.clock import confirm_clock
from motcua_desktop.services.quick import (
    Quick,
    QuickRow,
    QuickSubmission,
    immediate_procedures,
    quick,
    quick_lines,
    quick_today,
    reckon,
    tariff_of,
)
from motcua_desktop.services.sheets import Printed, SheetKind, next_sheet, print_sheet
from ui.theme import Tone
from ui.workbench import Workbench, problem_of


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields, as typed; `exemption` is "" for everybody who pays."""

    name: str
    id_number: str
    copies: str
    pages: str
    exemption: str
    amount: str
    paid_by: str
    slip: bool


@dataclass(frozen=True, slots=True)
class FeeShown:
    """The fee in large type, how it came about, by what right, and whether that was checked."""

    large: str
    arithmetic: str
    source: str
    verified: bool = True


Day = tuple[tuple[int, int, int], list[QuickRow]]
NOTHING = FeeShown("–", "", "")


class QuickView(Protocol):
    """What the presenter needs of the screen."""

    def entered(self) -> Entered: ...
    def show_procedures(self, procedures: list[Procedure]) -> None: ...
    def show_tariff(
        self, counted: str, exemptions: list[str], *, by_page: bool, ask_amount: bool
    ) -> None: ...
    def show_fee(self, fee: FeeShown) -> None: ...
    def show_person(self, name: str, id_number: str, *, badge: str = "", doubtful: bool = False) -> None: ...
    def show_day(self, counts: tuple[int, int, int], lines: list[QuickRow]) -> None: ...
    def show_saving(self, busy: bool) -> None: ...
    def clear(self) -> None: ...
    def focus(self, place: str) -> None: ...
    def complain(self, problem: Problem) -> None: ...
    def say(self, text: str, tone: Tone, *, stays: bool = False) -> None: ...


class QuickPresenter:
    """One citizen at a time; once saved the lane is empty again, and the list says what was given."""

    def __init__(self, view: QuickView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._procedures: list[Procedure] = []
        self._place = 0
        self._saving = False
        self._next_card: tuple[IdentityCard, bool] | None = None
        self._new()

    def _new(self) -> None:
        self._filled: Person | None = None  # what a card or an earlier dossier said of the person
        self._request_id = uuid7(now_ms())
        self._clock_doubted = False

    @property
    def procedure(self) -> Procedure | None:
        return self._procedures[self._place] if self._procedures else None

    @property
    def has_draft(self) -> bool:
        """Whether Esc would empty something."""
        entered = self._view.entered()
        counts = (entered.copies.strip(), entered.pages.strip())
        return bool(entered.name.strip() or entered.id_number.strip()) or counts != ("1", "1")

    def activate(self) -> None:
        """The page comes into sight: what is given at once today, and what was given so far."""
        procedures = immediate_procedures(self._bench.desk)
        if procedures != self._procedures:
            self._procedures, self._place = procedures, 0
            self._view.show_procedures(procedures)
            self.procedure_chosen(0)
        if not procedures:
            self._view.say(
                _("No procedure is marked as given at once. Receive at the counter (F2)."),
                Tone.SOON,
                stays=True,
            )
        self.refresh_day()
        self._view.focus("applicant.full_name")

    def refresh_day(self) -> None:
        """Read today's counts and lines anew."""
        desk = self._bench.desk

        def read() -> Day:
            return quick_today(desk), quick_lines(desk)

        self._bench.looking.run(read, lambda day: self._view.show_day(*day), self._failed_to_look)

    def card_scanned(self, card: IdentityCard, *, doubtful: bool = False) -> None:
        """A card says who it is; the next citizen's waits while the one before is being saved."""
        if self._saving:
            self._next_card = card, doubtful
            return
        before = self._view.entered()
        person = self._known_as(
            Person(
                card.full_name,
                card.id_number,
                "cccd" if len(card.id_number) == 12 else "cmnd",
                birth_date=card.birth_date,
                gender=card.gender,
                address=card.address,
            )
        )
        self._filled = person
        self._view.show_person(person.full_name, person.id_number, badge=_("Card read"), doubtful=doubtful)
        if doubtful:
            self._view.complain(Problem("MC-104"))
        elif before.id_number.strip() not in ("", person.id_number):
            said = _("{now} instead of {before}. Look at the copies and pages once more.")
            self._view.say(said.format(now=person.full_name, before=before.name), Tone.SOON)
        self._view.focus("copies")

    def name_left(self, text: str) -> None:
        """A number typed where the name belongs, or a card's text pasted, is taken for what it is."""
        pasted = read_card(text)
        if isinstance(pasted, IdentityCard):
            self.card_scanned(pasted)
            return
        bare = "".join(text.split())
        if len(bare) in (9, 12) and bare.isdigit():
            self._view.show_person("", bare)
            self.number_left(bare)

    def number_left(self, text: str) -> None:
        """Somebody who was here before need not be typed."""
        bare = digits(text)
        if self._filled is not None and self._filled.id_number == bare:
            return
        known = finding.known_person(self._bench.desk, bare) if len(bare) in (9, 12) else None
        self._filled = known.person if known else None
        if known is not None and not self._view.entered().name.strip():
            self._view.show_person(known.person.full_name, bare, badge=_("Known here"))

    def procedure_chosen(self, place: int) -> None:
        """Another procedure has another fee, and perhaps nothing to count by the page."""
        self._place = place
        procedure = self.procedure
        if procedure is None:
            self._view.show_fee(NOTHING)
            return
        tariff = tariff_of(self._bench.desk, procedure)
        self._view.show_tariff(
            tariff.counted if tariff else "",
            [group.name for group in tariff.exempt] if tariff else [],
            by_page=tariff is not None and tariff.basis is Basis.PER_PAGE,
            ask_amount=tariff is None or tariff.basis is Basis.SET_BY_PROVINCE,
        )
        self.refresh_fee()

    def refresh_fee(self) -> None:
        """The fee of what is typed so far; what cannot be counted yet has none."""
        procedure, entered = self.procedure, self._view.entered()
        if procedure is None:
            return
        try:
            owed = reckon(
                self._bench.desk, procedure, _count("copies", entered.copies), _count("pages", entered.pages),
                entered.exemption,
            )  # fmt: skip
        except UserFacingError:
            self._view.show_fee(NOTHING)
            return
        self._view.show_fee(_shown(owed, tariff_of(self._bench.desk, procedure)))

    def commit(self) -> None:
        """F9: save, take the money and hand out, in one step."""
        if self._saving:
            return
        entered = self._view.entered()
        self.name_left(entered.name)
        try:
            submission = self._submission(self._view.entered())
        except UserFacingError as error:
            self._view.complain(error.problem)
            return
        self._saving = True
        self._view.show_saving(True)
        desk, confirmed = self._bench.desk, self._clock_doubted

        def work() -> Quick:
            if confirmed:
                confirm_clock(desk)
            return quick(desk, submission)

        self._bench.writing.run(work, lambda done: self._done(done, submission), self._not_done)

    def escape(self) -> None:
        """Begin anew; what was given stays as it is."""
        if not self._saving:
            self._begin()

    def _begin(self) -> None:
        self._new()
        self._view.clear()
        self.procedure_chosen(0)
        self._view.focus("applicant.full_name")

    def _submission(self, entered: Entered) -> QuickSubmission:
        if self.procedure is None:
            raise refuse("MC-155", "procedure")
        return QuickSubmission(
            procedure=self.procedure.code,
            applicant=self._applicant(entered),
            copies=_count("copies", entered.copies),
            pages=_count("pages", entered.pages),
            exemption=entered.exemption or None,
            amount_vnd=_amount(entered.amount),
            paid_by=entered.paid_by,
            receipt_wanted=entered.slip,
            request_id=self._request_id,
        )

    def _applicant(self, entered: Entered) -> Person:
        name, number = clean(entered.name), "".join(clean(entered.id_number).split())
        if not name:
            raise refuse("MC-115", "applicant.full_name")
        filled = self._filled
        if filled is not None and filled.id_number == number:
            return replace(filled, full_name=name)
        return Person(name, number, "cmnd" if len(number) == 9 else "cccd")

    def _known_as(self, person: Person) -> Person:
        """With the phone this office knows; and a scanner that strips marks does not take them from a name."""
        known = finding.known_person(self._bench.desk, person.id_number)
        if known is None:
            return person
        same = person.full_name.isascii() and fold(known.person.full_name) == fold(person.full_name)
        name = known.person.full_name if same else person.full_name
        return replace(person, full_name=name, phone=known.person.phone)

    def _done(self, done: Quick, submission: QuickSubmission) -> None:
        self._saving = False
        self._view.show_saving(False)
        said = _("Given out: {code} · {name} · {fee}. A mistake? Open it (F4) and take the result back.")
        fee = done.charge.text or _("free of charge")
        text = said.format(code=done.dossier.code, name=submission.applicant.full_name, fee=fee)
        worth = [sentence(warning) for warning in done.warnings if warning.number == "MC-112"]
        self._view.say(" · ".join((text, *worth)), Tone.SOON if worth else Tone.DONE, stays=bool(worth))
        if submission.receipt_wanted:
            self._print(done.dossier)
        self._begin()
        self.refresh_day()
        self._changed()
        if self._next_card is not None:
            (card, doubtful), self._next_card = self._next_card, None
            self.card_scanned(card, doubtful=doubtful)

    def _not_done(self, error: Exception) -> None:
        self._saving, self._next_card = False, None
        self._view.show_saving(False)
        problem = problem_of(error)
        self._clock_doubted = problem.number == "MC-156"  # one more F9 says that the clock is right
        self._view.complain(problem)

    def _print(self, dossier: Dossier) -> None:
        desk, printer, paper = self._bench.desk, self._bench.printer, self._bench.paper
        kind = SheetKind.FEE if dossier.payments else SheetKind.RECEIPT
        self._bench.printing.run(
            lambda: print_sheet(next_sheet(desk, dossier.id, kind, paper), printer, desk),
            self._printed,
            lambda error: self._view.complain(
                Problem("MC-193", None, {"code": dossier.code, "cause": problem_of(error).number})
            ),
        )

    def _printed(self, printed: Printed) -> None:
        problem = printed.problem or printed.sheet.problem
        if problem is not None:
            self._view.complain(problem)

    def _failed_to_look(self, error: Exception) -> None:
        self._view.complain(problem_of(error))


def _count(field: str, text: str) -> int:
    typed = clean(text)
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= MOST):
        raise refuse("MC-235", field, count=typed, most=MOST)
    return int(typed)


def _amount(text: str) -> int | None:
    """An amount as typed, `15.000` or `15000`; None while nothing is."""
    bare = clean(text).replace(".", "").replace(" ", "")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit()):
        raise refuse("MC-123", "amount_vnd", value=clean(text))
    return int(bare)


def _shown(owed: Charge, tariff: Tariff | None) -> FeeShown:
    large = _("amount not known") if owed.total_vnd is None else f"{in_figures(owed.total_vnd)} đ"
    if owed.total_vnd == 0:
        large = _("free of charge")
    arithmetic = owed.text if tariff else _("no fee is entered for this procedure")
    return FeeShown(large, arithmetic, "; ".join(owed.sources) if tariff else "", owed.is_verified)
