"""The demo's organisation: one city, five directly superior unions, sixty grassroots unions. All invented.

The names of companies, hospitals and wards are made up; schools bear names that hundreds of schools bear.
"""

from __future__ import annotations

from dataclasses import dataclass

from validation.units import Level, Unit

CITY = Unit("HP", "Liên đoàn Lao động thành phố Hải Phòng", Level.CITY, None)

UPPER_UNIONS = (
    Unit("HP-Q-HB", "LĐLĐ quận Hồng Bàng", Level.UPPER, "HP"),
    Unit("HP-H-AD", "LĐLĐ huyện An Dương", Level.UPPER, "HP"),
    Unit("HP-N-GD", "Công đoàn ngành Giáo dục Hải Phòng", Level.UPPER, "HP"),
    Unit("HP-N-YT", "Công đoàn ngành Y tế Hải Phòng", Level.UPPER, "HP"),
    Unit("HP-KKT", "Công đoàn Khu kinh tế Hải Phòng", Level.UPPER, "HP"),
)


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A grassroots union: ``domain`` names its trade, ``rows`` is how many initiatives it reports."""

    unit: Unit
    domain: str
    rows: int
    workers: int

    @property
    def code(self) -> str:
        """Its code."""
        return self.unit.code

    @property
    def members(self) -> int:
        """Its members, as the list of units says."""
        assert self.unit.members is not None
        return self.unit.members


# parent | name | domain | rows reported (0: never reports) | members | workers
_LIST = """
HP-Q-HB|CĐCS UBND phường Bến Bính|office|5|24|27
HP-Q-HB|CĐCS UBND phường Tân Cảng|office|8|22|22
HP-Q-HB|CĐCS UBND phường Sông Lấp|office|4|25|26
HP-Q-HB|CĐCS UBND phường Vườn Hoa|office|0|21|23
HP-Q-HB|CĐCS Trường Tiểu học Nguyễn Trãi|school|17|52|54
HP-Q-HB|CĐCS Trường Tiểu học Hoa Phượng|school|11|46|46
HP-Q-HB|CĐCS Trường THCS Hồng Hà|school|14|49|51
HP-Q-HB|CĐCS Trường Mầm non Sao Mai|school|9|38|41
HP-Q-HB|CĐCS Công ty CP May Hải Thanh|garment|62|410|455
HP-Q-HB|CĐCS Công ty CP Cơ khí Sông Cấm|machinery|33|168|180
HP-Q-HB|CĐCS Công ty TNHH Kho vận Bến Sáu|port|26|145|170
HP-Q-HB|CĐCS Công ty CP Bao bì Tân Phú|machinery|21|120|133
HP-H-AD|CĐCS UBND xã Đồng Xuân|office|6|20|22
HP-H-AD|CĐCS UBND thị trấn Cầu Rế|office|3|23|23
HP-H-AD|CĐCS Trường Tiểu học Kim Đồng|school|13|44|45
HP-H-AD|CĐCS Trường THCS Lê Lợi|school|12|42|43
HP-H-AD|CĐCS Trường Mầm non Hoa Sen|school|7|35|38
HP-H-AD|CĐCS Trường Mầm non Ánh Dương|school|0|31|33
HP-H-AD|CĐCS Công ty TNHH Da giày Bình Minh|shoes|84|760|905
HP-H-AD|CĐCS Công ty CP Giày An Thịnh|shoes|41|350|388
HP-H-AD|CĐCS Công ty TNHH May Xuất khẩu Đại Đồng|garment|47|520|610
HP-H-AD|CĐCS Công ty CP Thép Bắc Hải|machinery|36|205|214
HP-H-AD|CĐCS Công ty TNHH Nhựa Tân Tiến|machinery|18|96|120
HP-N-GD|CĐCS Trường THPT Nguyễn Bỉnh Khiêm|school|24|84|86
HP-N-GD|CĐCS Trường THPT Chu Văn An|school|21|78|80
HP-N-GD|CĐCS Trường THPT Lương Thế Vinh|school|16|63|66
HP-N-GD|CĐCS Trường THPT Ven Biển|school|12|55|55
HP-N-GD|CĐCS Trường THPT Hoàng Hoa Thám|school|15|58|60
HP-N-GD|CĐCS Trung tâm GDNN - GDTX thành phố|school|8|40|47
HP-N-GD|CĐCS Trường Trung cấp Kỹ thuật Bách Nghệ|school|10|48|56
HP-N-GD|CĐCS Văn phòng cơ quan ngành Giáo dục|office|6|45|45
HP-N-GD|CĐCS Trường THPT Hải Đảo|school|0|29|31
HP-N-YT|CĐCS Bệnh viện Đa khoa Sông Cấm|health|52|310|326
HP-N-YT|CĐCS Bệnh viện Nhi Hoa Phượng Đỏ|health|38|255|262
HP-N-YT|CĐCS Bệnh viện Phụ sản Hạnh Phúc|health|27|190|197
HP-N-YT|CĐCS Bệnh viện Y học cổ truyền Trường An|health|19|110|114
HP-N-YT|CĐCS Trung tâm Y tế quận Cửa Cấm|health|23|128|131
HP-N-YT|CĐCS Trung tâm Kiểm soát bệnh tật khu vực|health|14|92|95
HP-N-YT|CĐCS Trạm Y tế phường Bến Bính|health|3|9|9
HP-N-YT|CĐCS Trung tâm Cấp cứu Duyên Hải|health|9|60|63
HP-KKT|CĐCS Công ty TNHH Điện tử Đại Dương|electronics|71|980|1240
HP-KKT|CĐCS Công ty TNHH Dây dẫn Thái Bình Dương|electronics|44|640|702
HP-KKT|CĐCS Công ty TNHH Giày Thiên Hà|shoes|58|870|1015
HP-KKT|CĐCS Công ty TNHH May Mặc Phương Đông|garment|39|430|476
HP-KKT|CĐCS Công ty TNHH Cơ khí Chính xác Hoa Mai|machinery|25|150|162
HP-KKT|CĐCS Công ty CP Cảng Cửa Bạch Đằng|port|46|265|278
HP-KKT|CĐCS Công ty TNHH Tiếp vận Sao Biển|port|22|175|196
HP-KKT|CĐCS Công ty TNHH Hoá nhựa Vạn Xuân|machinery|17|88|101
HP-KKT|CĐCS Công ty TNHH Đóng tàu Hoàng Long|shipyard|37|240|266
HP-KKT|CĐCS Công ty TNHH Bao bì Giấy Việt Á|machinery|0|130|155
HP-KKT|CĐCS Công ty CP Hạ tầng Khu công nghiệp Nam Sông|utilities|11|47|49
HP|CĐCS Công ty CP Cảng Sông Biển|port|57|380|391
HP|CĐCS Công ty Đóng tàu Bạch Đằng Giang|shipyard|61|420|447
HP|CĐCS Công ty TNHH MTV Điện lực Duyên Hải|utilities|48|330|333
HP|CĐCS Công ty CP Cấp nước Ven Biển|utilities|34|215|219
HP|CĐCS Công ty TNHH MTV Môi trường đô thị Hoa Phượng|utilities|42|355|372
HP|CĐCS Công ty CP Vận tải hành khách Tam Bạc|port|15|118|140
HP|CĐCS Công ty CP Xây dựng Thuỷ lợi Đa Độ|utilities|20|102|118
HP|CĐCS Nhà máy Sửa chữa tàu Nam Triệu Giang|shipyard|28|160|175
HP|CĐCS Bệnh viện Đại học Duyên Hải|health|31|205|209
"""


def demo_units() -> tuple[DemoUnit, ...]:
    """All grassroots unions, with codes like ``HP-Q-HB-001``; those directly under the city are ``HP-TT-001`` …"""
    numbers: dict[str, int] = {}
    units = []
    for line in _LIST.strip().splitlines():
        parent, name, domain, rows, members, workers = line.split("|")
        number = numbers[parent] = numbers.get(parent, 0) + 1
        prefix = "HP-TT" if parent == CITY.code else parent
        code = f"{prefix}-{number:03d}"
        email = f"cdcs.{code.lower().replace('-', '')}@sangkien.example"
        unit = Unit(code, name, Level.GRASSROOTS, parent, members=int(members), email=email)
        units.append(DemoUnit(unit, domain, int(rows), int(workers)))
    return tuple(units)


def organisation() -> tuple[Unit, ...]:
    """Every unit of the campaign, the city first."""
    return (CITY, *UPPER_UNIONS, *(one.unit for one in demo_units()))
