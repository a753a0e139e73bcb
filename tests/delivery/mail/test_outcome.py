import pytest
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from backend.core.smtp_url import SmtpSecurity, SmtpServer
from backend.delivery.kinds import Outcome
from backend.delivery.mail.outcome import outcome_of

SERVER = SmtpServer("mail.example", 25, SmtpSecurity.NONE, "anne", "s3cr3t")


@pytest.mark.parametrize(
    ("error", "outcome", "status", "sentence"),
    [
        (
            SMTPRecipientsRefused([SMTPRecipientRefused(550, "No such user", "a@b")]),
            Outcome.REJECTED,
            550,
            "The mail server refused the address: 550 No such user.",
        ),
        (
            SMTPRecipientsRefused([SMTPRecipientRefused(450, "Busy.", "a@b")]),
            Outcome.FAILED,
            450,
            "The mail server refused the address for now: 450 Busy.",
        ),
        *(
            (
                SMTPRecipientsRefused([SMTPRecipientRefused(550, f"{code} No such user", "a@b")]),
                outcome,
                550,
                f"The mail server refused the address: 550 {code} No such user.",
            )
            for code, outcome in (
                ("5.1.1", Outcome.BOUNCED),
                ("5.1.10", Outcome.BOUNCED),
                ("5.2.1", Outcome.BOUNCED),
                # The sender's address, and a policy.
                ("5.1.8", Outcome.REJECTED),
                ("5.7.1", Outcome.REJECTED),
            )
        ),
        (
            SMTPRecipientsRefused([SMTPRecipientRefused(451, "5.1.1 Perhaps", "a@b")]),
            Outcome.FAILED,
            451,
            "The mail server refused the address for now: 451 5.1.1 Perhaps.",
        ),
        (
            SMTPDataError(550, "5.1.1 Gone"),
            Outcome.BOUNCED,
            550,
            "The mail server refused the message: 550 5.1.1 Gone.",
        ),
        (SMTPDataError(554, "Spam"), Outcome.REJECTED, 554, "The mail server refused the message: 554 Spam."),
        (
            SMTPDataError(421, "Closing"),
            Outcome.FAILED,
            421,
            "The mail server refused the message for now: 421 Closing.",
        ),
        (SMTPDataError(530, "Login"), Outcome.FAILED, 530, "The mail server refused the message for now: 530 Login."),
        (SMTPSenderRefused(550, "No", "t@b"), Outcome.FAILED, 550, "The mail server refused the sender: 550 No."),
        (
            SMTPAuthenticationError(535, "s3cr3t is wrong, so is AGFubmUAczNjcjN0"),
            Outcome.FAILED,
            535,
            "The mail server did not accept user and password: 535 *** is wrong, so is ***.",
        ),
        (SMTPServerDisconnected("gone"), Outcome.FAILED, None, "The mail server closed the connection."),
        (SMTPNotSupported("No AUTH"), Outcome.FAILED, None, "The mail server cannot do what is set up: No AUTH."),
        (TimeoutError(), Outcome.FAILED, None, "The mail server did not answer within 30 seconds."),
        (OSError("refused"), Outcome.FAILED, None, "The mail server could not be reached: refused."),
        (RuntimeError("s3cr3t"), Outcome.FAILED, None, "The mail could not be sent: ***."),
    ],
)
def test_a_failure_is_for_good_or_for_now_in_one_sentence(
    error: Exception, outcome: Outcome, status: int | None, sentence: str
) -> None:
    result = outcome_of(error, SERVER, timeout=30.0)
    assert (result.outcome, result.status_code, result.error) == (outcome, status, sentence)
    assert "s3cr3t" not in repr(result)
