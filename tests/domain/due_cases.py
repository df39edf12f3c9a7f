"""Terms in working days counted by hand, 2023 to 2027, each with its arithmetic.

How to read the arithmetic: `+20/11` is a day that counts, `-21/11..22/11` is a run of days that do not, in
brackets why not. Every day from the day after receipt to the appointment is listed. An appointment without an hour
is at the hour of return, 17:00. Other kinds of term: `term_cases.py`, `hour_cases.py`; waiting: `pause_cases.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier received, its term (`5 working_days`, `same_day 15:00`) and its appointment."""

    says: str
    term: str
    received: str
    due: str | None
    arithmetic: str
    provisional: int | None = None
    returns: str = "17:00"


WORKING_DAYS = (
    Case(
        "a receipt of October 2023, returned at the hour of return",
        "5 working_days",
        "2023-10-27T09:32",
        "2023-11-03T09:00",
        "-28/10..29/10 (weekend) +30/10..03/11 = 5",
        returns="09:00",
    ),
    Case(
        "New Year 2024 on a Monday after a weekend",
        "3 working_days",
        "2023-12-29T08:00",
        "2024-01-04",
        "-30/12..31/12 (weekend) -01/01 (New Year) +02/01..04/01 = 3",
    ),
    Case(
        "a plain week in January 2024",
        "5 working_days",
        "2024-01-02T08:00",
        "2024-01-09",
        "+03/01..05/01 = 3 -06/01..07/01 (weekend) +08/01..09/01 = 5",
    ),
    Case(
        "received on the last day before Tết 2024",
        "1 working_days",
        "2024-02-07T16:00",
        "2024-02-15",
        "-08/02..14/02 (Tết Giáp Thìn) +15/02 = 1",
    ),
    Case(
        "three days around Tết 2024",
        "3 working_days",
        "2024-02-05T08:00",
        "2024-02-15",
        "+06/02..07/02 = 2 -08/02..14/02 (Tết) +15/02 = 3",
    ),
    Case(
        "a weekend and Tết 2024 in one term",
        "5 working_days",
        "2024-02-02T08:00",
        "2024-02-16",
        "-03/02..04/02 (weekend) +05/02..07/02 = 3 -08/02..14/02 (Tết) +15/02..16/02 = 5",
    ),
    Case(
        "ten days that end on the first day after Tết 2024",
        "10 working_days",
        "2024-01-25T08:00",
        "2024-02-15",
        "+26/01 = 1 -27/01..28/01 (weekend) +29/01..02/02 = 6 -03/02..04/02 (weekend) +05/02..07/02 = 9 "
        "-08/02..14/02 (Tết) +15/02 = 10",
    ),
    Case(
        "ten days that begin before Tết 2024",
        "10 working_days",
        "2024-02-06T08:00",
        "2024-02-27",
        "+07/02 = 1 -08/02..14/02 (Tết) +15/02..16/02 = 3 -17/02..18/02 (weekend) +19/02..23/02 = 8 "
        "-24/02..25/02 (weekend) +26/02..27/02 = 10",
    ),
    Case(
        "a slip entered late: received on the first day of Tết 2024",
        "2 working_days",
        "2024-02-10T09:00",
        "2024-02-16",
        "-11/02..14/02 (Tết) +15/02..16/02 = 2",
    ),
    Case(
        "the leap day 2024 is a working day like another",
        "2 working_days",
        "2024-02-28T08:00",
        "2024-03-01",
        "+29/02 (Thursday) +01/03 = 2",
    ),
    Case(
        "the Hùng Kings' day 2024 on a Thursday",
        "1 working_days",
        "2024-04-17T08:00",
        "2024-04-19",
        "-18/04 (Giỗ Tổ) +19/04 = 1",
    ),
    Case(
        "the Hùng Kings' day 2024 and a weekend",
        "5 working_days",
        "2024-04-15T08:00",
        "2024-04-23",
        "+16/04..17/04 = 2 -18/04 (Giỗ Tổ) +19/04 = 3 -20/04..21/04 (weekend) +22/04..23/04 = 5",
    ),
    Case(
        "five days off in a row, 29 April 2024 swapped",
        "1 working_days",
        "2024-04-26T08:00",
        "2024-05-02",
        "-27/04..28/04 (weekend) -29/04 (swapped) -30/04..01/05 (holidays) +02/05 = 1",
    ),
    Case(
        "the make-up Saturday 4 May 2024 is the last day",
        "3 working_days",
        "2024-04-26T08:00",
        "2024-05-04",
        "-27/04..01/05 (weekend, swap, holidays) +02/05..04/05 = 3 (Saturday made up)",
    ),
    Case(
        "the make-up Saturday 4 May 2024 counts on the way",
        "5 working_days",
        "2024-04-25T08:00",
        "2024-05-06",
        "+26/04 = 1 -27/04..01/05 (weekend, swap, holidays) +02/05..04/05 = 4 -05/05 (Sunday) +06/05 = 5",
    ),
    Case(
        "due the day after receipt, a make-up Saturday, in 2024",
        "1 working_days",
        "2024-05-03T16:59",
        "2024-05-04",
        "+04/05 = 1 (Saturday made up)",
    ),
    Case(
        "National Day 2024",
        "1 working_days",
        "2024-08-30T08:00",
        "2024-09-04",
        "-31/08..01/09 (weekend) -02/09..03/09 (Quốc khánh) +04/09 = 1",
    ),
    Case(
        "three days over National Day 2024",
        "3 working_days",
        "2024-08-28T08:00",
        "2024-09-04",
        "+29/08..30/08 = 2 -31/08..03/09 (weekend, Quốc khánh) +04/09 = 3",
    ),
    Case(
        "ends on the last day of 2024",
        "5 working_days",
        "2024-12-24T08:00",
        "2024-12-31",
        "+25/12..27/12 = 3 -28/12..29/12 (weekend) +30/12..31/12 = 5",
    ),
    Case(
        "received on the last day of 2024",
        "1 working_days",
        "2024-12-31T08:00",
        "2025-01-02",
        "-01/01 (New Year) +02/01 = 1",
    ),
    Case(
        "over New Year 2025 on a Wednesday",
        "3 working_days",
        "2024-12-27T08:00",
        "2025-01-02",
        "-28/12..29/12 (weekend) +30/12..31/12 = 2 -01/01 (New Year) +02/01 = 3",
    ),
    Case(
        "received on the last day before Tết 2025",
        "1 working_days",
        "2025-01-24T08:00",
        "2025-02-03",
        "-25/01..02/02 (weekend, Tết Ất Tỵ 27-31/1, weekend) +03/02 = 1",
    ),
    Case(
        "five days around Tết 2025",
        "5 working_days",
        "2025-01-22T08:00",
        "2025-02-05",
        "+23/01..24/01 = 2 -25/01..02/02 (Tết) +03/02..05/02 = 5",
    ),
    Case(
        "fifteen days over Tết 2025",
        "15 working_days",
        "2025-01-10T08:00",
        "2025-02-07",
        "-11/01..12/01 (weekend) +13/01..17/01 = 5 -18/01..19/01 (weekend) +20/01..24/01 = 10 "
        "-25/01..02/02 (Tết) +03/02..07/02 = 15",
    ),
    Case(
        "a slip entered late: received on the second day of Tết 2025",
        "3 working_days",
        "2025-01-30T10:00",
        "2025-02-05",
        "-31/01..02/02 (Tết, weekend) +03/02..05/02 = 3",
    ),
    Case(
        "the Hùng Kings' day 2025 on a Monday",
        "1 working_days",
        "2025-04-04T08:00",
        "2025-04-08",
        "-05/04..06/04 (weekend) -07/04 (Giỗ Tổ) +08/04 = 1",
    ),
    Case(
        "three days over the Hùng Kings' day 2025",
        "3 working_days",
        "2025-04-03T08:00",
        "2025-04-09",
        "+04/04 = 1 -05/04..07/04 (weekend, Giỗ Tổ) +08/04..09/04 = 3",
    ),
    Case(
        "due on the make-up Saturday 26 April 2025",
        "1 working_days",
        "2025-04-25T08:00",
        "2025-04-26",
        "+26/04 = 1 (Saturday made up)",
    ),
    Case(
        "the make-up Saturday 26 April 2025 counts on the way",
        "3 working_days",
        "2025-04-25T08:00",
        "2025-04-29",
        "+26/04 = 1 (made up) -27/04 (Sunday) +28/04..29/04 = 3",
    ),
    Case(
        "made up before, off after: the swap of 2025 in one term",
        "5 working_days",
        "2025-04-24T08:00",
        "2025-05-05",
        "+25/04..26/04 = 2 (26 made up) -27/04 (Sunday) +28/04..29/04 = 4 "
        "-30/04..04/05 (holidays, 2 May swapped, weekend) +05/05 = 5",
    ),
    Case(
        "five days off in a row in 2025",
        "1 working_days",
        "2025-04-29T08:00",
        "2025-05-05",
        "-30/04..01/05 (holidays) -02/05 (swapped) -03/05..04/05 (weekend) +05/05 = 1",
    ),
    Case(
        "National Day 2025 after a weekend",
        "1 working_days",
        "2025-08-29T08:00",
        "2025-09-03",
        "-30/08..31/08 (weekend) -01/09..02/09 (Quốc khánh) +03/09 = 1",
    ),
    Case(
        "ten days over National Day 2025",
        "10 working_days",
        "2025-08-25T08:00",
        "2025-09-10",
        "+26/08..29/08 = 4 -30/08..02/09 (weekend, Quốc khánh) +03/09..05/09 = 7 -06/09..07/09 (weekend) "
        "+08/09..10/09 = 10",
    ),
    Case(
        "24 November was a working day in 2025",
        "1 working_days",
        "2025-11-21T08:00",
        "2025-11-24",
        "-22/11..23/11 (weekend) +24/11 = 1 (a holiday only from 2026)",
    ),
    Case(
        "four days off at New Year 2026",
        "1 working_days",
        "2025-12-31T08:00",
        "2026-01-05",
        "-01/01 (New Year) -02/01 (swapped) -03/01..04/01 (weekend) +05/01 = 1",
    ),
    Case(
        "three days over New Year 2026",
        "3 working_days",
        "2025-12-30T08:00",
        "2026-01-06",
        "+31/12 = 1 -01/01..04/01 (New Year, swap, weekend) +05/01..06/01 = 3",
    ),
    Case(
        "the make-up Saturday 10 January 2026 counts on the way",
        "5 working_days",
        "2026-01-06T08:00",
        "2026-01-12",
        "+07/01..10/01 = 4 (10 made up) -11/01 (Sunday) +12/01 = 5",
    ),
    Case(
        "due on the make-up Saturday 10 January 2026",
        "1 working_days",
        "2026-01-09T08:00",
        "2026-01-10",
        "+10/01 = 1 (Saturday made up)",
    ),
    Case(
        "received on the last day before Tết 2026",
        "1 working_days",
        "2026-02-13T08:00",
        "2026-02-23",
        "-14/02..22/02 (weekend, Tết Bính Ngọ 16-20/2, weekend) +23/02 = 1",
    ),
    Case(
        "five days around Tết 2026",
        "5 working_days",
        "2026-02-12T08:00",
        "2026-02-26",
        "+13/02 = 1 -14/02..22/02 (Tết) +23/02..26/02 = 5",
    ),
    Case(
        "fifteen days over Tết 2026",
        "15 working_days",
        "2026-02-02T08:00",
        "2026-03-02",
        "+03/02..06/02 = 4 -07/02..08/02 (weekend) +09/02..13/02 = 9 -14/02..22/02 (Tết) +23/02..27/02 = 14 "
        "-28/02..01/03 (weekend) +02/03 = 15",
    ),
    Case(
        "the day in lieu of the Hùng Kings' day 2026, a Sunday",
        "1 working_days",
        "2026-04-24T08:00",
        "2026-04-28",
        "-25/04..26/04 (weekend) -27/04 (in lieu of Giỗ Tổ) +28/04 = 1",
    ),
    Case(
        "two holidays in one term in April 2026",
        "3 working_days",
        "2026-04-24T08:00",
        "2026-05-04",
        "-25/04..27/04 (weekend, in lieu) +28/04..29/04 = 2 -30/04..03/05 (holidays, weekend) +04/05 = 3",
    ),
    Case(
        "a slip entered late: received on the day in lieu, 27 April 2026",
        "1 working_days",
        "2026-04-27T09:00",
        "2026-04-28",
        "+28/04 = 1",
    ),
    Case(
        "due on the make-up Saturday 22 August 2026",
        "2 working_days",
        "2026-08-20T08:00",
        "2026-08-22",
        "+21/08..22/08 = 2 (22 made up)",
    ),
    Case(
        "the make-up Saturday 22 August 2026 counts on the way",
        "3 working_days",
        "2026-08-20T08:00",
        "2026-08-24",
        "+21/08..22/08 = 2 -23/08 (Sunday) +24/08 = 3",
    ),
    Case(
        "National Day 2026 with 31 August swapped",
        "2 working_days",
        "2026-08-27T08:00",
        "2026-09-03",
        "+28/08 = 1 -29/08..30/08 (weekend) -31/08 (swapped) -01/09..02/09 (Quốc khánh) +03/09 = 2",
    ),
    Case(
        "five days from the eve of National Day 2026",
        "5 working_days",
        "2026-08-28T08:00",
        "2026-09-09",
        "-29/08..02/09 (weekend, swap, Quốc khánh) +03/09..04/09 = 2 -05/09..06/09 (weekend) +07/09..09/09 = 5",
    ),
    Case(
        "the first Culture Day, 24 November 2026",
        "3 working_days",
        "2026-11-20T08:00",
        "2026-11-26",
        "-21/11..22/11 (weekend) +23/11 = 1 -24/11 (Culture Day) +25/11..26/11 = 3",
    ),
    Case(
        "taken in on a Saturday morning, which does not count",
        "3 working_days",
        "2026-11-21T09:00",
        "2026-11-26",
        "-22/11 (Sunday) +23/11 = 1 -24/11 (Culture Day) +25/11..26/11 = 3",
    ),
    Case(
        "received after closing: the day of receipt is still that day",
        "1 working_days",
        "2026-11-20T18:00",
        "2026-11-23",
        "-21/11..22/11 (weekend) +23/11 = 1",
    ),
    Case(
        "twenty-five days to the end of 2026",
        "25 working_days",
        "2026-11-20T08:00",
        "2026-12-28",
        "-21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11..27/11 = 4 -28/11..29/11 +30/11..04/12 = 9 "
        "-05/12..06/12 +07/12..11/12 = 14 -12/12..13/12 +14/12..18/12 = 19 -19/12..20/12 +21/12..25/12 = 24 "
        "-26/12..27/12 +28/12 = 25",
    ),
    Case(
        "ends on the last published day",
        "2 working_days",
        "2026-12-29T08:00",
        "2026-12-31",
        "+30/12..31/12 = 2",
    ),
    Case(
        "one day more is a day of an unpublished year",
        "1 working_days",
        "2026-12-31T08:00",
        "2027-01-04",
        "-01/01 (New Year) -02/01..03/01 (weekend) +04/01 = 1",
        provisional=2027,
    ),
    Case(
        "forty days into 2027",
        "40 working_days",
        "2026-11-20T08:00",
        "2027-01-19",
        "-21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11..27/11 = 4 -28/11..29/11 +30/11..04/12 = 9 "
        "-05/12..06/12 +07/12..11/12 = 14 -12/12..13/12 +14/12..18/12 = 19 -19/12..20/12 +21/12..25/12 = 24 "
        "-26/12..27/12 +28/12..31/12 = 28 -01/01..03/01 (New Year, weekend) +04/01..08/01 = 33 -09/01..10/01 "
        "+11/01..15/01 = 38 -16/01..17/01 +18/01..19/01 = 40",
        provisional=2027,
    ),
    Case(
        "Tết 2027 as foreseen, not published",
        "1 working_days",
        "2027-02-03T08:00",
        "2027-02-11",
        "-04/02..10/02 (Tết Đinh Mùi, foreseen) +11/02 = 1",
        provisional=2027,
    ),
    Case(
        "five days around Tết 2027, not published",
        "5 working_days",
        "2027-02-01T08:00",
        "2027-02-15",
        "+02/02..03/02 = 2 -04/02..10/02 (Tết, foreseen) +11/02..12/02 = 4 -13/02..14/02 (weekend) +15/02 = 5",
        provisional=2027,
    ),
    Case(
        "the Hùng Kings' day 2027 on a Friday",
        "1 working_days",
        "2027-04-15T08:00",
        "2027-04-19",
        "-16/04 (Giỗ Tổ) -17/04..18/04 (weekend) +19/04 = 1",
        provisional=2027,
    ),
    Case(
        "1 May 2027 on a Saturday gives the Monday in lieu",
        "1 working_days",
        "2027-04-29T08:00",
        "2027-05-04",
        "-30/04..01/05 (holidays) -02/05 (Sunday) -03/05 (in lieu of 1 May) +04/05 = 1",
        provisional=2027,
    ),
    Case(
        "National Day 2027 with its second day foreseen on the Friday",
        "1 working_days",
        "2027-09-01T08:00",
        "2027-09-06",
        "-02/09..03/09 (Quốc khánh) -04/09..05/09 (weekend) +06/09 = 1",
        provisional=2027,
    ),
    Case(
        "Culture Day 2027 on a Wednesday",
        "2 working_days",
        "2027-11-23T08:00",
        "2027-11-26",
        "-24/11 (Culture Day) +25/11..26/11 = 2",
        provisional=2027,
    ),
)
