"""Schools, from nursery to upper secondary."""

from addin.demo.content import Activity, Domain, Solution, Topic

SCHOOL = Domain(
    women=0.78,
    positions=(
        "Giáo viên Toán", "Giáo viên Ngữ văn", "Giáo viên Tiếng Anh", "Tổ trưởng tổ Tự nhiên", "Tổ trưởng tổ Xã hội",
        "Hiệu phó", "Giáo viên chủ nhiệm khối {n}",
        "Giáo viên Tin học", "Tổng phụ trách Đội", "Nhân viên thư viện", "Nhân viên kế toán",
        "Giáo viên Giáo dục thể chất",
    ),
    places=(
        "khối lớp đầu cấp", "tổ chuyên môn", "thư viện trường", "phòng thí nghiệm", "lớp có học sinh hoà nhập",
        "câu lạc bộ Tiếng Anh", "đội tuyển học sinh giỏi",
        "lớp học buổi hai", "phòng máy tính", "bếp ăn bán trú", "lớp ôn thi cuối cấp", "phòng đa năng",
    ),
    topics=(
        Topic(
            Solution.PRACTICE, Activity.COMMUNITY,
            objects=(
                "kỹ năng giải toán có lời văn", "kỹ năng đọc hiểu văn bản", "năng lực tự học môn Lịch sử",
                "kỹ năng nói Tiếng Anh", "vốn từ cho học sinh yếu",
                "hứng thú học môn Hoá học", "khả năng viết đoạn văn nghị luận", "kỹ năng phòng chống đuối nước",
                "thói quen đọc sách", "kỹ năng làm việc nhóm",
                "nền nếp lớp chủ nhiệm", "kỹ năng vẽ biểu đồ Địa lí", "tư duy lập trình", "kỹ năng tính nhẩm",
                "ý thức bảo vệ môi trường", "thể lực cho học sinh béo phì",
                "kỹ năng thực hành Sinh học", "chữ viết đẹp",
            ),
            titles=(
                "Một số biện pháp rèn {o} {g}", "Phát triển {o} qua trò chơi học tập",
                "Nâng cao {o} ở {p} bằng sơ đồ tư duy", "Kinh nghiệm bồi dưỡng {o} tại {p}",
                "Vận dụng dạy học dự án để hình thành {o}", "Phối hợp với phụ huynh củng cố {o}",
                "Biện pháp nâng {o} theo hướng cá nhân hoá",
            ),
            goals=(
                "cho học sinh trong giai đoạn học trực tuyến", "theo Chương trình giáo dục phổ thông 2018",
                "qua hoạt động trải nghiệm", "cho học sinh còn rụt rè",
                "với sự hỗ trợ của đôi bạn cùng tiến",
            ),
            effects=(
                "Tỷ lệ học sinh đạt mức tốt tăng {pct}% so với đầu năm.",
                "Có {n} học sinh đạt giải cấp quận, huyện; không còn học sinh chưa hoàn thành.",
                "Qua khảo sát, {q} lượt học sinh và phụ huynh hài lòng với cách làm mới.",
                "Số học sinh mạnh dạn phát biểu tăng {pct}%, giờ học sôi nổi hơn.",
                "Điểm kiểm tra cuối kỳ của lớp tăng rõ rệt, {pct}% học sinh tiến bộ ít nhất một bậc.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.COMMUNITY,
            objects=(
                "kho bài giảng điện tử", "bài kiểm tra trên Google Forms", "trò chơi ôn tập Quizizz",
                "thí nghiệm ảo môn Vật lí", "sổ liên lạc điện tử", "video hướng dẫn tự học",
                "ngân hàng đề trắc nghiệm", "bản đồ số môn Lịch sử", "phần mềm GeoGebra", "thư viện số",
                "nhóm lớp học trên Zalo", "sách nói cho học sinh khiếm thị",
            ),
            titles=(
                "Xây dựng {o} dùng chung cho {p}", "Ứng dụng {o} {g}", "Thiết kế {o} theo từng chủ đề",
                "Khai thác {o} trong dạy học kết hợp", "Sử dụng {o} để đánh giá thường xuyên",
            ),
            goals=(
                "giúp học sinh tự ôn ở nhà", "trong kiểm tra, đánh giá", "để giảm thời gian soạn bài",
                "khi học sinh nghỉ phòng dịch",
            ),
            effects=(
                "Giáo viên giảm thời gian chấm bài từ {t1} phút xuống {t2} phút mỗi lớp.",
                "Có {q} lượt truy cập trong học kỳ; {pct}% học sinh hoàn thành bài đúng hạn.",
                "Tiết kiệm {money} tiền in ấn tài liệu mỗi năm học.",
                "Các tổ chuyên môn khác đã dùng lại, giảm {pct}% thời gian chuẩn bị tiết dạy.",
            ),
        ),
        Topic(
            Solution.MANAGEMENT, Activity.ADMINISTRATION,
            objects=(
                "sinh hoạt chuyên môn theo nghiên cứu bài học", "công tác bán trú", "việc quản lý thiết bị dạy học",
                "phong trào thi đua trong công đoàn trường", "công tác y tế học đường",
                "hồ sơ sổ sách điện tử", "việc thu chi đầu năm học", "đội cờ đỏ", "việc bồi dưỡng giáo viên trẻ",
                "thư viện lớp học", "an toàn giao thông trước cổng trường",
                "vườn rau của bé",
            ),
            titles=(
                "Đổi mới {o} {g}", "Biện pháp chỉ đạo {o} trong nhà trường",
                "Nâng cao hiệu quả {o} từ nguồn xã hội hoá", "Ứng dụng bảng tính vào {o}",
                "Xây dựng quy chế phối hợp về {o}",
            ),
            goals=(
                "gắn với trường học hạnh phúc", "trong điều kiện thiếu giáo viên", "theo hướng dân chủ, công khai",
                "để giảm áp lực cho giáo viên",
            ),
            effects=(
                "Thời gian họp và làm sổ sách giảm {pct}%.",
                "Nhà trường tiết kiệm {money} trong năm học.",
                "{pct}% cán bộ, giáo viên tham gia; không có đơn thư, kiến nghị.",
                "Trường được công nhận thêm {n} tiêu chí của trường học an toàn.",
            ),
        ),
    ),
)  # fmt: skip
