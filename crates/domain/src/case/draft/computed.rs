//! Fields the program works out. Exact: 5.00 passes 人均居住面积不得低于5平方米, 4.99 does not
//! (沪居租办法 10; domain.md §2.2).

use std::collections::BTreeMap;

use crate::catalogue::{Category, FieldKind, FieldValue};
use crate::decimal::Decimal;

/// Square metres a person must have (沪居租办法 10).
const PER_PERSON_M2: &str = "5.00";

/// The category's computed fields that can be worked out from what is typed.
#[must_use]
pub fn all(category: &Category, fields: &BTreeMap<String, FieldValue>) -> BTreeMap<String, String> {
    let computed = category.fields.iter().filter(|f| f.kind == FieldKind::Computed);
    computed.filter_map(|f| Some((f.key.clone(), one(&f.key, fields)?))).collect()
}

fn one(key: &str, fields: &BTreeMap<String, FieldValue>) -> Option<String> {
    match key {
        "per_person_m2" => decimal(fields, "usable_m2")?.per(persons(fields)?, 2),
        "per_person_test" => {
            let needed = Decimal::parse(PER_PERSON_M2)?.times(persons(fields)?)?;
            Some(if decimal(fields, "usable_m2")? >= needed { "pass" } else { "fail" }.to_owned())
        }
        _ => None,
    }
}

fn persons(fields: &BTreeMap<String, FieldValue>) -> Option<u64> {
    decimal(fields, "tenants")?.text(0).parse().ok().filter(|n| *n > 0)
}

fn decimal(fields: &BTreeMap<String, FieldValue>, key: &str) -> Option<Decimal> {
    match fields.get(key)? {
        FieldValue::Text(text) => Decimal::parse(text),
        FieldValue::Whole(n) => u64::try_from(*n).ok().map(Decimal::whole),
        FieldValue::Flag(_) | FieldValue::Many(_) => None,
    }
}
