"""A synthetic city to show and to test with: invented, plausible, the same for the same seed.

In goes a number of buildings and a seed, out comes a ``Register`` marked synthetic. ``layout`` places
districts, suppliers, clusters and estates; ``stock`` puts buildings on them; ``households`` fills the
flats; ``programme`` adds money, crews and order. No name, number or place is real.
"""

from fenhu.register.city.build import synthetic_city

__all__ = ["synthetic_city"]
