"""Handing out results: what is found for whom, what hinders, who took it, how it went by post."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua_desktop.domain.dossier import Dossier, Person, Status, Verb
from motcua_desktop.domain.errors import EnvironmentFault, UserFacingError, fault
from motcua_desktop.printing.folder import FolderPrinter
from motcua_desktop.services import returning
from motcua_desktop.services.acts import Act, Acted, Collector, act
from motcua_desktop.services.desk import Desk
from motcua_desktop.services.intake import receive
from motcua_desktop.services.returning import (
    Hindrance,
    Taken,
    count_ready,
    find_to_return,
    line_of,
    mail_came_back,
    post_results,
    print_posting,
    ready,
    return_result,
    return_together,
    take_payment,
    take_payments,
    to_post,
)
from motcua_desktop.services.sheets import find_dossier
from motcua_desktop.store import ledger
from tests.desks import CLOCK
from tests.factories import BIRTH, MARRIAGE_STATUS, person, submission

MAI = person("Lò Thị Mai", "011185000021", gender="Nữ", birth_date="1985-09-02", phone="0987654321")
SON = Collector("Lò Văn Sơn", "011070000035", relation="other", authority="Giấy ủy quyền 12/2026")


def received(desk: Desk, procedure: str = BIRTH, who: Person | None = None, **more: Any) -> Dossier:
    return receive(desk, submission(procedure, who, **more)).dossier


def finished(desk: Desk, procedure: str = BIRTH, who: Person | None = None, **more: Any) -> Dossier:
    """A dossier whose result has come back to the desk."""
    dossier = received(desk, procedure, who, **more)
    act(desk, dossier.code, Act(Verb.HAND_OVER, to="Tư pháp - hộ tịch"))
    return act(desk, dossier.code, Act(Verb.FINISH, result="TL 45/2026")).dossier


def number_of(error: pytest.ExceptionInfo[UserFacingError]) -> str:
    return error.value.problem.number


def full_disk_at(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The disk is full as soon as something is written about that dossier."""

    def failing(desk: Desk, asked: str, wanted: Act) -> Acted:
        if asked == name:
            raise fault("MC-131")
        return act(desk, asked, wanted)

    monkeypatch.setattr(returning, "act", failing)


def erase(desk: Desk, dossier: Dossier) -> None:
    with desk.store.write() as transaction:
        intake = ledger.events_of(transaction, dossier.id)[0].id
        said = ("Nguyễn Thị Nhung", "Theo yêu cầu", CLOCK.isoformat())
        ledger.erase_particulars(transaction, desk.chain, intake, *said)


