"""Dossiers that wait, extensions and inner timers counted by hand, each with its arithmetic, as plain tables.

`+20/11` is a day that counts, `-21/11..22/11` is a run of days that do not, in brackets why not. A waiting dossier
is told in four lines: what is special; effect, term, receipt, first appointment; the wait, and its length in the
measure of the term; the new appointment, and how the old one gets there or how the term is counted anew. A line
`returns 16:00` or `provisional 2027` follows where it applies; an indented line goes on with the one before. A
moment without an hour is 17:00, the hour of return.
"""

from __future__ import annotations

PAUSES = """
a plain week
pause 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-04T10:00 to 2026-03-06T09:00: +05/03..06/03 = 2
then 2026-03-11: +10/03..11/03 = 2

asked in the morning and brought in the afternoon
pause 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-04T08:00 to 2026-03-04T16:00: the same day = 0
then 2026-03-09: nothing to move

over a weekend only one working day goes by
pause 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-06T15:00 to 2026-03-09T08:00: -07/03..08/03 (weekend) +09/03 = 1
then 2026-03-10: +10/03 = 1

papers sent on the Sunday after the Friday they were asked for
pause 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-06T15:00 to 2026-03-08T20:00: -07/03..08/03 (weekend) = 0
then 2026-03-09: nothing to move

a second wait, for a payment, after the first
pause 5 working_days, received 2026-03-02T08:00, due 2026-03-09, moved to 2026-03-11
waits 2026-03-10T08:00 to 2026-03-12T08:00: +11/03..12/03 = 2
then 2026-03-13: +12/03..13/03 = 2

a wait that begins after the appointment leaves the dossier as late as it was
pause 3 working_days, received 2026-03-02T08:00, due 2026-03-05
waits 2026-03-09T08:00 to 2026-03-11T08:00: +10/03..11/03 = 2
then 2026-03-09: +06/03 = 1 -07/03..08/03 (weekend) +09/03 = 2

over the leap day 2024
pause 3 working_days, received 2024-02-26T08:00, due 2024-02-29
waits 2024-02-28T08:00 to 2024-03-01T08:00: +29/02..01/03 = 2
then 2024-03-04: +01/03 = 1 -02/03..03/03 (weekend) +04/03 = 2

over Tết 2024
pause 5 working_days, received 2024-02-01T08:00, due 2024-02-15
waits 2024-02-06T08:00 to 2024-02-16T08:00: +07/02 = 1 -08/02..14/02 (Tết) +15/02..16/02 = 3
then 2024-02-20: +16/02 = 1 -17/02..18/02 (weekend) +19/02..20/02 = 3

over Tết 2025
pause 5 working_days, received 2025-01-20T08:00, due 2025-02-03
waits 2025-01-23T08:00 to 2025-02-05T08:00: +24/01 = 1 -25/01..02/02 (Tết) +03/02..05/02 = 4
then 2025-02-07: +04/02..07/02 = 4

over Tết 2026
pause 5 working_days, received 2026-02-09T08:00, due 2026-02-23
waits 2026-02-12T08:00 to 2026-02-24T08:00: +13/02 = 1 -14/02..22/02 (Tết) +23/02..24/02 = 3
then 2026-02-26: +24/02..26/02 = 3

begun and ended within Tết 2026
pause 5 working_days, received 2026-02-09T08:00, due 2026-02-23
waits 2026-02-16T08:00 to 2026-02-20T08:00: -17/02..20/02 (Tết) = 0
then 2026-02-23: nothing to move

from the eve of Tết 2026 to the first day after it
pause 5 working_days, received 2026-02-09T08:00, due 2026-02-23
waits 2026-02-13T16:00 to 2026-02-23T08:00: -14/02..22/02 (Tết) +23/02 = 1
then 2026-02-24: +24/02 = 1

over Tết 2027 as foreseen
pause 10 working_days, received 2027-01-25T08:00, due 2027-02-15
waits 2027-02-01T08:00 to 2027-02-15T08:00: +02/02..03/02 = 2 -04/02..10/02 (Tết) +11/02..12/02 = 4
    -13/02..14/02 +15/02 = 5
then 2027-02-22: +16/02..19/02 = 4 -20/02..21/02 (weekend) +22/02 = 5
provisional 2027

over the swap of 2024, resumed on the make-up Saturday
pause 5 working_days, received 2024-04-22T08:00, due 2024-05-02
waits 2024-04-26T08:00 to 2024-05-04T08:00: -27/04..01/05 (weekend, swap, holidays) +02/05..04/05 = 3
then 2024-05-06: +03/05..04/05 = 2 -05/05 (Sunday) +06/05 = 3

over the swap of 2025, first due on the make-up Saturday
pause 3 working_days, received 2025-04-23T08:00, due 2025-04-26
waits 2025-04-24T08:00 to 2025-05-05T08:00: +25/04..26/04 = 2 -27/04 +28/04..29/04 = 4 -30/04..04/05 (holidays,
    swap) +05/05 = 5
then 2025-05-07: -27/04 +28/04..29/04 = 2 -30/04..04/05 (holidays, swap) +05/05..07/05 = 5

over the swap of January 2026, resumed on the make-up Saturday
pause 3 working_days, received 2025-12-29T08:00, due 2026-01-05
waits 2025-12-31T08:00 to 2026-01-10T08:00: -01/01..04/01 (New Year, swap, weekend) +05/01..10/01 = 6
then 2026-01-12: +06/01..10/01 = 5 -11/01 (Sunday) +12/01 = 6

over the swap of August 2026, first due on the make-up Saturday
pause 5 working_days, received 2026-08-17T08:00, due 2026-08-22
waits 2026-08-20T08:00 to 2026-09-03T08:00: +21/08..22/08 = 2 -23/08 +24/08..28/08 = 7 -29/08..02/09 (swap, Quốc
    khánh) +03/09 = 8
then 2026-09-07: -23/08 +24/08..28/08 = 5 -29/08..02/09 (swap, Quốc khánh) +03/09..04/09 = 7 -05/09..06/09
    +07/09 = 8

over Culture Day
pause 3 working_days, received 2026-11-19T08:00, due 2026-11-25
waits 2026-11-20T08:00 to 2026-11-25T08:00: -21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11 = 2
then 2026-11-27: +26/11..27/11 = 2

twenty-one working days for another body's answer
pause 10 working_days, received 2026-10-05T08:00, due 2026-10-19
waits 2026-10-07T08:00 to 2026-11-05T08:00: +08/10..09/10 = 2 -10/10..11/10 +12/10..16/10 = 7 -17/10..18/10
    +19/10..23/10 = 12 -24/10..25/10 +26/10..30/10 = 17 -31/10..01/11 +02/11..05/11 = 21
then 2026-11-17: +20/10..23/10 = 4 -24/10..25/10 +26/10..30/10 = 9 -31/10..01/11 +02/11..06/11 = 14
    -07/11..08/11 +09/11..13/11 = 19 -14/11..15/11 +16/11..17/11 = 21

resumed in 2027
pause 5 working_days, received 2026-12-21T08:00, due 2026-12-28
waits 2026-12-23T08:00 to 2027-01-05T08:00: +24/12..25/12 = 2 -26/12..27/12 +28/12..31/12 = 6 -01/01..03/01 (New
    Year, weekend) +04/01..05/01 = 8
then 2027-01-08: +29/12..31/12 = 3 -01/01..03/01 (New Year, weekend) +04/01..08/01 = 8
provisional 2027

resumed in 2026 and moved into 2027
pause 5 working_days, received 2026-12-21T08:00, due 2026-12-28
waits 2026-12-23T08:00 to 2026-12-30T08:00: +24/12..25/12 = 2 -26/12..27/12 +28/12..30/12 = 5
then 2027-01-05: +29/12..31/12 = 3 -01/01..03/01 (New Year, weekend) +04/01..05/01 = 5
provisional 2027

a same-day dossier that waits over the weekend
pause same_day 15:00, received 2026-11-20T09:00, due 2026-11-20
waits 2026-11-20T10:00 to 2026-11-23T09:00: -21/11..22/11 (weekend) +23/11 = 1
then 2026-11-23: -21/11..22/11 (weekend) +23/11 = 1

a same-day dossier that waits over Culture Day
pause same_day 15:00, received 2026-11-20T09:00, due 2026-11-20
waits 2026-11-20T10:00 to 2026-11-25T09:00: -21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11 = 2
then 2026-11-25: -21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11 = 2

a same-day dossier completed on its day, after three
pause same_day 15:00, received 2026-11-20T09:00, due 2026-11-20
waits 2026-11-20T10:00 to 2026-11-20T16:30: the same day = 0
then 2026-11-20: nothing to move

a same-day dossier due at closing goes back to the hour of return
pause same_day, received 2026-11-20T16:30, due 2026-11-20T17:00
waits 2026-11-20T16:40 to 2026-11-23T08:00: -21/11..22/11 (weekend) +23/11 = 1
then 2026-11-23T16:00: -21/11..22/11 (weekend) +23/11 = 1
returns 16:00

calendar days: twelve days that end on a Sunday
pause 15 calendar_days, received 2026-06-01T08:00, due 2026-06-16
waits 2026-06-08T08:00 to 2026-06-20T08:00: 20/06 less 08/06 = 12 days
then 2026-06-29: 16/06 and 12 is 28/06 -28/06 (Sunday) +29/06

calendar days: from an appointment that a holiday had moved
pause 20 calendar_days, received 2026-11-04T08:00, due 2026-11-25
waits 2026-11-10T08:00 to 2026-11-13T08:00: 13/11 less 10/11 = 3 days
then 2026-11-30: 25/11 and 3 is 28/11 -28/11..29/11 (weekend) +30/11

calendar days: a week that ends in Tết 2026
pause 20 calendar_days, received 2026-01-19T08:00, due 2026-02-09
waits 2026-02-02T08:00 to 2026-02-09T08:00: 09/02 less 02/02 = 7 days
then 2026-02-23: 09/02 and 7 is 16/02 -16/02..22/02 (Tết, weekend) +23/02

calendar days: begun and ended on one day
pause 15 calendar_days, received 2026-06-01T08:00, due 2026-06-16
waits 2026-06-08T08:00 to 2026-06-08T16:00: the same day = 0
then 2026-06-16: nothing to move

calendar days: late stays late by as much
pause 10 calendar_days, received 2026-06-01T08:00, due 2026-06-11
waits 2026-06-15T08:00 to 2026-06-17T08:00: 17/06 less 15/06 = 2 days
then 2026-06-15: 11/06 and 2 is 13/06 -13/06..14/06 (weekend) +15/06

calendar days: moved into 2027
pause 30 calendar_days, received 2026-12-01T08:00, due 2026-12-31
waits 2026-12-10T08:00 to 2026-12-20T08:00: 20/12 less 10/12 = 10 days
then 2027-01-11: 31/12 and 10 is 10/01 -10/01 (Sunday) +11/01
provisional 2027

a month from the last of December waits ten days
pause 1 months, received 2025-12-31T08:00, due 2026-02-02
waits 2026-01-15T08:00 to 2026-01-25T08:00: 25/01 less 15/01 = 10 days
then 2026-02-12: 02/02 and 10 is 12/02, a Thursday

a month to the leap day waits one day
pause 1 months, received 2024-01-31T08:00, due 2024-02-29
waits 2024-02-15T08:00 to 2024-02-16T08:00: 16/02 less 15/02 = 1 day
then 2024-03-01: 29/02 and 1 is 01/03, a Friday

hours: forty-five minutes on the same day do move a term in hours
pause 4 hours, received 2026-11-20T08:00, due 2026-11-20T13:30
waits 2026-11-20T09:00 to 2026-11-20T09:45: 0:45
then 2026-11-20T14:15: 13:30 + 0:45 = 14:15, open

hours: sixty-six hours over a weekend
pause 2 hours, received 2026-11-20T14:00, due 2026-11-20T16:00
waits 2026-11-20T15:00 to 2026-11-23T09:00: 9:00 + 24:00 + 24:00 + 9:00 = 66 h
then 2026-11-23T10:00: 48 h to 22/11 16:00, 18 h to 23/11 10:00, open

hours: into the evening before a weekend
pause 2 hours, received 2026-11-20T14:00, due 2026-11-20T16:00
waits 2026-11-20T15:00 to 2026-11-20T21:00: 6 h
then 2026-11-23T07:30: 16:00 + 6 h = 22:00, closed -21/11..22/11 (weekend) on to 07:30

hours: no time at all
pause 2 hours, received 2026-11-20T14:00, due 2026-11-20T16:00
waits 2026-11-20T15:00 to 2026-11-20T15:00: 0
then 2026-11-20T16:00: nothing to move

hours: a day that ends in Tết 2026
pause 12 hours, received 2026-02-12T08:00, due 2026-02-13T07:30
waits 2026-02-12T09:00 to 2026-02-13T09:00: 24 h
then 2026-02-23T07:30: 07:30 on 14/02 -14/02..22/02 (Tết) on to 07:30

office hours: over the lunch break
pause 8 working_hours, received 2026-11-20T08:00, due 2026-11-23T08:30
waits 2026-11-20T10:00 to 2026-11-20T14:00: 1:30 to 11:30, 0:30 from 13:30 = 2:00
then 2026-11-23T10:30: 08:30 + 2:00 = 10:30

office hours: over a weekend
pause 8 working_hours, received 2026-11-20T08:00, due 2026-11-23T08:30
waits 2026-11-20T16:00 to 2026-11-23T08:30: 1:00 to 17:00, 1:00 from 07:30 = 2:00
then 2026-11-23T10:30: 08:30 + 2:00 = 10:30

office hours: the lunch break alone is no time
pause 8 working_hours, received 2026-11-20T08:00, due 2026-11-23T08:30
waits 2026-11-20T11:30 to 2026-11-20T13:30: closed = 0:00
then 2026-11-23T08:30: nothing to move

office hours: a night is no time
pause 8 working_hours, received 2026-11-20T08:00, due 2026-11-23T08:30
waits 2026-11-20T18:00 to 2026-11-21T06:00: closed = 0:00
then 2026-11-23T08:30: nothing to move

office hours: over Culture Day
pause 8 working_hours, received 2026-11-20T08:00, due 2026-11-23T08:30
waits 2026-11-20T16:30 to 2026-11-25T08:00: 0:30 on 20/11, 7:30 on 23/11, 0:30 on 25/11 = 8:30
then 2026-11-25T09:30: 3:00 to 11:30, 3:30 to 17:00 = 6:30 -24/11 (Culture Day) 2:00 from 07:30

office hours: up to the very closing
pause 5 working_hours, received 2026-11-20T08:00, due 2026-11-20T15:00
waits 2026-11-20T09:00 to 2026-11-20T11:00: 2:00
then 2026-11-20T17:00: 15:00 + 2:00 = 17:00, still open

office hours: over Tết 2026
pause 2 working_hours, received 2026-02-13T14:00, due 2026-02-13T16:00
waits 2026-02-13T15:00 to 2026-02-23T09:30: 2:00 to 17:00, 2:00 from 07:30 = 4:00
then 2026-02-23T10:30: 1:00 to 17:00 -14/02..22/02 (Tết) 3:00 from 07:30

office hours: over to a make-up Saturday
pause 4 working_hours, received 2026-08-21T15:00, due 2026-08-22T09:30
waits 2026-08-21T16:00 to 2026-08-22T08:30: 1:00 to 17:00, 1:00 from 07:30 = 2:00
then 2026-08-22T11:30: 09:30 + 2:00 = 11:30, still open

no term, but the office gave a date
pause not_stated, received 2026-11-16T08:00, due none, moved to 2026-11-27
waits 2026-11-20T08:00 to 2026-11-26T08:00: -21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11..26/11 = 3
then 2026-12-02: -28/11..29/11 (weekend) +30/11..02/12 = 3

no term and no date stays without one
pause not_stated, received 2026-11-16T08:00, due none
waits 2026-11-20T08:00 to 2026-11-26T08:00: nothing is counted
then none: nothing to move
"""

