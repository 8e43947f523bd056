"""Machine building, steel, electronics, plastics."""

from addin.demo.content import Activity, Domain, Solution, Topic

MACHINERY = Domain(
    women=0.38,
    positions=(
        "Công nhân vận hành máy ép số {n}", "Kỹ thuật viên bảo trì", "Tổ trưởng dây chuyền {n}",
        "Công nhân lắp ráp chuyền {n}", "Nhân viên quản lý chất lượng",
        "Kỹ sư quy trình", "Thợ tiện, tổ cơ khí", "Trưởng ca sản xuất", "Nhân viên kho thành phẩm", "Thợ khuôn",
        "Kỹ sư tự động hoá", "Nhân viên phòng 5S",
    ),
    places=(
        "dây chuyền lắp ráp số 2", "xưởng ép nhựa", "xưởng dập", "lò nấu thép", "tổ khuôn mẫu", "phòng sạch",
        "kho thành phẩm", "trạm khí nén",
        "dây chuyền sơn tĩnh điện", "tổ gia công tiện phay", "phòng đo kiểm", "chuyền hàn dây điện",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "khuôn ép nắp hộp", "tay gắp sản phẩm", "đồ gá hàn bo mạch", "máy cấp vít tự động", "dao cắt ba via",
                "con lăn cán thép", "vòi phun làm mát khuôn",
                "băng chuyền hồi khay", "bộ kẹp phôi máy tiện", "đầu dò kiểm tra chân cắm", "cảm biến đếm sản phẩm",
                "máng trượt linh kiện", "xi lanh đẩy phôi",
                "bàn thao tác điều chỉnh độ cao", "phễu sấy hạt nhựa", "tấm chắn bắn xỉ", "đồ gá kiểm độ phẳng",
                "mỏ hàn nhiều đầu", "hệ thống thổi phoi",
            ),
            titles=(
                "Cải tiến {o} tại {p}", "Chế tạo {o} {g}", "Thay đổi vật liệu {o} {g}",
                "Lắp {o} cho máy đời cũ ở {p}", "Thiết kế {o} bằng in 3D",
                "Chống kẹt cho {o}", "Tối ưu thông số của {o} bằng thử nghiệm từng bước",
            ),
            goals=(
                "để giảm phế phẩm", "nhằm rút ngắn chu kỳ", "để một người đứng được hai máy",
                "nhằm giảm thời gian thay khuôn", "để giảm tiêu hao điện",
            ),
            effects=(
                "Phế phẩm giảm {pct}%, tiết kiệm {money} mỗi năm.",
                "Chu kỳ một sản phẩm giảm từ {t1} giây xuống {t2} giây.",
                "Thời gian thay khuôn còn {t2} phút, trước đây là {t1} phút.",
                "Giảm {n} lao động đứng máy, bố trí sang việc khác; làm lợi {money}.",
                "Tăng sản lượng {q} sản phẩm mỗi ca với cùng số máy.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.PRODUCTION,
            objects=(
                "điện năng tiêu thụ của máy nén khí", "tình trạng rung của quạt hút", "lịch bảo dưỡng khuôn",
                "sản lượng từng máy", "nhiệt độ lò", "lỗi ngoại quan",
                "phụ tùng thay thế", "tồn kho hạt nhựa", "dầu thuỷ lực", "kết quả đo kích thước",
                "thời gian dừng máy", "độ ẩm kho linh kiện",
            ),
            titles=(
                "Giám sát {o} bằng cảm biến giá rẻ", "Viết chương trình theo dõi {o} tại {p}",
                "Cảnh báo sớm {o} qua điện thoại", "Phân tích số liệu {o} {g}",
                "Hiển thị {o} trên màn hình tại {p}",
            ),
            goals=("để chủ động bảo trì", "nhằm giảm lãng phí", "phục vụ họp đầu ca", "để tìm nguyên nhân gốc"),
            effects=(
                "Số lần dừng máy đột xuất giảm {pct}%, làm lợi {money}.",
                "Tiết kiệm {q} kWh điện mỗi tháng.",
                "Thời gian lập báo cáo giảm từ {t1} phút xuống {t2} phút mỗi ngày.",
                "Phát hiện sớm {n} sự cố trong quý, tránh phải dừng cả dây chuyền.",
            ),
        ),
        Topic(
            Solution.MANAGEMENT, Activity.SAFETY,
            objects=(
                "khoá và treo thẻ khi sửa máy", "khu vực xe nâng giao với lối đi bộ", "phoi sắc cạnh",
                "dầu thải và giẻ dầu", "tư thế đứng lâu của công nhân lắp ráp",
                "bụi sơn tĩnh điện", "bình khí nén", "mắt kính bảo hộ", "dây điện kéo tạm", "tủ thuốc tại chuyền",
                "hộp các-tông dùng lại", "nước làm mát tuần hoàn",
            ),
            titles=(
                "Quản lý trực quan {o} tại {p}", "Cải thiện {o} {g}", "Đội an toàn vệ sinh viên tự kiểm tra {o}",
                "Thi đua không vi phạm về {o}", "Quy định màu sắc để nhận biết {o}",
            ),
            goals=(
                "theo phương pháp 5S", "để bảo vệ sức khoẻ công nhân", "nhằm phòng cháy",
                "trước khi đánh giá ISO 45001",
            ),
            effects=(
                "Số lỗi 5S giảm {pct}% sau ba tháng.",
                "Không có tai nạn lao động phải nghỉ việc trong năm; chi phí bảo hiểm giảm {money}.",
                "Tận dụng lại được {q} vật tư mỗi tháng.",
                "Thời gian tìm dụng cụ giảm từ {t1} phút xuống {t2} phút.",
            ),
        ),
    ),
)  # fmt: skip
