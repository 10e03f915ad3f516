from . import controllers, models
from .hooks import lead_to_agenda, lead_to_events
