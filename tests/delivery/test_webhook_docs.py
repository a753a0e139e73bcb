"""What docs/webhooks.md tells receivers is true: its code verifies what we send, and its examples are what we send."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from backend.core.clock import SystemClock
from backend.delivery.kinds import Channel, MessageKind
from backend.delivery.retrying import SCHEDULES
from backend.delivery.signing import new_signing_secret, signature
from backend.delivery.webhook_body import TYPES, Webhook, webhook_body
from tests.factories.webhooks import webhook_content

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text("utf-8")
# Each prints the event's title, or `refused`, for a secret, headers and a body on its input.
DRIVERS = {
    "python": """
import sys
given = json.load(sys.stdin)
try:
    print(verify(given["secret"], given["headers"], given["body"].encode())["data"]["title"])
except ValueError:
    print("refused")
""",
    "javascript": """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf8"));
try {
  console.log(verify(given.secret, given.headers, Buffer.from(given.body)).data.title);
} catch {
  console.log("refused");
}
""",
    "php": """
$given = json_decode(stream_get_contents(STDIN), true);
try {
    echo verify($given['secret'], $given['headers'], $given['body'])['data']['title'], PHP_EOL;
} catch (RuntimeException $error) {
    echo 'refused', PHP_EOL;
}
""",
}
PROGRAMS = {"python": (sys.executable, ".py"), "javascript": ("node", ".mjs"), "php": ("php", ".php")}
LANGUAGES = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(PROGRAMS[name][0]) is None, reason=f"no {name} here"))
    for name in PROGRAMS
]
SECRET, OTHER = new_signing_secret(), new_signing_secret()
TITLE = "Café 東京"


@dataclass
class Request:
    body: str
    headers: dict[str, str]


def request(*secrets: str, age: int = 0) -> Request:
    body = webhook_body(webhook_content(title=TITLE))
    timestamp = int(SystemClock().now().timestamp()) - age
    signed = signature(secrets, message_id="msg_41_7", timestamp=timestamp, body=body)
    headers = {"webhook-id": "msg_41_7", "webhook-timestamp": str(timestamp), "webhook-signature": signed}
    return Request(body.decode(), headers)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def said_by_the_example(language: str, folder: Path, secret: str, sent: Request) -> str:
    program, ending = PROGRAMS[language]
    (code,) = blocks(language)
    script = folder / f"example{ending}"
    script.write_text(code + DRIVERS[language], "utf-8")
    given = msgspec.json.encode({"secret": secret, "headers": sent.headers, "body": sent.body})
    done = subprocess.run([program, str(script)], input=given, capture_output=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_takes_what_we_sign_also_while_the_secret_changes(language: str, tmp_path: Path) -> None:
    for secrets in ((SECRET,), (SECRET, OTHER), (OTHER, SECRET)):
        assert said_by_the_example(language, tmp_path, SECRET, request(*secrets)) == TITLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_refuses_what_we_did_not_sign(language: str, tmp_path: Path) -> None:
    changed = request(SECRET)
    changed.body = changed.body.replace("high", "low!")
    renamed = request(SECRET)
    renamed.headers["webhook-id"] = "msg_41_8"
    for sent in (request(OTHER), changed, renamed, request(SECRET, age=301), request(SECRET, age=-330)):
        assert said_by_the_example(language, tmp_path, SECRET, sent) == "refused"


def test_every_type_that_goes_to_webhooks_has_an_example_that_has_its_shape() -> None:
    shown = [msgspec.json.decode(block, type=Webhook, strict=True) for block in blocks("json")]
    assert [event.type for event in shown] == re.findall(r"^### ([a-z_.]+)$", TEXT, re.MULTILINE)
    assert {event.type for event in shown} == (set(TYPES.values()) - {TYPES[MessageKind.DIGEST]}) | {"alert.returned"}
    fields = set(re.findall(r"`data\.([a-z_]+)`", TEXT))
    assert fields == set(msgspec.json.decode(blocks("json")[0])["data"])


def test_the_retries_are_those_of_the_schedule() -> None:
    assert "at once, then after 5 seconds, 5 minutes, 30 minutes, 2, 5, 10, 14, 20 and 24 hours" in TEXT
    hours = [seconds / 3600 for seconds in SCHEDULES[Channel.WEBHOOK][3:]]
    assert hours == [2, 5, 10, 14, 20, 24]
