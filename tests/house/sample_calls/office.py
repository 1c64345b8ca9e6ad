from app.process import office
from tests.conftest import Centre
from tests.house.samples import Call, sample


@sample("office.change_settings", "manage_centre")
def change_settings(centre: Centre) -> Call:
    return lambda actor: office.change_settings(actor, {"centre_phone": "0571-88005678", "review_days": "3"})


@sample("office.change_logo", "manage_centre")
def change_logo(centre: Centre) -> Call:
    return lambda actor: office.change_logo(actor, b"a picture")


@sample("office.save_class", "manage_centre")
def add_class(centre: Centre) -> Call:
    return lambda actor: office.save_class(actor, None, "二年级晚托班", "203", 20, centre.teacher.user_id)


@sample("office.save_view", logged=False)
def save_view(centre: Centre) -> Call:
    return lambda actor: office.save_view(actor, "students", "name,class")


@sample("users.add_user", "manage_users")
def add_user(centre: Centre) -> Call:
    return lambda actor: office.add_user(actor, "second", "沈二妹", ("receptionist",), "practice")


@sample("users.enter_user", "manage_users")
def enter_user(centre: Centre) -> Call:
    ready = office.begin_user(centre.manager, "third", "沈三妹", ("teacher",), "practice").derive()
    return lambda actor: office.enter_user(actor, ready)


@sample("users.set_roles", "manage_users")
def set_roles(centre: Centre) -> Call:
    return lambda actor: office.set_roles(actor, centre.receptionist.user_id, ("finance",))


@sample("users.set_active", "manage_users")
def set_active(centre: Centre) -> Call:
    return lambda actor: office.set_active(actor, centre.finance.user_id, active=False)


@sample("users.set_password", "manage_users")
def set_password(centre: Centre) -> Call:
    return lambda actor: office.set_password(actor, centre.finance.user_id, "another one")


@sample("users.use_password", "manage_users")
def use_password(centre: Centre) -> Call:
    derived = office.begin_password(centre.manager, centre.finance.user_id, "another one").derive()
    return lambda actor: office.use_password(actor, derived)


@sample("users.set_grants", "manage_users")
def set_grants(centre: Centre) -> Call:
    return lambda actor: office.set_grants(actor, "finance", ("see_ledger",))


@sample("users.use_recovery_key", "manage_users")
def use_recovery_key(centre: Centre) -> Call:
    derived = office.begin_recovery_key(centre.manager).derive()
    return lambda actor: office.use_recovery_key(actor, derived)
