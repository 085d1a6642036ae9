"""The table of rights, to be read by people: who gets what from every route and every command.

in: sent to the sign-in page · go: sent on to the own screen · 200 done or shown · 303 done, back to the page · 403 refused ·
404 there is nothing here for you · 405 this address does not take that
"""

from __future__ import annotations

from tests.badge_doors import BADGE_COMMANDS, BADGE_PAGES
from tests.box_doors import BOX_COMMANDS, BOX_PAGES
from tests.checking_doors import CHECKING_COMMANDS, CHECKING_PAGES
from tests.counting_doors import COUNTING_COMMANDS, COUNTING_PAGES
from tests.course_doors import COURSE_COMMANDS, COURSE_PAGES
from tests.presence_doors import PRESENCE_COMMANDS, PRESENCE_PAGES
from tests.record_rights import ISSUING_COMMANDS, ISSUING_PAGES, PAPER_COMMANDS, PAPER_PAGES
from tests.rights_of_the_office import OFFICE_COMMANDS, POSTED
from tests.scan_doors import SCANNING_COMMANDS, SCANNING_PAGES
from tests.speakers_doors import SPEAKER_COMMANDS, SPEAKER_PAGES
from tests.video_doors import VIDEO_COMMANDS, VIDEO_PAGES
from tests.voting_doors import VOTING_COMMANDS, VOTING_PAGES

__all__ = ["COMMANDS", "OFFICE_COMMANDS", "PAGES", "POSTED", "ROLE", "table"]

ROLE = {
    "anon": "anonymous",
    "obs": "observer",
    "guest": "guest",
    "deleg": "delegate",
    "tech": "technician",
    "oper": "operator",
    "chair": "chair",
    "secr": "secretary",
    "strng": "stranger",
    "clerk": "clerk",
    "office": "secretariat",
    "admin": "administrator",
    "focal": "focal_point",
}

