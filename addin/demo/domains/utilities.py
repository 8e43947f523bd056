"""Electricity, water, urban environment, construction."""

from addin.demo.content import Activity, Domain, Solution, Topic

UTILITIES = Domain(
    women=0.3,
    positions=(
        "Công nhân quản lý vận hành đội {n}", "Tổ trưởng tổ sửa chữa", "Công nhân vệ sinh môi trường tổ {n}",
        "Kỹ sư phòng kỹ thuật an toàn", "Nhân viên thu ngân",
        "Công nhân vận hành trạm bơm", "Nhân viên phòng kinh doanh", "Nhân viên phòng thí nghiệm",
        "Đội trưởng đội quản lý số {n}", "Công nhân cây xanh",
        "Nhân viên tổng đài", "Thợ điện bậc {n}/7",
    ),
    places=(
        "trạm bơm cấp II", "đội quản lý điện số 1", "đội thu gom số 4", "phòng giao dịch khách hàng",
        "nhà máy xử lý nước", "trạm biến áp 110 kV", "tuyến phố trung tâm",
        "khu tập thể cũ", "bãi tập kết rác", "đội cây xanh", "phòng thí nghiệm", "xã đảo",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "giá đỡ cáp vặn xoắn", "sào thao tác tháo chụp cầu chì", "kìm cắt nước từ xa",
                "hộp bảo vệ công tơ ba pha", "van xả cặn bể lắng", "đồng hồ tổng khu vực",
                "xe đẩy rác tay", "máy thông cống mini", "kẹp treo cáp viễn thông", "bộ châm clo tự động",
                "giá nâng nắp hố ga", "thang cách điện gấp gọn",
                "lưỡi cắt tỉa cành cao", "tủ tụ bù hạ thế", "phao báo mức nước", "đai khởi thuỷ ống HDPE",
                "thùng rác hai ngăn", "biển báo thi công phản quang",
            ),
            titles=(
                "Chế tạo {o} {g}", "Cải tiến {o} dùng cho {p}", "Lắp đặt {o} kiểu mới tại {p}",
                "Tận dụng vật tư thu hồi làm {o}", "Giải pháp chống mất trộm {o}",
                "Tăng độ bền của {o} trong môi trường nước mặn", "Dùng {o} để giảm số người leo cao",
            ),
            goals=(
                "để giảm thời gian mất điện, mất nước", "nhằm giảm thất thoát",
                "giúp công nhân nữ làm được việc nặng", "phục vụ ứng phó mưa bão",
                "bảo đảm mỹ quan đô thị",
            ),
            effects=(
                "Thời gian xử lý một sự cố giảm từ {t1} phút xuống {t2} phút.",
                "Tỷ lệ thất thoát giảm {pct}% trên tuyến áp dụng, làm lợi {money}.",
                "Mỗi ca giảm {n} công, tiết kiệm {money} một năm.",
                "Số phản ánh của khách hàng giảm {pct}%.",
                "Khối lượng làm được trong ca tăng {pct}%.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.ADMINISTRATION,
            objects=(
                "chỉ số công tơ", "hồ sơ lắp đặt mới", "việc thu tiền không dùng tiền mặt",
                "sơ đồ mạng lưới cấp nước", "lịch cắt điện có kế hoạch", "phản ánh của khách hàng",
                "hợp đồng mua bán điện", "nhật trình xe cuốn ép", "kết quả xét nghiệm nước", "danh sách công nợ",
                "vị trí hố ga và van", "tài sản lưới điện",
            ),
            titles=(
                "Số hoá {o} tại {p}", "Ứng dụng bản đồ trực tuyến để quản lý {o}", "Gửi tin nhắn tự động về {o} {g}",
                "Lập phần mềm nhỏ tra cứu {o}",
                "Tích hợp {o} vào ứng dụng chăm sóc khách hàng",
            ),
            goals=("cho khách hàng cao tuổi", "để giảm đi lại", "phục vụ trực sự cố", "nhằm giảm nợ đọng"),
            effects=(
                "Thời gian giải quyết hồ sơ giảm từ {d1} ngày xuống {d2} ngày.",
                "Tỷ lệ thanh toán điện tử tăng {pct}%, tiết kiệm {money} chi phí thu.",
                "Tra cứu chỉ mất {t2} phút, trước đây phải {t1} phút.",
                "Số cuộc gọi hỏi lại giảm {pct}%.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.SAFETY,
            objects=(
                "phiếu công tác điện tử", "việc thu gom rác ngõ nhỏ", "cách phân loại rác tại nguồn",
                "tuyến cắt tỉa cây trước mùa bão", "quy trình súc xả đường ống",
                "việc kiểm tra dây đeo an toàn", "cách tưới cây vào ban đêm", "việc vớt bèo hồ điều hoà",
                "quy trình xuống hố ga", "việc phun nước rửa đường",
                "cách bố trí người cảnh giới giao thông", "lịch trực ca mùa nắng nóng",
            ),
            titles=(
                "Cải tiến {o} {g}", "Tổ chức lại {o} tại {p}", "Tuyên truyền và hướng dẫn {o} cho người dân",
                "Bổ sung ảnh chụp hiện trường vào {o}", "Khoán {o} đến từng nhóm",
            ),
            goals=(
                "bảo đảm an toàn lao động", "tiết kiệm nhiên liệu", "giảm ùn ứ giờ cao điểm",
                "phù hợp với lao động nữ",
            ),
            effects=(
                "Tiết kiệm {q} lít dầu mỗi tháng.",
                "Không có tai nạn lao động trong năm; ý thức chấp hành quy trình tăng rõ rệt.",
                "Thời gian hoàn thành tuyến sớm hơn {t2} phút mỗi ca.",
                "Giảm {pct}% khối lượng phải chôn lấp, tiết kiệm {money}.",
            ),
        ),
    ),
)  # fmt: skip
