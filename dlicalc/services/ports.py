"""What the program needs from outside, as the services see it; ``app`` says who provides it."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""The present moment with its offset."""
