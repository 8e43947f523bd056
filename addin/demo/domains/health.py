"""Hospitals and health stations."""

from addin.demo.content import Activity, Domain, Solution, Topic

HEALTH = Domain(
    women=0.66,
    positions=(
        "Điều dưỡng khoa Nội", "Bác sĩ khoa Khám bệnh", "Điều dưỡng trưởng khoa Ngoại", "Hộ sinh khoa Sản",
        "Kỹ thuật viên xét nghiệm", "Dược sĩ khoa Dược",
        "Kỹ thuật viên chẩn đoán hình ảnh", "Điều dưỡng khoa Cấp cứu", "Nhân viên phòng Kế hoạch tổng hợp",
        "Nhân viên phòng Vật tư", "Y sĩ trạm y tế", "Hộ lý khoa Nhi",
    ),
    places=(
        "khoa Khám bệnh", "khoa Cấp cứu", "khoa Nhi", "khoa Ngoại tổng hợp", "khoa Hồi sức tích cực", "khoa Phụ sản",
        "khoa Dược", "khoa Xét nghiệm",
        "khoa Kiểm soát nhiễm khuẩn", "khoa Nội tim mạch", "phòng tiêm chủng", "khu cách ly",
    ),
    topics=(
        Topic(
            Solution.PRACTICE, Activity.COMMUNITY,
            objects=(
                "quy trình đón tiếp người bệnh", "việc chăm sóc vết mổ", "cách phòng loét tì đè",
                "việc hướng dẫn người bệnh đái tháo đường", "quy trình bàn giao người bệnh",
                "việc theo dõi sốt ở trẻ", "cách thay băng cho người bệnh bỏng", "việc tư vấn nuôi con bằng sữa mẹ",
                "quy trình lấy mẫu máu", "cách tập phục hồi sau đột quỵ",
                "việc chuẩn bị người bệnh trước mổ", "cách sắp xếp hộp chống sốc",
                "việc quản lý tăng huyết áp tại cộng đồng", "quy trình rửa tay ngoại khoa",
                "việc chăm sóc ống nội khí quản", "cách phân luồng người bệnh sốt",
                "việc khám sàng lọc trước tiêm chủng", "quy trình chuyển viện an toàn",
            ),
            titles=(
                "Cải tiến {o} tại {p}", "Chuẩn hoá {o} bằng bảng kiểm", "Nâng cao chất lượng {o} {g}",
                "Rút ngắn thời gian trong {o} ở {p}",
                "Truyền thông bằng tranh lật về {o}", "Áp dụng mô hình nhóm chăm sóc vào {o}",
                "Đánh giá và cải thiện {o} {g}",
            ),
            goals=(
                "nhằm tăng sự hài lòng của người bệnh", "để giảm biến chứng", "trong giai đoạn dịch COVID-19",
                "cho người cao tuổi", "phù hợp với tuyến y tế cơ sở",
            ),
            effects=(
                "Thời gian chờ trung bình giảm từ {t1} phút xuống {t2} phút.",
                "Tỷ lệ biến chứng giảm {pct}%, số ngày nằm viện giảm từ {d1} xuống {d2} ngày.",
                "Mức hài lòng của người bệnh tăng {pct}%.",
                "Đã áp dụng cho {q} lượt người bệnh, không xảy ra sự cố y khoa.",
                "Tiết kiệm {money} vật tư tiêu hao trong năm.",
            ),
        ),
        Topic(
            Solution.TECHNICAL, Activity.SAFETY,
            objects=(
                "hộp đựng bơm kim tiêm đã dùng", "giá treo dịch truyền di động", "tấm chắn giọt bắn khi lấy mẫu",
                "đai cố định bệnh nhi", "xe tiêm có ngăn phân loại rác",
                "gối kê chống loét", "khay vận chuyển bệnh phẩm", "máng nâng chân sau mổ", "hệ thống nhắc thay dịch",
                "buồng lấy mẫu áp lực âm", "giường xông hơi thuốc nam",
                "tủ sấy đồ vải tận dụng", "dụng cụ kéo giãn cột sống cổ", "bồn rửa dụng cụ nội soi",
            ),
            titles=(
                "Chế tạo {o} từ vật liệu sẵn có", "Cải tiến {o} {g}", "Thiết kế {o} cho {p}",
                "Sử dụng {o} tự làm tại {p}", "Hoàn thiện {o} phù hợp thể trạng người Việt Nam",
            ),
            goals=(
                "phòng lây nhiễm chéo", "để nhân viên y tế đỡ vất vả", "giảm chi phí mua sắm",
                "bảo đảm an toàn cho người bệnh",
            ),
            effects=(
                "Giá thành chỉ bằng {pct}% sản phẩm bán sẵn, tiết kiệm {money}.",
                "Không có trường hợp phơi nhiễm nào từ khi sử dụng.",
                "Giảm {n} lượt thao tác cho mỗi người bệnh.",
                "Đã nhân rộng ra {n} khoa trong bệnh viện.",
            ),
        ),
        Topic(
            Solution.RESEARCH, Activity.COMMUNITY,
            objects=(
                "kiến thức về rửa tay của người chăm sóc", "tình trạng dinh dưỡng của người bệnh lọc máu",
                "kết quả phẫu thuật nội soi ruột thừa", "sự tuân thủ điều trị tăng huyết áp",
                "đặc điểm viêm phổi ở trẻ dưới 5 tuổi", "chất lượng giấc ngủ của người bệnh cao tuổi",
                "kết quả điều trị viêm khớp bằng cấy chỉ", "sai sót trước xét nghiệm",
                "việc sử dụng kháng sinh dự phòng", "mức độ đau sau mổ lấy thai", "tỷ lệ nhiễm khuẩn vết mổ",
                "stress nghề nghiệp của điều dưỡng",
            ),
            titles=(
                "Khảo sát {o} tại {p} và đề xuất giải pháp", "Nghiên cứu {o} năm 2022",
                "Đánh giá {o} trước và sau can thiệp tư vấn", "Thực trạng {o} và một số yếu tố liên quan",
            ),
            goals=("nhằm đề xuất giải pháp",),
            effects=(
                "Nghiên cứu trên {q} đối tượng; kết quả được hội đồng khoa học nghiệm thu, đưa vào phác đồ.",
                "Sau can thiệp tỷ lệ đạt tăng {pct}%.",
                "Làm cơ sở điều chỉnh {n} quy trình chuyên môn của đơn vị.",
                "Giảm {pct}% chi phí thuốc không cần thiết, tiết kiệm {money}.",
            ),
        ),
    ),
)  # fmt: skip
