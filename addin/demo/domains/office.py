"""Ward offices and other public offices."""

from addin.demo.content import Activity, Domain, Solution, Topic

OFFICE = Domain(
    women=0.52,
    positions=(
        "Công chức Tư pháp - Hộ tịch", "Công chức Văn phòng - Thống kê", "Công chức Địa chính - Xây dựng",
        "Công chức Tài chính - Kế toán", "Phó Chủ tịch UBND phường",
        "Công chức Văn hoá - Xã hội", "Cán bộ bộ phận một cửa", "Phó Chủ tịch Mặt trận Tổ quốc",
        "Chuyên viên tổng hợp", "Văn thư, lưu trữ",
    ),
    places=(
        "bộ phận một cửa", "các tổ dân phố", "hội trường phường", "phòng tiếp công dân", "nhà văn hoá khu dân cư",
        "văn phòng", "khu chung cư cũ", "chợ dân sinh",
    ),
    topics=(
        Topic(
            Solution.MANAGEMENT, Activity.ADMINISTRATION,
            objects=(
                "thủ tục đăng ký khai sinh liên thông", "việc chứng thực bản sao điện tử", "hồ sơ bảo trợ xã hội",
                "lịch tiếp công dân", "việc trả kết quả tại nhà", "hồ sơ đất đai lưu trữ",
                "công tác hoà giải ở cơ sở", "việc thu phí vệ sinh", "trật tự vỉa hè",
                "danh sách hộ nghèo, cận nghèo", "văn bản đến và đi", "phiếu đánh giá công chức",
                "việc cấp giấy xác nhận tình trạng hôn nhân", "nguồn thu từ chợ", "quỹ đền ơn đáp nghĩa",
                "việc quản lý tạm trú khu nhà trọ",
            ),
            titles=(
                "Rút ngắn thời gian giải quyết {o}", "Đổi mới {o} tại {p}", "Giải pháp công khai {o} {g}",
                "Phân công đầu mối theo dõi {o}", "Mô hình “ngày thứ Bảy vì dân” đối với {o}",
                "Sơ đồ hoá {o} {g}",
            ),
            goals=(
                "phục vụ người cao tuổi, người khuyết tật", "để giảm số lần đi lại của người dân",
                "gắn với dịch vụ công mức độ 4", "trong thời gian phòng, chống dịch",
            ),
            effects=(
                "Thời gian giải quyết giảm từ {d1} ngày xuống {d2} ngày, không có hồ sơ quá hạn.",
                "Tỷ lệ người dân hài lòng tăng {pct}%.",
                "Người dân giảm {n} lần đi lại; tiết kiệm khoảng {money} chi phí xã hội.",
                "Số đơn thư kéo dài giảm {pct}%.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.ADMINISTRATION,
            objects=(
                "nhóm Zalo của tổ dân phố", "mã QR tra cứu thủ tục", "trang thông tin điện tử phường",
                "bảng tính quản lý hộ tịch", "loa truyền thanh thông minh", "bản đồ số tổ dân phố",
                "phần mềm quản lý văn bản", "biểu mẫu trực tuyến lấy ý kiến người dân", "kho hồ sơ quét",
                "tổ công nghệ số cộng đồng", "màn hình lấy số tự động", "tin nhắn nhắc trả kết quả",
            ),
            titles=(
                "Ứng dụng {o} {g}", "Xây dựng {o} phục vụ {p}", "Khai thác {o} trong vận động nhân dân",
                "Duy trì và mở rộng {o} tại {p}", "Liên kết {o} với cổng dịch vụ công",
            ),
            goals=(
                "trong tuyên truyền chính sách", "để tiếp nhận phản ánh nhanh", "giảm giấy tờ in",
                "cho người dân không rành công nghệ",
            ),
            effects=(
                "Tỷ lệ hồ sơ nộp trực tuyến tăng {pct}%.",
                "Thời gian tìm hồ sơ cũ giảm từ {t1} phút xuống {t2} phút.",
                "Tiết kiệm {money} tiền giấy in, bưu phí mỗi năm.",
                "Xử lý {q} lượt phản ánh của người dân, đúng hạn trên 95%.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.COMMUNITY,
            objects=(
                "tuyến đường hoa tự quản", "việc phân loại rác ở hộ gia đình", "tổ liên gia an toàn phòng cháy",
                "lớp dạy bơi miễn phí cho trẻ", "câu lạc bộ dưỡng sinh",
                "góc đọc sách ở nhà văn hoá", "việc chi trả chế độ người có công tại nhà",
                "phong trào đổi rác lấy cây", "đội xung kích phòng, chống bão", "bữa cơm nghĩa tình",
            ),
            titles=(
                "Cách làm hay về {o} tại {p}", "Vận động xã hội hoá cho {o}", "Nhân rộng {o} {g}",
                "Kinh nghiệm duy trì {o} với sự tham gia của đoàn viên công đoàn",
            ),
            goals=("ở khu dân cư mới", "gắn với đô thị văn minh", "trong đoàn viên công đoàn"),
            effects=(
                "Huy động được {money} từ nguồn xã hội hoá.",
                "Có {q} hộ dân tham gia, môi trường sạch đẹp hơn.",
                "{n} tổ dân phố đã làm theo.",
                "Số vụ việc phức tạp trên địa bàn giảm {pct}%.",
            ),
        ),
    ),
)  # fmt: skip
