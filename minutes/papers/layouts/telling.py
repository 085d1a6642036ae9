"""A value of a layout's number as the journal and a form tell it. Pure."""


def told(value: object) -> str:
    """Return a value as the journal tells it: 18.5, yes, “;”."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    return f"“{value}”"[:60]
