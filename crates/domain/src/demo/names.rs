//! Invented names, with their pinyin initials: the program carries no table of readings.

/// In every size, first.
pub const NAMED: &[(&str, &str)] =
    &[("东湖花园", "dhhy"), ("明珠苑", "mzy"), ("新村一居", "xcyj"), ("阳光里", "ygl"), ("翠苑", "cy")];

/// A name outside the basic plane, for one compound of every size.
pub const RARE: (&str, &str) = ("𠮷庆里", "jql");

pub const FIRST: &[(&str, &str)] = &[
    ("锦绣", "jx"),
    ("金桂", "jg"),
    ("银杏", "yx"),
    ("梧桐", "wt"),
    ("紫藤", "zt"),
    ("海棠", "ht"),
    ("丹枫", "df"),
    ("玉兰", "yl"),
    ("凤凰", "fh"),
    ("白鹭", "bl"),
    ("云锦", "yj"),
    ("清溪", "qx"),
    ("香樟", "xz"),
    ("望江", "wj"),
    ("长桥", "cq"),
    ("学林", "xl"),
    ("和平", "hp"),
    ("建设", "js"),
    ("兴业", "xy"),
    ("永安", "ya"),
    ("四季", "sj"),
    ("青松", "qs"),
    ("红旗", "hq"),
    ("春晖", "ch"),
];

pub const LAST: &[(&str, &str)] = &[
    ("花园", "hy"),
    ("新村", "xc"),
    ("家园", "jy"),
    ("公寓", "gy"),
    ("名邸", "md"),
    ("坊", "f"),
    ("苑", "y"),
    ("佳苑", "jy"),
];

pub const ROADS: &[&str] = &["示例路", "试验路", "样板路", "假设路", "范本路", "比方路"];

pub const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马",
    "罗",
];
