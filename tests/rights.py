"""The table of rights, to be read by people: who gets what from every route and every command.

in: sent to the sign-in page · go: sent on to the own screen · 200 done or shown · 303 done, back to the page · 403 refused ·
404 there is nothing here for you · 405 this address does not take that
"""

from __future__ import annotations

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
}

# What each page answers to GET in a meeting one belongs to. The last four columns are roles of the office; the stranger and
# the clerk belong to no meeting.
PAGES = """
                                   anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin
healthz                            200    200    200    200    200    200    200    200    200    200    200    200
readyz                             200    200    200    200    200    200    200    200    200    200    200    200
people:sign_in                     200    go     go     go     go     go     go     go     go     go     go     go
people:password                    in     200    200    200    200    200    200    200    200    200    200    200
meetings:index                     in     200    200    200    200    200    200    200    200    200    200    200
meetings:new                       in     403    403    403    403    403    403    403    403    403    200    200
meetings:accounts                  in     403    403    403    403    403    403    403    403    403    403    200
meetings:overview                  in     go     go     go     go     go     200    200    404    404    200    200
meetings:edit                      in     403    403    403    403    403    403    200    404    404    200    200
meetings:bridge_points             in     403    403    403    403    403    200    200    404    404    200    200
meetings:journal                   in     403    403    403    403    403    403    200    404    404    200    200
agenda:programme                   in     200    200    200    200    200    200    200    404    404    200    200
attendance:participants            in     403    403    403    403    403    200    200    404    404    200    200
control:displays                   in     403    403    403    403    403    403    200    404    404    200    200
minutes:minutes                    in     403    403    403    403    403    200    200    404    404    200    200
minutes:block                      in     403    403    403    403    403    200    200    404    404    200    200
minutes:newest_print               in     403    403    403    403    403    200    200    404    404    200    200
minutes:print                      in     403    403    403    403    403    200    200    404    404    200    200
minutes:check                      200    200    200    200    200    200    200    200    200    200    200    200
live:control                       in     403    403    403    403    403    200    200    404    404    200    200
live:chair                         in     403    403    403    403    403    200    200    404    404    200    200
live:delegate                      in     200    200    200    200    200    200    200    404    404    200    200
live:console                       in     403    403    403    200    200    403    200    404    404    403    403
live:console_of(own)               in     403    403    403    200    200    403    200    404    404    200    200
live:console_of(another)           in     403    403    403    403    403    403    200    404    404    200    200
live:hall(own)                     in     403    403    403    200    200    403    200    404    404    200    200
live:hall(another)                 in     403    403    403    403    403    403    200    404    404    200    200
live:acks(own)                     in     403    403    403    200    200    403    200    404    404    200    200
live:acks(another)                 in     403    403    403    403    403    403    200    404    404    200    200
live:group                         in     403    403    403    403    403    200    200    404    404    200    200
live:find                          in     403    403    403    403    403    200    200    404    404    200    200
live:line(own)?line=technical      in     403    403    403    200    200    403    200    404    404    200    200
live:line(another)?line=technical  in     403    403    403    403    403    403    200    404    404    200    200
live:line(own)?line=chair          in     403    403    403    403    200    200    200    404    404    200    200
live:line(another)?line=chair      in     403    403    403    403    403    200    200    404    404    200    200
live:twin?screen=control           in     403    403    403    403    403    200    200    404    404    200    200
live:twin?screen=chair             in     403    403    403    403    403    200    200    404    404    200    200
live:twin?screen=delegate          in     200    200    200    200    200    200    200    404    404    200    200
live:twin?screen=console           in     403    403    403    200    200    403    200    404    404    200    200
live:twin?screen=display           in     403    403    403    403    403    403    403    404    404    403    403
live:twin?screen=nothing           in     403    403    403    403    403    403    403    404    404    403    403
live:ticket?screen=control         in     403    403    403    403    403    200    200    404    404    200    200
live:ticket?screen=chair           in     403    403    403    403    403    200    200    404    404    200    200
live:ticket?screen=delegate        in     200    200    200    200    200    200    200    404    404    200    200
live:ticket?screen=console&site=o  in     403    403    403    200    200    403    200    404    404    200    200
live:ticket?screen=console&site=a  in     403    403    403    403    403    403    200    404    404    200    200
live:display                       200    200    200    200    200    200    200    200    200    200    200    200
live:display_twin                  200    200    200    200    200    200    200    200    200    200    200    200
live:display_ticket                200    200    200    200    200    200    200    200    200    200    200    200
"""

