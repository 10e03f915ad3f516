from . import controllers
from . import models
from . import report
from . import wizards
from .hooks import clean_up, create_search_extension, set_up_website
