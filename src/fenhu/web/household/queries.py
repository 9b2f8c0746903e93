"""What other rooms may ask about flats' pages."""

from fenhu.web.household.doors import Door
from fenhu.web.household.overseeing import RoomRow, RoomsView, photos_of, rooms_view
from fenhu.web.household.pages import FlatPage, flat_page

__all__ = ["Door", "FlatPage", "RoomRow", "RoomsView", "flat_page", "photos_of", "rooms_view"]