class TestFinding:
    @pytest.mark.parametrize("how", ["key", "code", "id", "tail", "name", "whole code of the receipt"])
    def test_a_result_is_found_by_whatever_the_citizen_has(self, desk: Desk, how: str) -> None:
        dossier = finished(desk)
        asked = {
            "key": dossier.key,
            "code": dossier.code.lower(),
            "id": "011091000001",
            "tail": "0001",
            "name": "vang a de",
            "whole code of the receipt": f"{dossier.key}{dossier.secret}",
        }

        (line,) = find_to_return(desk, asked[how])

        assert (line.code, line.name, line.hindrance) == (dossier.code, "Vàng A Dế", Hindrance.NONE)

    def test_what_is_handed_out_is_named_by_the_catalogue_with_its_number(self, desk: Desk) -> None:
        procedure = desk.catalogue.find(BIRTH, CLOCK.date())

        assert line_of(desk, finished(desk).code).what == f"{procedure.result} (TL 45/2026)"

    def test_what_is_ready_stands_before_what_is_not_and_what_is_gone(self, desk: Desk) -> None:
        gone = finished(desk)
        return_result(desk, gone.code)
        waiting = finished(desk)
        working = received(desk, MARRIAGE_STATUS)

        found = find_to_return(desk, "011091000001")

        assert [(line.code, line.hindrance) for line in found] == [
            (waiting.code, Hindrance.NONE),
            (working.code, Hindrance.NOT_READY),
            (gone.code, Hindrance.RETURNED),
        ]

    def test_the_receipt_of_one_result_brings_the_others_of_the_same_person(self, desk: Desk) -> None:
        first, second = finished(desk), finished(desk, MARRIAGE_STATUS)
        finished(desk, BIRTH, MAI)

        assert {line.code for line in find_to_return(desk, first.key)} == {first.code, second.code}

    def test_two_people_of_one_name_are_not_taken_for_one(self, desk: Desk) -> None:
        finished(desk)
        finished(desk, BIRTH, person("Vàng A Dế", "011085000077"))
        finished(desk, MARRIAGE_STATUS, person("Vàng A Dế", "011085000077"))

        assert [line.id_number for line in find_to_return(desk, "vang a de")] == [
            "011085000077",
            "011085000077",
            "011091000001",
        ]

    def test_nothing_typed_finds_nothing(self, desk: Desk) -> None:
        finished(desk)

        assert find_to_return(desk, " ") == []
        assert find_to_return(desk, "khong co ai") == []

    def test_who_holds_what_is_not_ready_and_until_when_is_known(self, desk: Desk) -> None:
        dossier = received(desk)
        act(desk, dossier.code, Act(Verb.HAND_OVER, to="Tư pháp - hộ tịch"))

        line = line_of(desk, dossier.code)

        assert (line.hindrance, line.dossier.holder) == (Hindrance.NOT_READY, "Tư pháp - hộ tịch")
        assert line.dossier.due_at == "2026-11-23T17:00:00+07:00"

    def test_when_to_whom_and_by_whom_it_was_returned_is_known(self, desk: Desk) -> None:
        dossier = finished(desk)
        return_result(desk, dossier.code, SON)

        line = line_of(desk, dossier.code)

        assert (line.returned_at, line.returned_by) == (CLOCK.isoformat(), "Nguyễn Thị Nhung")
        assert line.dossier.delivery.to == "Lò Văn Sơn"

    def test_a_dossier_that_was_stopped_has_nothing_to_hand_out(self, desk: Desk) -> None:
        dossier = received(desk)
        act(desk, dossier.code, Act(Verb.WITHDRAW))
        act(desk, dossier.code, Act(Verb.STOP))

        assert line_of(desk, dossier.code).hindrance is Hindrance.ENDED

    def test_the_longest_waiting_result_stands_first(self, desk: Desk) -> None:
        first = finished(desk)
        desk.now = lambda: CLOCK + timedelta(hours=1)
        second = finished(desk, BIRTH, MAI)

        assert [line.code for line in ready(desk)] == [first.code, second.code]
        assert count_ready(desk) == 2