RESTARTS = """
a plain week, counted anew
restart 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-04T10:00 to 2026-03-06T09:00: from zero
then 2026-03-13: -07/03..08/03 (weekend) +09/03..13/03 = 5

completed on the same day still begins anew
restart 5 working_days, received 2026-03-02T08:00, due 2026-03-09
waits 2026-03-04T08:00 to 2026-03-04T16:00: from zero
then 2026-03-11: +05/03..06/03 = 2 -07/03..08/03 (weekend) +09/03..11/03 = 5

resumed before Tết 2026
restart 5 working_days, received 2026-02-09T08:00, due 2026-02-23
waits 2026-02-10T08:00 to 2026-02-12T08:00: from zero
then 2026-02-26: +13/02 = 1 -14/02..22/02 (Tết) +23/02..26/02 = 5

resumed on the first day of Tết 2026, entered late
restart 5 working_days, received 2026-02-09T08:00, due 2026-02-23
waits 2026-02-10T08:00 to 2026-02-17T08:00: from zero
then 2026-02-27: -18/02..22/02 (Tết, weekend) +23/02..27/02 = 5

resumed on 30 April 2026
restart 5 working_days, received 2026-04-20T08:00, due 2026-04-28
waits 2026-04-22T08:00 to 2026-04-30T08:00: from zero
then 2026-05-08: -01/05..03/05 (holiday, weekend) +04/05..08/05 = 5

due anew on the make-up Saturday of 2026
restart 2 working_days, received 2026-08-14T08:00, due 2026-08-18
waits 2026-08-17T08:00 to 2026-08-20T08:00: from zero
then 2026-08-22: +21/08..22/08 = 2

due anew on the make-up Saturday of 2025
restart 1 working_days, received 2025-04-21T08:00, due 2025-04-22
waits 2025-04-22T08:00 to 2025-04-25T08:00: from zero
then 2025-04-26: +26/04 = 1

counted anew into 2027
restart 3 working_days, received 2026-12-21T08:00, due 2026-12-24
waits 2026-12-22T08:00 to 2026-12-30T08:00: from zero
then 2027-01-05: +31/12 = 1 -01/01..03/01 (New Year, weekend) +04/01..05/01 = 3
provisional 2027

a same-day dossier completed at three
restart same_day 15:00, received 2026-11-20T09:00, due 2026-11-20
waits 2026-11-20T10:00 to 2026-11-23T15:00: from zero
then 2026-11-23: 15:00 is not after 15:00: the same day

a same-day dossier completed after three on the eve of Culture Day
restart same_day 15:00, received 2026-11-20T09:00, due 2026-11-20
waits 2026-11-20T10:00 to 2026-11-23T15:01: from zero
then 2026-11-25: after 15:00 -24/11 (Culture Day) +25/11

calendar days counted anew to Culture Day
restart 15 calendar_days, received 2026-11-02T08:00, due 2026-11-17
waits 2026-11-04T08:00 to 2026-11-09T08:00: from zero
then 2026-11-25: 09/11 and 15 is 24/11 -24/11 (Culture Day) +25/11

a month counted anew to the leap day
restart 1 months, received 2024-01-15T08:00, due 2024-02-15
waits 2024-01-20T08:00 to 2024-01-31T08:00: from zero
then 2024-02-29: February has no 31st, its last day is 29/02

hours counted anew
restart 4 hours, received 2026-11-20T08:00, due 2026-11-20T13:30
waits 2026-11-20T09:00 to 2026-11-20T10:00: from zero
then 2026-11-20T14:00: 10:00 + 4 h = 14:00, open

office hours counted anew over Tết 2026
restart 2 working_hours, received 2026-02-13T08:00, due 2026-02-13T10:00
waits 2026-02-13T09:00 to 2026-02-13T16:00: from zero
then 2026-02-23T08:30: 1:00 to 17:00 -14/02..22/02 (Tết) 1:00 from 07:30

a date that was extended further is not taken back
restart 5 working_days, received 2026-03-02T08:00, due 2026-03-09, moved to 2026-03-31
waits 2026-03-04T10:00 to 2026-03-06T09:00: from zero to 13/03, before 31/03
then 2026-03-31: the date that was given stays

no term to begin anew: the date that the office gave moves by the wait
restart not_stated, received 2026-11-09T08:00, due none, moved to 2026-11-27
waits 2026-11-16T08:00 to 2026-11-17T08:00: +17/11 = 1
then 2026-11-30: -28/11..29/11 (weekend) +30/11 = 1
"""

