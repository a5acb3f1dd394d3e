"""Who may open the catalogue and all below it: signed-in people, by Wagtail's own privacy."""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


class SignedInPage(Page):
    """A page below the catalogue's restriction, which editors cannot take away."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> PageQuerySet:
        """Return the restrictions on this page and those above, as Wagtail does, in one query."""
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in steps]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
        ).distinct()


def close_to_visitors(page: Page) -> None:
    """Restrict the page and all below it to people who have signed in."""
    login = {"restriction_type": PageViewRestriction.LOGIN}
    if not PageViewRestriction.objects.filter(page=page, **login).exists():
        PageViewRestriction.objects.create(page=page, **login)
