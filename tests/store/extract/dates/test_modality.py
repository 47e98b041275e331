from __future__ import annotations

import pytest

from tests.store.extract.dates.scoring import found


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("قتل شخصان أمس.", "asserted"),
        ("سيصل الوفد الخميس.", "planned"),
        ("من المقرر أن تعقد الجلسة السبت.", "planned"),
        ("تبدأ المحاكمة في يناير المقبل.", "planned"),
        ("ينسحب بحلول نهاية 2030.", "planned"),
        ("يتوقع خبراء ارتفاع الأسعار في العام المقبل.", "predicted"),
        ("حذر من احتمال تزايد الهجمات في ديسمبر الجاري.", "predicted"),
        ("نفى الجيش وقوع هجوم الأحد.", "denied"),
        ("لم تقع هجمات أمس.", "denied"),
        ("لم تعد لديه قوات قتالية منذ 9 ديسمبر.", "asserted"),
        ("سيلتقي الرئيس نظيره الذي وصل الأحد.", "asserted"),
        ("قال إن الانتخابات ستجرى عام 2025، بعدما فاز عام 2018.", "planned"),
        ("وقعت الحرب عام 2021، وستنسحب القوات عام 2025.", "asserted"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert found(text, "2021-12-14")[0].modality == modality
