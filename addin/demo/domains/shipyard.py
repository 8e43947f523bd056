"""Shipbuilding."""

from addin.demo.content import Activity, Domain, Solution, Topic

SHIPYARD = Domain(
    women=0.14,
    positions=(
        "Thợ hàn bậc {n}/7, phân xưởng vỏ {n}", "Tổ trưởng tổ sắt hàn", "Thợ lắp ráp phân xưởng vỏ {n}",
        "Kỹ sư phòng kỹ thuật công nghệ",
        "Thợ sơn, phân xưởng trang trí", "Thợ máy, phân xưởng máy tàu", "Đốc công triền đà", "Thợ điện tàu",
        "Cán bộ an toàn",
        "Thợ ống, phân xưởng ống", "Lái cẩu, đội cơ giới", "Nhân viên KCS",
    ),
    places=(
        "phân xưởng vỏ 1", "phân xưởng vỏ 2", "triền đà", "âu tàu", "phân xưởng ống", "phân xưởng máy", "bãi đấu đà",
        "xưởng cắt CNC", "cầu tàu trang trí", "nhà phun sơn", "đội cơ giới", "kho thép tấm",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "đồ gá hàn dọc dầm boong", "xe hàn tự hành", "khung chống biến dạng phân đoạn đáy",
                "dưỡng uốn tôn mũi quả lê", "đồ gá lắp bệ máy chính",
                "máng đỡ cáp hàn", "giá lật tấm vách", "kích thuỷ lực căn chỉnh tổng đoạn", "mã răng lược lắp tôn",
                "bộ gá khoan bích ống",
                "thiết bị thử kín khoang", "đầu cắt hơi vát mép", "tời kéo ống hầm hàng", "khuôn uốn ống cong",
                "thanh giằng mạn tàu",
                "dụng cụ tháo bạc trục chân vịt", "giá thử tải móc cẩu", "bàn ren thay bu lông bệ máy",
            ),
            titles=(
                "Chế tạo {o} phục vụ đóng tàu hàng rời", "Cải tiến {o} tại {p}", "Thiết kế {o} dùng nhiều lần {g}",
                "Sử dụng {o} thay cho biện pháp lắp tạm",
                "Nghiên cứu {o} cho tàu vỏ thép cỡ nhỏ", "Phục hồi {o} hỏng để dùng lại ở {p}", "Gia cường {o} {g}",
            ),
            goals=(
                "để giảm biến dạng sau hàn", "nhằm rút ngắn thời gian đấu đà", "để giảm số mã tạm phải hàn",
                "nhằm tiết kiệm thép phụ trợ",
                "bảo đảm an toàn khi thi công trên cao",
            ),
            effects=(
                "Thời gian đấu lắp một tổng đoạn giảm từ {d1} ngày xuống {d2} ngày.",
                "Tiết kiệm {q} kg thép làm mã và giằng tạm, làm lợi {money} trên một tàu.",
                "Độ biến dạng sau hàn giảm {pct}%, đăng kiểm nghiệm thu ngay lần đầu.",
                "Giảm {n} công cho mỗi phân đoạn, làm lợi {money} một năm.",
                "Thiết bị dùng lại được cho {n} tàu cùng loại, không phải mua mới, tiết kiệm {money}.",
            ),
        ),
        Topic(
            Solution.TECHNICAL, Activity.SAFETY,
            objects=(
                "giàn giáo treo trong hầm hàng", "quạt hút khói hàn", "bạt che mưa cho vị trí hàn",
                "lan can tháo lắp nhanh miệng hầm",
                "cầu thang lên tàu", "thùng gom xỉ hàn", "hệ thống đèn 36V trong khoang kín",
                "thiết bị đo khí trước khi vào két",
                "tủ điện thi công di động", "dây cứu sinh dọc mạn", "thùng lọc bụi phun cát", "rào chắn khu vực cẩu",
                "van chống cháy ngược mỏ cắt",
            ),
            titles=(
                "Cải tiến {o} {g}", "Lắp đặt {o} tại {p}", "Chế tạo {o} từ vật tư thu hồi", "Bố trí lại {o} ở {p}",
                "Giải pháp sử dụng {o} trong khoang kín",
            ),
            goals=(
                "phòng ngừa ngã cao", "giảm khói bụi cho thợ hàn", "để thi công được cả khi trời mưa",
                "phòng chống cháy nổ",
            ),
            effects=(
                "Từ khi áp dụng không xảy ra tai nạn ở vị trí này; thời gian lắp giảm {pct}%.",
                "Nồng độ bụi, khói đo được giảm {pct}%, bảo đảm tiêu chuẩn cho phép.",
                "Tiết kiệm {money} tiền thuê giàn giáo trong năm.",
                "Số giờ ngừng việc vì thời tiết giảm {q} giờ công.",
            ),
        ),
        Topic(
            Solution.MANAGEMENT, Activity.PRODUCTION,
            objects=(
                "phiếu giao việc hằng ngày cho tổ", "việc cấp phát que hàn", "tiến độ lắp ống hầm máy",
                "hồ sơ nghiệm thu mối hàn", "vật tư thừa sau cắt tôn",
                "lịch cẩu phân đoạn", "dụng cụ cầm tay dùng chung", "nhật ký sơn từng lớp",
                "nhân lực giữa hai con tàu", "kho ô-xy, ga",
                "danh mục thiết bị cần kiểm định", "việc bàn giao giữa phân xưởng vỏ và phân xưởng máy",
            ),
            titles=(
                "Quản lý {o} theo mã tàu", "Đổi mới cách quản lý {o} tại {p}", "Theo dõi {o} bằng bảng màu {g}",
                "Lập định mức và khoán {o}",
                "Số hoá {o} của {p}",
            ),
            goals=("để giảm thời gian chờ", "chống thất thoát vật tư", "bảo đảm tiến độ hạ thuỷ"),
            effects=(
                "Lượng que hàn và khí cắt tiêu hao giảm {pct}%, tiết kiệm {money}.",
                "Thời gian chờ cẩu của mỗi tổ giảm từ {t1} phút xuống {t2} phút một ca.",
                "Hồ sơ đầy đủ, đăng kiểm không phải yêu cầu bổ sung lần {n}.",
                "Tận dụng được {q} kg tôn vụn cho chi tiết nhỏ.",
            ),
        ),
    ),
)  # fmt: skip
