"""The counter's head: what is being received, what is still missing, what F9 does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.card import IdentityCard, read_card, read_date
from motcua_desktop.domain.due import Due, TermKind
from motcua_desktop.domain.errors import Problem, UserFacingError, refuse
from motcua_desktop.domain.fees import fee_text
from motcua_desktop.domain.person import Person
from motcua_desktop.domain.procedure import Procedure
from motcua_desktop.domain.source import is_verified
from motcua_desktop.domain.text import fold
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import sentence
from motcua_desktop.printing.port import Outcome, OutcomeKind, Printer
from motcua_desktop.services import finding
from motcua_desktop.services.clock import confirm_clock
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.finding import DossierLine, KnownPerson
from motcua_desktop.services.intake import Received, Submission, appoint, receive
from motcua_desktop.services.person import check_person
from ui import wording
from ui.counter.port import CounterView
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

if TYPE_CHECKING:
    from motcua_desktop.services.sheets import Printed, Sheet

if TYPE_CHECKING:
    from motcua_desktop.domain.dossier import Dossier

LONGEST_NAME = 90  # characters: two lines under the list; the receipt has the rest
_TOLD_AFTER = frozenset({"MC-113", "MC-126", "MC-127", "MC-151"})  # what `receive` alone knows


class CounterPresenter:
    """One draft at a time; once saved it stays in sight until the next person begins."""

    def __init__(self, view: CounterView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._usage = finding.usage(bench.desk)
        self._blank: object = None
        self._new()

    def _new(self) -> None:
        self.procedure: Procedure | None = None
        self.saved: Dossier | None = None
        self._case: str | None = None
        self._papers_confirmed = False
        self._missing_accepted: tuple[str, ...] = ()
        self._duplicate: DossierLine | None = None
        self._saving = False
        self._next_card: tuple[IdentityCard, bool] | None = None
        self._complained_of_printer = False
        self._clock_doubted = False
        self._filled: Person | None = None  # what a card or an earlier dossier put into the fields
        self._given_up: object = None  # the draft that one Esc was pressed on

    @property
    def has_draft(self) -> bool:
        """Whether something would be lost by beginning anew."""
        return self.saved is None and self._view.draft() != self._blank

    @property
    def waits_for_second_f9(self) -> bool:
        """Whether the officer was told of missing papers and may accept with one more F9."""
        return self.saved is None and not self._saving and bool(self._missing_accepted)

    def start(self) -> None:
        """An empty counter, ready for the first person."""
        self._new()
        self._view.hush()
        self._view.clear()
        self._view.show_chosen(None, "")
        self._view.show_due("–", "", "", ask=False)
        self._view.show_papers_state("", Tone.DRAFT)
        self._view.show_saved("")
        self.procedure_typed("")
        self.refresh_today()
        self._blank = self._view.draft()
        self._view.focus("applicant.id_number")

    def escape(self) -> None:
        """Begin anew; a draft is only given up when Esc is pressed a second time."""
        if self._saving:
            return
        if self.has_draft and self._given_up != self._view.draft():
            self._given_up = self._view.draft()
            self._view.say(_("Press Esc again to empty this form. Saved dossiers stay."), Tone.SOON)
            return
        self.start()

    def same_person(self) -> None:
        """Keep the person of the saved dossier for one more procedure."""
        if self.saved is None or self.saved.applicant is None:
            return
        person = self.saved.applicant
        self.start()
        self._view.show_applicant(person, "")
        self._look_up(person.id_number)
        self.focus_next()

    def card_scanned(self, card: IdentityCard, *, doubtful: bool = False) -> None:
        """A card fills the person; the representative while those fields are open and the person is known.

        The card of the next person waits while the dossier before is being saved. `doubtful` marks text that an
        input method rewrote.
        """
        if self._saving:
            self._next_card = card, doubtful
            return
        if self.saved is not None:
            self.start()
        number_kind = "cccd" if len(card.id_number) == 12 else "cmnd"
        person = Person(
            card.full_name,
            card.id_number,
            number_kind,
            birth_date=card.birth_date,
            gender=card.gender,
            address=card.address,
        )
        person = self._with_marks(person)
        applicant = self._view.applicant()
        if self._view.wants_representative() and applicant.full_name:
            self._view.show_representative(person, doubtful=doubtful)
            self._view.focus("representative.phone")
            return
        if applicant.id_number != person.id_number:
            self._view.show_phone("")
        self._view.show_applicant(person, _("Card read"), doubtful=doubtful)
        self._filled = person
        self._look_up(card.id_number, [w for w in card.warnings if w.number == "MC-108"])
        for warning in card.warnings:
            if warning.number in ("MC-102", "MC-107"):
                self._view.complain(warning)
        if doubtful:
            self._view.complain(Problem("MC-104"))
        if self.procedure is not None and applicant.id_number not in ("", person.id_number):
            self._other_person(applicant, person)
        self.focus_next()

    def _with_marks(self, person: Person) -> Person:
        """A scanner that strips marks does not take them from a name that is known with them."""
        known = (
            finding.known_person(self._bench.desk, person.id_number) if person.full_name.isascii() else None
        )
        if known is None or fold(known.person.full_name) != fold(person.full_name):
            return person
        same_place = fold(known.person.address) == fold(person.address)
        address = known.person.address if same_place else person.address
        return replace(person, full_name=known.person.full_name, address=address)

    def _other_person(self, before: Person, now: Person) -> None:
        """The papers that were looked at were another citizen's."""
        self._papers_confirmed, self._missing_accepted = False, ()
        self._view.show_papers_state(_("to be looked at"), Tone.SOON)
        said = _("{now} instead of {before}: look at procedure and papers once more.")
        self._view.say(said.format(now=now.full_name, before=before.full_name), Tone.SOON, stays=True)

    def id_typed(self, number: str) -> None:
        """A number typed by hand, or a card's text pasted: somebody who was here before is filled in."""
        pasted = read_card(number)
        if isinstance(pasted, IdentityCard):
            self.card_scanned(pasted)
            return
        bare = "".join(number.split())
        if self.saved is not None or (self._filled is not None and bare == self._filled.id_number):
            return
        if self._filled is not None:
            self._view.take_back(self._filled)
            self._filled = None
        if len(bare) in (9, 12):
            known = self._look_up(bare)
            if known and not self._view.applicant().full_name:
                self._view.show_applicant(known.person, _("Known here"))
                self._filled = known.person

    def procedure_edited(self, text: str) -> None:
        """Other letters mean another procedure: the one that was chosen is no longer meant."""
        if self.procedure is not None and self.saved is None and not self._saving:
            self.procedure, self._case, self._duplicate = None, None, None
            self._papers_confirmed = False
            self._view.show_chosen(None, "")
            self._view.show_due("–", "", "", ask=False)
            self._view.show_papers_state("", Tone.DRAFT)
        self.procedure_typed(text)

    def procedure_typed(self, text: str) -> None:
        """List the procedures that answer; the most used ones while nothing is typed."""
        today = self._bench.desk.now().date()
        self._view.show_matches(self._bench.desk.catalogue.match(text, today, self._usage))

    def procedure_chosen(self, procedure: Procedure) -> None:
        """Show its papers and its appointment, and go to the checklist."""
        if self.saved is not None or self._saving:
            return
        self.procedure, self._case = procedure, None
        self._papers_confirmed = False
        self._missing_accepted = ()
        name = procedure.name if len(procedure.name) <= LONGEST_NAME else procedure.field
        self._view.show_chosen(procedure, f"{procedure.code} · {name}")
        self._view.show_papers_state(_("to be looked at"), Tone.SOON)
        self.refresh_due()
        self._look_for_duplicate()
        self._view.focus("papers")

    def case_chosen(self, case: str | None) -> None:
        """Another case of the same procedure has another term."""
        self._case = case
        self.refresh_due()

    def papers_changed(self) -> None:
        """A tick was changed: the list wants to be looked at again."""
        self._missing_accepted = ()
        if self._papers_confirmed:
            self._show_papers()

    def papers_confirmed(self) -> None:
        """Enter on the checklist: it is right as it stands."""
        if self.procedure is not None:
            self._papers_confirmed = True
            self._show_papers()
            self.focus_next()

    def rules_changed(self) -> None:
        """A list of procedures or a day was put in force: what stands here follows from it."""
        if self.procedure is None and self.saved is None:
            self.procedure_typed(self._view.wanted_procedure())
        self.refresh_due()

    def refresh_due(self) -> None:
        """Count the appointment as of now; called again while the minutes pass."""
        if self.procedure is None or self.saved is not None:
            return
        counted = self._count()
        desk = self._bench.desk
        now = desk.now()
        term = self.procedure.term(self._case, now.date())
        ask = term is not None and term.kind is TermKind.NOT_STATED
        large = wording.appointment(counted.due_at, now) if counted and counted.due_at else "–"
        why = [_received_text(now)]
        if counted and counted.skipped:
            why.append(_("not counted: {days}").format(days=wording.skipped(counted)))
        if counted and counted.provisional:
            why.append(
                _("provisional: the calendar of {year} is not published").format(
                    year=counted.provisional_year
                )
            )
        if ask:
            why = [_("The law states no term here. Type the day that the resolving unit gave.")]
        doubtful = term is not None and not is_verified(term.source)
        self._view.show_due(large, "; ".join(why) + ".", self._fee(), ask=ask, doubtful=doubtful)

    def focus_next(self) -> None:
        """Put the officer where the next thing is missing."""
        person = self._view.applicant()
        if not person.id_number:
            self._view.focus("applicant.id_number")
        elif not person.full_name:
            self._view.focus("applicant.full_name")
        elif not person.phone and self.procedure is None:
            self._view.focus("applicant.phone")
        elif self.procedure is None:
            self._view.focus("procedure")
        elif not self._papers_confirmed:
            self._view.focus("papers")
        else:
            self._view.focus("commit")

    def commit(self) -> None:
        """F9: say what is missing, or save; printing follows and never holds the saving back."""
        if self._saving:
            return
        if self.saved is not None:
            self._view.say(_("This dossier is saved. Scan the next person's card."), Tone.CALM)
            return
        try:
            submission = self._submission()
        except UserFacingError as error:
            self._view.complain(error.problem)
            return
        if submission is None:
            return
        self._saving = True
        self._view.show_saving(True)
        desk, confirmed = self._bench.desk, self._clock_doubted

        def work() -> Received:
            if confirmed:
                confirm_clock(desk)
            return receive(desk, submission)

        self._bench.writing.run(work, self._received, self._not_received)

    def reprint(self) -> None:
        """Print the saved dossier's receipt: the first one again if it never left, else one more, marked."""
        if self.saved is not None:
            self.print_dossier(self.saved)

    def print_dossier(self, dossier: Dossier) -> None:
        """Send a receipt to the printer from its own lane, where one is settled before the next is looked at."""
        desk, printer, paper = self._bench.desk, self._bench.printer, self._bench.paper

        def work() -> Printed:
            from motcua_desktop.services.sheets import next_receipt  # no window waits for what draws

            return _handed_over(desk, next_receipt(desk, dossier.id, paper), printer)

        self._bench.printing.run(work, self._printed, lambda error: self._not_drawn(dossier, error))

    def refresh_today(self) -> None:
        """Read today's list anew."""
        day = self._bench.desk.now().date().isoformat()
        lines = finding.received_on(self._bench.desk, day)
        self._view.show_today(lines, finding.count_received_on(self._bench.desk, day))

    def _submission(self) -> Submission | None:
        """What is on the screen as a submission; None when the officer was sent somewhere first."""
        self.id_typed(self._view.applicant().id_number)  # F9 leaves no field, and so ends no typing
        self.gathered()
        if not self._papers_confirmed:
            self._view.say(
                _("Look at the papers: Space for a missing one, Enter when the list is right."), Tone.SOON
            )
            self._view.focus("papers")
            return None
        missing = self._view.missing()
        if missing and missing != self._missing_accepted:
            self._missing_accepted = missing
            papers = "; ".join(missing)
            self._view.say(
                _("Still missing: {papers}. F9 again accepts it as owed, Ctrl+B asks for it.").format(
                    papers=papers
                ),
                Tone.SOON,
                stays=True,
            )
            return None
        self._look_for_duplicate()
        if self._duplicate is not None and not self._view.note():
            self._warn_of_duplicate(self._duplicate)
            self._view.focus("note")
            return None
        return self.gathered()

    def gathered(self) -> Submission:
        """What stands in the form, complete or not; raises for a person or a procedure that is not."""
        unreadable = self._view.unreadable()
        if unreadable is not None:
            raise UserFacingError(unreadable)
        applicant, representative = self._view.applicant(), self._view.representative()
        check_person("applicant", applicant)
        if self.procedure is None:
            raise refuse("MC-155", "procedure")
        return Submission(
            procedure=self.procedure.code,
            applicant=applicant,
            documents=self._view.brought(),
            representative=representative,
            return_by=self._view.return_by(),
            case=self._case,
            note=self._view.note(),
            appointment=self._appointment(),
        )

    def _appointment(self) -> datetime | None:
        day = read_date(self._view.appointment_text().strip())
        if len(day) != len("2026-11-20"):
            return None
        return local(datetime.combine(datetime.fromisoformat(day), self._bench.desk.office.hours.return_at))

    def _count(self) -> Due | None:
        if self.procedure is None:
            return None
        desk = self._bench.desk
        try:
            return appoint(desk, self.procedure, self._case, desk.now(), self._appointment())
        except UserFacingError:
            return None  # the date that is still to be typed; F9 says so by its number

    def _fee(self) -> str:
        text = fee_text(self.procedure.fees, "counter") if self.procedure else ""
        return _("Fee: {fee}").format(fee=text) if text else ""

    def _look_up(self, id_number: str, notes: Sequence[Problem] = ()) -> KnownPerson | None:
        known = finding.known_person(self._bench.desk, id_number)
        history = _("First time at this office.")
        if known is not None:
            day = wording.day_first(known.last_received_at[:10])
            history = _("{times} times here, last {day} · {open} open")
            history = history.format(times=known.times, day=day, open=known.open)
            if known.person.phone and not self._view.applicant().phone:
                self._view.show_phone(known.person.phone)
                if self._filled is not None:
                    self._filled = replace(self._filled, phone=known.person.phone)
        self._view.show_history(" · ".join((history, *map(sentence, notes))))
        self._look_for_duplicate()
        return known

    def _look_for_duplicate(self) -> None:
        self._duplicate = None
        number = self._view.applicant().id_number
        if self.procedure is not None and number:
            self._duplicate = finding.same_open_dossier(self._bench.desk, number, self.procedure.code)
        if self._duplicate is not None:
            self._warn_of_duplicate(self._duplicate)

    def _warn_of_duplicate(self, line: DossierLine) -> None:
        received_at = datetime.fromisoformat(line.received_at)
        params = {"name": line.full_name, "code": line.code, "received_at": received_at}
        self._view.complain(Problem("MC-112", None, params))

    def _show_papers(self) -> None:
        missing = len(self._view.missing())
        if missing:
            self._view.show_papers_state(_("{count} missing").format(count=missing), Tone.TODAY)
        else:
            self._view.show_papers_state(_("✓ complete"), Tone.DONE)

    def _received(self, received: Received) -> None:
        self._saving = False
        dossier = received.dossier
        self.saved = dossier
        self._usage[dossier.procedure["code"]] = self._usage.get(dossier.procedure["code"], 0) + 1
        self._view.show_saved(dossier.code)
        name = dossier.applicant.full_name if dossier.applicant else ""
        due_at = datetime.fromisoformat(dossier.due_at) if dossier.due_at else None
        when = wording.appointment(due_at, self._bench.desk.now()) if due_at else "–"
        received_at = local(datetime.fromisoformat(dossier.received_at))
        self._view.show_due(when, _received_text(received_at) + ".", self._fee(), ask=False)
        said = _("Saved {code} · {name} · due {when}").format(code=dossier.code, name=name, when=when)
        worth = [sentence(warning) for warning in received.warnings if warning.number in _TOLD_AFTER]
        self._view.say(" · ".join((said, *worth)), Tone.SOON if worth else Tone.DONE, stays=bool(worth))
        self.print_dossier(dossier)
        self.refresh_today()
        self._changed()
        if self._next_card is not None:
            card, doubtful = self._next_card
            self.card_scanned(card, doubtful=doubtful)

    def _not_received(self, error: Exception) -> None:
        self._saving, self._next_card = False, None
        self._view.show_saving(False)
        problem = problem_of(error)
        self._clock_doubted = problem.number == "MC-156"  # one more F9 says that the clock is right
        self._view.complain(problem)

    def _printed(self, printed: Printed) -> None:
        problem = printed.problem or printed.sheet.problem
        if problem is not None:
            self._view.complain(problem)
        elif printed.sheet.number > 1 or self._complained_of_printer:
            text = _("The receipt of {code} is on its way to the printer.")
            self._view.say(text.format(code=printed.sheet.title), Tone.DONE)
        self._complained_of_printer = printed.problem is not None
        self._changed()

    def _not_drawn(self, dossier: Dossier, error: Exception) -> None:
        cause = problem_of(error).number
        self._view.complain(Problem("MC-193", None, {"code": dossier.code, "cause": cause}))


def _handed_over(desk: Desk, sheet: Sheet, printer: Printer) -> Printed:
    """A printer that breaks is a bug of ours, and still no reason to lose the sheet."""
    from motcua_desktop.services.sheets import Printed, print_sheet

    try:
        return print_sheet(sheet, printer, desk)
    except Exception as error:
        return Printed(sheet, Outcome(OutcomeKind.FAILED), problem_of(error))


def _received_text(moment: datetime) -> str:
    return _("Received {clock}, {weekday}").format(
        clock=f"{moment:%H:%M}", weekday=wording.weekday(moment.date())
    )
