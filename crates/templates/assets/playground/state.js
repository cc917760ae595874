// What the sections of the page know together.

const listeners = new Map();

export const state = {
  // Where requests go: see target.js. Null until a client is chosen.
  target: null,
  // The address of the authorization response: { address, query, fragment, pending, isOurs }.
  arrived: null,
  // The newest tokens: { id_token, access_token, refresh_token, nonce }.
  tokens: null,
  // Whether the client's secret is shown; otherwise it is covered.
  isSecretShown: false,
  // Seconds that the server's clock is ahead of this machine's.
  clockAhead: 0,
};

// Calls `listener` now and whenever one of the names changes.
export function watch(names, listener) {
  for (const name of names) {
    if (!listeners.has(name)) listeners.set(name, new Set());
    listeners.get(name).add(listener);
  }
  listener();
}

export function change(values) {
  Object.assign(state, values);
  const due = new Set(Object.keys(values).flatMap((name) => [...(listeners.get(name) ?? [])]));
  for (const listener of due) listener();
}

// Seconds since 1970 as the server's clock shows them.
export const serverNow = () => Date.now() / 1000 + state.clockAhead;