# appointment | working days before | last day to announce | arithmetic, from that day on
ANNOUNCEMENTS = """
2026-11-23 | 1 | 2026-11-20 | -21/11..22/11 (weekend) +23/11 = 1
2026-11-25 | 1 | 2026-11-23 | -24/11 (Culture Day) +25/11 = 1
2026-11-25 | 2 | 2026-11-20 | -21/11..22/11 (weekend) +23/11 = 1 -24/11 (Culture Day) +25/11 = 2
2026-11-26 | 1 | 2026-11-25 | +26/11 = 1
2026-02-23 | 1 | 2026-02-13 | -14/02..22/02 (Tết 2026) +23/02 = 1
2025-02-03 | 1 | 2025-01-24 | -25/01..02/02 (Tết 2025) +03/02 = 1
2024-02-15 | 1 | 2024-02-07 | -08/02..14/02 (Tết 2024) +15/02 = 1
2027-02-11 | 1 | 2027-02-03 | -04/02..10/02 (Tết 2027, foreseen) +11/02 = 1
2026-08-24 | 1 | 2026-08-22 | 22/08 is made up -23/08 (Sunday) +24/08 = 1
2026-08-22 | 1 | 2026-08-21 | +22/08 = 1 (made up)
2026-01-12 | 1 | 2026-01-10 | 10/01 is made up -11/01 (Sunday) +12/01 = 1
2024-05-06 | 1 | 2024-05-04 | 04/05 is made up -05/05 (Sunday) +06/05 = 1
2025-05-05 | 1 | 2025-04-29 | -30/04..04/05 (holidays, swap, weekend) +05/05 = 1
2026-09-03 | 1 | 2026-08-28 | -29/08..02/09 (weekend, swap, Quốc khánh) +03/09 = 1
2026-09-03 | 3 | 2026-08-26 | +27/08..28/08 = 2 -29/08..02/09 (weekend, swap, Quốc khánh) +03/09 = 3
2026-04-28 | 1 | 2026-04-24 | -25/04..27/04 (weekend, in lieu) +28/04 = 1
2027-01-04 | 1 | 2026-12-31 | -01/01..03/01 (New Year, weekend) +04/01 = 1
2024-03-01 | 1 | 2024-02-29 | 29/02 is the leap day +01/03 = 1
"""

