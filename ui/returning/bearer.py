"""Who stands before the desk: whose card it is, and as what that person takes each result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motcua_desktop.domain.card import IdentityCard
from motcua_desktop.domain.dossier import Dossier, Person
from motcua_desktop.domain.text import clean, fold
from motcua_desktop.services.acts import Collector
from motcua_desktop.services.returning import ReadyLine
from ui.returning.port import Collecting


def matches(lines: Iterable[ReadyLine], card: IdentityCard) -> bool:
    """Whether the card is the applicant's, or of somebody who filed one of these for the applicant."""
    shown = list(lines)
    return any(_is_applicant(line.dossier, card) for line in shown) or filed_for(shown, card.id_number)


def filed_for(lines: Iterable[ReadyLine], id_number: str) -> bool:
    """Whether the person with that number filed one of these for the applicant."""
    return any(_representative(line.dossier, id_number) is not None for line in lines)


def collector_of(dossier: Dossier, said: Collecting, card: IdentityCard | None, found_by: str) -> Collector:
    """Who takes this one result, with the authority for just this one; "" where there is none.

    `card` is that of the person who was confirmed, `found_by` tells by what the results were found.
    """
    if said.by_other:
        number = "".join(clean(said.id_number).split())
        proof = "card" if number else "receipt"
        taker = _somebody(dossier, clean(said.name), number, clean(said.authority), proof)
    elif card is not None and not _is_applicant(dossier, card):
        taker = _somebody(dossier, card.full_name, card.id_number, "", "card")
    else:
        taker = _applicant(dossier, _proof(card, found_by))
    return replace(taker, proof="lost") if said.lost else taker


def _somebody(dossier: Dossier, name: str, number: str, authority: str, proof: str) -> Collector:
    """Not the applicant: the paper by which somebody filed a dossier holds for its result, for no other."""
    filed = _representative(dossier, number)
    if filed is None:
        return Collector(name, number, "other", authority, proof)
    return Collector(name, number, "representative", authority or filed.authority, proof)


def _applicant(dossier: Dossier, proof: str) -> Collector:
    applicant = dossier.applicant
    return Collector(
        applicant.full_name if applicant else "", applicant.id_number if applicant else "", proof=proof
    )


def _proof(card: IdentityCard | None, found_by: str) -> str:
    if card is not None:
        return "card"
    return found_by if found_by != "card" else "receipt"


def _is_applicant(dossier: Dossier, card: IdentityCard) -> bool:
    """By the number; by the name where no number was taken."""
    applicant = dossier.applicant
    if applicant is None:
        return False
    if not applicant.id_number:
        return fold(applicant.full_name) == fold(card.full_name)
    return applicant.id_number == card.id_number


def _representative(dossier: Dossier, id_number: str) -> Person | None:
    person = dossier.representative
    return person if person is not None and id_number and person.id_number == id_number else None
