"""What other rooms may ask about flats' pages."""

from fenhu.web.household.doors import Door
from fenhu.web.household.overseeing import RoomRow, RoomsView, photos_of, rooms_view
from fenhu.web.household.pages import FlatPage, flat_page
from fenhu.web.household.signatures import Signature, signature_of

__all__ = [
    "Door", "FlatPage", "RoomRow", "RoomsView", "Signature", "flat_page", "photos_of", "rooms_view",
    "signature_of",
]  # fmt: skip
