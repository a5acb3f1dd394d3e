"""Every component with all its states, in the order in which the styleguide shows them."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from charts import examples as figures
from home.counting_down import count_down
from home.styleguide.parts import Component, Group, Specimen
from readiness.verdicts import VerdictStatus
from readiness.wording import STATUS_LABELS

DAY = dt.date(2026, 9, 1)
PAGES = Paginator(range(30), 10)
PLAIN = Specimen("", {})
SAVED = Message(constants.SUCCESS, cast("str", _("Saved")))


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"))
    pronouns = forms.CharField(label=_("Pronouns"), help_text=_("You can leave this empty."))
    about = forms.CharField(label=_("Text"), widget=forms.Textarea)
    way = forms.ChoiceField(
        label=_("Phase"),
        choices=[("before", _("Before the stay")), ("after", _("After the stay"))],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label=_("Yes, I declare that"))


EMPTY, REFUSED = SpecimenForm(prefix="empty"), SpecimenForm({}, prefix="refused")
SUMMED_UP = SpecimenForm({"refused-way": "before", "refused-agreed": "on"}, prefix="refused")


def _leaving(state: Any, days: int, *, is_over: bool = False) -> Specimen:
    placement = {"is_cancelled": False, "days_to_departure": days, "departs_on": DAY}
    exchange = {"is_over": is_over, "countdown": count_down(days)}
    return Specimen(state, {"placement": placement, "exchange": exchange})


def _included(name: str, words: str = "") -> str:
    return f'{{% include "components/{name}.html"{" with " + words if words else ""} only %}}'


PRESSED = Group(
    "pressed",
    _("Buttons and fields"),
    [
        Component(_("Button"), "home/styleguide/buttons.html", '<a class="button">', [PLAIN]),
        Component(_("Link that stands alone"), "home/styleguide/links.html", '<a class="link">',
                  [PLAIN]),
        Component(_("Dialog"), "components/dialog.html",
                  _included("dialog", "id=id link=url label=… title=… text=… yes=… no=…")
                  .replace(" only", ""),
                  about=_("Opens above, at “Sign out”; without scripts its link leads to a page.")),
        Component(_("Sign out"), "components/sign_out.html",
                  '{% include "components/sign_out.html" %}', about=_("Stands above.")),
        Component(_("Field"), "components/field.html", _included("field", "field=form.name"), [
            *[Specimen(_("Empty"), {"field": EMPTY[name]}) for name in EMPTY.fields],
            *[Specimen(_("Refused"), {"field": REFUSED[name]}) for name in REFUSED.fields]]),
        Component(_("Words of a field"), "components/field_words.html",
                  _included("field_words", "field=field"),
                  about=_("Part of a field: its help and its errors.")),
        Component(_("Error summary"), "components/error_summary.html",
                  _included("error_summary", "form=form"), [Specimen("", {"form": SUMMED_UP})]),
    ],
)  # fmt: skip

STANDING = Group(
    "standing",
    _("How things stand"),
    [
        Component(_("Badge"), "components/badge.html",
                  _included("badge", 'status="met" label=label'),
                  [Specimen("", {"status": status.value, "label": STATUS_LABELS[status]})
                   for status in VerdictStatus]),
        Component(_("Progress bar"), "components/progress.html",
                  _included("progress", "value=2 max=5 label=label"),
                  [Specimen(state, {"value": value, "max": 5, "label": _("Steps done")})
                   for state, value in ((_("Not begun"), 0), (_("Begun"), 2), (_("Done"), 5))]),
        Component(_("Progress ring"), "components/ring.html",
                  _included("ring", "value=2 max=5 words=words"),
                  [Specimen(state, {"value": value, "max": 5, "words": words})
                   for state, value, words in ((_("Not begun"), 0, "0 / 5"),
                                               (_("Begun"), 2, "2 / 5"), (_("Done"), 5, "5 / 5"))]),
        Component(_("Notice"), "components/notice.html",
                  _included("notice", 'kind="success" text=words'),
                  [Specimen("", {"kind": kind, "text": text}) for kind, text in (
                      ("info", _("You need to do nothing now.")),
                      ("success", _("Your time zone and language are saved.")),
                      ("warning", _("Your time is over.")),
                      ("error", _("Something needs your attention")))]),
        Component(_("Messages after a deed"), "components/messages.html", _included("messages"),
                  [Specimen("", {"messages": [SAVED]})],
                  about=_("Stands above every page already.")),
        Component(_("Status that is read out"), "components/status.html",
                  _included("status", 'name="saved" text=words'),
                  [Specimen("", {"name": "specimen", "text": _("Saved")})],
                  about=_("Scripts write into it; screen readers say it when they pause.")),
        Component(_("Task list"), "home/styleguide/tasks.html", '<ol class="task-list">', [PLAIN]),
        Component(_("Steps"), "home/styleguide/steps.html", '<ol class="stepper">', [PLAIN]),
        Component(_("Countdown"), "home/countdown.html", '{% include "home/countdown.html" %}', [
            _leaving(_("Before the stay"), 23), _leaving(_("Departure"), 0),
            _leaving(_("During the stay"), -5), _leaving(_("After the stay"), -200, is_over=True)]),
    ],
)  # fmt: skip

ABOUT = Group(
    "about",
    _("Ways about"),
    [
        Component(_("Breadcrumbs"), "components/breadcrumbs.html",
                  _included("breadcrumbs", "crumbs=crumbs"),
                  [Specimen("", {"crumbs": [{"title": _("Learn"), "url": "#about"},
                                            {"title": _("Lesson"), "url": ""}]})]),
        Component(_("Tabs"), "components/tabs.html",
                  _included("tabs", "label=label tabs=sections"),
                  about=_("Stand at the head of this page, in <tabbed-sections>.")),
        Component(_("Pages of a list"), "components/pagination.html",
                  '{% include "components/pagination.html" with page=page %}',
                  [Specimen(state, {"page": PAGES.page(number), "label": state})
                   for state, number in ((_("First page"), 1), (_("Page between"), 2),
                                         (_("Last page"), 3))]),
        Component(_("Head of a sortable column"), "components/order_head.html",
                  _included("order_head", "one=order"),
                  about=_("Stands in the table of all components.")),
        Component(_("Head of the page"), "components/site_head.html",
                  '{% include "components/site_head.html" %}', about=_("Stands above.")),
        Component(_("Foot of the page"), "components/site_foot.html",
                  '{% include "components/site_foot.html" %}', about=_("Stands below.")),
        Component(_("Languages"), "components/language_switch.html",
                  '{% include "components/language_switch.html" %}', about=_("Stands below.")),
        Component(_("Mark"), "components/mark.html", '{% include "components/mark.html" %}',
                  [PLAIN]),
        Component(_("Lines of the mark"), "components/mark_lines.html",
                  '{% include "components/mark_lines.html" %}', about=_("Part of the mark.")),
    ],
)  # fmt: skip

ICONS = (
    *VerdictStatus, "info", "clock", "search", "forward", "back",
)  # fmt: skip

MATTER = Group(
    "matter",
    _("What pages say"),
    [
        Component(_("Icon"), "components/icon.html",
                  _included("icon", 'name="forward" directed=True'),
                  [Specimen("", {"name": str(name), "directed": name in {"forward", "back"}})
                   for name in ICONS]),
        Component(_("Card"), "home/styleguide/cards.html", '<article class="card">', [PLAIN]),
        Component(_("Nothing here"), "components/empty.html",
                  _included("empty", "title=title text=text link=link label=label"),
                  [Specimen("", {"title": _("Nothing is asked of you yet"), "link": "#matter",
                                 "label": _("All modules"), "text": _(
                                     "You need to do nothing now.")})]),
        Component(_("Day"), "components/day.html", _included("day", "day=day"),
                  [Specimen("", {"day": DAY})]),
        Component(_("Minutes"), "components/minutes.html", _included("minutes", "minutes=12"),
                  [Specimen("", {"minutes": minutes}) for minutes in (1, 12)]),
    ],
)  # fmt: skip


def _chart(name: Any, tag: str, chart: Any) -> Component:
    context = {"chart": chart, "tag": tag}
    use = f"{{% load charts %}} {{% {tag} chart %}}"
    specimens = [Specimen("", context)]
    return Component(name, "home/styleguide/chart.html", use, specimens, is_english=True)


FIGURES = Group(
    "figures",
    _("Pictures of figures"),
    [
        _chart(_("Bars in parts"), "stacked_chart", figures.STACKS),
        _chart(_("Distribution"), "distribution_chart", figures.DISTRIBUTION),
        _chart(_("Lines"), "line_chart", figures.LINES),
        _chart(_("Radar"), "radar_chart", figures.RADAR),
        _chart(_("Rows"), "rows_chart", figures.ROWS),
    ],
)

GROUPS = (PRESSED, STANDING, ABOUT, MATTER, FIGURES)
