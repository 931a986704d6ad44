//! I-JSON (RFC 7493), stricter: no duplicate keys, no floats, no integer beyond ±2^53, ASCII keys, bounded depth.
//!
//! Two parsers that disagree about a signed text are an attack; a text that leaves no room for
//! disagreement is the defence.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

const DEPTH_MAX: u8 = 32;
const INT_MAX: u64 = 1 << 53;

/// Checks the whole text; says what is wrong in the parser's words.
pub fn check(text: &str) -> Result<(), String> {
    let mut parser = serde_json::Deserializer::from_str(text);
    Strict { depth: 0 }.walk(&mut parser).and_then(|()| parser.end()).map_err(|e| e.to_string())
}

#[derive(Clone, Copy)]
struct Strict {
    depth: u8,
}

impl Strict {
    fn walk<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH_MAX {
            return Err(E::custom("nested too deep"));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for Strict {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.walk(deserializer)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("I-JSON without floats")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        (value <= INT_MAX).then_some(()).ok_or_else(|| E::custom("integer beyond 2^53"))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        (value.unsigned_abs() <= INT_MAX).then_some(()).ok_or_else(|| E::custom("integer beyond 2^53"))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom("floating point number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        while seq.next_element_seed(inner)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let inner = self.deeper()?;
        let mut keys = BTreeSet::new();
        while let Some(Key(key)) = map.next_key()? {
            if !key.is_ascii() {
                return Err(A::Error::custom("key outside ASCII"));
            }
            if !keys.insert(key) {
                return Err(A::Error::custom("duplicate key"));
            }
            map.next_value_seed(inner)?;
        }
        Ok(())
    }
}

struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::check;

    #[test]
    fn refuses_what_two_parsers_could_read_differently() {
        for bad in [
            r#"{"a":1,"a":2}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"{"a":1.0}"#,
            r#"{"a":1e3}"#,
            r#"{"a":9007199254740993}"#,
            r#"{"名":1}"#,
            r#"{"a":1} "x""#,
            r#"{"a":"\ud800"}"#,
            "{\"a\":1",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check(&format!("{}{}", "[".repeat(40), "]".repeat(40))).is_err());
    }

    #[test]
    fn accepts_plain_facts() {
        check(r#"{"a":-1,"b":["𠮷",null,true],"c":{"d":9007199254740992}}"#).unwrap();
    }
}
