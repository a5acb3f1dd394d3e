"""Rich text on its way out and in: the tags of its editor's features, and nothing else.

Both ways go through the same whitelist, so that a text that has been through it once
stays as it is.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from wagtail.rich_text import features as registry
from wagtail.whitelist import Whitelister, allow_without_attributes, check_url

from interop.modules.faults import Fault, refused

Attributes = Mapping[str, str]
Rewrite = Callable[[str, Any], Any]
"""Kind and id of what a text refers to; returns the new id, or None where it is not there."""

LONGEST = 100_000
TAGS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("h2", "h3", "h4", "h5", "h6", "hr", "blockquote", "code")},
    "bold": ("b", "strong"),
    "italic": ("i", "em"),
    "ol": ("ol", "li"),
    "ul": ("ul", "li"),
    "superscript": ("sup",),
    "subscript": ("sub",),
    "strikethrough": ("s",),
}
ALWAYS = ("[document]", "p", "br")
LINKS = {"page": "link", "document": "document-link"}
"""Which feature lets a text link to what."""
OWN_LINKS = ("",)
"""How links without a host begin: they lead into the site that a text came from."""
FORMATS = frozenset({"left", "right", "fullwidth"})


class _Cleaner(Whitelister):
    def __init__(self, features: Collection[str], rewrite: Rewrite, own_hosts: Collection[str]):
        self.features = features
        self.rewrite = rewrite
        self.own_hosts = own_hosts
        tags = {tag for feature in features for tag in TAGS.get(feature, ())}
        self.element_rules = dict.fromkeys((*ALWAYS, *tags), allow_without_attributes)

    def clean_tag_node(self, doc: Any, tag: Any) -> None:
        if tag.name == "a":
            self._clean_children(doc, tag)
            self._replace(tag, self._link(tag.attrs), is_text_kept=True)
        elif tag.name == "embed":
            self._replace(tag, self._image(tag.attrs), is_text_kept=False)
        else:
            super().clean_tag_node(doc, tag)

    def _clean_children(self, doc: Any, tag: Any) -> None:
        for child in list(tag.contents):
            self.clean_node(doc, child)

    def _replace(self, tag: Any, attributes: Attributes | None, *, is_text_kept: bool) -> None:
        if attributes is not None:
            tag.attrs = dict(attributes)
        elif is_text_kept:
            tag.unwrap()
        else:
            tag.decompose()

    def _link(self, found: Attributes) -> Attributes | None:
        kind = found.get("linktype", "")
        if kind:
            if LINKS.get(kind) not in self.features:
                return None
            new = self.rewrite(kind, found.get("id", ""))
            return None if new is None else {"id": str(new), "linktype": kind}
        href = check_url(found.get("href", ""))
        if not href or "link" not in self.features or self._is_of_this_site(href):
            return None
        return {"href": href}

    def _is_of_this_site(self, href: str) -> bool:
        """Links to the exporting site itself lead nowhere elsewhere."""
        return any(href == host or href.startswith(f"{host}/") for host in self.own_hosts)

    def _image(self, found: Attributes) -> Attributes | None:
        if found.get("embedtype") != "image" or "image" not in self.features:
            return None
        new = self.rewrite("image", found.get("id", ""))
        if new is None:
            return None
        form = found.get("format", "")
        return {
            "alt": found.get("alt", ""),
            "embedtype": "image",
            "format": form if form in FORMATS else "fullwidth",
            "id": str(new),
        }


def cleaned(
    text: str,
    *,
    features: Collection[str] | None,
    rewrite: Rewrite,
    own_hosts: Collection[str] = (),
) -> str:
    """Return the text within its features, every reference rewritten.

    A link whose goal is not there becomes plain words, a picture goes.

    Raises:
        RefusedError: it is too long or nested too deep to be read.
    """
    if len(text) > LONGEST:
        raise refused(Fault.WRONG_VALUE, text)
    if "<" not in text and "&" not in text:
        return text
    known = registry.get_default_features() if features is None else features
    try:
        html: str = _Cleaner(known, rewrite, own_hosts).clean(text)
    except RecursionError as error:
        raise refused(Fault.WRONG_VALUE, text) from error
    return html
