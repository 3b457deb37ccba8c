"""The Celery application: a bell, not a queue (the notice row is the queue)."""

import os

from celery import Celery

from ocop_portal import folder_queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop_portal.settings")

folder_queue.register()
app = Celery("ocop_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
