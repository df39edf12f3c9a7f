"""What the district says when it does not take something: a number to decide on, a sentence to read.

1xx concern a batch as a whole, 2xx one event, 3xx whoever runs the district. The first two kinds end up
on an officer's screen, hence Vietnamese.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from motcua_desktop.sync import wire

BUSY, OWN_FAULT, NOT_HERE, NO_SUCH_PAGE = "DH-106", "DH-107", "DH-108", "DH-109"
ALTERED, OTHER_CONTENT, OTHER_PARTICULARS, OTHER_CHAIN = "DH-202", "DH-203", "DH-204", "DH-205"
NO_SUCH_ADDRESS, NO_SUCH_STORE, STORE_TOO_NEW = "DH-301", "DH-302", "DH-303"
STORE_OUT_OF_REACH, NOT_A_STORE = "DH-304", "DH-305"

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        wire.WRONG_TYPE: "Nội dung gửi lên không phải gói hồ sơ. Dữ liệu vẫn còn ở máy gửi.",
        wire.TOO_LARGE: "Gói gửi lên lớn hơn mức cấp trên nhận. Dữ liệu vẫn còn ở máy gửi.",
        wire.TOO_NEW: "Gói gửi lên theo định dạng mà cấp trên chưa đọc hoặc không còn đọc. "
        "Dữ liệu vẫn còn ở máy gửi.",
        wire.UNREADABLE: "Gói gửi lên bị hỏng trên đường. Dữ liệu vẫn còn ở máy gửi và sẽ được gửi lại.",
        wire.WRONG_OFFICE: "Tên đơn vị và tên quầy trong gói không khớp nhau. Dữ liệu vẫn còn ở máy gửi.",
        BUSY: "Cấp trên đang nhận nhiều đơn vị cùng lúc. Xin gửi lại sau.",
        OWN_FAULT: "Máy của cấp trên chưa xử lý được gói này và đã ghi lại để kiểm tra. "
        "Dữ liệu vẫn còn ở máy gửi.",
        NOT_HERE: "Trang này chỉ xem được trên chính máy của cấp trên.",
        NO_SUCH_PAGE: "Không có trang này.",
        wire.NOT_AN_EVENT: "Bản ghi thiếu hoặc thừa mục nên cấp trên chưa đọc được.",
        ALTERED: "Nội dung bản ghi không khớp với dấu niêm phong của chính nó.",
        OTHER_CONTENT: "Cấp trên đã có một bản ghi khác mang cùng mã.",
        OTHER_PARTICULARS: "Thông tin cá nhân gửi kèm không khớp với dấu niêm phong của bản ghi.",
        OTHER_CHAIN: "Bản ghi không thuộc sổ của quầy gửi gói này.",
        wire.EVENT_TOO_LARGE: "Bản ghi lớn hơn mức cấp trên nhận.",
        NO_SUCH_ADDRESS: "Không lắng nghe được ở địa chỉ {text}. Khi các quầy chưa có khóa riêng, "
        "máy chủ chỉ nhận địa chỉ của chính máy này, ví dụ 127.0.0.1:8040; "
        "nếu cổng đang có chương trình khác dùng, chọn cổng khác.",
        NO_SUCH_STORE: "Không có kho {url}. Xem lại đường dẫn, và ghi địa chỉ theo mẫu "
        "sqlite:///đường-dẫn-tới-tệp.",
        STORE_TOO_NEW: "Kho {path} do bản mới hơn của chương trình tạo ra nên được giữ nguyên. "
        "Cập nhật chương trình rồi chạy lại.",
        STORE_OUT_OF_REACH: "Không mở hoặc không ghi được kho {path}. "
        "Kiểm tra thư mục, quyền ghi và chỗ trống của ổ đĩa.",
        NOT_A_STORE: "{path} không phải kho của chương trình nên được giữ nguyên. Chọn tệp khác.",
    }
)


def problem(number: str, **more: object) -> dict[str, object]:
    """A problem as it is put into an answer."""
    return {"number": number, "text": TEXTS[number], **more}
