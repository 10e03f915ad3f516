from . import controllers
from . import models
from . import report
from . import wizards
from .hooks import create_search_extension, drop_refusal_function, set_up_website
