"""Electronics and cable assembly."""

from addin.demo.content import Activity, Domain, Solution, Topic

ELECTRONICS = Domain(
    women=0.7,
    positions=(
        "Công nhân chuyền lắp ráp {n}", "Công nhân dán linh kiện ca {n}", "Kỹ thuật viên máy SMT",
        "Trưởng chuyền kiểm tra chức năng", "Nhân viên IQC", "Nhân viên OQC",
        "Kỹ sư thiết bị", "Nhân viên kho linh kiện", "Công nhân cắt dây, dập đầu cốt", "Kỹ sư cải tiến",
        "Nhân viên đào tạo", "Nhân viên kế hoạch sản xuất",
    ),
    places=(
        "chuyền SMT", "chuyền quấn băng dây điện", "khu kiểm tra chức năng", "phòng hàn nhúng", "kho linh kiện",
        "chuyền đóng gói tự động", "khu cắt dây",
        "phòng chống tĩnh điện", "chuyền lắp ráp mô tơ", "khu nhận hàng", "chuyền camera", "phòng đào tạo",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "jig kiểm tra thông mạch", "khay chống tĩnh điện", "đầu hút linh kiện 0402", "bảng gá bó dây",
                "máy dập đầu cốt", "khuôn in kem hàn", "bút chân không",
                "giá cuộn băng keo vải", "kính phóng đại soi mối hàn", "đầu tua vít cân lực", "kẹp giữ cáp phẳng",
                "bệ nhỏ keo đồng hồ", "hộp tối kiểm tra màn hình",
                "thiết bị tách bo", "dao tuốt vỏ dây", "đế xoay lắp mô tơ", "con lăn căng dây đồng",
                "cữ đo chiều dài dây tự động",
            ),
            titles=(
                "Cải tiến {o} tại {p}", "Chế tạo {o} {g}", "Tự làm {o} thay hàng nhập",
                "Gắn nam châm định vị vào {o}", "Chuyển {o} từ thủ công sang bán tự động",
                "Tối ưu vị trí đặt {o} trên bàn thao tác", "Chống nhầm lẫn (poka-yoke) cho {o}",
            ),
            goals=(
                "nhằm giảm lỗi hàn thiếu thiếc", "để giảm mỏi mắt cho công nhân", "nhằm tăng sản lượng giờ",
                "để đổi mã hàng nhanh", "nhằm giảm linh kiện rơi",
            ),
            effects=(
                "Tỷ lệ lỗi giảm {pct}%, mỗi năm làm lợi {money}.",
                "Thời gian thao tác giảm từ {t1} giây xuống {t2} giây một sản phẩm.",
                "Giảm {n} vị trí thao tác trên chuyền, tiết kiệm {money}.",
                "Linh kiện rơi, hỏng giảm {q} cái mỗi tháng.",
                "Thời gian đổi mã giảm từ {t1} phút xuống {t2} phút.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.PRODUCTION,
            objects=(
                "truy xuất nguồn gốc theo lô", "cảnh báo hết cuộn linh kiện", "bảng điện tử Andon",
                "hồ sơ đào tạo tay nghề", "số liệu máy kiểm tra quang học",
                "kiểm kê kho bằng máy quét", "phiếu thay đổi kỹ thuật", "biểu đồ kiểm soát lực dập",
                "nhật ký nhiệt độ lò hàn", "lịch hiệu chuẩn thiết bị đo",
                "kế hoạch cấp hàng lên chuyền", "đối chiếu tem nhãn khách hàng",
            ),
            titles=(
                "Xây dựng công cụ {o} trên Excel", "Triển khai {o} {g}", "Mở rộng {o} sang {p}",
                "Viết macro phục vụ {o}", "Kết hợp camera và máy tính cũ để {o}",
            ),
            goals=(
                "theo yêu cầu của khách hàng", "để không dừng chuyền", "thay giấy tờ",
                "nhằm phát hiện lỗi ngay tại chỗ",
            ),
            effects=(
                "Thời gian tìm nguyên nhân lỗi giảm từ {d1} ngày xuống {d2} ngày.",
                "Không còn gửi nhầm hàng; tránh được chi phí {money}.",
                "Giảm {pct}% thời gian dừng chuyền vì thiếu linh kiện.",
                "Mỗi tháng bớt in {q} tờ biểu mẫu.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.SAFETY,
            objects=(
                "khói hàn tại bàn thao tác", "tư thế ngồi lắp ráp", "việc đeo vòng tiếp địa", "cồn IPA và dung môi",
                "thứ tự quấn băng bó dây", "giờ nghỉ giải lao giữa ca",
                "ánh sáng ở khu soi lỗi", "rác thải bo mạch", "lối đi của xe AGV", "thao tác nâng cuộn dây nặng",
                "kéo cắt và dao nhỏ cá nhân", "suất ăn ca đêm",
            ),
            titles=(
                "Cải thiện {o} tại {p}", "Giải pháp đối với {o} {g}", "Tổ chuyền trưởng cùng công nhân rà soát {o}",
                "Sáng kiến 5S: sắp xếp, nhận diện {o}",
                "Tập huấn ngắn 10 phút về {o}",
            ),
            goals=(
                "để bảo vệ sức khoẻ lao động nữ", "theo góp ý của công nhân", "phòng bệnh nghề nghiệp",
                "trong mùa cao điểm",
            ),
            effects=(
                "Số công nhân than phiền đau mỏi giảm {pct}%.",
                "Qua {n} tháng không có sự cố; tỷ lệ chuyên cần tăng {pct}%.",
                "Tiết kiệm {money} chi phí thay thế bảo hộ lao động.",
                "Năng suất sau giờ nghỉ tăng {pct}%.",
            ),
        ),
    ),
)  # fmt: skip
