"""The city's buildings, flats, organisations and the money and crews of its programme."""
