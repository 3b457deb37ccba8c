"""All settings, from the environment through env.py; README lists every variable.

Each part is about one subject; this module is the whole that Django reads.
"""

from ocop_portal.settings.application import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.caches import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.database import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.files import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.jobs import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.languages import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.limits import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.mail import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.monitoring import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.paths import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.people import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.programs import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.security import *  # noqa: F403 - the whole is its parts
from ocop_portal.settings.timetable import *  # noqa: F403 - the whole is its parts
