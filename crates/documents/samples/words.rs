//! What the sample sheets say.

use xunju_domain::paper::SheetValue;

fn list(items: &[&str]) -> SheetValue {
    SheetValue::List(items.iter().map(|s| (*s).to_owned()).collect())
}

fn table(rows: &[&[&str]]) -> SheetValue {
    SheetValue::Table(rows.iter().map(|row| row.iter().map(|s| (*s).to_owned()).collect()).collect())
}

pub fn photo_count(code: &str) -> usize {
    match code {
        "F03" => 2,
        "F11" => 3,
        _ => 0,
    }
}

/// `chars` characters of plausible running text in paragraphs, rare characters included.
pub fn long_text(chars: usize) -> String {
    let sentence =
        "经现场勘验，该搭建物东西长5.20米、南北进深2.50米、檐高2.80米，系铝合金框架、夹胶玻璃顶，与㛃家、𠮷家相邻；";
    let mut text: String = sentence.chars().cycle().take(chars).collect();
    if chars > 1_000 {
        let middle = text.char_indices().nth(chars / 2).map_or(0, |(i, _)| i);
        text.insert(middle, '\n');
    }
    text
}

pub fn of(code: &str, key: &str) -> Option<SheetValue> {
    let special = match (code, key) {
        ("F02", "problems") => Some(table(&[
            &["56号底层天井", "新搭铝合金玻璃棚，约13平方米", "违法搭建", "310114-2026-WJ-000137"],
            &["58号楼道2至3层", "堆放纸箱、旧家具，通道净宽不足0.9米", "楼道堆物", "310114-2026-XF-000412"],
            &["小区北门外人行道", "流动水果摊两处", "乱设摊", ""],
        ])),
        ("F10", "place") => Some(SheetValue::Text("示例花园小区".into())),
        ("F10", "to") => Some(SheetValue::Text("上海示例花园物业管理有限公司".into())),
        ("F10", "basis") => Some(SheetValue::Text("《上海市住宅物业管理规定》及《示例花园物业服务合同》第六条".into())),
        ("F10", "items") => Some(table(&[
            &["3号楼、5号楼楼道堆放杂物，占用疏散通道", "服务合同第六条第（二）项", "清理全部堆物，张贴禁止堆放告示", "2026年11月27日"],
            &["北门技防设施12个点位中3个无图像", "服务合同第八条", "修复并提交检测记录", "2026年12月4日"],
            &["装修垃圾未按指定地点堆放", "小区管理规约第十五条", "清运，并设置围挡", "2026年11月26日"],
        ])),
        ("F30", "documents") => Some(table(&[
            &["责令限期改正通知书", "示综执责改字〔2026〕第 0001 号", "1"],
            &["现场检查（勘验）笔录", "示综执检字〔2026〕第 0003 号", "1"],
        ])),
        ("F32", "goods") => Some(table(&[&["水果推车", "三轮，铁质", "1辆", "存放于示例镇暂扣仓库"]])),
        ("F32", "to") => Some(SheetValue::Text("示例区规划和自然资源局".into())),
        ("F32", "facts") => Some(SheetValue::Text("2026年11月20日，我机关巡查发现示例路1234弄56号102室南侧天井内搭建铝合金玻璃棚一处，面积13.00平方米，当事人未能提供规划许可文件。".into())),
        ("G04", "to") => Some(SheetValue::Text("示例镇综合行政执法队".into())),
        ("G04", "demand") => Some(SheetValue::Text("两小时内到场核实；属在建的当场责令停止施工，取证后按程序处理。\n处置前后各拍摄同角度照片不少于三张，回传系统。".into())),
        ("G16", "to") => Some(SheetValue::Text("示例花园各位业主、使用人".into())),
        ("G17", "to") => Some(SheetValue::Text("示例镇人民政府".into())),
        ("G17", "matter") => Some(SheetValue::Text("南侧天井铝合金玻璃棚一处，面积13.00平方米，系本人未经许可搭建".into())),
        _ => None,
    };
    special.or_else(|| common(key))
}

