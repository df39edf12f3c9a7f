"""The head of the results: finds what somebody came for, and hands it out once the person is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from motcua_desktop.domain.card import IdentityCard
from motcua_desktop.domain.errors import Problem
from motcua_desktop.domain.numbers import KEY_LENGTH
from motcua_desktop.domain.text import clean, in_figures
from motcua_desktop.i18n import gettext as _
from motcua_desktop.messages import instead, sentence
from motcua_desktop.services.acts import Acted
from motcua_desktop.services.clock import confirm_clock
from motcua_desktop.services.returning import (
    Hindrance,
    Posting,
    ReadyLine,
    Taken,
    Together,
    count_ready,
    find_to_return,
    line_of,
    mail_came_back,
    post_results,
    print_posting,
    ready,
    return_together,
    take_payments,
    to_post,
)
from ui.returning import wording
from ui.returning.bearer import collector_of, filed_for, matches
from ui.returning.port import Panel, ReturnView
from ui.theme import Tone
from ui.workbench import Workbench, problem_of

_GIVABLE = (Hindrance.NONE, Hindrance.MONEY)
_UNDRAWN = ("MC-192", "MC-193")  # each names another envelope; what ails the printer is told once
_TO_BE_SAID = ("MC-115", "MC-178", "MC-189", "MC-191")  # a field is wrong or empty; the dossier is as it was


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that was taken for some dossiers, and how they stand since."""

    taken: Taken
    lines: list[ReadyLine]


