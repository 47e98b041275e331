"""Properties here are about results; how long an example takes on a busy machine is not one."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
