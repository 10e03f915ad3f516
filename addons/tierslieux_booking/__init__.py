from . import controllers, models
from .hooks import clean_up, create_exclusion_extension
