/** A small catalogue for the gallery and for tests: one category with each field kind in it. */
import type { Catalogue, Category, Field, FieldKind, Label, PhotoSlot } from "../ipc/api.gen";

export const label = (hans: string, hant: string, en: string): Label => ({ "zh-Hans": hans, "zh-Hant": hant, en });

export function field(key: string, kind: FieldKind, words: Label, over: Partial<Field> = {}): Field {
  return { key, label: words, kind, required: false, required_to_file: false, required_to_finish: false, at_most: null, unit: null, scale: 0, min: null, max: null, choices: [], shown_if: null, ...over };
}

const choice = (value: string, hans: string, hant: string, en: string) => ({ value, label: label(hans, hant, en) });

const slot = (key: string, hans: string, hant: string, en: string, expected = true): PhotoSlot => ({ key, label: label(hans, hant, en), expected });

export const SLOTS: PhotoSlot[] = [slot("far", "全景", "全景", "whole view"), slot("near", "近景", "近景", "close view"), slot("door", "门牌", "門牌", "door plate")];

/** One field of every kind. */
export const FIELDS: Field[] = [
  field("structure", "one_of", label("结构材质", "結構材質", "structure"), {
    required: true,
    choices: [
      choice("brick", "砖混", "磚混", "brick"),
      choice("steel", "钢结构", "鋼結構", "steel"),
      choice("color_steel", "彩钢板", "彩鋼板", "colour steel"),
      choice("glass", "铝合金玻璃", "鋁合金玻璃", "aluminium and glass"),
      choice("other", "其他", "其他", "other"),
    ],
  }),
  field("area_m2", "decimal", label("建筑面积", "建築面積", "floor area"), { unit: "m²", scale: 2, min: "0", max: "10000", required_to_file: true }),
  field("floors", "whole", label("层数", "層數", "storeys"), { unit: "层", min: "1", max: "30" }),
  field("affects", "many_of", label("影响", "影響", "affects"), {
    choices: [
      choice("fire", "消防", "消防", "fire safety"),
      choice("light", "采光", "採光", "daylight"),
      choice("structure", "结构", "結構", "structure"),
      choice("drain", "排水", "排水", "drainage"),
      choice("way", "通行", "通行", "passage"),
    ],
  }),
  field("owner_known", "yes_no_unknown", label("业主已查明", "業主已查明", "owner known")),
  field("dissuaded", "flag", label("已当场劝阻", "已當場勸阻", "told to stop on the spot")),
  field("built_from", "date", label("开工日期", "開工日期", "begun on")),
  field("use", "text", label("用途", "用途", "use")),
  field("history", "long_text", label("来由", "來由", "background")),
  field("per_person_m2", "computed", label("人均居住面积", "人均居住面積", "living area per person"), { unit: "m²", scale: 2 }),
];

const basis = (id: string, hans: string, hant: string, en: string) => ({
  id,
  label: label(hans, hant, en),
  rule: "WORK",
  n: 3,
  unit: "workday",
  basis: "镇内规定(可改)",
  effective_from: "2026-01-01",
  effective_to: null,
});

function category(code: string, words: Label, fields: Field[] = []): Category {
  return {
    code,
    label: words,
    fields,
    slots: SLOTS,
    legal_basis: [],
    deadline: basis(`${code}-check`, "3 个工作日内核实", "3 個工作日內核實", "check within 3 working days"),
    severity: "serious",
  };
}

const type = (code: string, hans: string, hant: string, en: string) => ({
  code,
  category: code.slice(0, 2),
  label: label(hans, hant, en),
  legal_basis: null,
  deadline: null,
  severity: null,
});

const WJ = label("违法搭建", "違法搭建", "illegal construction");
const QZ = label("群租", "群租", "group renting");
const CZ = label("损坏承重", "損壞承重", "load-bearing damage");
const JG = label("居改非", "居改非", "dwelling changed to other use");
const GB = label("占绿毁绿", "佔綠毀綠", "common green taken");
const XF = label("堵通道", "堵通道", "fire passage blocked");
const FX = label("飞线充电", "飛線充電", "fly-wire charging");
const QT = label("乱设摊", "亂設攤", "disorderly stalls");

