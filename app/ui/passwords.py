"""New passwords, wherever one is set: two fields that must agree, and how strong it is in words."""

from app.errors import Refused
from app.process import keys
from app.ui.texts import sentence, tr
from app.ui.widgets.form.field import Field
from app.ui.widgets.form.password import PasswordEdit, hint_text

_USUAL = ("password", "12345678", "qwerty", "abc123", "antuo", "admin", "iloveyou", "111111", "88888888")


def strength(password: str) -> tuple[str, str]:
    """State for a field ("problem", "warning" or "ok") and the words about a new password."""
    try:
        keys.check_password(password)
    except Refused as refused:
        return "problem", sentence(refused)
    kinds = sum(
        (
            any(one.isalpha() for one in password),
            any(one.isdigit() for one in password),
            any(not one.isalnum() for one in password),
        ),
    )
    if len(set(password)) < 5 or any(usual in password.casefold() for usual in _USUAL):
        return "warning", tr("太容易猜到，换几个词连起来")
    if len(password) >= 14 or (len(password) >= 11 and kinds > 1):
        return "ok", tr("强：很难猜到")
    return ("ok", tr("够用，再长一些更好")) if kinds > 1 or len(password) >= 11 else ("warning", tr("偏弱，再加几个字"))


def new_password_fields(label: str = "") -> tuple[Field, Field]:
    """A field for a new password and one to type it again, with their checks."""
    first = Field(label or tr("新密码"), PasswordEdit(), required=True, hint=tr("至少 8 位；几个词连起来好记"))
    again = Field(tr("再输一次"), PasswordEdit(), required=True)
    first.set_check(lambda text: strength(text) if text else ("problem", tr("请输入密码")))
    again.set_check(
        lambda text: ("ok", tr("一致")) if text and text == first.value() else ("problem", tr("两次输入的不一样")),
    )
    first.changed.connect(lambda: _live(first))
    for field in (first, again):
        field.editor.hinted.connect(lambda code, field=field: _hint(field, code))
    return first, again


def _live(field: Field) -> None:
    """Strength is told while typing, from the eighth character on."""
    if len(field.value()) >= keys.SHORTEST_PASSWORD:
        field.check_now()


def _hint(field: Field, code: str) -> None:
    if code:
        field.warning(hint_text(code))


def passwords_agree(first: Field, again: Field) -> bool:
    """Check both now; the focus goes to the first that is wrong."""
    for field in (first, again):
        field.set_visited(True)
        if field.check_now() == "problem":
            field.setFocus()
            return False
    return True
