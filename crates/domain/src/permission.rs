//! Who may do what (domain.md §7). One role table for laptop, server and web desk.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Roles of domain.md §7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// 巡查员
    #[serde(rename = "R-INS")]
    Ins,
    /// 执法队员
    #[serde(rename = "R-ENF")]
    Enf,
    /// 执法队长
    #[serde(rename = "R-ENFL")]
    Enfl,
    /// 法制审核员
    #[serde(rename = "R-LEG")]
    Leg,
    /// 机关负责人
    #[serde(rename = "R-HEAD")]
    Head,
    /// 居委会
    #[serde(rename = "R-JW")]
    Jw,
    /// 物业项目经理
    #[serde(rename = "R-WY")]
    Wy,
    /// 部门经办
    #[serde(rename = "R-DEP")]
    Dep,
    /// 房管机构
    #[serde(rename = "R-FG")]
    Fg,
    /// 联席会议办公室
    #[serde(rename = "R-LXB")]
    Lxb,
    /// 镇领导
    #[serde(rename = "R-LD")]
    Ld,
    /// 统计员
    #[serde(rename = "R-STAT")]
    Stat,
    /// 档案员
    #[serde(rename = "R-ARC")]
    Arc,
    /// 系统管理员: accounts and devices, no case content.
    #[serde(rename = "R-ADM")]
    Adm,
    /// 安全审计员: logs only.
    #[serde(rename = "R-AUD")]
    Aud,
}

use Role::{Adm, Arc, Aud, Dep, Enf, Enfl, Fg, Head, Ins, Jw, Ld, Leg, Lxb, Stat, Wy};

/// Every role with its code and the friendly name a command line takes, where it has one.
pub const ROLES: &[(Role, &str, &str)] = &[
    (Ins, "R-INS", "inspector"),
    (Enf, "R-ENF", ""),
    (Enfl, "R-ENFL", ""),
    (Leg, "R-LEG", ""),
    (Head, "R-HEAD", ""),
    (Jw, "R-JW", ""),
    (Wy, "R-WY", ""),
    (Dep, "R-DEP", "officer"),
    (Fg, "R-FG", ""),
    (Lxb, "R-LXB", "reviewer"),
    (Ld, "R-LD", "leader"),
    (Stat, "R-STAT", ""),
    (Arc, "R-ARC", ""),
    (Adm, "R-ADM", "admin"),
    (Aud, "R-AUD", "auditor"),
];

impl Role {
    /// `R-INS`, …
    #[must_use]
    pub fn code(self) -> &'static str {
        ROLES.iter().find(|(role, _, _)| *role == self).map_or("", |(_, code, _)| code)
    }
}

/// A role by friendly name (`inspector`) or code (`R-INS`), in any case of letters.
#[must_use]
pub fn role_by_name(name: &str) -> Option<Role> {
    let is = |word: &str| !word.is_empty() && word.eq_ignore_ascii_case(name);
    ROLES.iter().find(|(_, code, friendly)| is(code) || is(friendly)).map(|(role, _, _)| *role)
}

/// Roles from codes, as a user record carries them. Unknown codes give no right and are left out.
pub fn roles_from_codes<S: AsRef<str>>(codes: impl IntoIterator<Item = S>) -> Vec<Role> {
    let known = |code: S| ROLES.iter().find(|(_, c, _)| *c == code.as_ref()).map(|(role, _, _)| *role);
    codes.into_iter().filter_map(known).collect()
}

/// Where a person works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scopes {
    All,
    Some(BTreeSet<String>),
}

impl Scopes {
    #[must_use]
    pub fn has(&self, scope: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(scopes) => scopes.contains(scope),
        }
    }
}

/// Somebody who wishes to do something: as a device believes, or as the server has granted.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    pub user: &'a str,
    pub roles: &'a [Role],
    /// Department id; empty where none is recorded.
    pub unit: &'a str,
}

impl Person<'_> {
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        may(self.roles, action)
    }

    /// Whether an order to this department is this person's to take. Without a recorded unit the role says it; an
    /// officer of no recorded unit has none.
    #[must_use]
    pub fn works_for(&self, department: &str) -> bool {
        if !self.unit.is_empty() {
            return self.unit == department;
        }
        self.roles.iter().any(|role| match role {
            Enf | Enfl => department == "enforcement",
            Jw => department == "committee",
            Wy => department == "property",
            Fg => department.starts_with("housing"),
            _ => false,
        })
    }
}

/// What the server has granted a person. It decides; a device's belief about it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub user: String,
    pub roles: Vec<Role>,
    pub scopes: Scopes,
    /// Department id; empty where none is recorded.
    pub unit: String,
}

impl Grant {
    #[must_use]
    pub fn person(&self) -> Person<'_> {
        Person { user: &self.user, roles: &self.roles, unit: &self.unit }
    }
}

