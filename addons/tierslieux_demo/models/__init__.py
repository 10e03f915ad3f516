from . import tierslieux_demo
from . import tierslieux_demo_association
from . import tierslieux_demo_venues
from . import tierslieux_demo_people
from . import tierslieux_demo_users
from . import tierslieux_demo_memberships
from . import tierslieux_demo_events
from . import tierslieux_membership
