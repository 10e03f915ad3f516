from . import public
from . import portal_brand
from . import portal_review
from . import portal_committee
