//! Serving from the command line: one JSON line when it listens, a graceful stop on SIGTERM and SIGINT.

use tokio::signal;
use tracing_subscriber::EnvFilter;

use super::ServeArgs;
use crate::clock::Clock;
use crate::error::{Result, ServerError};
use crate::serve::{Config, start};

pub fn run(args: ServeArgs) -> Result<()> {
    let filter = EnvFilter::try_from_env("XUNJU_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Runtime::new().map_err(|e| ServerError::inner("start runtime", e))?;
    runtime.block_on(serve(args))
}

async fn serve(args: ServeArgs) -> Result<()> {
    let tls = args.tls_cert.zip(args.tls_key);
    let mut running = start(Config { data: args.data, listen: args.listen, tls, clock: Clock::system() }).await?;
    println!("{}", serde_json::json!({ "listening": running.url, "addr": running.addr.to_string(), "setup_code": running.setup_code }));
    tokio::select! {
        () = asked_to_stop() => {
            tracing::info!("stopping");
            running.stop().await
        }
        failed = running.failed() => failed,
    }
}

#[cfg(unix)]
async fn asked_to_stop() {
    let terminate = signal::unix::signal(signal::unix::SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = signal::ctrl_c() => {}
            }
        }
        Err(error) => {
            tracing::error!(%error, "no SIGTERM handler");
            let _ = signal::ctrl_c().await;
        }
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    let _ = signal::ctrl_c().await;
}
