"""The portal's frame: settings, people, journal and the HTTP toolkit."""

from .celery import app as celery_app

__all__ = ["celery_app"]
