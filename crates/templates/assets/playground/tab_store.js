// What has to survive the way to the sign-in page and back: kept in this tab alone, and forgotten
// when the tab closes. No token is ever put here.

const PREFIX = 'poolhouse.playground.';

export function keep(name, value) {
  sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
}

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export function forget(name) {
  sessionStorage.removeItem(PREFIX + name);
}
