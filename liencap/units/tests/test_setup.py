"""The command that imports an organisation into an empty database."""

import pytest

from liencap.accounts.models import User
from liencap.cli import main
from liencap.units.models import ImportBatch, Role, Tier, Unit

pytestmark = pytest.mark.django_db
TIERS = ["--tier", "centre=Trung ương=Centre", "--tier", "group=Tổ"]
SHEET = (
    "unit_code,unit_name,tier,parent_code,role,person_name\nR,Gốc,centre,,head,Trần Văn Đầu\nR1,Con,Tổ,R,,\n"
)


def test_an_organisation_is_set_up_from_one_file(tmp_path, capsys):
    file = tmp_path / "units.csv"
    file.write_text(SHEET, encoding="utf-8")
    assert main(["import", str(file), *TIERS]) == 0
    assert "--yes" in capsys.readouterr().out
    assert not Unit.objects.exists()
    assert main(["import", str(file), *TIERS, "--yes"]) == 0
    said = capsys.readouterr().out
    assert [t.code for t in Tier.objects.all()] == ["centre", "group"]
    assert Unit.objects.get(code="R1").is_under(Unit.objects.get(code="R"))
    assert "Trần Văn Đầu" in said
    assert Role.objects.filter(is_head=True).count() == 1
    assert not User.objects.exists()
    assert main(["import", str(file), "--yes"]) == 0
    assert "same: 2" in capsys.readouterr().out


@pytest.mark.parametrize("text", [SHEET + "R2,Khác,Tổ,NONE,,\n", "unit_code,colour\nR,red\n"])
def test_a_wrong_file_ends_with_one_line_and_imports_nothing(tmp_path, capsys, text):
    file = tmp_path / "units.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["import", str(file), *TIERS, "--yes"])
    assert ended.value.code not in (0, None)
    assert not Unit.objects.exists()


def test_a_missing_file_is_one_line(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["import", str(tmp_path / "none.csv")])
    assert "none.csv" in capsys.readouterr().err
    assert not ImportBatch.objects.exists()
