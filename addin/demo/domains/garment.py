"""Garment making."""

from addin.demo.content import Activity, Domain, Solution, Topic

GARMENT = Domain(
    women=0.8,
    positions=(
        "Công nhân may tổ {n}", "Tổ trưởng tổ may {n}", "Tổ phó tổ may {n}", "Nhân viên kỹ thuật chuyền", "Thợ sửa máy",
        "Công nhân tổ cắt", "Nhân viên trải vải", "Nhân viên phòng kế hoạch", "Nhân viên kiểm hoá", "Công nhân là hơi",
        "Quản đốc phân xưởng {n}", "Nhân viên phòng công nghệ",
    ),
    places=(
        "tổ may 4", "phân xưởng cắt", "tổ hoàn thành", "chuyền áo sơ mi", "chuyền quần âu", "kho phụ liệu",
        "chuyền áo jacket",
        "bộ phận giác mẫu", "tổ đính khuy", "tổ là", "chuyền đồ bảo hộ", "khu kiểm vải",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "rập may túi hộp", "cữ cuốn gấu áo", "chân vịt tra khoá giấu", "bàn thao tác may cổ",
                "mẫu lấy dấu khuy cúc",
                "giá để ống chỉ", "dưỡng may nẹp áo", "máy cắt dây chun", "bộ gá may đáp túi sau",
                "kệ xoay để tem nhãn",
                "bàn là có tay đỡ", "cữ may dây thắt lưng", "thiết bị hút xơ vải", "rập gấp măng séc",
                "bàn trải vải kẻ sọc",
                "máy lộn cổ áo", "đồ gá ép mex", "hộp đựng kim có khoá từ",
            ),
            titles=(
                "Chế tạo {o} {g}", "Cải tiến {o} tại {p}", "Sử dụng {o} thay cho thao tác kẻ tay",
                "Lắp thêm đèn và công tắc gối cho {o}",
                "Làm {o} bằng mica tận dụng", "Điều chỉnh {o} phù hợp vải co giãn",
                "Thiết kế {o} lắp nhanh dùng cho {p}",
            ),
            goals=(
                "giúp tăng năng suất công đoạn", "để thợ bậc thấp may được công đoạn khó", "nhằm giảm lỗi sụp mí",
                "để đường may đều và đẹp", "nhằm giảm thời gian đổi mã",
            ),
            effects=(
                "Năng suất công đoạn tăng {pct}%, mỗi tháng thêm {q} sản phẩm.",
                "Thời gian may một chi tiết giảm từ {t1} giây xuống {t2} giây.",
                "Tỷ lệ tái chế giảm {pct}%, tiết kiệm {money} một năm.",
                "Bớt được {n} lao động phụ ở công đoạn lấy dấu, làm lợi {money}.",
                "Chất lượng đường may đồng đều, khách hàng không phải kiểm lại lần {n}.",
            ),
        ),
        Topic(
            Solution.TECHNOLOGY, Activity.PRODUCTION,
            objects=(
                "phần mềm giác sơ đồ", "bảng sản lượng điện tử", "mã QR trên phiếu bó hàng",
                "bảng tính cân bằng chuyền",
                "nhóm Zalo báo hỏng máy", "file theo dõi định mức chỉ", "máy in mã vạch để bàn",
                "camera đọc tem kiểm vải",
                "biểu mẫu trực tuyến chấm lỗi", "thư viện video thao tác chuẩn", "đồng hồ bấm giờ trên điện thoại",
                "bảng Excel tự tính vải đầu tấm",
            ),
            titles=(
                "Ứng dụng {o} tại {p}", "Khai thác {o} {g}", "Đưa {o} vào quản lý sản lượng từng giờ",
                "Xây dựng {o} dùng chung cho toàn xưởng",
                "Kết nối {o} với phòng kế hoạch",
            ),
            goals=(
                "để biết ngay điểm nghẽn trên chuyền", "nhằm tiết kiệm vải chính", "thay cho ghi sổ tay",
                "để giảm chờ việc",
            ),
            effects=(
                "Tiết kiệm {pct}% vải so với định mức, tương đương {money} mỗi năm.",
                "Thời gian tổng hợp sản lượng giảm từ {t1} phút xuống {t2} phút mỗi ngày.",
                "Tổ trưởng biết điểm nghẽn ngay trong giờ, thời gian chờ việc giảm {pct}%.",
                "Bỏ được {n} loại sổ ghi tay, số liệu giữa các tổ thống nhất.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.PRODUCTION,
            objects=(
                "trình tự may áo hai lớp", "cách phân công công đoạn theo tay nghề", "thao tác lấy và đặt chi tiết",
                "cách là định hình thân trước",
                "việc kiểm tra đầu chuyền", "cách xếp vải kẻ caro", "quy trình bóc màu vải",
                "cách đóng thùng theo tỷ lệ cỡ",
                "việc cấp phát chỉ cho từng tổ", "cách xử lý vết dầu trên hàng trắng", "quy trình nhận hàng gia công",
                "việc sắp xếp máy theo hình chữ U",
                "cách lưu mẫu đối chứng",
            ),
            titles=(
                "Thay đổi {o} {g}", "Sắp xếp lại {o} ở {p}", "Cải tiến {o} cho đơn hàng gấp",
                "Kinh nghiệm tổ chức {o} tại {p}",
                "Rút gọn {o}, bỏ các bước trùng lặp",
            ),
            goals=(
                "để chuyền chạy đều", "nhằm giảm hàng lỗi cuối chuyền", "giúp giao hàng đúng hạn",
                "để giảm giờ làm thêm",
            ),
            effects=(
                "Thời gian vào chuyền mã mới rút từ {d1} ngày còn {d2} ngày.",
                "Giờ làm thêm trong tháng giảm {pct}%, người lao động phấn khởi.",
                "Lỗi cuối chuyền giảm {pct}%, mỗi năm tiết kiệm {money}.",
                "Giao hàng sớm hơn kế hoạch {n} ngày.",
            ),
        ),
    ),
)  # fmt: skip