# What each command answers to a script that sends it with a good body at a good moment, in a meeting one belongs to.
COMMANDS = """
                         anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin
meeting.edit             in     403    403    403    403    403    403    200    404    404    200    200
meeting.open             in     403    403    403    403    403    200    200    404    404    200    200
meeting.suspend          in     403    403    403    403    403    200    200    404    404    200    200
meeting.resume           in     403    403    403    403    403    200    200    404    404    200    200
meeting.adjourn          in     403    403    403    403    403    200    200    404    404    200    200
clock.set                in     403    403    403    403    403    403    200    404    404    200    200
bridge_points.add        in     403    403    403    403    403    403    200    404    404    200    200
bridge_point.edit        in     403    403    403    403    403    403    200    404    404    200    200
bridge_point.remove      in     403    403    403    403    403    403    200    404    404    200    200
participants.add         in     403    403    403    403    403    403    200    404    404    200    200
participant.edit         in     403    403    403    403    403    403    200    404    404    200    200
participant.remove       in     403    403    403    403    403    403    200    404    404    200    200
item.add                 in     403    403    403    403    403    403    200    404    404    200    200
item.edit                in     403    403    403    403    403    403    200    404    404    200    200
item.move                in     403    403    403    403    403    403    200    404    404    200    200
item.remove              in     403    403    403    403    403    403    200    404    404    200    200
item.open                in     403    403    403    403    403    200    200    404    404    200    200
item.close               in     403    403    403    403    403    200    200    404    404    200    200
item.defer               in     403    403    403    403    403    200    200    404    404    200    200
floor.request            in     403    403    200    403    200    200    200    404    404    200    200
floor.withdraw           in     403    403    200    403    200    200    200    404    404    200    200
floor.give               in     403    403    403    403    403    200    200    404    404    200    200
floor.yield              in     403    403    403    403    403    200    200    404    404    200    200
presence.mark            in     403    403    403    403    200    403    200    404    404    200    200
display.open             in     403    403    403    403    403    403    200    404    404    200    200
display.revoke           in     403    403    403    403    403    403    200    404    404    200    200
displays.steer           in     403    403    403    403    403    403    200    404    404    200    200
announcement.publish     in     403    403    403    403    403    200    200    404    404    200    200
announcement.withdraw    in     403    403    403    403    403    200    200    404    404    200    200
site_command.issue       in     403    403    403    403    403    200    200    404    404    200    200
site_command.acknowledge in     403    403    403    200    200    403    200    404    404    200    200
site_command.withdraw    in     403    403    403    403    403    200    200    404    404    200    200
message.send             in     403    403    403    200    200    200    200    404    404    200    200
minutes.draft            in     403    403    403    403    403    403    200    404    404    200    200
block.edit               in     403    403    403    403    403    403    200    404    404    200    200
minutes.approve          in     403    403    403    403    403    200    200    404    404    200    200
minutes.print            in     403    403    403    403    403    403    200    404    404    200    200
"""

# What each command of the office answers; it belongs to no meeting.
OFFICE_COMMANDS = """
                anon   obs    guest  deleg  tech   oper   chair  secr   strng  clerk  office admin
account.add     in     403    403    403    403    403    403    403    403    403    403    200
account.close   in     403    403    403    403    403    403    403    403    403    403    200
account.reopen  in     403    403    403    403    403    403    403    403    403    403    200
password.reset  in     403    403    403    403    403    403    403    403    403    403    200
"""

# Routes that take POST, and what stands behind them; every other route takes GET and HEAD only.
POSTED = {
    "meetings:do": "the command door: the table COMMANDS",
    "meetings:do_in_office": "the office's door: the table OFFICE_COMMANDS",
    "live:here": "who speaks for a bridge point: tests/live/test_hostile_pages.py",
    "demo:sign_in": "one click in the demonstration",
    "meetings:new": "a meeting is made by its form",
    "people:sign_in": "user name and password",
    "people:sign_out": "signing out",
    "people:password": "one's own password",
    "set_language": "the language of the pages",
}


def table(text: str) -> dict[str, dict[str, str]]:
    """Return a table's rows: route or command → role → what it gets."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    assert all(len(cells) == len(head) for _name, *cells in rows), "a row has too few or too many cells"
    assert len({name for name, *_cells in rows}) == len(rows), "a row stands there twice"
    return {name: dict(zip((ROLE[short] for short in head), cells, strict=True)) for name, *cells in rows}
