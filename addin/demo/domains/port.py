"""Ports, warehouses and transport."""

from addin.demo.content import Activity, Domain, Solution, Topic

PORT = Domain(
    women=0.2,
    positions=(
        "Lái cẩu giàn, đội cơ giới", "Công nhân bốc xếp tổ {n}", "Nhân viên giao nhận kho {n}",
        "Kỹ sư phòng kỹ thuật công nghệ", "Lái xe nâng",
        "Thợ sửa chữa cơ khí", "Nhân viên khai thác bãi", "Trực ban điều độ", "Nhân viên phòng kinh doanh",
        "Thợ điện", "Lái xe đầu kéo",
        "Đội trưởng đội bốc xếp {n}",
    ),
    places=(
        "bãi container số 2", "cầu tàu số 3", "kho CFS", "cổng giao nhận", "đội cơ giới", "xưởng sửa chữa",
        "bãi hàng lạnh", "kho hàng rời",
        "đội xe đầu kéo", "trạm cân", "phòng điều độ", "bến sà lan",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "ngáng cẩu sắt cuộn", "gầu ngoạm hàng rời", "khung chụp container quá khổ", "móc treo bao jumbo",
                "cáp nâng cẩu RTG", "đệm va cầu tàu",
                "bộ tiếp điện cẩu giàn", "phanh hãm xe con cẩu chân đế", "càng xe nâng bốc giấy cuộn",
                "ổ cắm container lạnh", "băng tải hàng bao",
                "phễu rót xi măng", "giá kê thép ống", "khoá gù tháo nhanh", "chốt rơ moóc", "mâm xoay cẩu bờ",
                "lốp cũ xe nâng lớn",
            ),
            titles=(
                "Cải tiến {o} tại {p}", "Chế tạo {o} {g}", "Kéo dài tuổi thọ {o} bằng bôi trơn định kỳ",
                "Thay thế {o} nhập ngoại bằng vật tư trong nước",
                "Phục hồi {o} {g}", "Thiết kế lại {o} cho tàu dưới 20.000 tấn", "Gia công {o} từ thép thanh lý của {p}",
            ),
            goals=(
                "để tăng năng suất giải phóng tàu", "nhằm giảm rơi vãi hàng hoá", "để giảm thời gian dừng máy",
                "nhằm giảm chi phí sửa chữa",
                "bảo đảm an toàn khi xếp dỡ",
            ),
            effects=(
                "Năng suất xếp dỡ tăng {pct}%, tàu rời cầu sớm hơn {n} giờ.",
                "Tiết kiệm {money} chi phí mua phụ tùng trong năm.",
                "Thời gian dừng máy để sửa giảm từ {t1} phút xuống {t2} phút mỗi ca.",
                "Hàng rơi vãi giảm {pct}%, thu hồi được {q} kg mỗi chuyến tàu.",
                "Mỗi năm giảm {n} lần thay thế, làm lợi {money}.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.ADMINISTRATION,
            objects=(
                "việc đăng ký giao nhận container", "phiếu ra vào cổng", "lịch điều xe đầu kéo",
                "vị trí hàng trong kho", "nhiệt độ container lạnh",
                "số liệu cân xe", "việc đối chiếu hoá đơn lưu bãi", "giờ công đội bốc xếp",
                "yêu cầu sửa chữa thiết bị", "danh mục hàng tồn trên 90 ngày",
                "ảnh chụp tình trạng vỏ container", "lệnh giao hàng điện tử",
            ),
            titles=(
                "Ứng dụng mã QR trong quản lý {o}", "Xây dựng bảng tính theo dõi {o} cho {p}",
                "Chuyển {o} từ giấy sang trực tuyến",
                "Tự động hoá báo cáo về {o} {g}", "Cập nhật {o} qua điện thoại tại {p}",
            ),
            goals=(
                "để khách hàng không phải chờ", "phục vụ ca đêm", "giảm sai sót nhập liệu",
                "để điều độ ra quyết định nhanh",
            ),
            effects=(
                "Thời gian một lượt xe qua cổng giảm từ {t1} phút xuống {t2} phút.",
                "Giảm {pct}% lượng giấy tờ in, tiết kiệm {money} mỗi năm.",
                "Sai sót nhập liệu giảm {pct}%, không còn khiếu nại của khách hàng.",
                "Mỗi ca bớt {n} người làm thủ công.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.SAFETY,
            objects=(
                "việc chằng buộc hàng thép trên rơ moóc", "quy trình lên xuống hầm tàu",
                "tín hiệu tay giữa hoa tiêu và lái cẩu", "việc đóng mở nắp hầm hàng",
                "cách xếp bao chống đổ trong kho", "luồng xe chạy một chiều trong bãi", "việc rút hàng nguy hiểm",
                "cách kiểm tra cáp đầu ca",
                "quy trình làm việc khi có gió lớn", "việc tiếp nhiên liệu tại bãi", "thao tác lắp khoá gù trên cao",
                "cách vệ sinh mặt bãi sau hàng quặng",
            ),
            titles=(
                "Cải tiến {o} {g}", "Chuẩn hoá {o} ở {p}", "Huấn luyện {o} bằng mô hình thu nhỏ",
                "Bổ sung bước kiểm tra chéo vào {o}", "Phân vùng và kẻ vạch phục vụ {o}",
            ),
            goals=("phòng ngừa tai nạn", "để giảm hư hỏng hàng hoá", "trong ca đêm", "cho lao động thời vụ"),
            effects=(
                "Không xảy ra tai nạn lao động trong {n} quý liên tiếp.",
                "Số vụ va chạm trong bãi giảm {pct}%.",
                "Chi phí bồi thường hàng hoá giảm {money} so với cùng kỳ.",
                "Thời gian chuẩn bị trước ca giảm từ {t1} phút xuống {t2} phút.",
            ),
        ),
    ),
)  # fmt: skip
