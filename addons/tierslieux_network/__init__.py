from . import models
from .hooks import create_search_extension, drop_refusal_function
