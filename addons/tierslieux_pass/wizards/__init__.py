from . import tierslieux_venue_collect
