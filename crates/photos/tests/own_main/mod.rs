//! What test runners ask of a test program with a `main` of its own: a list, or the run of tests by name.

use std::process::ExitCode;

pub fn run(tests: &[(&str, fn())]) -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let ignored = args.iter().any(|arg| arg == "--ignored");
    if args.iter().any(|arg| arg == "--list") {
        tests.iter().filter(|_| !ignored).for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    let asked = |name: &str| {
        let names: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
        names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str()))
    };
    let mut passed = 0;
    for (name, test) in tests.iter().filter(|(name, _)| !ignored && asked(name)) {
        test();
        println!("test {name} ... ok");
        passed += 1;
    }
    println!("\ntest result: ok. {passed} passed; 0 failed; 0 ignored; 0 measured; 0 filtered out");
    ExitCode::SUCCESS
}
