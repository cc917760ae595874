// What this page asks its own server for. Every request goes to the origin that the page came from:
// the policy of the page allows no other.

import { basicHeader } from './snippet_http.js';
import { fullUrl, formBody } from './requests.js';

const TOOLS = '/_poolhouse';
const HEADERS_SHOWN = ['content-type', 'www-authenticate', 'x-amzn-errortype', 'x-amzn-requestid', 'x-amz-cognito-request-id', 'cache-control'];

async function json(path, options) {
  const answer = await fetch(path, { signal: AbortSignal.timeout(30_000), ...options });
  const value = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(value?.message ?? `The server answered ${answer.status}.`);
  return value;
}

export const readChoice = () => json(`${TOOLS}/playground/clients`);

export const readClient = (id) => json(`${TOOLS}/playground/clients/${encodeURIComponent(id)}`);

export const readErrorWords = (error) => json(`${TOOLS}/playground/errors?${new URLSearchParams({ error })}`);

export const readJwks = (issuer) => json(`${issuer}/.well-known/jwks.json`);

export const readClock = () => json(`${TOOLS}/clock`);

export const readInbox = (to) => json(`${TOOLS}/inbox?${new URLSearchParams({ to, wait: '10' })}`, { headers: { Accept: 'application/json' } });

// Runs `act` while the server's clock is moved forward, and puts the clock back as it stood.
export async function withClockAdvanced(time, act) {
  const before = await readClock();
  await json(`${TOOLS}/clock?${new URLSearchParams({ advance: time })}`, { method: 'POST' });
  try {
    return await act();
  } finally {
    await putClockBack(before);
  }
}

async function putClockBack(before) {
  if (before.is_frozen) {
    await json(`${TOOLS}/clock?${new URLSearchParams({ set: before.now, freeze: 'true' })}`, { method: 'POST' });
  } else if (before.ahead_ms === 0) {
    await json(`${TOOLS}/clock`, { method: 'DELETE' });
  } else {
    const { machine } = await readClock();
    const now = new Date(Date.parse(machine) + before.ahead_ms).toISOString();
    await json(`${TOOLS}/clock?${new URLSearchParams({ set: now })}`, { method: 'POST' });
  }
}

// Sends a request as an application on another machine would: without this browser's cookies.
export async function send(request) {
  const headers = { ...request.headers };
  if (request.basic) headers.Authorization = basicHeader(request.basic);
  const body = request.form ? formBody(request.form) : request.json === undefined ? undefined : JSON.stringify(request.json);
  const answer = await fetch(fullUrl(request), {
    method: request.method,
    headers,
    body,
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: HEADERS_SHOWN.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]),
    text,
    json: parsed(text),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Gets a fresh authorization response with the browser's own session, without a page: the address
// that the redirects end at.
export async function silentAnswer(authorizeUrl) {
  const answer = await fetch(authorizeUrl, { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(30_000) });
  return new URL(answer.url);
}
