from random import Random

from app.process import completing, form_import, opening_statements, take_over
from tests import builders, centre_lists, exports
from tests.conftest import Centre
from tests.house.samples import Call, sample


def a_preview(centre: Centre, layout: str = "short") -> form_import.Preview:
    """The preview of a file with three families."""
    random = Random(1)
    path = centre.folder.parent / "报名.xlsx"
    path.write_bytes(exports.workbook(exports.table(layout, exports.family(random, 3), random)))
    return form_import.preview(centre.manager, path)


def a_list(centre: Centre) -> take_over.ListPreview:
    """The preview of a centre's own list with three children."""
    path = centre.folder.parent / "在托.xlsx"
    path.write_bytes(centre_lists.by_class(Random(1), centre_lists.children(Random(1), 3)))
    return take_over.preview(centre.manager, path)


@sample("form_import.import_rows", "import_applications")
def import_rows(centre: Centre) -> Call:
    seen = a_preview(centre)
    return lambda actor: form_import.import_rows(actor, seen, opid=builders.opid())


@sample("form_import.save_left_out", "import_applications")
def save_left_out(centre: Centre) -> Call:
    seen = a_preview(centre)
    path = centre.folder.parent / "未导入.xlsx"
    return lambda actor: form_import.save_left_out(actor, seen, [1], path, "原因", lambda row: "重复")


@sample("take_over.take_over", "take_over")
def take_over_children(centre: Centre) -> Call:
    seen = a_list(centre)
    return lambda actor: take_over.take_over(actor, seen, opid=builders.opid(), new_classes=seen.new_classes)


@sample("opening_statements.make", "take_over")
def make_opening_statement(centre: Centre) -> Call:
    seen = a_list(centre)
    take_over.take_over(centre.manager, seen, opid=builders.opid(), new_classes=seen.new_classes)
    family = opening_statements.families(centre.manager)[0]
    return lambda actor: opening_statements.make(actor, family)


@sample("completing.copied", "register|review|import_applications")
def copied(centre: Centre) -> Call:
    return lambda actor: completing.copied(actor, rows=[1, 3], batch_id=7)
