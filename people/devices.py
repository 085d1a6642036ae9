"""A device in words, from what its browser says of itself: enough to know one's own again. Pure."""

from __future__ import annotations

# What stands in the text → what people call it; the first that is found. Most browsers also call themselves Chrome and Safari.
BROWSERS = (
    ("coc_coc", "Cốc Cốc"),
    ("zalo", "Zalo"),
    ("samsungbrowser", "Samsung Internet"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("macintosh", "Mac"),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return words such as `Chrome · Windows`; nothing for what is not known."""
    text = user_agent[:400].lower()
    found = [next((word for mark, word in marks if mark in text), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(word for word in found if word)
