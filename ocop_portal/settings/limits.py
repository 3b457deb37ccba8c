"""How many and how long: what one act may hold, and what is kept for a while."""

from ocop_portal import env
from ocop_portal.settings.caches import REDIS_URL

LIMITS_CACHE = "default" if REDIS_URL else "memory"

# Pages that all strangers share stay so long in the cache; with the 30 s that browsers and proxies
# keep them, a revocation shows within a minute.
FACES_KEPT_SECONDS = 25

# How often certificates are looked up is gathered in each process and written together.
CHECKS_WRITTEN_AFTER_SECONDS = 5.0

# More rows than this are told as CSV alone: a workbook is made whole before it is sent.
EXPORT_BOOK_ROWS = env.number("OCOP_EXPORT_BOOK_ROWS", 30_000)
# How many rows one act on many may have.
BULK_ROWS = env.number("OCOP_BULK_ROWS", 200)
