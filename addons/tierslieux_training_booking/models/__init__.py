from . import event_event
from . import tierslieux_bookable
from . import tierslieux_booking
from . import tierslieux_training_half_day
