from . import search
from . import bookable
from . import portal_bookings
from . import planning
