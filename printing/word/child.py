"""The child process that makes Word files. Run as `python -m printing.word.child FONT_DIRECTORY MEMORY_BYTES JOB_SECONDS`."""

from pathlib import Path

from printing.child import Make, serve
from printing.word.order import WordOrder


def _writer(font_directory: Path) -> Make:
    from printing.word.making import make_docx

    return lambda data: (make_docx(WordOrder.decode(data), font_directory), [])


if __name__ == "__main__":
    serve(_writer)
