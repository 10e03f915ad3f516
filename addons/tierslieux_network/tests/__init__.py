from . import test_access_api
from . import test_guessed_urls
from . import test_access_matrix
from . import test_domain_opening_hours
from . import test_domain_visibility
from . import test_venue
from . import test_profile
from . import test_dashboard
