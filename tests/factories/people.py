from typing import Any

import factory
from django.contrib.auth.models import Group

from people import roles
from people.models import User


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person with the roles in `groups`. The password of every test account is `password`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@home.example")
    first_name = factory.Sequence(lambda n: f"Given{n}")
    last_name = factory.Sequence(lambda n: f"Family{n}")
    password = factory.django.Password("password")

    group_names: tuple[str, ...] = ()

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        group_names = kwargs.pop("group_names")
        user = super()._create(model_class, *args, **kwargs)
        user.groups.set(Group.objects.filter(name__in=group_names))
        return user


class ParticipantFactory(UserFactory):
    group_names = (roles.PARTICIPANTS,)


class InvitedFactory(ParticipantFactory):
    """A participant who came by a roster: without a password."""

    password = "!without"  # type: ignore[assignment]  # Django's mark of none.


class AuthorFactory(UserFactory):
    """A trainer who writes, and whose pages somebody else publishes."""

    group_names = (roles.TRAINERS,)


class TrainerFactory(UserFactory):
    """A trainer who publishes, too."""

    group_names = (roles.TRAINERS, roles.LEAD_TRAINERS)


class CoordinatorFactory(UserFactory):
    group_names = (roles.COORDINATORS,)


class ObserverFactory(UserFactory):
    group_names = (roles.OBSERVERS,)


class AdministratorFactory(UserFactory):
    group_names = (roles.ADMINISTRATORS,)
    is_superuser = True