class TestReturning:
    def test_the_applicant_takes_it(self, desk: Desk) -> None:
        dossier = return_result(desk, finished(desk).code).dossier

        assert (dossier.status, dossier.delivery.to) == (Status.RETURNED, "Vàng A Dế")
        assert ready(desk) == []

    def test_somebody_else_needs_a_paper_of_authority(self, desk: Desk) -> None:
        code = finished(desk).code
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, code, Collector("Lò Văn Sơn", relation="other"))
        taken = return_result(desk, code, SON).dossier

        assert (number_of(refused), refused.value.problem.field) == ("MC-178", "collector.authority")
        collector = taken.last(Verb.RETURN).people["collector"]
        assert (collector["full_name"], collector["authority"]) == ("Lò Văn Sơn", "Giấy ủy quyền 12/2026")

    def test_somebody_without_a_name_takes_nothing(self, desk: Desk) -> None:
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, finished(desk).code, Collector("", relation="other", authority="Giấy"))

        assert (number_of(refused), refused.value.problem.field) == ("MC-115", "collector.full_name")

    def test_another_citizens_card_takes_nothing(self, desk: Desk) -> None:
        code = finished(desk).code
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, code, Collector(MAI.full_name, MAI.id_number, proof="card"))

        assert number_of(refused) == "MC-178"
        assert find_dossier(desk, code).status is Status.FINISHED

    def test_a_lost_receipt_needs_a_reason(self, desk: Desk) -> None:
        code = finished(desk).code
        collector = Collector("Vàng A Dế", "011091000001", proof="lost")
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, code, collector)

        assert number_of(refused) == "MC-189"
        assert return_result(desk, code, collector, "rơi ở chợ").dossier.status is Status.RETURNED

    def test_money_that_is_due_is_taken_first(self, desk: Desk) -> None:
        code = finished(desk, fee_due_vnd=8_000, fee_mode="after").code
        assert line_of(desk, code).hindrance is Hindrance.MONEY
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, code)

        paid = take_payment(desk, code, "transfer").dossier

        assert number_of(refused) == "MC-177"
        assert [(p.amount_vnd, p.mode) for p in paid.payments] == [(8_000, "transfer")]
        assert line_of(desk, code).hindrance is Hindrance.NONE

    def test_money_that_is_not_due_is_not_taken(self, desk: Desk) -> None:
        code = finished(desk).code
        with pytest.raises(UserFacingError) as refused:
            take_payment(desk, code)

        assert number_of(refused) == "MC-171"
        assert find_dossier(desk, code).payments == ()

    def test_several_results_of_one_person_go_together(self, desk: Desk) -> None:
        codes = [finished(desk).code, finished(desk, MARRIAGE_STATUS).code]

        together = return_together(desk, codes)

        assert [acted.dossier.status for acted in together.done] == [Status.RETURNED] * 2
        assert together.refused == ()

    def test_who_has_a_paper_for_one_result_takes_none_of_those_ticked_with_it(self, desk: Desk) -> None:
        mine, not_mine = finished(desk).code, finished(desk, MARRIAGE_STATUS).code
        takers = {mine: SON, not_mine: replace(SON, authority="")}
        with pytest.raises(UserFacingError) as refused:
            return_together(desk, [mine, not_mine], takers)

        assert (number_of(refused), refused.value.problem.params["code"]) == ("MC-178", not_mine)
        assert [line.code for line in ready(desk)] == [mine, not_mine]

    def test_money_that_failed_half_way_is_taken_once_each(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        codes = [
            finished(desk, fee_due_vnd=8_000).code,
            finished(desk, MARRIAGE_STATUS, fee_due_vnd=5_000).code,
        ]
        full_disk_at(monkeypatch, codes[1])
        half = take_payments(desk, codes)
        assert (half.amount_vnd, half.problem and half.problem.number) == (8_000, "MC-131")

        monkeypatch.undo()

        assert take_payments(desk, codes) == Taken(5_000)
        assert [len(find_dossier(desk, code).payments) for code in codes] == [1, 1]

    def test_money_that_failed_before_any_was_taken_is_raised(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = finished(desk, fee_due_vnd=8_000).code
        full_disk_at(monkeypatch, code)
        with pytest.raises(EnvironmentFault):
            take_payments(desk, [code])

    def test_one_that_is_not_paid_stays_and_the_others_go(self, desk: Desk) -> None:
        owed = finished(desk, fee_due_vnd=8_000).code
        free = finished(desk, MARRIAGE_STATUS).code

        together = return_together(desk, [owed, free])

        assert [acted.dossier.code for acted in together.done] == [free]
        assert [(code, problem.number) for code, problem in together.refused] == [(owed, "MC-177")]

    def test_the_second_of_two_counters_is_told_who_was_quicker(self, desk: Desk) -> None:
        code = finished(desk).code
        return_result(desk, code)
        with pytest.raises(UserFacingError) as refused:
            return_result(desk, code)

        assert number_of(refused) == "MC-166"
        assert refused.value.problem.params["collector"] == "Vàng A Dế"


class TestPost:
    def test_only_what_is_wanted_by_post_is_listed_for_it(self, desk: Desk) -> None:
        wanted = finished(desk, return_by="post")
        finished(desk, BIRTH, MAI)

        assert [line.code for line in to_post(desk)] == [wanted.code]

    def test_what_is_posted_is_on_the_postmans_list_with_its_number(self, desk: Desk) -> None:
        first, second = finished(desk, return_by="post"), finished(desk, BIRTH, MAI, return_by="post")

        posting = post_results(desk, [first.code, second.code], {first.code: "EB123456789VN"})

        assert [(p.name, p.tracking, p.phone) for p in posting.parcels] == [
            ("Vàng A Dế", "EB123456789VN", "0912345678"),
            ("Lò Thị Mai", "", "0987654321"),
        ]
        assert posting.parcels[0].address == "Bản Tả Phìn, xã Tả Phìn"
        assert to_post(desk) == []
        assert [line.hindrance for line in ready(desk)] == [Hindrance.POSTED] * 2

    def test_envelopes_are_seen_behind_whatever_waits_longer(self, desk: Desk) -> None:
        for _ in range(3):
            finished(desk)
        wanted = finished(desk, BIRTH, MAI, return_by="post")

        assert [line.code for line in ready(desk, 2)] != [wanted.code]
        assert [line.code for line in to_post(desk, 2)] == [wanted.code]

    def test_envelopes_in_the_post_do_not_hide_new_ones(self, desk: Desk) -> None:
        for _ in range(2):
            post_results(desk, [finished(desk, return_by="post").code])
        new = [finished(desk, BIRTH, MAI, return_by="post").code for _ in range(3)]

        assert [line.code for line in to_post(desk, 2)] == new[:2]

    def test_a_correction_decides_what_goes_by_post(self, desk: Desk) -> None:
        now_posted, now_fetched = received(desk), received(desk, BIRTH, MAI, return_by="post")
        for dossier, way in ((now_posted, "post"), (now_fetched, "counter")):
            act(desk, dossier.code, Act(Verb.CORRECT, reason="dân đổi ý", changes={"return_by": way}))
            act(desk, dossier.code, Act(Verb.HAND_OVER, to="Tư pháp - hộ tịch"))
            act(desk, dossier.code, Act(Verb.FINISH))

        assert [line.code for line in to_post(desk)] == [now_posted.code]

    def test_one_label_that_cannot_be_drawn_keeps_back_no_other_and_not_the_list(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        erased, other = finished(desk, return_by="post"), finished(desk, BIRTH, MAI, return_by="post")
        posting = post_results(desk, [erased.code, other.code])
        erase(desk, erased)

        problems = print_posting(desk, posting, FolderPrinter(tmp_path, "HP M12"))

        assert [(problem.number, problem.params["text"]) for problem in problems] == [("MC-192", erased.code)]
        printed = sorted(path.name for path in tmp_path.glob("*.pdf"))
        assert len(printed) == 2
        assert other.code in printed[0]
        assert "bang-ke" in printed[1]

    @pytest.mark.allow_log("motcua_desktop.services.returning")
    def test_a_label_that_fails_for_a_bug_is_told_with_its_code(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code = finished(desk, return_by="post").code
        posting = post_results(desk, [code])

        def broken(*_: object) -> None:
            raise ValueError("a line without an end")

        monkeypatch.setattr(returning, "next_sheet", broken)

        problems = print_posting(desk, posting, FolderPrinter(tmp_path, "HP M12"))

        assert [(problem.number, problem.params["code"]) for problem in problems] == [("MC-193", code)]
        assert ["bang-ke" in path.name for path in tmp_path.glob("*.pdf")] == [True]

    def test_what_is_not_paid_does_not_go_to_the_post(self, desk: Desk) -> None:
        code = finished(desk, return_by="post", fee_due_vnd=8_000).code

        posting = post_results(desk, [code])

        assert (posting.done, posting.parcels) == ((), ())
        assert [problem.number for _, problem in posting.refused] == ["MC-177"]

    def test_an_envelope_that_came_back_waits_at_the_desk_again(self, desk: Desk) -> None:
        code = finished(desk, return_by="post").code
        post_results(desk, [code])

        back = mail_came_back(desk, code, "không có người nhận").dossier

        assert back.delivery.state == "mailed_back"
        assert [line.code for line in to_post(desk)] == [code]
        assert return_result(desk, code).dossier.status is Status.RETURNED

    def test_what_the_postman_delivered_is_closed(self, desk: Desk) -> None:
        code = finished(desk, return_by="post").code
        post_results(desk, [code], {code: "EB1"})

        closed = return_result(desk, code).dossier

        assert (closed.status, closed.delivery.tracking) == (Status.RETURNED, "EB1")
        assert datetime.fromisoformat(closed.delivery.at) == CLOCK
