from typing import Any

from django.core.management.base import BaseCommand

from home.demo.accounts import ACCOUNTS, PASSWORD
from home.demo.accounts import lines as account_lines
from home.demo.partners import line as partner_line
from people.models import User


class Command(BaseCommand):
    help = "Print the demo's accounts and their password; nothing on a site without them."

    def handle(self, *args: Any, **options: Any) -> None:
        emails = [account.email for account in ACCOUNTS]
        if User.objects.filter(email__in=emails, is_active=True).exists():
            self.stdout.write("\n".join(account_lines()))
            self.stdout.write(partner_line())
            self.stdout.write(f"Password of all six: {PASSWORD}")
