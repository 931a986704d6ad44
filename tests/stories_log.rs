//! A day's work leaves nothing in the server's log that names a person, opens a door or tells what was recorded.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use serde_json::{Value, json};
use xunju_link::Options;
use xunju_testkit::{Desk, Inspector, Town};

const PASSWORD: &str = "correct horse battery 七";
const PHONE: &str = "13912345678";

#[test]
fn the_log_of_a_day_names_nobody_and_opens_nothing() {
    let mut town = Town::start();
    town.set_password("office1", "reviewer", PASSWORD);
    let log = town.folder("server.log");
    town.restart_logging(&log);

    // A laptop enrols, records with somebody's number in a note, delivers photos.
    let code = town.code("inspector1");
    let inspector = Inspector::enrol(&town, "inspector1", "王巡查的电脑", Options::default());
    let case = inspector.record_at("8号", "602", 31).case_id;
    let note = json!({ "id": case, "text": format!("户主李四，电话{PHONE}") });
    inspector.ask::<Value>("case.note", note).unwrap();
    inspector.sync();
    let photo = inspector.case(&case).photos[0].clone();
    // The office signs in, once wrongly, looks for a person, reads the case and its photo.
    let wrong = std::panic::catch_unwind(|| Desk::sign_in(&town.server.url, "office1", "a wrong password 八"));
    assert!(wrong.is_err());
    let office = Desk::sign_in(&town.server.url, "office1", PASSWORD);
    let _found: Value = office.ask("search.find", &json!({ "text": PHONE, "limit": 5 }));
    let _read: Value = office.ask_until("case.get", &json!({ "id": case }), |view: &Value| {
        view["notes"].as_array().is_some_and(|n| !n.is_empty())
    });
    assert_eq!(office.photo(photo.thumb.as_ref().unwrap()).0, 200);
    town.kill();

    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON each")).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["fields"]["message"] == "answered").collect();
    for route in ["/v1/enrol", "/v1/push", "/v1/blobs/u/{hash}", "/api/login", "/api/call/{command}", "/photo/{hash}"] {
        assert!(answered.iter().any(|line| line["fields"]["route"] == route), "{route} is in the log");
    }
    assert!(answered.iter().all(|line| line["fields"]["request"].as_str().is_some_and(|number| number.len() >= 8)));
    let store = inspector.laptop.api().unwrap();
    let device = store.store().identity().unwrap().unwrap().device;
    let secrets = [
        PASSWORD,
        "a wrong password",
        PHONE,
        "李四",
        "王巡查",
        "inspector1",
        "office1",
        code.as_str(),
        case.as_str(),
        photo.hash.as_str(),
        photo.thumb.as_deref().unwrap(),
        device.as_str(),
        "8号",
    ];
    for secret in secrets {
        let found = text.lines().find(|line| line.contains(secret));
        assert!(found.is_none(), "{secret} stands in the log: {found:?}");
    }
}
