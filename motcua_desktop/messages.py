"""What each numbered problem says to an officer: what happened, what to do, whether the data are safe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from string import Formatter

from motcua_desktop.domain.calendar import local
from motcua_desktop.domain.card import CodeKind
from motcua_desktop.domain.errors import Problem
from motcua_desktop.i18n import gettext
from motcua_desktop.i18n import mark as _

TEXTS: Mapping[str, str] = {
    "MC-100": _("This line is not readable (not one JSON object). Nothing was saved from it; correct it and send it again."),
    "MC-101": _("The ID number needs {needed} digits; it has {count}. Scan again or keep typing."),
    "MC-102": _("The number says {said_gender}, {said_year}; the form says {gender}, {year}. Check the card. You can still accept it."),
    "MC-103": _("This is not an identity card: {looks_like}. Scan the card, or type its 12 digits."),
    "MC-104": _("The Vietnamese keyboard was on while scanning. Compare the marked fields with the card, or switch it off (V→E) and scan again."),
    "MC-106": _("This receipt belongs to another office (unit {unit}), not to ours."),
    "MC-107": _("The birth date could not be read from the card ({text}). Type it as on the card."),
    "MC-108": _("The card's address still names a district. Check the name of today's commune."),
    "MC-110": _("Still missing: {papers}. The receipt lists it as owed; mark it if it is there."),
    "MC-112": _("{name} already filed this: {code}, received {received_at}, still open. To accept it all the same, write the reason and press F9."),
    "MC-113": _("Someone else files for the applicant. An authorisation or a paper of kinship is needed."),
    "MC-114": _("The law states no term for “{name}”. Enter the appointment that the resolving unit gave."),
    "MC-115": _("The name is missing. Scan the card or type the full name."),
    "MC-116": _("There is no procedure {code} in force on {day}. Choose one from the list."),
    "MC-117": _("“{name}” has no paper number {item}; it has {count}. Choose a paper from the list."),
    "MC-118": _("The time of receipt {moment} lies in the future. Check the time of the slip and the clock of this computer."),
    "MC-119": _("“{text}” is not a date or time that exists. Type it as day/month/year."),
    "MC-120": _("Not printed: printer {printer} does not answer. Dossier {code} is saved. Check cable and power, then print again, or write this number by hand."),
    "MC-121": _("Printer {printer} is out of paper. Dossier {code} is saved; add paper and the printer will go on."),
    "MC-123": _("“{value}” cannot stand here. Correct this field; nothing was saved yet."),
    "MC-124": _("The case “{case}” is not in the catalogue. Known cases: {known}."),
    "MC-125": _("“{value}” is not one of the choices: {allowed}."),
    "MC-126": _("“{paper}” is needed only when filing online. Check whether it belongs here."),
    "MC-127": _("This procedure does not go through the one-stop desk ({routing}). Check before accepting."),
    "MC-128": _("Printer {printer} did not answer in time. Dossier {code} is saved; look at the printer before printing again."),
    "MC-129": _("Paper {item} is given twice or without a count. Correct the list."),
    "MC-130": _("The disk is nearly full. Receiving and printing go on; free some space or call the administrator."),
    "MC-131": _("The disk is full, the last entry was not saved. Free some space and press F9 again; what was saved before is safe."),
    "MC-132": _("The data file needs checking ({cause}). Do not delete anything; open the latest backup or call the administrator."),
    "MC-133": _("Another program is using the data file. Nothing was lost; try again in a moment."),
    "MC-134": _("The data file was made by a newer version of the program ({version}; this one knows {known}). It was not touched. Install the new version to open it."),
    "MC-135": _("The data folder cannot be read or written: {path}. Check the disk and the permissions; saved data were not touched."),
    "MC-136": _("{path} is not a data file of this program. It was not touched; choose another folder."),
    "MC-137": _("The ledger does not hold together at place {seq} of desk {desk}. Nothing was deleted; call the administrator."),
    "MC-138": _("Paper is stuck in printer {printer}. Dossier {code} is saved; clear the paper and the printer will go on."),
    "MC-139": _("Printer {printer} is off. Dossier {code} is saved; its receipt waits in the printer's queue and comes out when it is switched on."),
    "MC-140": _("The district returned {count} records. Open them in the sending list; all others go on."),
    "MC-141": _("No connection. Everything is safe on this computer and will be sent by itself."),
    "MC-142": _("The district holds two different entries for {count} places of this desk's ledger: a copy of the data folder may be in use elsewhere. Nothing was lost; call the administrator."),
    "MC-143": _("The district needs a newer version of the program. Data are kept and sent after the update; counter work continues."),
    "MC-144": _("The connection broke: {done} of {total} entries were sent. Nothing is lost; the rest will follow by itself."),
    "MC-145": _("Something else answered in place of the district (a Wi-Fi sign-in page or a proxy). Open a browser and see whether the network asks to sign in. Nothing counts as sent; everything is still here."),
    "MC-146": _("The district is busy. Everything is safe here and will be sent again in a while."),
    "MC-147": _("The district's address “{text}” cannot be used: it must begin with https:// and hold no password. Correct it; nothing has left this computer."),
    "MC-148": _("The district did not take the batch ({hub_number}): {text} Everything is safe here; tell support this number."),
    "MC-149": _("Another window or command of this computer is sending just now. Nothing is lost; this one sends nothing until it is done."),
    "MC-150": _("The computer's clock says {now}, but the last entry was made {last}. Due dates would be wrong. Set the clock first; if it is right, confirm it with “motcua clock --confirm”."),
    "MC-151": _("The calendar of {year} is not published yet. Due dates in it are provisional."),
    "MC-155": _("No procedure is chosen yet. Type its short name or a few letters, then press Enter."),
    "MC-156": _("The computer's clock says {now}, {days} days after the last entry. If that is right, press F9 again (or “motcua clock --confirm”); else set the clock first."),
    "MC-157": _("The request “{text}” was already used for something else. Nothing was saved; give this one a number of its own."),
    "MC-158": _("The receipt of {code} no longer comes out letter for letter as it was first drawn. What it says is the same; compare it before handing it out."),
    "MC-159": _("Nobody is at the desk at {moment}. Give an appointment within office hours; the next possible one is {possible}."),
    "MC-160": _("There is no dossier “{text}” in this store. Try the last four digits or the name."),
    "MC-161": _("“{name}” has a term of its own; the appointment that was given was not used."),
    "MC-162": _("The code “{text}” already belongs to dossier {code}. Nothing was changed; check both numbers."),
    "MC-163": _("{path} lies on another computer. Data are not safe there; choose a folder on this computer's own disk."),
    "MC-164": _("The lists differ from the ledger in {count} places. Nothing is lost; run “motcua rebuild”."),
    "MC-165": _("The apology comes late: the last day to announce it was {last}. The new appointment is saved; the dossier counts as late, with apology."),
    "MC-166": _("The result of {code} was returned already: {ended}, to {collector}, by {officer}. Nothing was changed."),
    "MC-167": _("{code} is finished, not ended: it need not be reopened. Nothing was changed."),
    "MC-168": _("A letter needs its occasion ({allowed}) and the name that it speaks of. Nothing was printed."),
    "MC-170": _("“{act}” is not possible for {code}: its status is “{status}”. Nothing was changed."),
    "MC-171": _("“{act}” needs one more thing: {missing}. Nothing was changed."),
    "MC-172": _("“{act}” is for a leader to decide. Nothing was changed."),
    "MC-173": _("Papers were asked for once already, and the law allows it only once. Nothing was changed."),
    "MC-174": _("The citizen still has time to bring the papers, until {waiting_due_at}. Nothing was changed."),
    "MC-175": _("{code} was extended once already; a second new appointment is not allowed. Nothing was changed."),
    "MC-176": _("The term of {code} stands still while we wait. “{act}” is possible once that is over. Nothing was changed."),
    "MC-177": _("{left} đồng are still to be paid for {code}. The result stays here until then."),
    "MC-178": _("This person is neither the applicant nor the representative of {code}. The result was not handed over."),
    "MC-179": _("The result of {code} is not ready: {holder} has it, the appointment is {due_at}. Nothing was changed."),
    "MC-180": _("Desk {desk} has used up its numbers for {day}. Saved dossiers are safe; receive at another desk."),
    "MC-181": _("{code} is not with a resolving unit, so that nothing can be given back. Nothing was changed."),
    "MC-182": _("{code} was handed over already; its receipt can no longer be made void. Nothing was changed."),
    "MC-183": _("Nobody was asked about {code}, so that no answer can come. Nothing was changed."),
    "MC-184": _("The new day must lie after {due_at}. Nothing was changed."),
    "MC-185": _("The receipt {code} is void and its number is spent. Nothing was changed."),
    "MC-186": _("The result of {code} was not sent by post. Nothing was changed."),
    "MC-187": _("The result of {code} is in the post already. Nothing was changed."),
    "MC-188": _("{moment} lies before the last act of this dossier ({last}). Check the time; nothing was changed."),
    "MC-189": _("Where the receipt is lost, write down why. Nothing was changed."),
    "MC-190": _("There is no such sheet for {code}: no act asked for it. Nothing was printed."),
    "MC-191": _("“{text}” cannot be printed with the letters of the sheet. Type the name as on the identity card."),
    "MC-192": _("The personal data of {text} were erased; its receipt can no longer be drawn."),
    "MC-193": _("The receipt of {code} was not drawn ({cause}). The dossier is saved; press Ctrl+P to try again, or write this number by hand."),
    "MC-194": _("{code} was changed by somebody else meanwhile; it is shown as it stands now. Nothing of yours was saved: look at it, then press F9 again."),
    "MC-201": _("“{text}” is not an agency code such as H18.11.05."),
    "MC-202": _("The name is missing here. Fill it in and try again."),
    "MC-203": _("The desk number must be 1 to 9, not {text}."),
    "MC-204": _("The unit must have four digits, not “{text}”."),
    "MC-205": _("Office hours look like 07:30-11:30,13:30-17:00 with a return hour inside them, not “{text}”."),
    "MC-206": _("There is a store in {path} already. It was not touched; choose another folder or use it as it is."),
    "MC-207": _("There is no store in {path}. Make one with “motcua init”, or name the right folder with --data."),
    "MC-208": _("The key of this store must be 64 hex digits. Check MOTCUA_KEY; the data were not touched."),
    "MC-209": _("There is no district to send to. Name one with “motcua office --hub”."),
    "MC-210": _("{path} cannot be read or written. Check the name and the permissions; nothing was changed."),
    "MC-211": _("{path} is locked with another key, or is no data file. It was not touched. Check MOTCUA_KEY or the key ring, or choose another folder."),
    "MC-230": _("The template of the register cannot be used: {place} ({reason}). Nothing was drawn and the dossiers are safe. Mend the file, or put back the one that came with the program."),
    "MC-232": _("The month {month} cannot be closed: it is not over, has no line, or is closed already. Nothing was changed."),
    "MC-231": _("The template of the register has no form for {day}. Nothing was drawn and the dossiers are safe. Add the form of that time to the file, or put back the one that came with the program."),
    "MC-233": _("“{text}” is not a group that pays nothing here. Known groups: {known}. Nothing was saved; choose one of them, or leave it out."),
    "MC-234": _("No fee is known for {procedure} on {day}. Nothing was saved; enter the amount with its source, or see the list of fees."),
    "MC-235": _("The count {count} cannot be right: it must be 1 to {most}. Correct it; nothing was saved and no money was booked."),
    "MC-236": _("{amount} does not match what is due: {expected}. Nothing was booked; count the money again or correct the fee."),
    "MC-225": _("{path} is not a list that can be read (xlsx, csv or json). Nothing was changed; open it in a spreadsheet program and save it as xlsx."),
    "MC-226": _("{path} has no heading “Mã thủ tục” with other headings beside it. Nothing was changed; name the columns in one row and try again."),
    "MC-227": _("{path} is too large for a list of procedures (more than {limit} MB, or far too many rows). It was not read and nothing was changed; split it and try again."),
    "MC-228": _("Another list was put in force since this one was looked at. Nothing was changed; look at what it changes once more, then confirm."),
    "MC-229": _("{rows} rows of the list cannot be read, so nobody can tell whether the {count} procedures that it lacks are really gone. Nothing was changed; correct the rows, or import without ending the rest."),
    "MC-237": _("“{name}” is not a procedure whose result is given at once. Nothing was saved; receive it at the counter (F2)."),
    "MC-238": _("{amount} đồng are due for “{name}” and not paid. Nothing was saved; take the money first, or receive the dossier at the counter (F2)."),
    "MC-239": _("No amount is known for “{name}”. Nothing was saved; type what was collected (0 for nothing), or enter the fee with its source."),
    "MC-220": _("{path}, line {line}: “{value}” cannot stand under “{name}”. Correct the line; the templates that came with the program were not touched."),
    "MC-221": _("{path}, line {line} is not readable JSON ({cause}). Correct the line; the templates that came with the program were not touched."),
    "MC-222": _("{path}, line {line}: there is no field “{name}” on this sheet. Correct the name; the templates that came with the program were not touched."),
    "MC-223": _("The set of forms for a dossier received on {day} has no sheet “{kind}”. Nothing was printed; choose another sheet."),
    "MC-224": _("{path}, line {line}: “{name}” is missing. Add it; the templates that came with the program were not touched."),
    "MC-999": _("Something in this program went wrong; a report was written to {path}. Saved dossiers are safe."),
}  # fmt: skip

_OTHER_CODES: Mapping[CodeKind, str] = {
    CodeKind.OWN_KEY: _("a receipt of this program"),
    CodeKind.DOSSIER_CODE: _("a dossier code"),
    CodeKind.BANK: _("a bank transfer code"),
    CodeKind.INSURANCE: _("a health insurance card"),
    CodeKind.VNEID: _("a code from the VNeID application"),
    CodeKind.LINK: _("a web address"),
    CodeKind.ID_NUMBER: _("an ID number alone"),
    CodeKind.UNKNOWN: _("an unknown code"),
}


INSTEAD: Mapping[str, str] = {
    "MC-166": _("If it went to the wrong person, take it back with the reason."),
    "MC-167": _("Hand the result over to the unit again, with the reason."),
    "MC-170": _("Possible now: {may}."),
    "MC-171": _("Say it and try again."),
    "MC-172": _("Give the leader's name and the written reason."),
    "MC-173": _("A leader may ask once more, with a written reason; else go on with what is there."),
    "MC-174": _("Wait until then, or note that the citizen withdraws."),
    "MC-175": _("Finish the dossier as soon as possible; it counts as late, with apology."),
    "MC-176": _("First note the papers, the payment or the answer. Possible now: {may}."),
    "MC-177": _("Take the payment (paid), then return the result."),
    "MC-178": _("Ask for the authorisation and note it, or scan the applicant's card."),
    "MC-179": _("Possible now: {may}."),
    "MC-181": _("Possible now: {may}."),
    "MC-182": _("Correct the dossier, or note that the citizen withdraws."),
    "MC-183": _("Possible now: {may}."),
    "MC-184": _("Choose a later working day."),
    "MC-185": _("Receive the dossier anew."),
    "MC-186": _("Possible now: {may}."),
    "MC-187": _("When it comes back, note that the mail came back."),
}


def instead(problem: Problem) -> str:
    """What can be done in place of what was refused; "" where the sentence says it already."""
    return _filled(INSTEAD[problem.number], problem) if problem.number in INSTEAD else ""


def sentence(problem: Problem) -> str:
    """The problem in the language in use; one that only the district numbers, in its words."""
    if problem.number not in TEXTS:  # the district's own numbers come with the district's own words
        return str(problem.params.get("text", problem.number))
    return _filled(TEXTS[problem.number], problem)


def _filled(message: str, problem: Problem) -> str:
    text = gettext(message)
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format(**{name: spoken(problem.params.get(name, "?")) for name in names})


def code_name(kind: CodeKind) -> str:
    """What a scanned code is, in words."""
    return gettext(_OTHER_CODES[kind])


def spoken(value: object) -> str:
    """A value as a sentence says it: dates day first, lists with semicolons, kinds of code by name."""
    if isinstance(value, CodeKind):
        return code_name(value)
    if isinstance(value, datetime):
        return f"{local(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(spoken(part) for part in value)
    return str(value) if value != "" else "–"
