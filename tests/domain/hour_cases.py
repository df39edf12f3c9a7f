"""Terms in hours, and interlinked dossiers with two appointments, counted by hand, each with its arithmetic.

The office is open 07:30-11:30 and 13:30-17:00; `-21/11..22/11` are the days off stepped over, in brackets why.
`TWO_DATES` has the appointment at this office and the one in all.
"""

from __future__ import annotations

from tests.domain.due_cases import Case

HOURS = (
    Case(
        "an hour in the morning",
        "1 hours",
        "2026-11-20T08:00",
        "2026-11-20T09:00",
        "08:00 + 1 h = 09:00, open",
    ),
    Case(
        "an hour into the lunch break",
        "1 hours",
        "2026-11-20T11:00",
        "2026-11-20T13:30",
        "11:00 + 1 h = 12:00, lunch, on to 13:30",
    ),
    Case(
        "an hour before the doors open",
        "1 hours",
        "2026-11-20T05:00",
        "2026-11-20T07:30",
        "05:00 + 1 h = 06:00, on to 07:30",
    ),
    Case(
        "an hour that ends after closing on a Friday",
        "1 hours",
        "2026-11-20T16:30",
        "2026-11-23T07:30",
        "16:30 + 1 h = 17:30, closed -21/11..22/11 (weekend) on to 07:30",
    ),
    Case(
        "twelve hours through the night before Tết 2026",
        "12 hours",
        "2026-02-13T20:00",
        "2026-02-23T07:30",
        "20:00 + 12 h = 08:00 on 14/02 -14/02..22/02 (Tết) on to 07:30",
    ),
    Case(
        "a day from a make-up Saturday to a Sunday",
        "24 hours",
        "2026-08-22T10:00",
        "2026-08-24T07:30",
        "10:00 on 23/08 -23/08 (Sunday) on to 07:30",
    ),
    Case(
        "a day into Culture Day",
        "24 hours",
        "2026-11-23T10:00",
        "2026-11-25T07:30",
        "10:00 on 24/11 -24/11 (Culture Day) on to 07:30",
    ),
    Case(
        "two days over the leap day",
        "48 hours",
        "2024-02-28T10:00",
        "2024-03-01T10:00",
        "24 h to 29/02 10:00, 48 h to 01/03 10:00, open",
    ),
)
WORKING_HOURS = (
    Case(
        "an hour up to the lunch break",
        "1 working_hours",
        "2026-11-20T10:30",
        "2026-11-20T11:30",
        "10:30 + 1 h = 11:30, still open",
    ),
    Case(
        "an hour over the lunch break",
        "1 working_hours",
        "2026-11-20T10:45",
        "2026-11-20T13:45",
        "45 min to 11:30, 15 min from 13:30",
    ),
    Case(
        "eight hours are not one day of 7:30",
        "8 working_hours",
        "2026-11-20T08:00",
        "2026-11-23T08:30",
        "3:30 to 11:30, 3:30 to 17:00 = 7:00 -21/11..22/11 (weekend) 1:00 from 07:30",
    ),
    Case(
        "received after closing on a Friday",
        "2 working_hours",
        "2026-11-20T18:00",
        "2026-11-23T09:30",
        "-21/11..22/11 (weekend) 2:00 from 07:30",
    ),
    Case(
        "over Culture Day",
        "9 working_hours",
        "2026-11-23T16:00",
        "2026-11-26T08:00",
        "1:00 to 17:00 -24/11 (Culture Day) 7:30 on 25/11 = 8:30, 0:30 from 07:30 on 26/11",
    ),
    Case(
        "over Tết 2026",
        "1 working_hours",
        "2026-02-13T16:30",
        "2026-02-23T08:00",
        "0:30 to 17:00 -14/02..22/02 (Tết) 0:30 from 07:30",
    ),
    Case(
        "over a make-up Saturday",
        "8 working_hours",
        "2026-08-21T16:00",
        "2026-08-22T16:30",
        "1:00 to 17:00, 4:00 on the morning of 22/08 = 5:00, 3:00 from 13:30",
    ),
    Case(
        "received in the lunch break of a make-up Saturday",
        "2 working_hours",
        "2025-04-26T11:45",
        "2025-04-26T15:30",
        "lunch to 13:30, 2:00 from 13:30",
    ),
    Case(
        "over New Year 2027",
        "2 working_hours",
        "2026-12-31T16:00",
        "2027-01-04T08:30",
        "1:00 to 17:00 -01/01..03/01 (New Year, weekend) 1:00 from 07:30",
        provisional=2027,
    ),
)
NOT_STATED = (Case("the law states no term", "not_stated", "2026-11-20T08:00", None, "no term, no date"),)
TWO_DATES = (
    (
        Case(
            "interlinked, February 2026: at this office",
            "1 working_days",
            "2026-02-12T08:00",
            "2026-02-13",
            "+13/02 = 1",
        ),
        Case(
            "interlinked, February 2026: in all",
            "10 working_days",
            "2026-02-12T08:00",
            "2026-03-05",
            "+13/02 = 1 -14/02..22/02 (Tết) +23/02..27/02 = 6 -28/02..01/03 (weekend) +02/03..05/03 = 10",
        ),
    ),
    (
        Case(
            "interlinked, April 2026: at this office",
            "2 working_days",
            "2026-04-24T08:00",
            "2026-04-29",
            "-25/04..27/04 (weekend, in lieu) +28/04..29/04 = 2",
        ),
        Case(
            "interlinked, April 2026: in all",
            "5 working_days",
            "2026-04-24T08:00",
            "2026-05-06",
            "-25/04..27/04 +28/04..29/04 = 2 -30/04..03/05 (holidays, weekend) +04/05..06/05 = 5",
        ),
    ),
    (
        Case(
            "interlinked, after three: at this office",
            "same_day 15:00",
            "2026-11-20T15:01",
            "2026-11-23",
            "after 15:00 -21/11..22/11 (weekend) +23/11",
        ),
        Case(
            "interlinked, after three: in all",
            "3 working_days",
            "2026-11-20T15:01",
            "2026-11-26",
            "-21/11..22/11 (weekend) +23/11 = 1 -24/11 (Culture Day) +25/11..26/11 = 3",
        ),
    ),
    (
        Case(
            "interlinked, December 2026: at this office",
            "1 working_days",
            "2026-12-30T08:00",
            "2026-12-31",
            "+31/12 = 1",
        ),
        Case(
            "interlinked, December 2026: in all, the only one that is provisional",
            "4 working_days",
            "2026-12-30T08:00",
            "2027-01-06",
            "+31/12 = 1 -01/01..03/01 (New Year, weekend) +04/01..06/01 = 4",
            provisional=2027,
        ),
    ),
)
