"""Word files that wait to be prepared, put in beside the models; how far they are."""

from __future__ import annotations

import io
import zipfile

from bench.demonstration import SLUG

FILES = 50
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def queue() -> int:
    """Put papers in, as if they had just been uploaded, and ask for their reading copies."""
    from django.core.files.base import ContentFile
    from django.db import transaction

    from meetings import clock
    from meetings.models import Meeting
    from packets.models import Document, Version
    from packets.preparing.work import prepare_version

    meeting = Meeting.objects.get(slug=SLUG)
    last = meeting.documents.order_by("-number").first()
    first = last.number + 1 if last else 1
    with transaction.atomic():
        for number in range(first, first + FILES):
            data = _word_file(number)
            document = Document.objects.create(meeting=meeting, title=f"Tài liệu {number}", number=number, position=number)
            version = Version(
                document=document, number=1, name=f"tai-lieu-{number}.docx", original_size=len(data), original_sha256="0" * 64,
                uploaded_by="Văn phòng", uploaded_at=clock.now(meeting),
            )  # fmt: skip
            version.original.save("word.bin", ContentFile(data), save=False)
            version.save()
            prepare_version(version)
    return FILES


def states() -> dict[str, int]:
    """How many of them wait, are done, are refused."""
    from collections import Counter

    from packets.models import Version

    names = Version.objects.filter(name__startswith="tai-lieu-").values_list("copy", flat=True)
    return dict(Counter(names))


def _word_file(number: int) -> bytes:
    paragraphs = "".join(
        f"<w:p><w:r><w:t>Nội dung {number}, đoạn {n}: kết quả công tác số hóa văn bản ở các điểm cầu.</w:t></w:r></w:p>"
        for n in range(120)
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{paragraphs}</w:body></w:document>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("[Content_Types].xml", _TYPES), ("_rels/.rels", _LINKS), ("word/document.xml", document)):
            package.writestr(name, text)
    return made.getvalue()
