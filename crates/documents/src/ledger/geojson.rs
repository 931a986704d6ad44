//! GeoJSON (RFC 7946): points where the record has coordinates, and the null geometry the format provides where it has
//! none. The datum and the digits are named (domain.md §8.8).

use std::io::{BufWriter, Write};

use serde_json::{Map, Value};
use xunju_domain::ledger::Ledger;

use super::{Watermark, WriteError, failed};

pub struct Features<W: Write> {
    to: BufWriter<W>,
    names: Vec<String>,
    any: bool,
}

impl<W: Write> Features<W> {
    pub fn new(to: W, ledger: &Ledger, mark: &Watermark) -> Result<Self, WriteError> {
        let names = ledger.columns.iter().map(|c| c.label.zh_hans.clone()).collect();
        let mut features = Self { to: BufWriter::new(to), names, any: false };
        let text = |t: &str| Value::from(t).to_string();
        let head = format!(
            "{{\"type\":\"FeatureCollection\",\"name\":{},\"watermark\":{},\"datum\":\"WGS-84\",\"decimals\":4,\"features\":[",
            text(&ledger.label.zh_hans),
            text(&mark.line()),
        );
        features.to.write_all(head.as_bytes()).map_err(failed)?;
        Ok(features)
    }

    pub fn row(&mut self, id: &str, cells: &[String], point: Option<(&str, &str)>) -> Result<(), WriteError> {
        let filled = self.names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let properties: Map<String, Value> = filled.map(|(n, c)| (n.clone(), Value::from(c.as_str()))).collect();
        let number = |text: &str| text.parse::<f64>().ok();
        let at = point.and_then(|(lon, lat)| Some([number(lon)?, number(lat)?]));
        let geometry = at.map(|coordinates| serde_json::json!({ "type": "Point", "coordinates": coordinates }));
        let feature =
            serde_json::json!({ "type": "Feature", "id": id, "geometry": geometry, "properties": properties });
        let comma = if std::mem::replace(&mut self.any, true) { ",\n" } else { "\n" };
        write!(self.to, "{comma}{feature}").map_err(failed)
    }

    pub fn finish(mut self) -> Result<W, WriteError> {
        self.to.write_all(b"\n]}\n").map_err(failed)?;
        self.to.into_inner().map_err(failed)
    }
}