/// Rows of the action table in domain.md §7, as far as cases go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// See case content.
    See,
    /// See the register of compounds, companies and plans.
    SeeBase,
    Report,
    /// Change a field, or settle two values.
    Edit,
    /// Add a note or a photo.
    Add,
    /// 受理, 退回, 不予受理
    Accept,
    /// 立案, 派遣, 并案, 移送, 作废
    File,
    /// 接单, 退单, 报办结
    Handle,
    /// 核查
    Recheck,
    /// 结案, 重开
    Close,
    /// 准予延期, 挂起
    Grant,
    /// 归档
    Archive,
    /// 改新增、存量: proposed by one, decided by another
    ProposeClass,
    DecideClass,
    /// 帐号, 设备, 小区底册
    Accounts,
    /// 物业企业, 室的底册
    Companies,
    /// 节假日
    Calendar,
    /// 副本的水印
    Stamp,
    /// See the logs.
    Audit,
    /// 开立执法程序, 记录当事人
    Proceed,
    /// See proceedings, personal data masked.
    SeeProceedings,
    /// See personal data, with a reason and logged: of which records, by [`Action::UnmaskParty`] and the record's own
    /// rule (domain.md §7).
    Unmask,
    /// See the party of a proceeding, likewise.
    UnmaskParty,
    /// 签发、送达文书: of which kind is said by the paper's own terms.
    Issue,
    /// 作废文书, likewise.
    Void,
    /// 平面图: whoever keeps the register, and those who know the compounds.
    Plan,
    /// 排巡查 for others; one's own walk needs only [`Action::Walk`].
    PlanRound,
    /// 走巡查
    Walk,
    /// Ask for, or as a second person approve, an export with personal data.
    TakeOut,
    /// 导入台账: which ledger, by [`crate::import::action`].
    Import,
}

/// Everything but the lifecycle: who may, by role.
#[must_use]
pub fn roles_for(action: Action) -> &'static [Role] {
    match action {
        Action::See => &[Ins, Enf, Enfl, Leg, Head, Jw, Wy, Dep, Fg, Lxb, Ld, Stat, Arc],
        Action::SeeBase => &[Ins, Enf, Enfl, Leg, Head, Jw, Wy, Dep, Fg, Lxb, Ld, Stat, Arc, Adm],
        Action::Report | Action::Add => &[Ins, Enf, Enfl, Jw, Wy, Dep, Fg, Lxb],
        Action::Edit => &[Ins, Enf, Enfl, Jw, Wy, Dep, Fg, Lxb],
        Action::Accept | Action::File | Action::Close | Action::Grant => &[Lxb],
        Action::Handle => &[Enf, Enfl, Jw, Wy, Dep, Fg],
        Action::Recheck => &[Ins, Enf, Jw, Lxb],
        Action::Archive => &[Arc],
        Action::ProposeClass => &[Ins, Enf, Enfl, Lxb],
        Action::DecideClass => &[Enfl, Lxb],
        Action::Accounts => &[Adm],
        Action::Companies => &[Fg, Adm],
        Action::Calendar | Action::Stamp => &[Lxb, Adm],
        Action::Audit => &[Aud],
        Action::Proceed => &[Enf, Enfl],
        Action::SeeProceedings => &[Enf, Enfl, Leg, Head, Fg, Lxb, Ld, Arc],
        Action::Unmask => &[Ins, Enf, Enfl, Leg, Head, Jw, Dep, Fg, Lxb],
        Action::UnmaskParty => &[Enf, Enfl, Leg, Head, Fg, Lxb],
        Action::Issue => &[Ins, Enf, Enfl, Lxb],
        Action::Void => &[Ins, Enf, Enfl, Head, Lxb],
        Action::Plan => &[Adm, Lxb, Fg],
        Action::PlanRound => &[Lxb, Fg, Jw, Enfl],
        Action::Walk => &[Ins, Enf, Enfl, Jw, Wy, Fg, Lxb],
        Action::TakeOut => &[Enfl, Head, Fg, Lxb],
        Action::Import => &[Fg, Lxb, Adm],
    }
}

/// Whether somebody sees only what was given to their own department, and what they reported (domain.md §7, R-DEP).
#[must_use]
pub fn sees_own_orders_only(roles: &[Role]) -> bool {
    !roles.is_empty() && roles.iter().all(|role| *role == Dep)
}

/// Whether these roles may be told in clear whom a case is about, `own` being their own report, `open` whether it runs
/// (domain.md §7, "see unmasked personal data"). That an officer sees a case at all is asked before.
#[must_use]
pub fn may_know(roles: &[Role], own: bool, open: bool) -> bool {
    roles.iter().any(|role| match role {
        Enf | Enfl | Leg | Head | Fg | Lxb | Dep => true,
        Ins => own && open,
        Jw => own,
        _ => false,
    })
}

#[must_use]
pub fn may(roles: &[Role], action: Action) -> bool {
    roles.iter().any(|role| roles_for(action).contains(role))
}
