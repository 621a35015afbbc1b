"""What is not served is said beside a task that asks for it, and beside no other."""

import pytest
from django.urls import reverse

from liencap.programmes.models import Task
from liencap.programmes.tests.seed import make_programme
from liencap.programmes.unserved import unserved
from liencap.testing import make_cast

ASKS = [
    ("Chủ động nắm tình hình dư luận trong thành viên.", ["opinion-watch"]),
    ("Nắm bắt kịp thời tâm trạng, dư luận xã hội ở cơ sở.", ["opinion-watch"]),
    ("Tổng hợp diễn biến tư tưởng của hội viên hằng tháng.", ["opinion-watch"]),
    ("Theo dõi thông tin xấu trên mạng xã hội.", ["network-watch"]),
    ("Rà quét, phát hiện các bài đăng trái chiều trên Facebook.", ["network-watch"]),
    ("Định hướng dư luận trước, trong và sau đại hội.", ["steering"]),
    ("Kịp thời định hướng tư tưởng, dư luận.", ["steering"]),
    ("Tổ chức đấu tranh phản bác các luận điệu sai trái.", ["posting"]),
    ("Đăng tải, chia sẻ tin tốt về hợp tác xã trên mạng xã hội.", ["posting"]),
    ("Mỗi đoàn viên chia sẻ ít nhất 5 bài viết.", ["counting"]),
    ("Mỗi tổ có tối thiểu 10 tin bài một tháng.", ["counting"]),
    ("Lập danh sách người có biểu hiện sai lệch.", ["profile"]),
    ("Tập huấn đội ngũ cộng tác viên dư luận xã hội.", ["collaborators"]),
    ("Monitor public opinion around the congress.", ["opinion-watch"]),
    ("Track posts about the federation on social media.", ["network-watch"]),
    ("Shape public opinion before the vote.", ["steering"]),
    ("Share our news across social media.", ["posting"]),
    ("Each member posts ten comments a week.", ["counting"]),
    ("Record the views of individuals.", ["profile"]),
    ("Classify the opinions of members.", ["profile"]),
    ("Nắm tình hình dư luận và định hướng dư luận.", ["opinion-watch", "steering"]),
]
DOES_NOT = [
    "Tổ chức đại hội thành viên các cấp.",
    "Nắm vững phương hướng của Đại hội.",
    "Theo dõi, đôn đốc và tổng hợp kết quả hằng quý.",
    "Hỗ trợ chia sẻ kinh nghiệm giữa các đơn vị.",
    "Lấy ý kiến thành viên vào dự thảo báo cáo.",
    "Lập danh sách thành viên và vốn góp.",
    "Tổ chức học tập theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
    "Thực hiện nghiêm quy định về sử dụng mạng xã hội của cán bộ.",
    "Đăng tải văn bản trên cổng thông tin của Liên hiệp.",
    "Định hướng nghề nghiệp cho thanh niên.",
    "Kiểm tra, giám sát việc thu chi quỹ.",
    "Track progress against the milestones.",
    "Share the handbook with every cooperative.",
    "Post the notice at the office.",
    "Each member pays the yearly fee.",
]


@pytest.mark.parametrize(("text", "codes"), ASKS)
def test_what_is_not_served_is_named(text, codes):
    assert [limit.code for limit in unserved(text)] == codes


@pytest.mark.parametrize("text", DOES_NOT)
def test_other_tasks_carry_no_statement(text):
    assert unserved(text) == []


def test_a_long_task_is_looked_at_in_little_time():
    assert unserved("nắm " * 20_000 + "mạng " * 20_000) == []


@pytest.mark.django_db
def test_the_statement_stands_beside_the_task_on_every_page_that_shows_it():
    cast = make_cast()
    programme = make_programme(cast)
    task = programme.tasks.first()
    Task.objects.filter(pk=task.pk).update(text="Nắm tình hình dư luận trong thành viên.")
    said = "không theo dõi người khác nghĩ gì"
    for name, pk in (("programmes:detail", programme.pk), ("programmes:task", task.pk)):
        assert said in cast.chief.client().get(reverse(name, args=[pk])).content.decode()
