"""The programme and who speaks under it: items, the list of speakers, timers."""
