"""Middleware of the roof: what concerns every room and belongs to none."""

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Strict policy everywhere but in Wagtail's admin, whose pages carry inline code."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(reverse("wagtailadmin_home")):
            policy = {
                **settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
                "script-src": ["'self'", "'unsafe-inline'"],
                "style-src": ["'self'", "'unsafe-inline'"],
                "img-src": ["'self'", "data:", "blob:"],
                "frame-src": ["'self'"],
            }
            setattr(response, "_csp_config", policy)  # noqa: B010  django-csp has no public setter.
        return super().process_response(request, response)