# What each page answers to GET in a meeting one belongs to. The last four columns are roles of the office; the stranger and
# the clerk belong to no meeting.
PAGES = (
    """
                                   anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin  focal
healthz                            200    200    200    200    200    200    200    200    200    200    200    200    200
readyz                             200    200    200    200    200    200    200    200    200    200    200    200    200
people:sign_in                     200    go     go     go     go     go     go     go     go     go     go     go     go
people:password                    in     200    200    200    200    200    200    200    200    200    200    200    200
people:me                          in     200    200    200    200    200    200    200    200    200    200    200    200
meetings:index                     in     200    200    200    200    200    200    200    200    200    200    200    200
meetings:outbox                    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:outbox_list               in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:letter                    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:attachment                in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:calendar                  in     200    200    200    200    200    200    200    200    200    200    200    200
meetings:renew_own_calendar        in     405    405    405    405    405    405    405    405    405    405    405    405
meetings:feed                      200    200    200    200    200    200    200    200    200    200    200    200    200
meetings:meeting_calendar          in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:meeting_file              in     200    200    200    200    200    200    200    404    404    200    200    200
jobs:jobs                          in     200    200    200    200    200    200    200    200    200    200    200    200
jobs:news                          in     200    200    200    200    200    200    200    200    200    200    200    200
jobs:job                           in     404    404    404    404    404    404    404    404    404    200    200    404
jobs:state                         in     404    404    404    404    404    404    404    404    404    200    200    404
jobs:file                          in     404    404    404    404    404    404    404    404    404    200    200    404
jobs:cancel                        in     405    405    405    405    405    405    405    405    405    405    405    405
jobs:go_on                         in     405    405    405    405    405    405    405    405    405    405    405    405
meetings:new                       in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:find_person               in     403    403    403    403    403    403    200    403    403    200    200    403
meetings:find_organisation         in     403    403    403    403    403    403    200    403    403    200    200    403
meetings:directory                 in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:organisation              in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:directory_under           in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:people                    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:people_file               in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:person                    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:personal_data             in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:duplicates                in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:merge_people              in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:accounts                  in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:account                   in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:new_accounts              in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:series                    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:one_series                in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:templates                 in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:rules                     in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:compare                   in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:deadlines                 in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:overview                  in     go     go     go     go     go     200    200    404    404    200    200    go
meetings:edit                      in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:import_participants       in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:import                    in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:import_template           in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:import_run                in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:office_import             in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:office_import_template    in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:office_import_run         in     403    403    403    403    403    403    403    403    403    200    200    403
meetings:bridge_points             in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:bridge_point              in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:bridge_points_under       in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:contact_sheet             in     403    403    403    403    403    403    200    404    404    200    200    403
meetings:bridge_points_file        in     403    403    403    403    403    200    200    404    404    200    200    403
meetings:meeting_accounts          in     403    403    403    403    403    403    403    404    404    200    200    403
meetings:journal                   in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:programme                   in     200    200    200    200    200    200    200    404    404    200    200    200
packets:hand_outs                  in     403    403    403    403    403    403    200    404    404    200    200    403
packets:hand_outs_file             in     403    403    403    403    403    403    200    404    404    200    200    403
packets:issue_copy                 in     403    403    403    403    403    403    200    404    404    200    200    403
packets:board                      in     403    403    403    403    403    200    200    404    404    200    200    403
packets:board_people               in     403    403    403    403    403    200    200    404    404    200    200    403
packets:board_file                 in     403    403    403    403    403    200    200    404    404    200    200    403
packets:file                       in     404    404    200    404    404    404    404    404    404    404    404    404
packets:packet_file                in     404    404    404    404    404    404    404    404    404    404    404    404
packets:download                   in     403    403    403    403    403    403    200    404    404    200    200    404
packets:print_copy                 in     403    403    403    403    403    403    200    404    404    200    200    404
packets:trace                      in     403    403    403    403    403    403    200    404    404    200    200    403
packets:own_reading                in     200    200    200    200    200    200    200    200    200    200    200    200
packets:own_record                 in     200    200    200    200    200    200    200    404    404    200    200    200
packets:progress                   in     405    405    405    405    405    405    405    405    405    405    405    405
packets:new_paper                  in     403    403    403    403    403    403    200    404    404    200    200    403
packets:paper_desk                 in     403    403    403    403    403    200    200    404    404    200    200    404
packets:original                   in     403    403    403    403    403    403    200    404    404    200    200    404
packets:uploads                    in     405    405    405    405    405    405    405    405    405    405    405    405
packets:upload                     in     403    403    403    403    403    403    200    404    404    404    404    404
packets:speech_paper(own)          in     403    403    403    403    403    403    200    404    404    200    200    200
packets:speech_paper(another)      in     403    403    403    403    403    403    200    404    404    200    200    404
packets:speech_uploads             in     405    405    405    405    405    405    405    405    405    405    405    405
packets:papers                     in     200    200    200    200    200    200    200    404    404    200    200    200
packets:reader                     in     200    200    200    200    200    200    200    404    404    200    200    404
packets:find_in_paper              in     200    200    200    200    200    200    200    404    404    200    200    404
packets:bookmarks                  in     200    200    200    200    200    200    200    404    404    200    200    404
packets:packet                     in     200    200    200    200    200    200    200    404    404    200    200    200
packets:packet_state               in     200    200    200    200    200    200    200    404    404    200    200    200
packets:bind_packet                in     405    405    405    405    405    405    405    405    405    405    405    405
packets:packet_reader              in     200    200    200    200    200    200    200    404    404    200    200    go
packets:find_in_packet             in     200    200    200    200    200    200    200    404    404    200    200    404
packets:download_packet            in     403    403    403    403    403    403    200    404    404    200    200    404
packets:mine                       in     200    200    200    200    200    200    200    404    404    200    200    200
packets:find                       in     200    200    200    200    200    200    200    404    404    200    200    200
packets:standings                  in     200    200    200    200    200    200    200    404    404    200    200    200
packets:standing                   in     200    200    200    200    200    200    200    404    404    200    200    404
packets:release_paper              in     403    403    403    403    403    403    200    404    404    200    200    403
packets:release_papers?paper=1     in     403    403    403    403    403    403    200    404    404    200    200    403
packets:choices                    in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:releases                    in     200    200    200    200    200    200    200    404    404    200    200    200
agenda:release                     in     200    200    200    200    200    200    200    404    404    200    200    200
agenda:paper                       in     200    200    200    200    200    200    200    404    404    200    200    200
agenda:table                       in     200    200    200    200    200    200    200    404    404    200    200    200
agenda:presenters                  in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:seen                        in     405    405    405    405    405    405    405    405    405    405    405    405
agenda:speeches                    in     403    403    403    403    403    403    200    404    404    200    200    200
agenda:speeches_file               in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:speech_call                 in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:new_speech                  in     403    403    403    403    403    403    200    404    404    200    200    200
agenda:speech(own)                 in     403    403    403    403    403    403    200    404    404    200    200    200
agenda:speech(another)             in     403    403    403    403    403    403    200    404    404    200    200    403
agenda:edit_speech(own)            in     403    403    403    403    403    403    200    404    404    200    200    200
agenda:edit_speech(another)        in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:participants            in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:participants_file       in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:new_participant         in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:groups                  in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:registration            in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:registration_file       in     403    403    403    403    403    200    200    404    404    200    200    403
attendance:ask                     in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:chosen                  in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:unit(own)               in     403    403    403    403    403    403    200    404    404    200    200    200
attendance:unit(another)           in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:new_line(own)           in     403    403    403    403    403    403    200    404    404    200    200    200
attendance:new_line(another)       in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:line(own)               in     403    403    403    403    403    403    200    404    404    200    200    200
attendance:line(another)           in     403    403    403    403    403    403    200    404    404    200    200    403
attendance:my_unit                 in     403    403    403    403    403    403    go     404    404    go     go     go
control:displays                   in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:minutes                    in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:since                      in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:speakers                   in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:block                      in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:working_copy               in     405    405    405    405    405    405    405    405    405    405    405    405
minutes:compare                    in     405    405    405    405    405    405    405    405    405    405    405    405
minutes:revisions                  in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:newest_print               in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:print                      in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:conclusions                in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:conclusions_list           in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:conclusions_file           in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:conclusion                 in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:conclusion_state           in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:review                     in     404    200    404    404    200    404    404    404    404    404    404    200
minutes:circulations               in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:circulate                  in     403    403    403    403    403    403    200    404    404    200    200    403
minutes:remark                     in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:remarks_file               in     403    403    403    403    403    200    200    404    404    200    200    403
minutes:check                      200    200    200    200    200    200    200    200    200    200    200    200    200
issuing:registers                  in     403    403    403    403    403    403    403    403    200    200    200    403
minutes:layouts                    in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:layout                     in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:layout_component           in     403    403    403    403    403    403    403    403    403    200    200    403
minutes:layout_preview             in     403    403    403    403    403    403    403    403    403    200    200    403
issuing:register                   in     403    403    403    403    403    403    403    403    200    200    200    403
issuing:register_file              in     403    403    403    403    403    403    403    403    200    200    200    403
issuing:check                      200    200    200    200    200    200    200    200    200    200    200    200    200
issuing:invitations                in     403    403    403    403    403    403    200    404    404    200    200    403
issuing:invitation_text            in     403    403    403    403    403    403    200    404    404    200    200    403
issuing:invitation_list            in     403    403    403    403    403    403    200    404    404    200    200    403
issuing:letter                     in     403    403    403    403    403    403    200    404    404    200    200    403
issuing:reply                      200    200    200    200    200    200    200    200    200    200    200    200    200
live:control                       in     403    403    403    403    403    200    200    404    404    200    200    403
live:chair                         in     403    403    403    403    403    200    200    404    404    200    200    403
live:delegate                      in     200    200    200    200    200    200    200    404    404    200    200    200
live:console                       in     403    403    403    200    200    403    200    404    404    403    403    403
live:console_of(own)               in     403    403    403    200    200    403    200    404    404    200    200    403
live:console_of(another)           in     403    403    403    403    403    403    200    404    404    200    200    403
live:hall(own)                     in     403    403    403    200    200    403    200    404    404    200    200    403
live:hall(another)                 in     403    403    403    403    403    403    200    404    404    200    200    403
live:acks(own)                     in     403    403    403    200    200    403    200    404    404    200    200    403
live:acks(another)                 in     403    403    403    403    403    403    200    404    404    200    200    403
live:group                         in     403    403    403    403    403    200    200    404    404    200    200    403
live:find                          in     403    403    403    403    403    200    200    404    404    200    200    403
live:line(own)?line=technical      in     403    403    403    200    200    403    200    404    404    200    200    403
live:line(another)?line=technical  in     403    403    403    403    403    403    200    404    404    200    200    403
live:line(own)?line=chair          in     403    403    403    403    200    200    200    404    404    200    200    403
live:line(another)?line=chair      in     403    403    403    403    403    200    200    404    404    200    200    403
live:twin?screen=control           in     403    403    403    403    403    200    200    404    404    200    200    403
live:twin?screen=chair             in     403    403    403    403    403    200    200    404    404    200    200    403
live:twin?screen=delegate          in     200    200    200    200    200    200    200    404    404    200    200    200
live:twin?screen=console           in     403    403    403    200    200    403    200    404    404    200    200    403
live:twin?screen=conclusions       in     403    403    403    403    403    200    200    404    404    200    200    403
live:twin?screen=display           in     403    403    403    403    403    403    403    404    404    403    403    403
live:twin?screen=nothing           in     403    403    403    403    403    403    403    404    404    403    403    403
live:ticket?screen=control         in     403    403    403    403    403    200    200    404    404    200    200    403
live:ticket?screen=chair           in     403    403    403    403    403    200    200    404    404    200    200    403
live:ticket?screen=delegate        in     200    200    200    200    200    200    200    404    404    200    200    200
live:ticket?screen=console&site=o  in     403    403    403    200    200    403    200    404    404    200    200    403
live:ticket?screen=console&site=a  in     403    403    403    403    403    403    200    404    404    200    200    403
live:display                       200    200    200    200    200    200    200    200    200    200    200    200    200
live:display_twin                  200    200    200    200    200    200    200    200    200    200    200    200    200
live:display_ticket                200    200    200    200    200    200    200    200    200    200    200    200    200
"""
    + (BADGE_PAGES.lstrip() + COUNTING_PAGES.lstrip() + COURSE_PAGES.lstrip() + BOX_PAGES.lstrip())
    + SPEAKER_PAGES.lstrip()
    + (CHECKING_PAGES.lstrip() + VIDEO_PAGES.lstrip())
    + (PRESENCE_PAGES.lstrip() + VOTING_PAGES.lstrip())
    + SCANNING_PAGES.lstrip()
    + ISSUING_PAGES.lstrip()
    + PAPER_PAGES.lstrip()
)