fn common(key: &str) -> Option<SheetValue> {
    if let Some(value) = many(key) {
        return Some(value);
    }
    let text = match key {
        "party_kind" => "person",
        "party_name" => "㛃𠮷明",
        "party_id_kind" => "resident_id",
        "party_id_no" => "310112190001010010",
        "party_sex" => "male",
        "party_birth" => "1900-01-01",
        "party_legal_rep" => "欧阳小明",
        "party_address" => "上海市示例区示例路1234弄56号102室",
        "party_phone" => "13800001234",
        "officer1_name" => "李四",
        "officer1_no" => "09001001",
        "officer2_name" => "王五",
        "officer2_no" => "09001002",
        "recorder" => "赵六",
        "contact_name" => "李四",
        "contact_phone" => "021-59990000",
        "organ_address" => "示例区示例镇人民路1号",
        "remedy_authority" => "示例区人民政府",
        "remedy_court" => "上海市示例区人民法院",
        "witness_name" => "孙七",
        "witness_place" => "示例花园居民委员会",
        "date" | "found_on" => "2026-11-20",
        "started_at" => "2026-11-20 09:30",
        "ended_at" => "2026-11-20 11:05",
        "found_at" | "checked_at" => "2026-11-20 10:02",
        "rechecked_at" => "2026-12-07 14:30",
        "weather" => "晴，北风3级",
        "route" => "示例花园、东湖花园、示例路1234弄",
        "inspectors" => "李四、王五",
        "problem_count" => "3",
        "on_site" => "楼道堆物已当场劝导清理；流动摊贩已劝离。\n天井搭建已拍照取证并立案。",
        "remarks" => "无其他情况",
        "place" => "示例路1234弄56号102室南侧天井",
        "site_person" => "周八",
        "site_person_post" => "施工负责人",
        "site_person_relation" => "受业主委托施工",
        "told" => {
            "我们是示例镇人民政府的执法人员，已向你出示执法证件。现依法进行现场检查（勘验），请予配合。你如认为执法人员与本案有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避。"
        }
        "scene" => {
            "检查时，该户南侧天井内有一处新搭建的铝合金玻璃棚。位置：天井东侧紧贴外墙，西至58号分户墙，北至南阳台外墙，南至围墙内侧。\n尺寸：东西长5.20米，南北进深2.50米，檐高2.80米，占地面积13.00平方米。结构：铝合金框架、夹胶玻璃顶。用途：厨房及储物。施工状态：主体已完工，收边未完成。\n现场负责人称未办理规划许可手续。"
        }
        "photo_numbers" => "1至3号",
        "sketch_space" => "yes",
        "party_opinion" => "agreed",
        "opinion_note" | "published" => "",
        "case_name" => "㛃𠮷明擅自搭建天井玻璃棚案",
        "proves" => "示例路1234弄56号102室南侧天井内搭建物的位置、尺寸、结构及现状",
        "source_medium" => "执法终端 XJ-07 内置存储卡，原始文件未作修改",
        "per_page" => "2",
        "act" => "未取得建设工程规划许可证，擅自在天井内搭建铝合金玻璃棚一处，面积13.00平方米",
        "law_broken" => "《上海市拆除违法建筑若干规定》第四条",
        "law_basis" => "《中华人民共和国行政处罚法》第二十八条第一款",
        "demand" => "自收到本通知书之时起立即停止上述行为，保持现场原状，并接受调查处理。\n施工工具应当即时撤离现场。",
        "due_on" => "2026-12-04",
        "due_time" => "18:00",
        "consequence" => "逾期不改正的，本机关将依法处理。",
        "recheck" => "改正期限届满后，本机关将于2026年12月7日派员到场复查，请予配合。",
        "recheck_on" => "2026-12-07",
        "ref_title" => "责令限期改正通知书",
        "ref_number" => "示综执责改字〔2026〕第 0001 号",
        "ref_date" => "2026-11-24",
        "conclusion" => "partial",
        "findings" => "玻璃顶已拆除，铝合金框架尚未拆除，剩余占地面积13.00平方米。现场堆放拆下的玻璃约20块，未清运。",
        "next_step" => "请于2026年12月14日前拆除全部框架并清运余物，本机关将再次复查。",
        "structure_place" => "示例路1234弄56号102室南侧天井",
        "structure_area" => "13.00",
        "structure_kind" => "铝合金框架、夹胶玻璃顶",
        "structure_use" => "厨房、储物",
        "built_when" => "2026年11月",
        "facts" => {
            "2026年11月，你未取得建设工程规划许可证，在上述位置搭建铝合金玻璃棚一处，占地面积13.00平方米，经责令限期改正后逾期未改正。"
        }
        "determination" => "示例区规划和自然资源局《关于示例路1234弄56号102室搭建物的认定意见》",
        "publication" => "本决定书同时在建筑物所在地张贴公告。",
        "decision_title" => "责令限期拆除决定书",
        "decision_number" => "示综执拆字〔2026〕第 0001 号",
        "decision_on" => "2026-11-02",
        "decision_served_on" => "2026-11-04",
        "obligation" => "拆除示例路1234弄56号102室南侧天井内面积13.00平方米的铝合金玻璃棚",
        "manner" => "自行拆除并清运建筑垃圾，恢复天井原状",
        "amount" => "无",
        "defence" => "你（单位）收到本催告书后有权进行陈述和申辩。逾期不陈述、申辩的，视为放弃上述权利。",
        "recipient" => "㛃𠮷明",
        "mode" => "left",
        "served_at" => "2026-11-24 15:10",
        "receiver" | "received_at" | "agent_relation" | "post_no" | "electronic_address" | "electronic_consent"
        | "through" | "notice_medium" | "notice_days" | "notice_reason" => "",
        "refusal_reason" => "受送达人阅后拒绝签收，称需与家人商量。执法人员将文书留置于其住所，并全程录像。",
        "reason" => "该搭建行为是否属于违反规划管理的行为需由你局认定，不属于我机关职权范围。",
        "source" => "12345市民服务热线",
        "problem" => "居民反映56号102室正在天井内搭建玻璃棚，有施工噪声。",
        "due_at" => "2026-11-24 17:30",
        "reply_by" => "2026-11-24 11:00",
        "sender" => "联席会议办公室　钱九",
        "about" => "停止占用公共绿地搭建并自行拆除",
        "body" => {
            "近期，我镇在巡查中发现示例花园部分底层住户占用公共绿地、天井搭建玻璃棚、围栏。上述行为侵占业主共有部分，影响采光、排水和消防安全，邻里反映较多。\n为维护全体业主的合法权益，我镇将于下月起开展集中整治。"
        }
        "law" => {
            "《中华人民共和国民法典》第二百七十四条：建筑区划内的绿地，属于业主共有，但是属于城镇公共绿地或者明示属于个人的除外。"
        }
        "to" => "示例镇综合行政执法队",
        _ => return None,
    };
    Some(SheetValue::Text(text.to_owned()))
}

fn many(key: &str) -> Option<SheetValue> {
    Some(match key {
        "corrections" => list(&[
            "拆除天井内铝合金玻璃棚，面积13.00平方米，恢复天井原状",
            "清运拆除产生的建筑垃圾，不得堆放于公共通道和绿地",
        ]),
        "evidence" => list(&["现场检查（勘验）笔录一份", "现场照片五张", "询问笔录一份", "规划资源部门认定意见一份"]),
        "materials" => list(&["案件来源登记表一份", "现场检查（勘验）笔录一份，共2页", "现场照片证据单一份，照片5张"]),
        "assist" => list(&["示例派出所", "示例镇房屋管理事务所", "示例花园居民委员会"]),
        "requests" => list(&[
            "自行拆除搭建物，恢复绿地原状",
            "暂不自行拆除的，请主动与我镇联系，说明情况",
            "发现正在施工的，请拨打联系电话告知",
        ]),
        "promises" => {
            list(&["自行拆除上述搭建物，恢复天井原状", "拆除时做好安全防护，及时清运建筑垃圾", "今后不再搭建"])
        }
        _ => return None,
    })
}
