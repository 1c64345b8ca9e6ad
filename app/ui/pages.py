"""The pages of the frame: what stands in the navigation, with which key and right, and how each is made."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.texts import tr


@dataclass(frozen=True)
class PageSpec:
    """A page. `rights`: one of them is needed (none: everybody). `group` "" is not shown in the navigation."""

    key: str
    title: str
    icon: str
    group: str
    shortcut: str
    rights: tuple[str, ...]
    make: Callable[[Desk], QWidget]


def _today(desk: Desk) -> QWidget:
    from app.ui.today import TodayPage

    return TodayPage(desk)


def _registration(desk: Desk) -> QWidget:
    from app.ui.registration_wizard.page import RegistrationPage

    return RegistrationPage(desk)


def _payment(desk: Desk) -> QWidget:
    from app.ui.payment.page import PaymentPage

    return PaymentPage(desk)


def _receipts(desk: Desk) -> QWidget:
    from app.ui.receipts_page import ReceiptsPage

    return ReceiptsPage(desk)


def _review(desk: Desk) -> QWidget:
    from app.ui.review.page import ReviewPage

    return ReviewPage(desk)


def _papers(desk: Desk) -> QWidget:
    from app.ui.papers_page import PapersPage

    return PapersPage(desk)


def _forms(desk: Desk) -> QWidget:
    from app.ui.forms_page import FormsPage

    return FormsPage(desk)


def _import(desk: Desk) -> QWidget:
    from app.ui.import_page.page import ImportPage

    return ImportPage(desk)


def _students(desk: Desk) -> QWidget:
    from app.ui.students.page import StudentsPage

    return StudentsPage(desk)


def _student(desk: Desk) -> QWidget:
    from app.ui.student_profile.page import StudentProfilePage

    return StudentProfilePage(desk)


def _classes(desk: Desk) -> QWidget:
    from app.ui.classes_page import ClassesPage

    return ClassesPage(desk)


def _ledger(desk: Desk) -> QWidget:
    from app.ui.ledger_page.page import LedgerPage

    return LedgerPage(desk)


def _prices(desk: Desk) -> QWidget:
    from app.ui.prices_page import PricesPage

    return PricesPage(desk)


def _taking_over(desk: Desk) -> QWidget:
    from app.ui.taking_over.page import TakingOverPage

    return TakingOverPage(desk)


def _log(desk: Desk) -> QWidget:
    from app.ui.operation_log_page import OperationLogPage

    return OperationLogPage(desk)


def _settings(desk: Desk) -> QWidget:
    from app.ui.settings_page.page import SettingsPage

    return SettingsPage(desk)


def _backup(desk: Desk) -> QWidget:
    from app.ui.backup_page import BackupPage

    return BackupPage(desk)


def pages() -> tuple[PageSpec, ...]:
    """All pages in the order of the navigation, in the language of now."""
    counter, manage, system = tr("柜台"), tr("管理"), tr("系统")
    return (
        PageSpec("today", tr("今日工作台"), "house", " ", "", (), _today),
        PageSpec("registration", tr("报名登记"), "user-plus", counter, "F2", ("register",), _registration),
        PageSpec("payment", tr("收费"), "credit-card", counter, "F7", ("take_payment",), _payment),
        PageSpec("receipts", tr("收据"), "receipt", counter, "", ("take_payment", "see_ledger"), _receipts),
        PageSpec("papers", tr("单据与签字"), "qr-code", counter, "", ("sign", "register", "take_payment"), _papers),
        PageSpec("forms", tr("报名表"), "file-text", counter, "", ("register",), _forms),
        PageSpec("import", tr("导入报名"), "upload", counter, "", ("import_applications",), _import),
        PageSpec("review", tr("审核"), "clipboard-text", manage, "", ("review", "register"), _review),
        PageSpec("students", tr("学员"), "users", manage, "F4", ("see_students",), _students),
        PageSpec("student", tr("学员档案"), "user", "", "", ("see_students",), _student),
        PageSpec("classes", tr("托管班"), "chalkboard-teacher", manage, "", ("manage_centre",), _classes),
        PageSpec("ledger", tr("收费流水"), "wallet", manage, "", ("see_ledger",), _ledger),
        PageSpec("prices", tr("服务与价目"), "tag", manage, "", ("edit_prices", "see_ledger"), _prices),
        PageSpec("taking_over", tr("期初接收"), "tray", system, "", ("take_over",), _taking_over),
        PageSpec("log", tr("操作日志"), "list-bullets", system, "", ("see_log",), _log),
        PageSpec("settings", tr("设置"), "gear", system, "", (), _settings),
        PageSpec("backup", tr("备份与恢复"), "database", system, "", ("backup", "restore"), _backup),
    )
