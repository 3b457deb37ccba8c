"""One stylesheet: the parts named in `css/index.css` are served and collected as `css/app.css`.

The parts are plain files that a person edits; `index.css` lists them in the order of the cascade
layers by `@import`. The finder joins them, so that tests, development and collectstatic all give
the browser the same single file.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

INDEX = "css/index.css"
BUNDLE = "css/app.css"
PARTS = "css/"
_IMPORT = re.compile(r'^@import "(?P<path>[^"]+)" layer\((?P<layer>[a-z]+)\);$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def bundle(index: Path) -> str:
    """The stylesheet that `index` describes: every part inside its layer, in order."""
    text = index.read_text(encoding="utf-8")

    def part(found: re.Match[str]) -> str:
        css = (index.parent / found["path"]).read_text(encoding="utf-8")
        return f"@layer {found['layer']} {{\n{css}\n}}"

    return _SPACE.sub("\n", _COMMENT.sub("", _IMPORT.sub(part, text))).strip() + "\n"


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # untyped
    """Names files by their content, also where one of our scripts asks for another.

    Scripts of packages are left as they are: some name modules that their package does not ship.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )


class OneStylesheetFinder(FileSystemFinder):
    """Finds the project's static files, the CSS parts only as the one stylesheet."""

    def find(self, path: str, find_all: bool = False) -> Any:  # noqa: FBT001, FBT002 # as Django asks
        if path == BUNDLE and (index := super().find(INDEX)):
            self._build(Path(index))
            built = str(self._built.path(BUNDLE))
            return [built] if find_all else built
        return super().find(path, find_all=True) if find_all else super().find(path)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if path == INDEX:
                self._build(Path(storage.path(path)))
                yield BUNDLE, self._built
            elif not path.startswith(PARTS):
                yield path, storage

    @cached_property
    def _built(self) -> FileSystemStorage:
        """A folder of this process for what it builds."""
        folder = tempfile.mkdtemp(prefix="ocop-static-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return FileSystemStorage(location=folder, base_url=settings.STATIC_URL)

    def _build(self, index: Path) -> None:
        target = Path(self._built.path(BUNDLE))
        newest = max(part.stat().st_mtime for part in index.parent.rglob("*.css"))
        if target.exists() and target.stat().st_mtime >= newest:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(bundle(index), encoding="utf-8")
