"""What comes in with a form is kept up to the limit of a file, and not a byte beyond.

Django by itself writes whatever is sent to the disk before a form looks at it. Here a file that
outgrows the limit is counted to its end and thrown away as it comes, so the rest of the form
arrives, and its field can say how large the file was.
"""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's own handlers, which keep what this one lets through."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._counted = 0

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        self._counted += len(raw_data)
        return raw_data if self._counted <= settings.MAX_UPLOAD_BYTES else None

    def file_complete(self, _file_size: int) -> "UploadedFile[Any] | None":
        """An empty stand-in that knows the size of what was too large; None for the others."""
        if self._counted <= settings.MAX_UPLOAD_BYTES:
            return None
        self._throw_away()
        return UploadedFile(
            file=BytesIO(),
            name=self.file_name,
            content_type=self.content_type,
            size=self._counted,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _throw_away(self) -> None:
        """What the other handlers kept of the file before it outgrew the limit."""
        for handler in self.request.upload_handlers if self.request else []:
            if (kept := getattr(handler, "file", None)) is not None:
                kept.close()
