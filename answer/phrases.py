"""What the assistant itself says, in both languages. Quotes are never in here."""

import re
from datetime import date

from babel.dates import format_date

from index.records import Language

_ENGLISH = "en_GB"  # days before months

_EN = {
    "achieved": "achieved",
    "target": "target",
    "estimate": "estimate",
    "earlier": "earlier value",
    "change": "change",
    "Vietnam": "nationwide",
    "report_language_en": "report in English",
    "report_language_vi": "report in Vietnamese",
    "differ": "The reports differ: {figures}.",
    "others": "Also reported: {figures}.",
    "missing": "Not reported: {missing}.",
    "only_target": "This is a target, not a result.",
    "place_noted": "This is reported for {place} only.",
    "series": "Reported over time: {rows}.",
    "sides": "Reported: {rows}.",
    "change_one": "From {a} to {b}: {sign}{points} percentage point.",
    "change_shown": "From {a} to {b}: {sign}{points} percentage points.",
    "change_plain": "From {a} to {b}: {sign}{points}.",
    "refused": "The reports do not say.",
    "nearest": "Nearest evidence: {nearest}",
    "no_topic": "This is not reported.",
    "other_period": "It is reported for {found}, not for {asked}.",
    "other_place": "It is reported for {found}, not for {asked}.",
    "target_only": "Only a target is reported, not a result.",
    "result_only": "Only a result is reported, not a target.",
    "other_kind": "The topic is reported, but not the figure asked for.",
    "scope": (
        "This is not a question for the reports: I only answer from what they say."
    ),
    "unreadable": "Please ask a question about the reports.",
}
_VI = {
    "achieved": "đã đạt",
    "target": "mục tiêu",
    "estimate": "ước tính",
    "earlier": "giá trị trước đó",
    "change": "mức thay đổi",
    "Vietnam": "cả nước",
    "report_language_en": "báo cáo bằng tiếng Anh",
    "report_language_vi": "báo cáo bằng tiếng Việt",
    "differ": "Các báo cáo nêu khác nhau: {figures}.",
    "others": "Các số liệu khác được nêu: {figures}.",
    "missing": "Không có số liệu: {missing}.",
    "only_target": "Đây là mục tiêu, không phải kết quả đã đạt.",
    "place_noted": "Số liệu này chỉ nêu cho {place}.",
    "series": "Số liệu theo thời gian: {rows}.",
    "sides": "Số liệu được nêu: {rows}.",
    "change_one": "Từ {a} đến {b}: {sign}{points} điểm phần trăm.",
    "change_shown": "Từ {a} đến {b}: {sign}{points} điểm phần trăm.",
    "change_plain": "Từ {a} đến {b}: {sign}{points}.",
    "refused": "Các báo cáo không nêu điều này.",
    "nearest": "Thông tin gần nhất: {nearest}",
    "no_topic": "Nội dung này không có trong các báo cáo.",
    "other_period": "Báo cáo nêu số liệu của {found}, không nêu {asked}.",
    "other_place": "Báo cáo nêu số liệu của {found}, không nêu {asked}.",
    "target_only": "Báo cáo chỉ nêu mục tiêu, không nêu kết quả.",
    "result_only": "Báo cáo chỉ nêu kết quả, không nêu mục tiêu.",
    "other_kind": "Báo cáo có nói về chủ đề này nhưng không nêu số liệu được hỏi.",
    "scope": (
        "Đây không phải câu hỏi dành cho các báo cáo: "
        "tôi chỉ trả lời theo nội dung báo cáo."
    ),
    "unreadable": "Xin hãy đặt một câu hỏi về các báo cáo.",
}
_WORDS: dict[Language, dict[str, str]] = {"en": _EN, "vi": _VI}


def say(language: Language, key: str, **values: str) -> str:
    """The sentence *key* in *language*. A key without words is said as it stands."""
    return _WORDS[language].get(key, key).format(**values)


def day_words(iso: str, language: Language) -> str:
    """An ISO date as people write it; anything else as it stands."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    if language == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return format_date(day, "d MMMM y", locale=_ENGLISH)


def period_words(label: str, language: Language) -> str:
    """A period's label (`index.grammar.periods`) as people write it.

    >>> period_words("2024-Q1", "en"), period_words("2022/2024", "vi")
    ('Q1 2024', '2022 – 2024')
    """
    return " – ".join(_stretch(part, language) for part in label.split("/"))


def _stretch(label: str, language: Language) -> str:
    vietnamese = language == "vi"
    if found := re.fullmatch(r"(\d{4})-Q(\d)", label):
        year, quarter = found.groups()
        return f"quý {quarter}/{year}" if vietnamese else f"Q{quarter} {year}"
    if found := re.fullmatch(r"(\d{4})-H(\d)", label):
        year, half = found.groups()
        if vietnamese:
            return f"6 tháng {'đầu' if half == '1' else 'cuối'} năm {year}"
        return f"{'first' if half == '1' else 'second'} half of {year}"
    if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", label):
        year, month = found.groups()
        if vietnamese:
            return f"tháng {int(month)}/{year}"
        return format_date(date(int(year), int(month), 1), "MMMM y", locale=_ENGLISH)
    return day_words(label, language)
