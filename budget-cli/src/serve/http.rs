//! How the page is asked: HTTP on a socket of this machine.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::site::{Answer, Site};
use crate::messages;

/// Files that are read at the same time: reading takes a processor and memory.
const MOST_AT_ONCE: usize = 2;
/// How long a browser may take for the head of a request, and for all of a file.
const LONGEST_HEAD: Duration = Duration::from_secs(10);
const LONGEST_BODY: Duration = Duration::from_secs(120);

/// What every answer says: it is kept nowhere, is what it says it is, and stands in no frame of another page.
const HEADERS: &[(HeaderName, &str)] = &[
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
];

/// Answers until the program ends.
///
/// # Errors
///
/// The socket is gone.
pub(super) async fn serve(listener: TcpListener, site: Arc<Site>) -> io::Result<()> {
    let reading = Arc::new(Semaphore::new(MOST_AT_ONCE));
    loop {
        let (stream, _) = match listener.accept().await {
            Ok(accepted) => accepted,
            // A connection that ended before it was taken, or no room for another one for now.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let (site, reading) = (Arc::clone(&site), Arc::clone(&reading));
        tokio::spawn(async move {
            let answer = service_fn(move |request| answer(Arc::clone(&site), Arc::clone(&reading), request));
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
            // Who closes the connection is not told anything.
            let _ = http.serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

async fn answer(
    site: Arc<Site>,
    reading: Arc<Semaphore>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    Ok(match answered(site, reading, request).await {
        Answer::Page(page) => response(StatusCode::OK, "text/html; charset=utf-8", page),
        Answer::Made(address) => response(StatusCode::OK, "text/plain; charset=utf-8", address),
        Answer::Refused(why) => response(StatusCode::UNPROCESSABLE_ENTITY, "text/plain; charset=utf-8", why),
        Answer::Nothing(why) => response(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", why),
    })
}

async fn answered(site: Arc<Site>, reading: Arc<Semaphore>, request: Request<Incoming>) -> Answer {
    let text = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_here = text(header::HOST).is_some_and(|host| site.is_host(host));
    let is_from_here = text(header::ORIGIN).is_none_or(|origin| site.is_origin(origin));
    let path = request.uri().path().to_owned();
    let (Some(below), true, true) = (site.below(&path).map(str::to_owned), is_here, is_from_here) else {
        return Answer::Nothing(site.say(messages::NOT_FOR_YOU));
    };
    match (request.method(), below.as_str()) {
        (&Method::GET, _) => site.page(&below),
        (&Method::POST, "check") => {
            // Before the file is taken in: as many as this are in memory.
            let Ok(_permit) = reading.acquire_owned().await else {
                return Answer::Refused(site.say(messages::REPORT_FAILED));
            };
            let name = request.uri().query().and_then(|query| query.strip_prefix("name=")).map(decoded);
            let body = Limited::new(request.into_body(), site.most_bytes()).collect();
            let content = match tokio::time::timeout(LONGEST_BODY, body).await {
                Ok(Ok(body)) => body.to_bytes().to_vec(),
                Ok(Err(error)) if error.is::<LengthLimitError>() => return Answer::Refused(site.too_large()),
                Ok(Err(_)) | Err(_) => return Answer::Refused(site.say(messages::UPLOAD_BROKEN)),
            };
            let reader = Arc::clone(&site);
            let check = move || reader.check(&name.unwrap_or_default(), content);
            // A panic costs this report and not the page.
            let checked = tokio::task::spawn_blocking(check).await;
            checked.unwrap_or_else(|_| Answer::Refused(site.say(messages::REPORT_FAILED)))
        }
        _ => Answer::Nothing(site.say(messages::NO_SUCH_PAGE)),
    }
}

fn response(status: StatusCode, kind: &'static str, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in HEADERS {
        headers.insert(name.clone(), HeaderValue::from_static(value));
    }
    response
}

/// The text of an address in which bytes are written as `%E9`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let pair = others.get(..2).filter(|_| *first == b'%');
        let byte = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { others.get(2..).unwrap_or_default() } else { others };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_read_from_the_address() {
        assert_eq!(decoded("%E9%A6%86%202025.pdf"), "馆 2025.pdf");
        assert_eq!(decoded("100%.pdf%"), "100%.pdf%");
        assert_eq!(decoded("%FF"), "\u{fffd}");
    }
}
