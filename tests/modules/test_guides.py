"""Guides in layers: the nearest answer to each question, and where it comes from."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import PageViewRestriction

from exchanges.enums import PlacementStatus
from modules.blocks.answering import GuideBlock
from modules.guides.questions import TOPIC_OF, Question
from modules.models import GuidePage, RegionCountry
from people.models import User
from tests.factories.exchanges import ExchangeFactory, InstitutionFactory, PlacementFactory
from tests.factories.modules import (
    CountryGuidePageFactory,
    GuidesPageFactory,
    ImmersionPreparationPageFactory,
    InstitutionGuidePageFactory,
    RegionGuidePageFactory,
    advice,
    fact,
)
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TODAY = timezone.localdate()


def layers(html: str) -> dict[str, str]:
    """Return of each question the layer that answers it on the page."""
    return dict(re.findall(r'data-question="([\w-]+)" data-layer="(\w+)"', html))


def going_to(user: User, **fields: Any) -> Any:
    return PlacementFactory.create(
        participant=user,
        exchange=ExchangeFactory.create(
            start_date=TODAY + dt.timedelta(days=30),
            end_date=TODAY + dt.timedelta(days=130),
            **fields,
        ),
    )


def test_every_question_has_a_topic() -> None:
    assert set(TOPIC_OF) == set(Question.values)


def test_each_question_falls_back_to_the_next_layer(participant: User, signed_in: SignIn) -> None:
    host = InstitutionFactory.create(country="SE")
    GuidesPageFactory.create()
    region = RegionGuidePageFactory.create(answers=[fact("insurance", "Order the card.")])
    RegionCountry.objects.create(region=region, country="SE")
    CountryGuidePageFactory.create(
        answers=[fact("emergency", "Call 112."), fact("doctor", "Call 1177.")]
    )
    InstitutionGuidePageFactory.create(institution=host, answers=[advice("doctor", "Room 7.")])
    going_to(participant, host=host)

    html = signed_in(participant).get(reverse("my_guide")).content.decode()

    assert layers(html) == {
        "doctor": "institution",
        "emergency": "country",
        "insurance": "region",
        "room": "general",
    }
    assert html.index("Room 7.") < html.index("Call 1177.")  # What stands behind it is there, too.
    assert "Ask campus security." in html
    assert "https://example.org/numbers" in html
    assert "May I bring my medicines?" in html.split('id="open"')[-1]


def test_other_countries_and_hosts_are_not_mine(participant: User, signed_in: SignIn) -> None:
    host = InstitutionFactory.create(country="SE")
    CountryGuidePageFactory.create(title="Poland", country="PL")
    InstitutionGuidePageFactory.create(title="Somewhere else")
    region = RegionGuidePageFactory.create()
    RegionCountry.objects.create(region=region, country="PL")
    going_to(participant, host=host)

    html = signed_in(participant).get(reverse("my_guide")).content.decode()

    assert set(layers(html).values()) == {"general"}
    assert "There is no guide to your host yet." in html
    assert "There is no guide to this country yet." in html


def test_the_country_is_that_of_the_person(participant: User, signed_in: SignIn) -> None:
    CountryGuidePageFactory.create(country="SE")
    placement = going_to(participant, host=InstitutionFactory.create(country="PL"))
    placement.own_country = "SE"
    placement.save()

    html = signed_in(participant).get(reverse("my_guide")).content.decode()

    assert layers(html)["emergency"] == "country"


def test_it_says_who_keeps_a_guide_and_when_it_was_reviewed(
    participant: User, signed_in: SignIn
) -> None:
    CountryGuidePageFactory.create(
        kept_by="Desk four", reviewed_on=dt.date(2026, 2, 3), review_on=dt.date(2026, 8, 4)
    )
    going_to(participant, host=InstitutionFactory.create(country="SE"))

    html = signed_in(participant).get(reverse("my_guide")).content.decode()

    assert "Last reviewed on Feb. 3, 2026." in html or "Last reviewed on 3 February 2026." in html
    assert "Kept by Desk four." in html
    assert "It was to be reviewed by" in html


def test_the_next_exchange_is_shown_and_leads_to_the_others(
    participant: User, signed_in: SignIn
) -> None:
    GuidesPageFactory.create()
    first = going_to(participant, host=InstitutionFactory.create(name="First host"))
    PlacementFactory.create(
        participant=participant,
        status=PlacementStatus.CANCELLED,
        exchange__host__name="Cancelled host",
    )
    past = PlacementFactory.create(
        participant=participant,
        exchange__host__name="Past host",
        exchange__start_date=dt.date(2020, 1, 1),
        exchange__end_date=dt.date(2020, 5, 1),
    )
    client = signed_in(participant)

    html = client.get(reverse("my_guide")).content.decode()
    assert "<h1><bdi>First host</bdi></h1>" in html
    assert reverse("my_guide_to", args=[past.omobility_id]) in html
    assert "Cancelled host" not in html
    assert "<h1><bdi>Past host</bdi></h1>" in (
        client.get(reverse("my_guide_to", args=[past.omobility_id])).content.decode()
    )
    other = signed_in(ParticipantFactory.create())
    assert other.get(reverse("my_guide_to", args=[first.omobility_id])).status_code == 404


def test_without_exchange_or_guides_it_says_so(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)
    assert "You have no exchange here yet" in client.get(reverse("my_guide")).content.decode()

    going_to(participant)
    assert "No guide is written yet" in client.get(reverse("my_guide")).content.decode()


def test_a_closed_or_unpublished_guide_is_left_out(participant: User, signed_in: SignIn) -> None:
    closed = CountryGuidePageFactory.create()
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    draft = InstitutionGuidePageFactory.create(live=False)
    going_to(participant, host=draft.institution)

    html = signed_in(participant).get(reverse("my_guide")).content.decode()

    assert set(layers(html).values()) == {"general"}


def test_my_exchange_and_the_preparation_lead_there(participant: User, signed_in: SignIn) -> None:
    placement = going_to(participant)
    module = ImmersionPreparationPageFactory.create()
    client = signed_in(participant)

    address = reverse("my_guide_to", args=[placement.omobility_id])
    assert address in client.get(reverse("home:my")).content.decode()
    assert reverse("my_guide") in client.get(module.url).content.decode()


def test_a_guide_s_own_page_falls_back_as_well(participant: User, signed_in: SignIn) -> None:
    region = RegionGuidePageFactory.create(answers=[fact("insurance", "Order the card.")])
    RegionCountry.objects.create(region=region, country="SE")
    country = CountryGuidePageFactory.create()
    host = InstitutionGuidePageFactory.create(
        institution__country="SE", answers=[own_question("Where do bicycles stay?")]
    )
    client = signed_in(participant)

    assert layers(client.get(country.url).content.decode()) == {
        "emergency": "country",
        "insurance": "region",
        "room": "general",
    }
    assert layers(client.get(host.url).content.decode()) == {
        "emergency": "country",
        "insurance": "region",
        "room": "general",
        f"own-{host.pk}-0": "institution",
    }
    assert layers(client.get(region.url).content.decode()) == {
        "emergency": "general",
        "insurance": "region",
        "room": "general",
    }
    index = client.get(country.get_parent().url).content.decode()
    assert index.index(region.title) < index.index(country.title) < index.index(host.title)


def own_question(words: str) -> dict[str, Any]:
    value = {"topic": "everyday", "question": words, "answer": "<p>Ask.</p>", "sources": []}
    return {"type": "own_question", "value": value}


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    guide = CountryGuidePageFactory.create()

    for address in (guide.url, guide.get_parent().url, reverse("my_guide")):
        assert client.get(address)["Location"].startswith("/accounts/login/")


def test_a_question_is_answered_once_and_a_fact_has_its_source() -> None:
    block = GuideBlock()

    block.clean(block.to_python([fact("room", "A key."), advice("doctor", "Ask.")]))
    with pytest.raises(StreamBlockValidationError) as twice:
        block.clean(block.to_python([fact("room", "A key."), advice("room", "Ask.")]))
    assert set(twice.value.block_errors) == {1}
    without = fact("room", "A key.")
    without["value"]["sources"] = []
    with pytest.raises(StreamBlockValidationError):
        block.clean(block.to_python([without]))


def test_there_is_one_guide_to_a_country_and_to_a_host() -> None:
    country, host = CountryGuidePageFactory.create(), InstitutionGuidePageFactory.create()
    twins: list[GuidePage] = [
        CountryGuidePageFactory.build(slug="again", locale=country.locale),
        InstitutionGuidePageFactory.build(
            slug="again-too", institution=host.institution, locale=host.locale
        ),
    ]

    for twin in twins:
        with pytest.raises(ValidationError, match="There is a guide to this"):
            twin.clean()
    country.clean()
    host.clean()


def test_the_next_review_comes_after_the_last_one() -> None:
    guide = CountryGuidePageFactory.build(
        reviewed_on=TODAY, review_on=TODAY, locale=GuidesPageFactory.create().locale
    )

    with pytest.raises(ValidationError, match="The next review comes after"):
        guide.clean()


def test_queries_do_not_grow_with_answers_or_layers(
    participant: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    host = InstitutionFactory.create(country="SE")
    GuidesPageFactory.create()
    going_to(participant, host=host)
    client = signed_in(participant)
    address = reverse("my_guide")
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    CountryGuidePageFactory.create(answers=[fact(one, "Yes.") for one in Question.values])
    InstitutionGuidePageFactory.create(
        institution=host, answers=[fact(one, "No.") for one in Question.values]
    )

    with django_assert_max_num_queries(len(few)):
        assert set(layers(client.get(address).content.decode()).values()) == {"institution"}
