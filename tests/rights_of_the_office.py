"""The rest of the table of rights: commands of the office, and which routes take POST."""

from __future__ import annotations

from tests.badge_doors import BADGE_KEY_COMMANDS
from tests.folder_doors import FOLDER_POSTED
from tests.record_rights import TEMPLATE_COMMANDS
from tests.voting_doors import VOTING_POSTED

# What each command of the office answers; it belongs to no meeting.
OFFICE_COMMANDS = (
    """
                anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin  focal
meeting.create       in     403    403    403    403    403    403    403    403    403    200    200    403
meeting.clone        in     403    403    403    403    403    403    403    403    403    200    200    403
letters.release      in     403    403    403    403    403    403    403    403    403    200    200    403
letters.discard      in     403    403    403    403    403    403    403    403    403    200    200    403
letters.settle       in     403    403    403    403    403    403    403    403    403    200    200    403
series.add           in     403    403    403    403    403    403    403    403    403    200    200    403
series.rename        in     403    403    403    403    403    403    403    403    403    200    200    403
series.remove        in     403    403    403    403    403    403    403    403    403    200    200    403
template.remove      in     403    403    403    403    403    403    403    403    403    200    200    403
deadline_rules.edit  in     403    403    403    403    403    403    403    403    403    200    200    403
holiday.add          in     403    403    403    403    403    403    403    403    403    200    200    403
holiday.remove       in     403    403    403    403    403    403    403    403    403    200    200    403
layout.set      in     403    403    403    403    403    403    403    403    403    200    200    403
layout.reset    in     403    403    403    403    403    403    403    403    403    200    200    403
register.open   in     403    403    403    403    403    403    403    403    200    200    200    403
number.give     in     403    403    403    403    403    403    403    403    200    200    200    403
number.reserve  in     403    403    403    403    403    403    403    403    200    200    200    403
number.cancel   in     403    403    403    403    403    403    403    403    200    200    200    403
account.add     in     403    403    403    403    403    403    403    403    403    403    200    403
account.edit    in     403    403    403    403    403    403    403    403    403    403    200    403
account.unlock  in     403    403    403    403    403    403    403    403    403    200    200    403
account.close   in     403    403    403    403    403    403    403    403    403    403    200    403
accounts.close  in     403    403    403    403    403    403    403    403    403    403    200    403
account.reopen  in     403    403    403    403    403    403    403    403    403    403    200    403
password.reset  in     403    403    403    403    403    403    403    403    403    200    200    403
organisation.add     in     403    403    403    403    403    403    403    403    403    200    200    403
organisation.edit    in     403    403    403    403    403    403    403    403    403    200    200    403
organisation.move    in     403    403    403    403    403    403    403    403    403    200    200    403
organisation.close   in     403    403    403    403    403    403    403    403    403    200    200    403
organisation.reopen  in     403    403    403    403    403    403    403    403    403    200    200    403
person.add           in     403    403    403    403    403    403    403    403    403    200    200    403
person.edit          in     403    403    403    403    403    403    403    403    403    200    200    403
contact.erase        in     403    403    403    403    403    403    403    403    403    200    200    403
position.add         in     403    403    403    403    403    403    403    403    403    200    200    403
position.edit        in     403    403    403    403    403    403    403    403    403    200    200    403
position.remove      in     403    403    403    403    403    403    403    403    403    200    200    403
organisations.import in     403    403    403    403    403    403    403    403    403    200    200    403
people.import        in     403    403    403    403    403    403    403    403    403    200    200    403
people.merge         in     403    403    403    403    403    403    403    403    403    200    200    403
"""
    + BADGE_KEY_COMMANDS.lstrip()
    + TEMPLATE_COMMANDS.lstrip()
)

# Routes that take POST, and what stands behind them; every other route takes GET and HEAD only.
POSTED = {
    "attendance:scan_post": "scans of a device, which its address allows: tests/attendance/scanning/test_taking.py",
    **FOLDER_POSTED,
    **VOTING_POSTED,
    "packets:bookmarks": "one's own marks at pages, soft: tests/packets/reader/test_bookmarks.py",
    "packets:new_paper": "a paper with its files from a plain form: tests/packets/desk/test_pages.py",
    "packets:uploads": "an upload begins: tests/packets/uploading/test_tus.py",
    "packets:upload": "a chunk of one's own upload: tests/packets/uploading/test_tus.py",
    "packets:speech_paper": "the paper of one's own speech from a plain form: tests/packets/handing_in/test_handing_in.py",
    "packets:speech_uploads": "an upload of the paper of one's own speech: tests/packets/handing_in/test_handing_in.py",
    "packets:bind_packet": "long work is asked for, once for a class of readers: tests/packets/binding/test_packet.py",
    "attendance:print_badges": "badges as a PDF, perhaps as a job: tests/attendance/badges/test_pages.py",
    "packets:progress": "how far a copy has been read, a soft mark: tests/packets/reading/test_progress.py",
    "minutes:working_copy": "what one is typing, soft: tests/minutes/blocks/test_copies.py",
    "minutes:compare": "what one is typing beside what was saved, changes nothing: tests/minutes/blocks/test_comparing.py",
    "agenda:seen": "which release the reader has seen, a soft mark: tests/agenda/test_releases.py",
    "meetings:do": "the command door: the table COMMANDS",
    "meetings:contact_sheet": "a sheet is printed, perhaps as a job: tests/meetings/sites/test_contact_sheet.py",
    "meetings:do_in_office": "the office's door: the table OFFICE_COMMANDS",
    "live:here": "who speaks for a bridge point: tests/live/test_hostile_pages.py",
    "demo:sign_in": "one click in the demonstration",
    "meetings:import_participants": "the same for the list of participants",
    "meetings:import": "a list is uploaded, and looked at: nothing changes (tests/meetings/importing)",
    "meetings:office_import": "a list of the office is uploaded, and looked at",
    "meetings:renew_own_calendar": "the address of one's own calendar: tests/meetings/test_calendar_pages.py",
    "jobs:cancel": "one's own long work: tests/jobs/test_pages.py",
    "jobs:go_on": "one's own long work that had failed",
    "issuing:reply": "the answer of who was invited: tests/issuing/test_replying.py",
    "people:sign_in": "user name and password",
    "people:sign_out": "signing out",
    "people:password": "one's own password",
    "people:end_sessions": "one's own sign-ins: tests/people/test_my_account.py",
    "meetings:slips": "accounts with one-time passwords, answered with a PDF: tests/meetings/test_handing_out.py",
    "set_language": "the language of the pages",
}
