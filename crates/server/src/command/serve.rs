//! Serving from the command line: one JSON line when it listens, a graceful stop on SIGTERM and SIGINT.

use std::path::Path;

use tokio::signal;
use tracing_subscriber::EnvFilter;

use super::ServeArgs;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::serve::{Config, recovery, start};

const TOKEN_CHARS_MIN: usize = 16;

pub fn run(args: ServeArgs) -> Result<()> {
    let filter = EnvFilter::try_from_env("XUNJU_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if args.log_json {
        log.json().init()
    } else {
        log.init()
    }
    let runtime = tokio::runtime::Runtime::new().map_err(|e| ServerError::inner("start runtime", e))?;
    runtime.block_on(serve(args))
}

async fn serve(args: ServeArgs) -> Result<()> {
    // Before anybody is told that the server listens: from then on it must stop gently.
    let mut stop = Stop::heard()?;
    let tls = args.tls_cert.zip(args.tls_key);
    let metrics_token = args.metrics_token.as_deref().map(token).transpose()?;
    let mut config = Config { data: args.data, listen: args.listen, tls, clock: Clock::system(), metrics_token };
    let recovering = recovery::start(&config).await?;
    let told = recovering.is_some();
    if let Some(recovering) = recovering {
        let (url, addr) = (&recovering.url, recovering.addr.to_string());
        println!("{}", serde_json::json!({ "listening": url, "addr": addr, "recovering": true }));
        tokio::select! {
            () = stop.asked() => return recovering.stop().await,
            over = recovering.over() => over?,
        }
        // Goes on where it was heard.
        config.listen = recovering.addr;
        recovering.stop().await?;
    }
    let mut running = start(config).await?;
    if !told {
        let (url, addr, setup_code) = (&running.url, running.addr.to_string(), &running.setup_code);
        println!("{}", serde_json::json!({ "listening": url, "addr": addr, "setup_code": setup_code }));
    }
    tokio::select! {
        () = stop.asked() => {
            tracing::info!("stopping");
            running.stop().await
        }
        failed = running.failed() => failed,
    }
}

fn token(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).map_err(|e| ServerError::io("read token", path, e))?;
    let token = text.trim();
    if token.len() < TOKEN_CHARS_MIN {
        let what = format!("{}: a token has at least {TOKEN_CHARS_MIN} characters", path.display());
        return Err(ServerError::BadRequest { what });
    }
    Ok(token.to_owned())
}

/// SIGTERM and SIGINT; on Windows Ctrl-C.
struct Stop {
    #[cfg(unix)]
    signals: [signal::unix::Signal; 2],
}

impl Stop {
    #[cfg(unix)]
    fn heard() -> Result<Self> {
        use signal::unix::{SignalKind, signal};
        let hear = |kind| signal(kind).map_err(|e| ServerError::inner("hear signals", e));
        Ok(Self { signals: [hear(SignalKind::terminate())?, hear(SignalKind::interrupt())?] })
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps)]
    fn heard() -> Result<Self> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn asked(&mut self) {
        let [terminate, interrupt] = &mut self.signals;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn asked(&mut self) {
        let _ = signal::ctrl_c().await;
    }
}
