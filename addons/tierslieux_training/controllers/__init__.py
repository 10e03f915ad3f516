from . import public
from . import portal_training
from . import teaching
