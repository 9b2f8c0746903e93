"""What other rooms may ask about flats' pages."""

from fenhu.web.household.doors import Door
from fenhu.web.household.pages import FlatPage, flat_page

__all__ = ["Door", "FlatPage", "flat_page"]