class ReturnPresenter:
    """One person at a time; once handed out it stays in sight until the next scan."""

    def __init__(self, view: ReturnView, bench: Workbench, changed: Callable[[], None]) -> None:
        self._view = view
        self._bench = bench
        self._changed = changed
        self._busy = False
        self._clock_doubted = False
        self._asked = ""
        self._clear()

    def _clear(self) -> None:
        self.panel: Panel | None = None
        self.posting = False
        self._found: list[ReadyLine] = []
        self._proof = "receipt"  # by what the results were found
        self._asked_card: IdentityCard | None = None  # with which they were found
        self._card: IdentityCard | None = None  # of who stands here
        self._done = False
        self._envelopes: Posting | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here that Esc would take away."""
        return self.panel is None and not self._done and not self._found and not self.posting

    def activate(self) -> None:
        """The page comes into sight; a person who is being served stays."""
        self._view.focus("ask" if self.panel is None else "confirm")
        if self.is_blank:
            self.refresh()

    def refresh(self) -> None:
        """Read anew what waits at the desk."""
        desk = self._bench.desk
        self._bench.looking.run(
            lambda: (ready(desk), count_ready(desk), len(to_post(desk))),
            lambda read: self._waiting(*read),
            self._failed,
        )

    def typed(self) -> None:
        """Enter in the one line: what was typed is looked for."""
        text = clean(self._view.asked())
        if text:
            self._ask(text, "receipt")
        elif self.panel is not None and self.panel.can_hand_out:
            self._view.focus("confirm")

    def key_scanned(self, key: str) -> None:
        """A receipt: whatever stood here is another citizen's."""
        self._ask(key, "barcode")

    def card_scanned(self, card: IdentityCard, *, doubtful: bool = False) -> None:
        """A card finds its bearer's results; while some stand here it says whether the right person came."""
        if self.panel is None or self._done:
            self._ask(card.id_number, "card", card)
            return
        if self._view.collecting().by_other:
            self._view.show_other(card.full_name, card.id_number, doubtful=doubtful)
            self._view.focus("authority")
            return
        if matches(self.panel.lines, card):
            self._view.doubt()
            self._card = card
            self.confirm()
            return
        first = self.panel.first
        self._view.doubt()
        self._view.complain(
            Problem("MC-178", None, {"code": first.code}),
            _("The card is {card}'s, the result {name}'s. With an authorisation: Ctrl+U. Else: Esc.").format(
                card=card.full_name, name=first.name
            ),
        )

    def choose(self, line: ReadyLine) -> None:
        """One of several people: the results of that person."""
        theirs = [one for one in self._found if _same_person(one, line)] or [line]
        theirs.sort(key=lambda one: one.code != line.code and one.hindrance is line.hindrance)
        self._show(theirs if line.hindrance in _GIVABLE else [line])

    def confirm(self) -> None:
        """Enter: this is the person who may take it."""
        if self.panel is None or not self.panel.can_hand_out:
            return
        self.ticked(True)
        self._view.focus("commit")

    def ticked(self, on: bool) -> None:
        """Confirmed: it is told by what. No longer confirmed: a card that was scanned for it is forgotten."""
        if not on:
            self._card = self._asked_card
        elif self.panel is not None:
            self._view.show_confirmed(self._how(self.panel))

    def _how(self, panel: Panel) -> str:
        if self._card is None or not matches(panel.lines, self._card):
            return _("by the receipt and the face")
        whose = f" · {self._card.full_name}" if filed_for(panel.lines, self._card.id_number) else ""
        return _("by the card") + whose

    def commit(self) -> None:
        """F9: hand out, or give the ticked envelopes to the postman."""
        if self._busy:
            return
        if self.posting:
            self._post()
            return
        if self._done:
            self._view.say(_("This is handed out. Scan the next receipt or card."), Tone.CALM)
            return
        if self.panel is None:
            self._view.say(_("First scan the receipt or the card, or type the last 4 digits."), Tone.SOON)
            self._view.focus("ask")
            return
        if self._may_hand_out(self.panel):
            self._hand_out(self.panel)

    def take_money(self) -> None:
        """Ctrl+T: what is still to be paid for the ticked results is taken."""
        if self._busy or self.panel is None or not self._view.owed_vnd():
            return
        desk, paid_by = self._bench.desk, self._view.collecting().paid_by
        lines, chosen = self.panel.lines, self._view.chosen()
        owed = [line.code for line in lines if line.dossier.fee_left_vnd and line.code in chosen]

        def work() -> Paid:
            taken = take_payments(desk, owed, paid_by)
            return Paid(taken, [line_of(desk, line.code) for line in lines])

        self._run(work, self._paid)

    def mail_back(self) -> None:
        """Ctrl+R: the envelope came back, for the reason that was typed."""
        if self._busy or self.panel is None or not self.panel.in_post:
            return
        reason = self._view.collecting().reason
        if not reason:
            self._view.complain(
                Problem("MC-171", "reason", {"act": _("mail came back"), "missing": _("reason")})
            )
            self._view.focus("reason")
            return
        desk, code = self._bench.desk, self.panel.first.code
        self._run(lambda: mail_came_back(desk, code, reason), self._came_back)

    def by_post(self) -> None:
        """Ctrl+B: what goes to the citizens by post."""
        if self._busy:
            return
        self._start()
        self.posting = True
        desk = self._bench.desk
        self._bench.looking.run(lambda: to_post(desk), self._view.show_post, self._failed)

    def escape(self) -> None:
        """Back to what waits at the desk."""
        if not self._busy:
            self._start()
            self.refresh()

    def _start(self) -> None:
        self._clear()
        self._asked = ""
        self._view.hush()
        self._view.clear()
        self._view.focus("ask")

    def _ask(self, text: str, proof: str, card: IdentityCard | None = None) -> None:
        if self._busy:
            return
        self._start()
        self._asked, self._proof = text, proof
        self._asked_card = self._card = card
        desk = self._bench.desk
        self._bench.looking.run(
            lambda: find_to_return(desk, text), lambda lines: self._answered(text, lines), self._failed
        )

    def _answered(self, text: str, lines: list[ReadyLine]) -> None:
        if self._asked != text:
            return
        self._found = lines
        if not lines:
            self._view.say(
                _("Nothing found for “{text}”. Scan the card, or type the name without marks.").format(
                    text=text
                ),
                Tone.SOON,
            )
            self.refresh()
        elif all(_same_person(line, lines[0]) for line in lines):
            self._show(lines)
        else:
            self._view.show_people(text, lines)

    def _show(self, lines: Sequence[ReadyLine], ticked: tuple[str, ...] | None = None) -> None:
        """One person's: what can be handed out together; if nothing can, the first and how it stands."""
        givable = tuple(line for line in lines if line.hindrance in _GIVABLE)
        shown = givable or (lines[0],)
        now = self._bench.desk.now()
        first = next((line for line in shown if line.hindrance is Hindrance.MONEY), shown[0])
        others = [line for line in lines if line not in shown and (self._is_asked(line) or _is_coming(line))]
        in_post = first.hindrance is Hindrance.POSTED
        self.panel = Panel(
            lines=shown,
            told=wording.told(first, now, sum(line.dossier.fee_left_vnd for line in givable)),
            collectors=wording.collectors(shown),
            others=tuple(wording.short(line) for line in others),
            can_hand_out=bool(givable) or in_post,
            in_post=in_post,
            ticked=ticked,
        )
        self._view.show_panel(self.panel)
        self._view.focus("confirm" if self.panel.can_hand_out else "ask")

    def _is_asked(self, line: ReadyLine) -> bool:
        """Whether this very dossier was scanned or typed: it is told even where another one is handed out."""
        bare = self._asked.replace(" ", "")
        return bool(bare) and (bare.upper() == line.code or bare[:KEY_LENGTH] == line.dossier.key)

    def _may_hand_out(self, panel: Panel) -> bool:
        """Whether nothing is missing; else the officer is told and put there."""
        collecting = self._view.collecting()
        if not panel.can_hand_out:
            self._view.say(f"{panel.told.sentence} {panel.told.advice}", panel.told.tone)
            return False
        if not self._view.chosen():
            self._view.say(_("No result is ticked."), Tone.SOON)
            return False
        if not (collecting.in_person or collecting.by_other):
            self._view.say(_("First confirm the person: Enter. Somebody else: Ctrl+U."), Tone.SOON)
            self._view.focus("confirm")
            return False
        owed_vnd, chosen = self._view.owed_vnd(), self._view.chosen()
        if owed_vnd:
            code = next(x.code for x in panel.lines if x.dossier.fee_left_vnd and x.code in chosen)
            problem = Problem("MC-177", None, {"left": in_figures(owed_vnd), "code": code})
            self._view.complain(problem, _("Ctrl+T takes the money."))
            self._view.focus("money")
            return False
        return True

    def _hand_out(self, panel: Panel) -> None:
        collecting, desk, codes = self._view.collecting(), self._bench.desk, self._view.chosen()
        card = self._card if self._card and matches(panel.lines, self._card) else None
        takers = {
            line.code: collector_of(line.dossier, collecting, card, self._proof)
            for line in panel.lines
            if line.code in codes
        }
        name = takers[codes[0]].full_name
        self._run(
            lambda: return_together(desk, codes, takers, collecting.reason if collecting.lost else ""),
            lambda together: self._handed_out(together, name),
        )

    def _handed_out(self, together: Together, taker: str) -> None:
        if not together.done:
            self._refused(together.refused)
            return
        said = [
            f"✓ {acted.dossier.procedure['short_name']} · {acted.dossier.code}" for acted in together.done
        ]
        said += [f"! {code}: {sentence(problem)}" for code, problem in together.refused]
        title = _("Handed out to {name}, {clock}").format(name=taker, clock=f"{self._bench.desk.now():%H:%M}")
        self._finish(title, said, tone=Tone.SOON if together.refused else Tone.DONE)

    def _refused(self, refused: tuple[tuple[str, Problem], ...]) -> None:
        """Nothing went out: as it stands now, perhaps another counter was quicker."""
        code, problem = refused[0]
        self._view.complain(problem, instead(problem))
        if problem.number in _TO_BE_SAID:
            self._view.focus(problem.field or "")
            return
        desk = self._bench.desk
        self._bench.looking.run(lambda: line_of(desk, code), lambda line: self._show([line]), self._failed)

    def _paid(self, paid: Paid) -> None:
        before, ticked, card = self._view.collecting(), self._view.chosen(), self._card
        self._show(paid.lines, ticked)
        self._view.show_collecting(before)
        if before.in_person:
            self._card = card
            self.confirm()
        elif before.by_other:
            self._view.focus("commit")
        said = _("Taken: {amount} đ.").format(amount=in_figures(paid.taken.amount_vnd))
        problem = paid.taken.problem
        if problem is None:
            self._view.say(said, Tone.DONE)
        else:
            self._clock_doubted = problem.number == "MC-156"
            self._view.complain(problem, said)
        self._changed()

    def _came_back(self, acted: Acted) -> None:
        said = _("Noted: the envelope came back. The result waits at the desk again.")
        self._finish(said, [acted.dossier.code], tone=Tone.DONE)

    def _post(self) -> None:
        chosen = self._view.chosen()
        if not chosen:
            self._view.say(_("Tick the envelopes first: Space."), Tone.SOON)
            self._view.focus("post")
            return
        desk, tracking = self._bench.desk, self._view.tracking()
        self._run(lambda: post_results(desk, chosen, tracking), self._posted)

    def _posted(self, posting: Posting) -> None:
        said = [f"✓ {p.name} · {p.code} · {p.tracking or '–'}" for p in posting.parcels]
        said += [f"! {code}: {sentence(problem)}" for code, problem in posting.refused]
        title = _("Given to the postman: {count} envelopes").format(count=len(posting.parcels))
        hint = _("Saved. Ctrl+P prints labels and list again. An envelope comes back: scan its label here.")
        self._finish(title, said, tone=Tone.SOON if posting.refused else Tone.DONE, hint=hint)
        if posting.done:
            self._envelopes = posting
            self.print_again()

    @property
    def can_print(self) -> bool:
        """Whether labels and the postman's list of what was just given out can be printed again."""
        return self._envelopes is not None

    def print_again(self) -> None:
        """Labels and the postman's list; what was not printed stays posted, Ctrl+P tries again."""
        posting = self._envelopes
        if posting is None:
            return
        desk, printer = self._bench.desk, self._bench.printer
        self._bench.printing.run(lambda: print_posting(desk, posting, printer), self._printed, self._failed)

    def _printed(self, problems: list[Problem]) -> None:
        if problems:
            first = problems[0]
            said = [sentence(problem) for problem in problems if problem.number in _UNDRAWN]
            said = [text for text in dict.fromkeys(said) if text != sentence(first)]
            said.append(_("The envelopes are noted as posted; Ctrl+P prints again."))
            self._view.complain(first, " ".join(said))
        else:
            self._view.say(_("Labels and the postman's list are on their way to the printer."), Tone.DONE)

    def _finish(self, title: str, lines: list[str], *, tone: Tone, hint: str = "") -> None:
        self._clear()
        self._done = True
        self._view.clear()
        usual = _("Saved. Scan the next receipt or card. A mistake? Open the dossier (F4) and take it back.")
        self._view.show_done(title, lines, tone=tone, hint=hint or usual)
        self._view.focus("ask")
        self.refresh()
        self._changed()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._busy = True
        self._view.show_saving(True)
        desk, confirmed = self._bench.desk, self._clock_doubted

        def whole() -> object:
            if confirmed:
                confirm_clock(desk)
            return work()

        def answered(result: object) -> None:
            self._busy = self._clock_doubted = False
            self._view.show_saving(False)
            done(result)

        def failed(error: Exception) -> None:
            self._busy = False
            self._view.show_saving(False)
            problem = problem_of(error)
            self._clock_doubted = problem.number == "MC-156"  # one more F9 says that the clock is right
            self._view.complain(problem, instead(problem))
            self._view.focus(problem.field or "")

        self._bench.writing.run(whole, answered, failed)

    def _waiting(self, lines: list[ReadyLine], count: int, by_post: int) -> None:
        count -= sum(line.hindrance is Hindrance.POSTED for line in lines)
        self._view.show_counts(count, by_post)
        if self.panel is None and not self.posting and not self._done:
            self._view.show_waiting(lines, count)

    def _failed(self, error: Exception) -> None:
        self._view.complain(problem_of(error))


def _is_coming(line: ReadyLine) -> bool:
    return line.hindrance in (Hindrance.NOT_READY, Hindrance.POSTED)


def _same_person(one: ReadyLine, other: ReadyLine) -> bool:
    if one.id_number or other.id_number:
        return one.id_number == other.id_number
    return one.code == other.code  # a name alone does not make two dossiers one person's
