"""Shoemaking."""

from addin.demo.content import Activity, Domain, Solution, Topic

SHOES = Domain(
    women=0.72,
    positions=(
        "Công nhân chuyền may {n}", "Tổ trưởng chuyền may {n}", "Công nhân chuyền gò {n}", "Tổ trưởng tổ gò",
        "Nhân viên kỹ thuật xưởng đế", "Nhân viên bảo trì cơ điện", "Quản đốc xưởng may mũ giày", "Nhân viên QC",
        "Công nhân tổ chặt", "Nhân viên phòng kỹ thuật mẫu", "Công nhân ép đế", "Thủ kho vật tư",
    ),
    places=(
        "chuyền may số 3", "chuyền gò số 2", "xưởng chặt", "xưởng ép đế", "tổ hoàn thiện", "kho nguyên phụ liệu",
        "chuyền may mũ giày trẻ em", "khu pha keo", "tổ in lụa", "tổ thêu", "chuyền đóng gói", "xưởng phun đế",
    ),
    topics=(
        Topic(
            Solution.TECHNICAL, Activity.PRODUCTION,
            objects=(
                "cữ may viền cổ giày", "khuôn chặt lưỡi gà", "dao chặt lót mặt", "máy quét keo mép đế",
                "đồ gá dán pho mũi",
                "bàn đỡ máy may trụ", "giá treo form giày", "con lăn ép đế", "bộ gạt da thừa",
                "khuôn định vị lỗ xỏ dây",
                "máy mài chân gò", "tấm dẫn hướng cho máy may zíc zắc", "súng phun keo nước",
                "chân vịt may gân trang trí",
                "bàn xoay sơn cạnh đế", "máy dập ô-dê", "giá sấy mũ giày", "đồ gá gắn khoá kéo ủng",
            ),
            titles=(
                "Cải tiến {o} tại {p}", "Chế tạo {o} {g}", "Thiết kế lại {o} {g}",
                "Làm {o} từ vật liệu tận dụng của {p}",
                "Bổ sung cảm biến dừng cho {o}", "Thay đổi kết cấu {o} để dùng chung cho nhiều mã giày",
                "Tự gia công {o} thay hàng nhập khẩu",
            ),
            goals=(
                "nhằm giảm lỗi lệch đường may", "để giảm hàng phải sửa lại", "giúp người mới thao tác được ngay",
                "để rút ngắn thời gian đổi mã hàng", "nhằm tiết kiệm da và vải lót",
            ),
            effects=(
                "Giảm tỷ lệ hàng lỗi của công đoạn {pct}%, làm lợi khoảng {money} mỗi năm.",
                "Thời gian thao tác một đôi giảm từ {t1} giây xuống {t2} giây, năng suất chuyền tăng {pct}%.",
                "Một công nhân thay được {n} người ở công đoạn này, tiết kiệm {money} tiền lương trong năm.",
                "Hết tình trạng keo tràn mép, mỗi ca bớt được {n} giờ làm lại.",
                "Chi phí chế tạo chỉ bằng {pct}% giá mua, tiết kiệm {money}.",
            ),
        ),
        Topic(
            Solution.PRACTICE, Activity.PRODUCTION,
            objects=(
                "cách sắp xếp chi tiết trước khi may", "thứ tự gò mũi và gò gót", "cách trải da trên bàn chặt",
                "quy trình pha keo đầu ca", "cách kiểm tra độ bám dính đế", "thao tác thay suốt chỉ",
                "cách vệ sinh mũ giày trắng",
                "trình tự đóng hộp hàng xuất", "cách đánh dấu điểm ráp đế", "việc chia bó bán thành phẩm",
                "thao tác cắt chỉ thừa", "cách phối hợp giữa tổ may và tổ gò", "cách ghép đôi sau khi hấp",
                "quy trình bàn giao ca ở máy ép",
            ),
            titles=(
                "Hợp lý hoá {o} tại {p}", "Thay đổi {o} {g}", "Chuẩn hoá {o} bằng bảng hình ảnh treo tại {p}",
                "Hướng dẫn lại {o} cho công nhân mới của {p}", "Bỏ bước thừa trong {o}",
                "Thống nhất {o} giữa hai ca sản xuất",
            ),
            goals=(
                "để giảm ùn hàng cuối chuyền", "nhằm giảm động tác thừa", "giúp đạt sản lượng giờ ổn định",
                "để hạn chế lẫn cỡ, lẫn màu",
            ),
            effects=(
                "Sản lượng tăng thêm {q} đôi mỗi tháng mà không phải thêm người.",
                "Lượng bán thành phẩm tồn trên chuyền giảm {pct}%.",
                "Thời gian đào tạo công nhân mới rút từ {d1} ngày còn {d2} ngày.",
                "Không còn lô hàng nào bị khách trả lại vì lẫn cỡ trong quý; giảm chi phí {money}.",
            ),
        ),
        Topic(
            Solution.MANAGEMENT, Activity.SAFETY,
            objects=(
                "hơi dung môi ở khu pha keo", "bụi mài đế", "tiếng ồn của máy dập", "tai nạn kẹp tay ở máy ép",
                "giẻ lau dính hoá chất", "vụn da và mút xốp", "nhiệt độ cao ở hầm sấy", "kim gãy lẫn trong sản phẩm",
                "việc sử dụng khẩu trang than hoạt tính", "lối thoát nạn trong giờ cao điểm",
                "bình chữa cháy và tủ điện",
                "nước thải khâu rửa khuôn in",
            ),
            titles=(
                "Giải pháp kiểm soát {o} tại {p}", "Phân công và chấm điểm hằng tuần về {o}",
                "Sổ theo dõi {o} dùng mã màu",
                "Biện pháp giảm rủi ro từ {o} {g}", "Lồng ghép kiểm tra {o} vào giờ sinh hoạt đầu ca",
            ),
            goals=(
                "bảo đảm sức khoẻ người lao động", "theo yêu cầu đánh giá của khách hàng", "trong mùa nắng nóng",
                "cho lao động nữ mang thai",
            ),
            effects=(
                "Số vụ việc mất an toàn giảm {pct}% so với năm trước.",
                "Lượng chất thải phải xử lý giảm {q} kg mỗi tháng, tiết kiệm {money} một năm.",
                "Qua {n} đợt khách hàng đánh giá không còn lỗi về an toàn, vệ sinh lao động.",
                "Công nhân yên tâm làm việc, số ngày nghỉ ốm giảm {pct}%.",
            ),
        ),
    ),
)  # fmt: skip
