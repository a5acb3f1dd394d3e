"""What an administrator may change about anybody's account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.addresses import settle_address
from people.models import User


class OfficeMixin:
    """What both of the CMS's forms for people add to Wagtail's own.

    Superusers are made on the command line alone: who may edit people may not rise
    above the own role by it. Without a password the person is invited.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, forms.Field]
        self.fields.pop("is_superuser", None)
        self.fields["groups"].label = _("Roles")
        self.fields["email"].label = _("Email address")

    def clean_email(self) -> str:
        self.cleaned_data: dict[str, Any]
        return str(self.cleaned_data["email"]).strip().lower()

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)  # type: ignore[misc]
        if not user.password:
            user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()  # type: ignore[attr-defined]
            settle_address(user)
        return user


FIELDS_OF_OURS = {"time_zone", "language", "global_id"}


class PersonCreationForm(OfficeMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | FIELDS_OF_OURS


class PersonEditForm(OfficeMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | FIELDS_OF_OURS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["groups"]
