"""Receipts to draw in tests: an everyday one, and one with as much on it as a form can hold."""

from __future__ import annotations

from datetime import datetime

from motcua_desktop.domain.calendar import VIETNAM
from motcua_desktop.domain.receipt import PaperMode, Receipt, ReceiptPaper, ReceiptRepresentative

SHORT = Receipt(
    office="UBND XÃ TẢ PHÌN",
    unit="Trung tâm Phục vụ hành chính công xã Tả Phìn",
    place="Tả Phìn",
    code="H15.038.02-261120-2038",
    key="0501226112000387",
    secret="48219037",
    applicant="LÝ THỊ PHƯỢNG",
    request="Đăng ký khai sinh",
    procedure_code="1.001193",
    received_at=datetime(2026, 11, 20, 9, 47, tzinfo=VIETNAM),
    officer="Chảo Thị Nhung",
    desk=2,
    number_line="Số: 1438/TTPVHCC(BPTNTKQ)",
    id_number="010191002345",
    address="Thôn Suối Thầu, xã Tả Phìn, tỉnh Lào Cai",
    phone="0912 345 678",
    documents=(
        ReceiptPaper("Tờ khai đăng ký khai sinh"),
        ReceiptPaper("Giấy chứng sinh"),
        ReceiptPaper("Giấy tờ tùy thân của cha, mẹ", mode=PaperMode.PRESENT),
    ),
    term="trong ngày làm việc",
    due_at=datetime(2026, 11, 20, 16, 30, tzinfo=VIETNAM),
    return_at="Quầy trả kết quả, Trung tâm Phục vụ hành chính công xã Tả Phìn",
    fee="Không thu",
    register_book="02/2026",
    register_number="1438",
    hotline="0214 3871 022",
)

LONG = Receipt(
    office="UBND PHƯỜNG HOÀNG LIÊN SƠN",
    unit="Trung tâm Phục vụ hành chính công phường Hoàng Liên Sơn",
    place="Hoàng Liên Sơn",
    code="H15.038.17-261229-20381",
    key="0517226122903810",
    secret="90275513",
    applicant="CÔNG TẰNG TÔN NỮ NGUYỄN THỊ HỒNG PHƯỢNG",
    request="Chuyển mục đích sử dụng đất đối với trường hợp phải được phép của cơ quan nhà nước có thẩm "
    "quyền, hộ gia đình, cá nhân",
    procedure_code="1.013949",
    received_at=datetime(2026, 12, 29, 15, 5, tzinfo=VIETNAM),
    officer="Nguyễn Thị Ngọc Ánh",
    desk=2,
    number_line="Số: 2209/TTPVHCC(BPTNTKQ)",
    id_number="038191002345",
    address="Số nhà 12, ngõ 45, đường Điện Biên, tổ dân phố số 7, phường Hoàng Liên Sơn, tỉnh Lào Cai",
    phone="0912 345 678",
    email="congtangtonnu.hongphuong@example.vn",
    representative=ReceiptRepresentative(
        name="H'Hen Ayŭn Niê Kdăm",
        id_number="066085001122",
        address="Buôn Ako Dhông, phường Buôn Ma Thuột, tỉnh Đắk Lắk",
        phone="0905 111 222",
        authority="Hợp đồng ủy quyền số 1120/2026 tại Văn phòng công chứng Nguyễn Văn Toàn",
    ),
    documents=(
        ReceiptPaper("Đơn xin chuyển mục đích sử dụng đất theo mẫu", 1, 0),
        ReceiptPaper("Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", 1, 1),
        ReceiptPaper("Trích đo bản đồ địa chính thửa đất", 1, 0),
        ReceiptPaper("Sơ đồ vị trí thửa đất có xác nhận của thôn, tổ dân phố", 0, 2),
        ReceiptPaper("Tờ khai lệ phí trước bạ", 2, 0),
        ReceiptPaper("Tờ khai thuế sử dụng đất phi nông nghiệp", 2, 0),
        ReceiptPaper("Hợp đồng ủy quyền có công chứng", 0, 1),
        ReceiptPaper("Căn cước của người được ủy quyền", mode=PaperMode.PRESENT),
        ReceiptPaper("Văn bản đồng ý của các thành viên có chung quyền sử dụng đất", 1, 0),
    ),
    owed=("Giấy xác nhận tình trạng hôn nhân của người sử dụng đất",),
    term="20 ngày làm việc",
    due_at=datetime(2027, 1, 27, 16, 30, tzinfo=VIETNAM),
    due_total_at=datetime(2027, 2, 19, 16, 30, tzinfo=VIETNAM),
    provisional=True,
    return_at="Qua dịch vụ bưu chính công ích, tới địa chỉ của người được ủy quyền",
    fee="Lệ phí 50.000 đồng, đã thu, biên lai 0001123",
    register_book="05/2026",
    register_number="2209",
    print_number=2,
    hotline="0214 3871 022 (giờ hành chính)",
)
