"""What a household and its offices send, checked for shape."""

from __future__ import annotations

from django import forms


class DigitsForm(forms.Form):
    """The last four digits of the flat's telephone."""

    digits = forms.CharField(max_length=12)


class AnswerForm(forms.Form):
    """A household's consent or refusal of the text it read."""

    agrees = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda chosen: chosen == "1")
    name = forms.CharField(max_length=80, required=False)
    reason = forms.CharField(max_length=500, required=False)
    read = forms.CharField(max_length=64)


class SignForm(forms.Form):
    """A household's signature under the text it read."""

    name = forms.CharField(max_length=80, required=False)
    drawn = forms.CharField(max_length=20_000, required=False)
    confirmed = forms.BooleanField(required=False)
    read = forms.CharField(max_length=64)


class ComplaintForm(forms.Form):
    """What is wrong, with a photograph."""

    title = forms.CharField(max_length=120, required=False)
    account = forms.CharField(max_length=2000, required=False)
    photo = forms.FileField(required=False)


class RoomForm(forms.Form):
    """A room's temperature, and at which hour it was read."""

    value_c = forms.DecimalField()
    hour = forms.IntegerField()


class FlatForm(forms.Form):
    """What an office does for one flat."""

    flat = forms.CharField(max_length=40)
    phone = forms.CharField(max_length=40, required=False)
    number = forms.CharField(max_length=40, required=False)


class AnswerRoomForm(forms.Form):
    """What was found and done about a cold room."""

    report = forms.IntegerField(min_value=1)
    version = forms.IntegerField(min_value=1)
    note = forms.CharField(max_length=1000, required=False)
