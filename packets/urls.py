"""Addresses of papers: each part of the room has its own list."""

from packets.binding import urls as binding
from packets.desk import urls as desk
from packets.folder import urls as folder
from packets.handing_in import urls as handing_in
from packets.handouts import urls as handouts
from packets.reader import urls as reader
from packets.reading import urls as reading
from packets.releasing import urls as releasing
from packets.tracing import urls as tracing
from packets.uploading import urls as uploading

app_name = "packets"
urlpatterns = [
    *desk.urlpatterns,
    *uploading.urlpatterns,
    *handing_in.urlpatterns,
    *releasing.urlpatterns,
    *reading.urlpatterns,
    *handouts.urlpatterns,
    *tracing.urlpatterns,
    *binding.urlpatterns,
    *folder.urlpatterns,
    *reader.urlpatterns,  # last: papers/<number>/ stands under everything else
]
