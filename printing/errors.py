"""What can go wrong when a paper is printed."""


class PrintingError(Exception):
    """A paper cannot be printed; the text is a sentence for people."""


class NoProfile(PrintingError):
    """No layout rules are known for this kind of body at this date."""


class FontMissing(PrintingError):
    """A font file of the official papers is not on this machine."""


class PrintingFailed(PrintingError):
    """The press took too long, ran out of memory, died, or could not read the paper."""


class BadSetting(PrintingError):
    """An office wants a number that the layout rule does not leave open."""


class BadAuthority(PrintingError):
    """Nobody signs for this body in this way."""
