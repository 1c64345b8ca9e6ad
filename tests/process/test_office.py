from app.process import office
from tests.conftest import Centre


def test_smoke(centre: Centre) -> None:
    assert office.setting("centre_name") == "安托托管中心"
    centre.reopen("receptionist")
    assert "register" in office.rights_of(centre.receptionist)
