"""How properties are tried here: no deadline, because a busy machine is no finding."""

from hypothesis import settings

settings.register_profile("metrics", deadline=None)
settings.load_profile("metrics")
