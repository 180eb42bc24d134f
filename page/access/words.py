"""What the log-in page says, in both languages."""

from dataclasses import dataclass

from index.records import Language
from page.texts import EN, VI


@dataclass(frozen=True, slots=True)
class LoginWords:
    """The log-in page's words in one language."""

    language: Language
    own_name: str
    other_language: Language
    title: str
    heading: str
    user: str
    password: str
    enter: str
    wrong: str
    slow: str
    forgotten: str
    leave: str
    roles: dict[str, str]


_EN = LoginWords(
    language="en",
    own_name="English",
    other_language="vi",
    title=EN.title,
    heading="Log in",
    user="Name",
    password="Password",  # noqa: S106 - a label
    enter="Log in",
    wrong="Name or password is not right.",
    slow="Too many tries. Please wait {seconds} seconds and try again.",
    forgotten="No access, or password forgotten? Ask whoever runs this page.",
    leave="Log out",
    roles={"reader": "reader", "editor": "editor"},
)
_VI = LoginWords(
    language="vi",
    own_name="Tiếng Việt",
    other_language="en",
    title=VI.title,
    heading="Đăng nhập",
    user="Tên đăng nhập",
    password="Mật khẩu",  # noqa: S106 - a label
    enter="Đăng nhập",
    wrong="Tên đăng nhập hoặc mật khẩu không đúng.",
    slow="Bạn đã thử quá nhiều lần. Vui lòng đợi {seconds} giây rồi thử lại.",
    forgotten="Chưa có quyền truy cập hoặc quên mật khẩu? "
    "Vui lòng hỏi người vận hành trang này.",
    leave="Đăng xuất",
    roles={"reader": "người đọc", "editor": "biên tập viên"},
)


def login_words(language: str | None) -> LoginWords:
    """The words of *language*; English for any other."""
    return _VI if language == "vi" else _EN