export const CATALOGUE: Catalogue = {
  version: "2026.11",
  tiles: [
    { code: "WJ", label: WJ, icon: "hammer" },
    { code: "QZ", label: QZ, icon: "bed-double" },
    { code: "CZ", label: CZ, icon: "columns-3" },
    { code: "JG", label: JG, icon: "store" },
    { code: "GB-LD", label: GB, icon: "trees" },
    { code: "XF-TD", label: XF, icon: "siren" },
    { code: "XF-FX", label: FX, icon: "plug-zap" },
  ],
  categories: [
    category("WJ", WJ, FIELDS),
    category("QZ", QZ, [
      field("beds", "whole", label("床位数", "床位數", "beds"), { required: true, unit: "张" }),
      field("tenants", "whole", label("居住人数", "居住人數", "persons living there"), { unit: "人" }),
    ]),
    category("CZ", CZ),
    category("JG", JG),
    category("GB", label("共用部位/设施", "共用部位/設施", "common parts")),
    category("XF", label("消防", "消防", "fire safety")),
    category("LS", QT),
  ],
  types: [
    type("WJ-TJ", "天井搭建", "天井搭建", "built over light well"),
    type("WJ-TY", "庭院搭建", "庭院搭建", "in private garden"),
    type("WJ-LT", "露台搭建", "露臺搭建", "on terrace"),
    type("WJ-YT", "阳台外挑", "陽臺外挑", "balcony extended outward"),
    type("WJ-WD", "屋顶加层", "屋頂加層", "on roof, extra storey"),
    type("WJ-PF", "雨棚/钢棚", "雨棚/鋼棚", "canopy, steel shed"),
    type("QZ-FG", "分割搭建后出租", "分割搭建後出租", "partitioned and let"),
    type("QZ-CW", "按床位出租", "按床位出租", "let by the bed"),
    type("CZ-QT", "拆改承重墙", "拆改承重牆", "bearing wall cut"),
    type("JG-SD", "开店", "開店", "shop"),
    type("JG-BG", "办公/注册地", "辦公/註冊地", "office"),
    type("GB-LD", "毁绿占绿", "毀綠佔綠", "common green taken"),
    type("XF-TD", "堵占消防通道", "堵佔消防通道", "fire passage blocked"),
    type("XF-FX", "飞线充电", "飛線充電", "fly-wire charging"),
    type("LS-SB", "设摊", "設攤", "stall"),
  ],
  routes: [],
  outcomes: [
    { value: "self_corrected", label: label("当事人自行整改", "當事人自行整改", "put right by the party"), measured: true },
    { value: "no_violation", label: label("查无违法行为", "查無違法行為", "no violation found"), measured: false },
  ],
  departments: [],
  legal_basis: [],
  reasons: [
    {
      code: "R1",
      action: "return",
      label: label("缺门牌照", "缺門牌照", "no door plate"),
      template: label("请补拍门牌照片，门牌号要看得清。", "請補拍門牌照片，門牌號要看得清。", "Please add a photo of the door plate with a legible number."),
      names_slot: true,
    },
    {
      code: "R2",
      action: "return",
      label: label("缺全景", "缺全景", "no whole view"),
      template: label("请补拍全景，要看得出在哪一幢。", "請補拍全景，要看得出在哪一幢。", "Please add a whole view that shows which building it is."),
      names_slot: true,
    },
    {
      code: "R3",
      action: "return",
      label: label("照片看不清", "照片看不清", "photo unclear"),
      template: label("照片看不清，请重拍近景。", "照片看不清，請重拍近景。", "The photo is unclear; please take the close view again."),
      names_slot: true,
    },
    {
      code: "R4",
      action: "return",
      label: label("地点不明", "地點不明", "place unclear"),
      template: label("请写清楼号和室号。", "請寫清樓號和室號。", "Please give building and room."),
      names_slot: false,
    },
    {
      code: "R5",
      action: "return",
      label: label("面积未填", "面積未填", "area missing"),
      template: label("请量一下面积后补填。", "請量一下面積後補填。", "Please measure and fill in the area."),
      names_slot: false,
    },
    {
      code: "J1",
      action: "reject",
      label: label("不属范围", "不屬範圍", "out of scope"),
      template: label("不属于住宅小区综合管理范围。", "不屬於住宅小區綜合管理範圍。", "Not within residential-compound management."),
      names_slot: false,
    },
    {
      code: "J2",
      action: "reject",
      label: label("重复", "重複", "duplicate"),
      template: label("同一处已有在办案件。", "同一處已有在辦案件。", "A case at the same place is already open."),
      names_slot: false,
    },
    {
      code: "J3",
      action: "reject",
      label: label("证据不足", "證據不足", "not enough evidence"),
      template: label("现有照片和记录不足以认定。", "現有照片和記錄不足以認定。", "Photos and record are not enough to establish it."),
      names_slot: false,
    },
  ],
  phrases: [
    { category: "WJ", label: label("房东不配合，物业已劝阻。", "房東不配合，物業已勸阻。", "Owner would not cooperate; the property company told them to stop.") },
    { category: "WJ", label: label("现场正在施工，已要求停工。", "現場正在施工，已要求停工。", "Work was going on; told to stop.") },
    { category: "WJ", label: label("无人在家，已留联系方式。", "無人在家，已留聯繫方式。", "Nobody in; left contact details.") },
  ],
  states: {
    REPORTED: label("已上报", "已上報", "reported"),
    ACCEPTED: label("已受理", "已受理", "accepted"),
    FILED: label("已立案", "已立案", "filed"),
    CLOSED: label("已结案", "已結案", "closed"),
    RETURNED: label("退回补正", "退回補正", "sent back"),
    REJECTED: label("不予受理", "不予受理", "not accepted"),
    VOID: label("作废", "作廢", "void"),
  },
  sources: [choice("patrol", "巡查", "巡查", "patrol")],
  severities: [choice("general", "一般", "一般", "general"), choice("serious", "较重", "較重", "serious"), choice("major", "重大", "重大", "major"), choice("urgent", "紧急", "緊急", "urgent")],
};
