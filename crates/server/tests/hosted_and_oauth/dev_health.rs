//! Health, as probes see it.

use poolhouse_server::{App, ServerSettings, router};
use poolhouse_testkit::{TestApp, TestService};

use crate::browser::{start, start_with};

#[tokio::test]
async fn health_tells_version_profile_storage_and_clock() {
    let app = start().await;
    let answer = app.get("/_poolhouse/health").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let health = answer.json();
    assert_eq!(health["status"], "ok");
    assert_eq!(health["profile"], "dev");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(health["clock"], "2026-11-03T04:05:06.000Z");
    assert!(health["storage"].as_str().unwrap().contains("memory"));
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    assert_eq!(
        app.get("/_poolhouse/health").await.json()["profile"],
        "production"
    );
}

#[tokio::test]
async fn r14_damage_is_503_and_names_the_file() {
    let kit = TestService::start_on_disk().await;
    let app = TestApp::over(kit, |service| {
        router(App::new(service, ServerSettings::dev()))
    });
    app.pool().await;
    assert_eq!(app.get("/_poolhouse/health").await.status, 200);
    for file in app.files() {
        let name = file.file_name().unwrap();
        if name == "poolhouse.db" || name == "poolhouse.db-wal" {
            let length = usize::try_from(std::fs::metadata(&file).unwrap().len()).unwrap();
            std::fs::write(&file, vec![0xa5; length]).unwrap();
        }
    }
    // Whichever request meets the damage first, health knows of it afterwards.
    app.get("/us-east-1_Nowhere00/.well-known/jwks.json").await;
    let answer = app.get("/_poolhouse/health").await;
    assert_eq!(answer.status, 503);
    let health = answer.json();
    assert_eq!(health["status"], "unavailable");
    let problem = health["problem"].as_str().unwrap();
    assert!(problem.contains("poolhouse.db is damaged"), "{problem}");
}
