"""Sentences one need not type: ready-made announcements, site commands and messages, as an office says them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from control.models import Line, SiteCommand

Phrases = tuple[Promise, ...]

ANNOUNCEMENTS: Phrases = (
    _("The meeting takes a recess of 10 minutes."),
    _("The meeting takes a recess of 15 minutes."),
    _("The meeting goes on in 5 minutes. Please take your seats."),
    _("The meeting is in recess over lunch and goes on in the afternoon, as the programme says."),
    _("Please put your telephones on silent."),
    _("Bridge points, please mute your microphones while you do not speak."),
    _("Please rise for the salute to the flag."),
    _("A paper of the meeting has been replaced. Please look at the newest version."),
)

SITE_COMMANDS: dict[str, Phrases] = {
    SiteCommand.Kind.PREPARE: (
        _("You speak next. Turn the camera to the speaker and have the microphone ready."),
        _("You speak in 5 minutes. Ask the speaker to take the seat."),
        _("Come to the end of your speech, please: your time is nearly over."),
    ),
    SiteCommand.Kind.RECESS: (
        _("Recess of 10 minutes. Keep the line open and mute the microphone."),
        _("Recess of 15 minutes. Keep the line open and mute the microphone."),
        _("The meeting goes on in 5 minutes. Ask the delegates to their seats."),
    ),
    SiteCommand.Kind.OTHER: (
        _("Mute your microphone."),
        _("Check microphone and camera and acknowledge when both work."),
        _("Get ready for the salute to the flag."),
        _("Complete the list of who is present."),
        _("Change to the spare line."),
        _("The meeting is over. You may close the line and turn off the equipment."),
    ),
}

# By line and side: what the control room (or the chair) writes, and what a bridge point writes.
MESSAGES: dict[tuple[str, bool], Phrases] = {
    (Line.TECHNICAL, False): (
        _("We hear and see you well."),
        _("We do not hear you. Please check the microphone."),
        _("We do not see you. Please check the camera."),
        _("Your sound echoes. Please turn down the loudspeakers near the microphone."),
        _("Your picture freezes. Please check the line."),
        _("Please change to the spare line."),
        _("Understood, thank you."),
    ),
    (Line.TECHNICAL, True): (
        _("We hear and see the central hall well."),
        _("We do not hear the central hall."),
        _("We do not see the central hall."),
        _("The power has failed here. We run on the generator."),
        _("We are changing to the spare line."),
        _("It works again."),
        _("Understood, we are at it."),
    ),
    (Line.CHAIR, False): (
        _("Please get ready: you speak next."),
        _("Please keep to 5 minutes."),
        _("The chair asks you for further figures on this item."),
        _("Please name who will speak for your bridge point."),
        _("Please send your opinion in writing to the secretariat."),
    ),
    (Line.CHAIR, True): (
        _("Our speaker is ready."),
        _("Our head of delegation is called away; the deputy will speak."),
        _("We ask to add to what we have said."),
        _("We withdraw our wish to speak."),
        _("Understood, we will do so."),
    ),
}
