"""Which chat and push services may be used, by the scheme of their Apprise URL; and what of it is a host. Pure.

Apprise knows many more: services that read local files, run programs, use other protocols than HTTP or keep files of
their own stay out. Those here speak HTTP through `requests` only, which the egress guard dials for (guarded_requests).
"""

import re
from urllib.parse import parse_qsl

# What comes after the scheme is credentials and channels; they are reached at their makers' addresses.
_CLOUD = frozenset((
    "slack", "discord", "tgram", "gchat", "wxteams", "webex", "zulip", "lark", "feishu", "dingtalk", "wecombot", "cliq",
    "zoom", "flock", "ryver", "twist", "guilded", "pover", "pbul", "prowl", "pushed", "push", "pushy", "psafer",
    "psafers", "spush", "simplepush", "line", "ifttt", "join", "opsgenie", "pagerduty", "signl4", "splunk", "victorops",
    "squadcast", "spike", "incidentio", "betterstack", "ilert", "twilio", "vonage", "nexmo", "msgbird", "sinch",
    "clicksend", "threema",
))  # fmt: skip
# Their host is typed: the guard judges it when it is entered, too. Teams is reached by its workflows.
_SELF_HOSTED = frozenset((
    "ntfy", "ntfys", "gotify", "gotifys", "mmost", "mmosts", "rocket", "rockets", "matrix", "matrixs", "mastodon",
    "mastodons", "toot", "toots", "nctalk", "nctalks", "synology", "synologys", "signal", "signals", "bark", "barks",
    "hassio", "hassios", "workflow", "workflows",
))  # fmt: skip
ALLOWED = _CLOUD | _SELF_HOSTED
# Those that always use https, although they have one scheme only.
_ALWAYS_SECURE = ("workflow", "workflows")

_INSTEAD = {
    "mailto": "use the kind email",
    "mailtos": "use the kind email",
    **dict.fromkeys(("json", "jsons", "xml", "xmls", "form", "forms", "http"), "use the kind webhook"),
}
# A template is a file of this machine, or one that is fetched; certificates are always verified.
_REFUSED_PARAMETERS = ("template", "redirect", "verify")

_URL = re.compile(
    r"(?P<scheme>[a-z0-9]+)://(?P<place>[^/?#]*)(?P<path>[^?]*)(?:\?(?P<query>.*))?", re.IGNORECASE | re.DOTALL
)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_LONGEST = 2_000


def scheme_of(address: str) -> str:
    found = _URL.match(address)
    return found["scheme"].lower() if found else ""


def refusal(address: str) -> str | None:
    """Why an address cannot be a chat service's, in words without any part of it but the scheme; None when it may be.

    `https` passes: Apprise knows the addresses of some services as those show them.
    """
    found = _URL.match(address)
    if found is None or len(address) > _LONGEST or re.search(r"[\x00-\x20\x7f]", address):
        return f"is not an Apprise URL of at most {_LONGEST} characters, as in ntfys://ntfy.example.com/topic"
    scheme = found["scheme"].lower()
    if scheme in _INSTEAD:
        return f"{scheme}:// is not a chat service: {_INSTEAD[scheme]}"
    if scheme not in ALLOWED and scheme != "https":
        return f"{scheme}:// is not among the services that may be used"
    for name, _ in parse_qsl((found["query"] or "").replace(";", "&"), keep_blank_values=True):
        if name.strip(" +-:").lower() in _REFUSED_PARAMETERS:
            return f"may not set {name.strip(' +-:').lower()}"
    return None


def host_of(address: str) -> str | None:
    """The host and port of a service that somebody hosts; None when a credential or a topic stands in their place."""
    found = _URL.match(address)
    if found is None or found["scheme"].lower() not in _SELF_HOSTED:
        return None
    names = {name.strip().lower() for name, _ in parse_qsl(found["query"] or "", keep_blank_values=True)}
    if not found["path"].strip("/") or "mode" in names:
        # A topic of ntfy.sh, or a token: some services tell by the mode, or by what follows.
        return None
    host = found["place"].rpartition("@")[2]
    return host if _HOST.fullmatch(host) else None


def web_address_of(address: str) -> str | None:
    """Where a service that somebody hosts is reached, without anything secret; None for those with one address."""
    host = host_of(address)
    if host is None:
        return None
    scheme = scheme_of(address)
    is_secure = scheme in _ALWAYS_SECURE or scheme.endswith("s")
    return f"{'https' if is_secure else 'http'}://{host}/"
