"""The pictures of a flat's page, drawn when a screen shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from fenhu.drawing import (
    LOOP_PARTS,
    FlatLoop,
    RoomReading,
    after_said,
    before_said,
    loop_after_svg,
    loop_before_svg,
    readings_svg,
    scale_svg,
    shown_temperature,
)
from fenhu.records import SystemForm
from fenhu.web.household.pages import FlatPage
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True)
class Pictures:
    """What can be drawn of a flat."""

    page: FlatPage
    form: SystemForm

    @property
    def before(self) -> SafeString:
        """Return how the flat is heated today."""
        return mark_safe(loop_before_svg(self._loop()))

    @property
    def after(self) -> SafeString:
        """Return how it is heated after the conversion."""
        return mark_safe(loop_after_svg(self._loop()))

    @property
    def before_said(self) -> Text:
        """Return in words how the flat is heated today."""
        return before_said(self.form)

    @property
    def after_said(self) -> Text:
        """Return in words what the conversion makes of it."""
        return after_said()

    @property
    def parts(self) -> tuple[tuple[Text, Text], ...]:
        """Return what the numbers in the picture are."""
        return LOOP_PARTS

    @property
    def scale(self) -> SafeString:
        """Return the flat on the fixed temperature scale, empty where nothing is known."""
        before_c, after_c = self.page.home.before_c, self.page.home.after_c
        if before_c is None and after_c is None:
            return SafeString("")
        said = []
        if before_c is not None:
            said.append(text("Today {value} ℃", value=shown_temperature(before_c)))
        if after_c is not None:
            said.append(text("After the conversion {value} ℃", value=shown_temperature(after_c)))
        desc = " · ".join(map(str, said))
        return mark_safe(
            scale_svg(title=text("On the coldest days"), desc=desc, before_c=before_c, after_c=after_c)
        )

    @property
    def readings(self) -> SafeString:
        """Return what the household measured, oldest first, empty where it measured nothing."""
        shown = [
            RoomReading(on_date=one.on_date, value_c=float(one.value_c))
            for one in reversed(self.page.reports)
        ]
        if not shown:
            return SafeString("")
        cold = sum(one.value_c < self.page.least_room_c for one in shown)
        title = text("{cold} of {all} readings are too cold", cold=cold, all=len(shown))
        return mark_safe(readings_svg(shown, title=title, desc=title, limit_c=self.page.least_room_c))

    def _loop(self) -> FlatLoop:
        design = self.page.home.design
        names = tuple(number for number, _, _ in design.radiators) if design else ()
        return FlatLoop(flat=self.page.home.flat_id, form=self.form, radiators=names)


def pictures_of(page: FlatPage) -> Pictures:
    """Return what can be drawn of a flat."""
    return Pictures(page, page.home.form)