# What each command answers to a script that sends it with a good body at a good moment, in a meeting one belongs to.
COMMANDS = (
    """
                         anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin  focal
meeting.edit             in     403    403    403    403    403    403    200    404    404    200    200    403
series.set               in     403    403    403    403    403    403    200    404    404    200    200    403
deadline.set             in     403    403    403    403    403    403    200    404    404    200    200    403
deadline.reset           in     403    403    403    403    403    403    200    404    404    200    200    403
calendar.renew           in     403    403    403    403    403    403    200    404    404    200    200    403
meeting.open             in     403    403    403    403    403    200    200    404    404    200    200    403
meeting.suspend          in     403    403    403    403    403    200    200    404    404    200    200    403
meeting.resume           in     403    403    403    403    403    200    200    404    404    200    200    403
meeting.adjourn          in     403    403    403    403    403    200    200    404    404    200    200    403
clock.set                in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_points.add        in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_point.edit        in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_point.remove      in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_points.edit       in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_points.move       in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_points.remove     in     403    403    403    403    403    403    200    404    404    200    200    403
participants.add         in     403    403    403    403    403    403    200    404    404    200    200    403
participant.edit         in     403    403    403    403    403    403    200    404    404    200    200    403
participant.remove       in     403    403    403    403    403    403    200    404    404    200    200    403
participants.edit        in     403    403    403    403    403    403    200    404    404    200    200    403
bridge_points.import     in     403    403    403    403    403    403    200    404    404    200    200    403
participants.import      in     403    403    403    403    403    403    200    404    404    200    200    403
participants.excuse      in     403    403    403    403    403    403    200    404    404    200    200    403
participants.expect      in     403    403    403    403    403    403    200    404    404    200    200    403
participants.remove      in     403    403    403    403    403    403    200    404    404    200    200    403
group.add                in     403    403    403    403    403    403    200    404    404    200    200    403
group.rename             in     403    403    403    403    403    403    200    404    404    200    200    403
group.remove             in     403    403    403    403    403    403    200    404    404    200    200    403
terms.set                in     403    403    403    403    403    403    200    404    404    200    200    403
units.ask                in     403    403    403    403    403    403    200    404    404    200    200    403
unit.edit                in     403    403    403    403    403    403    200    404    404    200    200    403
units.extend             in     403    403    403    403    403    403    200    404    404    200    200    403
units.remind             in     403    403    403    403    403    403    200    404    404    200    200    403
units.withdraw           in     403    403    403    403    403    403    200    404    404    200    200    403
change.grant             in     403    403    403    403    403    403    200    404    404    200    200    403
change.decline           in     403    403    403    403    403    403    200    404    404    200    200    403
registrations.approve    in     403    403    403    403    403    403    200    404    404    200    200    403
registrations.refuse     in     403    403    403    403    403    403    200    404    404    200    200    403
change.request           in     403    403    403    403    403    403    200    404    404    200    200    200
registration.add         in     403    403    403    403    403    403    200    404    404    200    200    200
registration.edit        in     403    403    403    403    403    403    200    404    404    200    200    200
registration.remove      in     403    403    403    403    403    403    200    404    404    200    200    200
registrations.add        in     403    403    403    403    403    403    200    404    404    200    200    200
registrations.send       in     403    403    403    403    403    403    200    404    404    200    200    200
unit.complete            in     403    403    403    403    403    403    200    404    404    200    200    200
unit.resume              in     403    403    403    403    403    403    200    404    404    200    200    200
speech_call.set          in     403    403    403    403    403    403    200    404    404    200    200    403
speech_call.close        in     403    403    403    403    403    403    200    404    404    200    200    403
speech.offer             in     403    403    403    403    403    403    200    404    404    200    200    200
speech.edit              in     403    403    403    403    403    403    200    404    404    200    200    200
speech.withdraw          in     403    403    403    403    403    403    200    404    404    200    200    200
speech.pick              in     403    403    403    403    403    403    200    404    404    200    200    403
speech.unpick            in     403    403    403    403    403    403    200    404    404    200    200    403
speech.return            in     403    403    403    403    403    403    200    404    404    200    200    403
speech.move              in     403    403    403    403    403    403    200    404    404    200    200    403
speeches.schedule        in     403    403    403    403    403    403    200    404    404    200    200    403
item.add                 in     403    403    403    403    403    403    200    404    404    200    200    403
item.edit                in     403    403    403    403    403    403    200    404    404    200    200    403
item.move                in     403    403    403    403    403    403    200    404    404    200    200    403
item.remove              in     403    403    403    403    403    403    200    404    404    200    200    403
items.add                in     403    403    403    403    403    403    200    404    404    200    200    403
items.retime             in     403    403    403    403    403    403    200    404    404    200    200    403
programme.undo           in     403    403    403    403    403    403    200    404    404    200    200    403
programme.release        in     403    403    403    403    403    403    200    404    404    200    200    403
item.open                in     403    403    403    403    403    200    200    404    404    200    200    403
item.close               in     403    403    403    403    403    200    200    404    404    200    200    403
item.defer               in     403    403    403    403    403    200    200    404    404    200    200    403
presence.mark            in     403    403    403    403    200    403    200    404    404    200    200    403
display.open             in     403    403    403    403    403    403    200    404    404    200    200    403
display.revoke           in     403    403    403    403    403    403    200    404    404    200    200    403
displays.steer           in     403    403    403    403    403    403    200    404    404    200    200    403
announcement.publish     in     403    403    403    403    403    200    200    404    404    200    200    403
announcement.withdraw    in     403    403    403    403    403    200    200    404    404    200    200    403
site_command.issue       in     403    403    403    403    403    200    200    404    404    200    200    403
site_command.acknowledge in     403    403    403    200    200    403    200    404    404    200    200    403
site_command.withdraw    in     403    403    403    403    403    200    200    404    404    200    200    403
message.send             in     403    403    403    200    200    200    200    404    404    200    200    403
hand_in.request          in     403    403    403    403    403    403    200    404    404    200    200    200
hand_in.grant            in     403    403    403    403    403    403    200    404    404    200    200    403
hand_in.decline          in     403    403    403    403    403    403    200    404    404    200    200    403
document.add             in     403    403    403    403    403    403    200    404    404    200    200    403
document.edit            in     403    403    403    403    403    403    200    404    404    200    200    403
document.move            in     403    403    403    403    403    403    200    404    404    200    200    403
document.remove          in     403    403    403    403    403    403    200    404    404    200    200    403
version.check            in     403    403    403    403    403    403    200    404    404    200    200    403
version.approve          in     403    403    403    403    403    200    200    404    404    200    200    403
version.return           in     403    403    403    403    403    200    200    404    404    200    200    403
document.release         in     403    403    403    403    403    403    200    404    404    200    200    403
document.recall          in     403    403    403    403    403    403    200    404    404    200    200    403
version.judge            in     403    403    403    403    403    200    200    404    404    200    200    403
papers.remind            in     403    403    403    403    403    403    200    404    404    200    200    403
copy.issue               in     403    403    403    403    403    403    200    404    404    200    200    403
copy.collect             in     403    403    403    403    403    403    200    404    404    200    200    403
copy.lose                in     403    403    403    403    403    403    200    404    404    200    200    403
invitation_text.edit     in     403    403    403    403    403    403    200    404    404    200    200    403
invitations.issue        in     403    403    403    403    403    403    200    404    404    200    200    403
invitations.send         in     403    403    403    403    403    403    200    404    404    200    200    403
invitations.remind       in     403    403    403    403    403    403    200    404    404    200    200    403
invitations.recall       in     403    403    403    403    403    403    200    404    404    200    200    403
invitations.print        in     403    403    403    403    403    403    200    404    404    200    200    403
invitation.answer        in     403    403    403    403    403    403    200    404    404    200    200    403
substitute.approve       in     403    403    403    403    403    403    200    404    404    200    200    403
substitute.refuse        in     403    403    403    403    403    403    200    404    404    200    200    403
copy.trace               in     403    403    403    403    403    403    200    404    404    200    200    403
block.edit               in     403    403    403    403    403    403    200    404    404    200    200    403
block.add                in     403    403    403    403    403    403    200    404    404    200    200    403
block.exclude            in     403    403    403    403    403    403    200    404    404    200    200    403
block.include            in     403    403    403    403    403    403    200    404    404    200    200    403
block.take               in     403    403    403    403    403    403    200    404    404    200    200    403
block.dismiss            in     403    403    403    403    403    403    200    404    404    200    200    403
block.restore            in     403    403    403    403    403    403    200    404    404    200    200    403
conclusion.propose       in     403    403    403    403    403    403    200    404    404    200    200    403
conclusion.change        in     403    403    403    403    403    403    200    404    404    200    200    403
conclusion.move          in     403    403    403    403    403    403    200    404    404    200    200    403
conclusion.show          in     403    403    403    403    403    200    200    404    404    200    200    403
conclusion.hide          in     403    403    403    403    403    200    200    404    404    200    200    403
conclusion.adopt         in     403    403    403    403    403    200    200    404    404    200    200    403
conclusion.withdraw      in     403    403    403    403    403    200    200    404    404    200    200    403
circulation.open         in     403    403    403    403    403    403    200    404    404    200    200    403
circulation.extend       in     403    403    403    403    403    403    200    404    404    200    200    403
circulation.remind       in     403    403    403    403    403    403    200    404    404    200    200    403
circulation.close        in     403    403    403    403    403    403    200    404    404    200    200    403
circulation.agree        in     403    200    403    403    200    403    403    404    404    403    403    200
remark.add               in     403    200    403    403    200    403    403    404    404    403    403    200
remark.change            in     403    200    403    403    200    403    403    404    404    403    403    200
remark.withdraw          in     403    200    403    403    200    403    403    404    404    403    403    200
remark.take              in     403    403    403    403    403    403    200    404    404    200    200    403
remark.answer            in     403    403    403    403    403    403    200    404    404    200    200    403
remark.reopen            in     403    403    403    403    403    403    200    404    404    200    200    403
minutes.approve          in     403    403    403    403    403    200    200    404    404    200    200    403
minutes.print            in     403    403    403    403    403    403    200    404    404    200    200    403
"""
    + (BADGE_COMMANDS.lstrip() + COUNTING_COMMANDS.lstrip() + COURSE_COMMANDS.lstrip() + BOX_COMMANDS.lstrip())
    + SPEAKER_COMMANDS.lstrip()
    + (CHECKING_COMMANDS.lstrip() + VIDEO_COMMANDS.lstrip())
    + (PRESENCE_COMMANDS.lstrip() + VOTING_COMMANDS.lstrip())
    + SCANNING_COMMANDS.lstrip()
    + ISSUING_COMMANDS.lstrip()
    + PAPER_COMMANDS.lstrip()
)


def table(text: str) -> dict[str, dict[str, str]]:
    """Return a table's rows: route or command → role → what it gets."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    assert all(len(cells) == len(head) for _name, *cells in rows), "a row has too few or too many cells"
    assert len({name for name, *_cells in rows}) == len(rows), "a row stands there twice"
    return {name: dict(zip((ROLE[short] for short in head), cells, strict=True)) for name, *cells in rows}
