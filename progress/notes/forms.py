"""The form of a note on a lesson."""

from django.utils.translation import gettext_lazy as _

from progress.forms import OwnWordsForm
from progress.journal.forms import words


class NoteForm(OwnWordsForm):
    text = words(_("Your note"))