# from | working days | runs out | arithmetic
INNER_TIMERS = """
2026-11-20T09:00 | 2 | 2026-11-25T17:00 | -21/11..22/11 +23/11 = 1 -24/11 (Culture Day) +25/11 = 2
2026-11-20T09:00 | 1 | 2026-11-23T17:00 | -21/11..22/11 (weekend) +23/11 = 1
2026-11-23T16:59 | 1 | 2026-11-25T17:00 | -24/11 (Culture Day) +25/11 = 1
2026-11-19T20:00 | 1 | 2026-11-20T17:00 | +20/11 = 1, asked after closing is still asked on 19/11
2026-02-13T09:00 | 2 | 2026-02-24T17:00 | -14/02..22/02 (Tết) +23/02..24/02 = 2
2026-02-17T09:00 | 1 | 2026-02-23T17:00 | -18/02..22/02 (Tết, weekend) +23/02 = 1
2026-08-21T09:00 | 1 | 2026-08-22T17:00 | +22/08 = 1 (made up)
2026-01-10T20:00 | 1 | 2026-01-12T17:00 | -11/01 (Sunday) +12/01 = 1
2024-04-26T09:00 | 2 | 2024-05-03T17:00 | -27/04..01/05 (weekend, swap, holidays) +02/05..03/05 = 2
2026-12-31T09:00 | 2 | 2027-01-05T17:00 | -01/01..03/01 (New Year, weekend) +04/01..05/01 = 2
"""

# appointment | finished | verdict | why
TIMINGS = """
2026-11-20T17:00 | 2026-11-19T17:30 | early | an earlier day, after closing though it be
2026-11-20T17:00 | 2026-11-15T09:00 | early | an earlier day, a Sunday
2026-11-20T17:00 | 2026-11-20T00:00 | on_time | the day of the appointment begins
2026-11-20T17:00 | 2026-11-20T08:00 | on_time | the day of the appointment
2026-11-20T17:00 | 2026-11-20T17:00 | on_time | the very minute
2026-11-20T17:00 | 2026-11-20T17:00:59 | on_time | still that minute
2026-11-20T17:00 | 2026-11-20T17:01 | late | the next minute
2026-11-20T17:00 | 2026-11-21T00:00 | late | the next day, though nobody works
2026-11-20T17:00 | 2026-11-23T08:00 | late | the next working day
2026-11-20T09:00 | 2026-11-20T09:01 | late | results go out at nine here
2026-11-20T13:30 | 2026-11-20T13:29 | on_time | earlier on the same day is not an earlier day
"""
