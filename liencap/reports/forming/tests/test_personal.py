"""Names of indicators that speak of a personal attribute, and those that only look so."""

import pytest

from liencap.reports.forming.personal import names_attribute


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Số hội viên nữ", True),
        ("Trong đó: nam", True),
        ("Người dân tộc thiểu số", True),
        ("Hội viên theo tôn giáo", True),
        ("Hội viên trên 60 tuổi", True),
        ("Người khuyết tật được hỗ trợ", True),
        ("Women members", True),
        ("Members aged 16 to 30", True),
        ("Men", True),
        ("People with disabilities", True),
        ("Số lớp trong năm", False),
        ("Đại hội Hội Nông dân Việt Nam", False),
        ("Tỉnh Quảng Nam", False),
        ("Phía Nam", False),
        ("Meetings held", False),
        ("Average pages of a mandate", False),
        ("Members", False),
    ],
)
def test_names(name: str, expected: bool) -> None:
    assert names_attribute(name) is expected
